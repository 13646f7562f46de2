"""The tests' own secret, apart from all else: a process that only books starts at once."""

from bot.store.sealing import Vault

SECRET = "the tests' own secret, forty characters long"
VAULT = Vault([SECRET])
