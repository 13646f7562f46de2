"""Safety records in the database."""

from __future__ import annotations

from dataclasses import asdict
from typing import List

from sqlalchemy import insert, select, update
from sqlalchemy.engine import Connection, Row

from bot.safety.records import SafetyRecord
from bot.store.tables import safety_record


class StoredSafetyRecords:
    """The repository of safety records, inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, record: SafetyRecord) -> None:
        """Keep one record."""
        self._connection.execute(insert(safety_record).values(**asdict(record)))

    def latest(self, count: int) -> List[SafetyRecord]:
        """The last records of all conversations, the latest first."""
        wanted = select(safety_record).order_by(safety_record.c.at.desc()).limit(count)
        return [_record(row) for row in self._connection.execute(wanted)]

    def forget_words(self, conversation_id: str) -> None:
        """That there was an alarm stays; what the person said goes."""
        self._connection.execute(
            update(safety_record).where(safety_record.c.conversation_id == conversation_id).values(words=None)
        )


def _record(row: Row) -> SafetyRecord:
    return SafetyRecord(**row._mapping)
