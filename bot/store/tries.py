"""Wrong proofs in the database; who gave them is there only as a keyed hash."""

from __future__ import annotations

from datetime import datetime
from typing import Optional, Tuple

from sqlalchemy import delete, insert, select
from sqlalchemy.engine import Connection

from bot.booking.proof import REMEMBERED
from bot.store.sealing import Vault
from bot.store.tables import proof_try


class StoredTries:
    """The repository of wrong tries, inside one transaction."""

    def __init__(self, connection: Connection, vault: Vault) -> None:
        self._connection = connection
        self._vault = vault

    def of(self, asker: str) -> Optional[Tuple[int, datetime]]:
        """How many wrong tries this asker made, and when the last; None for none."""
        mine = proof_try.c.asker_hash == self._vault.hash(asker)
        row = self._connection.execute(select(proof_try).where(mine)).one_or_none()
        return None if row is None else (row.wrong, row.last_at)

    def keep(self, asker: str, wrong: int, at: datetime) -> None:
        """Remember so many wrong tries; those that are old enough to be forgotten go."""
        asker_hash = self._vault.hash(asker)
        old = (proof_try.c.asker_hash == asker_hash) | (proof_try.c.last_at < at - REMEMBERED)
        self._connection.execute(delete(proof_try).where(old))
        self._connection.execute(insert(proof_try).values(asker_hash=asker_hash, wrong=wrong, last_at=at))
