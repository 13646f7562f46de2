"""What is said in a conversation can be read with the key, and by nobody else."""

from __future__ import annotations

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy import select, update

from bot.bootstrap import Services, build_services
from bot.channels import trackers
from bot.channels.trackers import ClinicTrackerStore
from bot.chat.message import Message
from bot.errors import SealBroken
from bot.settings import Settings
from bot.store.sealing import Vault
from bot.store.tables import chat_message
from bot.store.words import OWNERS, Words
from bot.store.work import UnitOfWork
from tests.support.clocks import MONDAY_MORNING
from tests.support.vault import SECRET, VAULT

SECRETS = ("I am Zdenka", "hello Zdenka", "too long for Zdenka")
NEW = "a new key of more than thirty-two signs"


@pytest.fixture
def services(engine, monkeypatch) -> Services:
    address = engine.url.render_as_string(hide_password=False)
    made = build_services(Settings(database_url=address, secret=SECRET), lambda: MONDAY_MORNING)
    monkeypatch.setattr(trackers, "bootstrap", lambda: made)
    yield made
    made.engine.dispose()


@pytest.fixture
async def said(services) -> Services:
    """A conversation in which everything that holds words holds some."""
    person = Message("1", "person", MONDAY_MORNING, ({"type": "text", "text": SECRETS[0]},))
    answer = Message("2", "assistant", MONDAY_MORNING, ({"type": "text", "text": SECRETS[1]},))
    turn = services.conversations.begin_turn("ana", person)
    services.conversations.finish_turn(turn, person, [answer])
    services.conversations.rate("ana", answer.id, False, SECRETS[2])
    services.safety_records.note("ana", "chat", "crisis_self_harm", "Call 988.", SECRETS[0])
    store = ClinicTrackerStore(Domain.empty())
    await store.save(DialogueStateTracker.from_events("ana", [UserUttered(SECRETS[0])]))
    return services


def columns(engine) -> dict[str, list[str]]:
    with engine.connect() as connection:
        return {str(one): list(connection.execute(select(one)).scalars()) for one in OWNERS}


def heard(services: Services, vault: Vault) -> list[str | None]:
    """Everything that can be read of the conversation with these keys."""
    with UnitOfWork(services.engine, vault) as work:
        conversations = work.conversations
        texts = [one.text for one in conversations.messages("ana")]
        texts += [one.text for one in conversations.reply_to("ana", "1") or ()]
        return [*texts, work.safety_records.latest(1)[0].words]


def test_no_column_shows_a_word(said, engine):
    for column, texts in columns(engine).items():
        assert texts, f"{column} is empty"
        assert "Zdenka" not in str(texts), column


async def test_with_the_key_everything_is_there(said):
    assert heard(said, VAULT) == [*SECRETS[:2], SECRETS[1], SECRETS[0]]
    tracker = await ClinicTrackerStore(Domain.empty()).retrieve("ana")
    assert tracker.latest_message.text == SECRETS[0]


def test_a_new_key_seals_what_the_old_one_sealed(said, engine):
    Words(Vault([NEW, SECRET])).reseal(engine)
    assert heard(said, Vault([NEW])) == [*SECRETS[:2], SECRETS[1], SECRETS[0]]
    with pytest.raises(SealBroken):
        heard(said, VAULT)


def test_without_the_key_nothing_is_changed(said, engine):
    before = columns(engine)
    with pytest.raises(SealBroken):
        Words(Vault([NEW])).reseal(engine)
    assert columns(engine) == before


def test_the_words_of_one_conversation_do_not_open_in_another(said, engine):
    with engine.begin() as connection:
        connection.execute(update(chat_message).values(conversation_id="ben"))
    with pytest.raises(SealBroken):
        said.conversations.history("ben")
