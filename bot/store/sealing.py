"""Personal data in the database: sealed with keys that can be changed, and found by a keyed hash.

AES-256 in GCM mode. What is sealed names its key and is bound to its place: put into another row, it does
not open. The keys are derived (HKDF) from secrets of any form.
"""

from __future__ import annotations

import base64
import hmac
import json
import os
from dataclasses import dataclass
from typing import Any, Dict, Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bot.errors import SealBroken

NONCE = 12


@dataclass(frozen=True)
class _Key:
    id: str
    cipher: AESGCM
    hashing: bytes

    @classmethod
    def of(cls, secret: str) -> _Key:
        def derived(purpose: bytes, length: int) -> bytes:
            return HKDF(SHA256(), length, salt=None, info=purpose).derive(secret.encode())

        return cls(
            derived(b"handrail key id", 4).hex(),
            AESGCM(derived(b"handrail data", 32)),
            derived(b"handrail index", 32),
        )


class Vault:
    """Seals, opens and hashes. The first secret seals; the others only open what they sealed before."""

    def __init__(self, secrets: Sequence[str]) -> None:
        keys = [_Key.of(secret) for secret in secrets]
        self._current = keys[0]
        self._keys: Dict[str, _Key] = {key.id: key for key in keys}

    @property
    def key_id(self) -> str:
        """The name of the key that seals now; everything it sealed begins with it."""
        return self._current.id

    def seal(self, value: Any, place: str) -> str:
        """A JSON value, sealed for one place (its table and row)."""
        nonce = os.urandom(NONCE)
        sealed = self._current.cipher.encrypt(nonce, json.dumps(value).encode(), place.encode())
        return f"{self._current.id}:{base64.b64encode(nonce + sealed).decode()}"

    def open(self, sealed: str, place: str) -> Any:
        """The value that was sealed for this place.

        Raises:
            SealBroken: its key is not here, or it is not what was sealed there.
        """
        key_id, _, text = sealed.partition(":")
        if key_id not in self._keys:
            raise SealBroken(f"the key {key_id} is missing")
        raw = base64.b64decode(text)
        try:
            return json.loads(self._keys[key_id].cipher.decrypt(raw[:NONCE], raw[NONCE:], place.encode()))
        except InvalidTag as problem:
            raise SealBroken(place) from problem

    def hash(self, text: str) -> str:
        """What a text is found by: 64 signs that say nothing about it without the key."""
        return hmac.new(self._current.hashing, text.encode(), "sha256").hexdigest()
