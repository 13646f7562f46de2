"""Safety records in the database."""

from __future__ import annotations

from dataclasses import asdict
from typing import List

from sqlalchemy import insert, select, update
from sqlalchemy.engine import Connection, Row

from bot.safety.records import SafetyRecord
from bot.store.tables import safety_record
from bot.store.words import Words


class StoredSafetyRecords:
    """The repository of safety records, inside one transaction."""

    def __init__(self, connection: Connection, words: Words) -> None:
        self._connection = connection
        self._words = words

    def add(self, record: SafetyRecord) -> None:
        """Keep one record."""
        said = record.words and self._words.seal(record.words, safety_record.c.words, record.conversation_id)
        self._connection.execute(insert(safety_record).values(**{**asdict(record), "words": said}))

    def latest(self, count: int) -> List[SafetyRecord]:
        """The last records of all conversations, the latest first."""
        wanted = select(safety_record).order_by(safety_record.c.at.desc()).limit(count)
        return [self._record(row) for row in self._connection.execute(wanted)]

    def forget_words(self, conversation_id: str) -> None:
        """That there was an alarm stays; what the person said goes."""
        self._connection.execute(
            update(safety_record).where(safety_record.c.conversation_id == conversation_id).values(words=None)
        )

    def _record(self, row: Row) -> SafetyRecord:
        said = row.words and self._words.open(row.words, safety_record.c.words, row.conversation_id)
        return SafetyRecord(**{**row._mapping, "words": said})
