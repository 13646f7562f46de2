"""What staff hear of an alarm."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Callable, ContextManager, List, Optional, Protocol

from bot.clock import Clock

_WORDS_NEEDED = ("crisis_self_harm", "abuse_report")
"""Where staff cannot judge what to do without the person's own words; of the others only the kind is kept."""


@dataclass(frozen=True)
class SafetyRecord:
    """One alarm: what kind, when, where, what was answered, and the words where they are needed."""

    id: str
    conversation_id: str
    channel: str
    topic: str
    at: datetime
    answered: str
    words: Optional[str]


class StoredRecords(Protocol):
    """Safety records in the database, inside one unit of work."""

    def add(self, record: SafetyRecord) -> None:
        """Keep one record."""

    def latest(self, count: int) -> List[SafetyRecord]:
        """The last records of all conversations, the latest first."""


class RecordWork(Protocol):
    """One unit of work: only `commit` keeps its changes."""

    @property
    def safety_records(self) -> StoredRecords:
        """The records' rows."""

    def commit(self) -> None:
        """Keep every change."""


class SafetyRecords:
    """Keeps records of alarms, and reads them for staff."""

    def __init__(self, work: Callable[[], ContextManager[RecordWork]], clock: Clock) -> None:
        self._work = work
        self._clock = clock

    def note(self, conversation_id: str, channel: str, topic: str, answered: str, words: str) -> SafetyRecord:
        """Keep a record of an alarm.

        Args:
            topic: the safety id.
            answered: the reply that the person got.
            words: what the person said; kept only where staff need them.
        """
        record = SafetyRecord(
            id=str(uuid.uuid4()),
            conversation_id=conversation_id,
            channel=channel,
            topic=topic,
            at=self._clock(),
            answered=answered,
            words=words if topic in _WORDS_NEEDED else None,
        )
        with self._work() as work:
            work.safety_records.add(record)
            work.commit()
        return record

    def latest(self, count: int = 50) -> List[SafetyRecord]:
        """The last records, the latest first."""
        with self._work() as work:
            return work.safety_records.latest(count)
