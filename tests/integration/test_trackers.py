"""Rasa's own memory lives in the clinic's database: it survives a restart, and is never silently lost."""

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import SlotSet, UserUttered
from rasa.shared.core.slots import TextSlot
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy.exc import SQLAlchemyError

from bot.bootstrap import bootstrap
from bot.channels.trackers import ClinicTrackerStore
from bot.store.tables import events

SAID = [UserUttered("hello"), SlotSet("full_name", "José Ñáñez")]


@pytest.fixture
def store(engine, monkeypatch) -> ClinicTrackerStore:
    monkeypatch.setenv("HANDRAIL_SECRET", "a secret of more than thirty-two characters")
    monkeypatch.setenv("DATABASE_URL", engine.url.render_as_string(hide_password=False))
    bootstrap.cache_clear()
    domain = Domain.empty()
    domain.slots.append(TextSlot("full_name", mappings=[{"type": "custom"}]))
    yield ClinicTrackerStore(domain)
    bootstrap().engine.dispose()
    bootstrap.cache_clear()


async def test_a_conversation_is_there_after_a_restart(store):
    await store.save(DialogueStateTracker.from_events("ana", SAID, store.domain.slots))
    again = await ClinicTrackerStore(store.domain).retrieve("ana")
    assert again.get_slot("full_name") == "José Ñáñez"
    assert again.latest_message.text == "hello"


async def test_conversations_are_kept_apart(store):
    await store.save(DialogueStateTracker.from_events("ana", SAID, store.domain.slots))
    assert await store.retrieve("ben") is None


async def test_a_database_that_fails_is_an_error_and_not_a_new_conversation(store, engine):
    await store.save(DialogueStateTracker.from_events("ana", SAID, store.domain.slots))
    events.drop(engine)
    with pytest.raises(SQLAlchemyError):
        await store.retrieve("ana")
    with pytest.raises(SQLAlchemyError):
        await store.save(DialogueStateTracker.from_events("ana", SAID, store.domain.slots))
