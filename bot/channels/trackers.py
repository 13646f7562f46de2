"""Where Rasa keeps its conversations: in the same database as everything else."""

from __future__ import annotations

import asyncio
from typing import Any, Coroutine, Optional, TypeVar

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import SQLTrackerStore, TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig
from sqlalchemy.orm import declarative_base, sessionmaker

from bot.bootstrap import bootstrap
from bot.channels.locks import check_turn
from bot.store.tables import events
from bot.store.words import Words

T = TypeVar("T")


class SealedEvent(declarative_base()):  # type: ignore[misc]
    """A row of Rasa's table; what Rasa reads and writes as its `data` is sealed in the database."""

    __table__ = events
    sealed = events.c.data

    @property
    def data(self) -> str:
        """The event as JSON."""
        return Words(bootstrap().vault).open(self.sealed, events.c.data, self.sender_id)

    @data.setter
    def data(self, text: str) -> None:
        self.sealed = Words(bootstrap().vault).seal(text, events.c.data, self.sender_id)


class ClinicTrackerStore(SQLTrackerStore):
    """Rasa's SQL store over Handrail's engine; the migrations make its table.

    Rasa's own methods hold up everybody while the database thinks; these wait in a thread.
    """

    SQLEvent = SealedEvent

    def __init__(
        self,
        domain: Optional[Domain] = None,
        host: Optional[EndpointConfig] = None,
        event_broker: Optional[EventBroker] = None,
        **kwargs: Any,
    ) -> None:
        self.engine = bootstrap().engine
        self.sessionmaker = sessionmaker(bind=self.engine)
        TrackerStore.__init__(self, domain, event_broker, **kwargs)

    async def retrieve(self, sender_id: str) -> Optional[DialogueStateTracker]:
        """The dialogue's memory of a conversation; None when it has none."""
        return await asyncio.to_thread(_finished, super().retrieve(sender_id))

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Keep what is new.

        Raises:
            TurnLost: another worker took the turn over; nothing was kept.
        """
        await check_turn(tracker.sender_id)
        await asyncio.to_thread(_finished, super().save(tracker))


def _finished(call: Coroutine[Any, Any, T]) -> T:
    """What a coroutine gives that never waits for anything but the database."""
    return asyncio.run(call)
