"""One turn with the dialogue: it is answered and kept, or put back as if it had never begun."""

from __future__ import annotations

import asyncio
import uuid
from typing import Awaitable, Callable, Optional

import pytest
from rasa.core.channels.channel import UserMessage
from sqlalchemy import insert, select

from bot.bootstrap import Services, build_services
from bot.channels.http import Unavailable
from bot.channels.locks import ConversationLocks
from bot.channels.turns import Turns
from bot.chat.message import Message
from bot.errors import BadSession
from bot.safety import verdict
from bot.safety.replies import SafetyReplies
from bot.safety.signs import Sign
from bot.settings import Settings
from bot.store.migrate import migrate
from bot.store.sealing import Vault
from bot.store.tables import events
from tests.support.clocks import SetClock

Dialogue = Callable[[UserMessage], Awaitable[None]]
REPLIES = SafetyReplies({"utter_emergency_medical": {"text": "Call 911."}})


class OneWord:
    """A safety screen that knows one word."""

    def look_at(self, text: str) -> Optional[Sign]:
        return Sign("emergency_medical", None, text) if "stroke" in text else None


@pytest.fixture(scope="module")
def services(tmp_path_factory) -> Services:
    made = build_services(
        Settings(
            database_url=f"sqlite:///{tmp_path_factory.mktemp('turns')}/clinic.db",
            clinic_profile="tests/support/clinic.yml",
            reply_seconds=3,
            secret="a secret of more than thirty-two characters",
        ),
        SetClock(),
    )
    migrate(made.engine, Vault(made.settings.data_secrets))
    return made


def conversation(services: Services) -> str:
    """A new conversation, with its greeting."""
    conversation_id, block = str(uuid.uuid4()), {"type": "text", "text": "Hello, I am a machine."}
    greeting = Message(str(uuid.uuid4()), "assistant", services.clock(), (block,))
    services.conversations.greet(conversation_id, [greeting])
    return conversation_id


@pytest.fixture
def ana(services) -> str:
    return conversation(services)


def said_in(services: Services, conversation_id: str) -> list[Message]:
    """Both sides, without the greeting."""
    return services.conversations.history(conversation_id)[1:]


@pytest.fixture
def locks() -> ConversationLocks:
    return ConversationLocks()


@pytest.fixture
def turns(services, locks) -> Callable[[Dialogue], Turns]:
    return lambda dialogue: Turns(services, OneWord(), REPLIES, dialogue, locks, "chat")


def person(text: str) -> Message:
    return Message(str(uuid.uuid4()), "person", SetClock()(), ({"type": "text", "text": text},))


def dialogue_of(services: Services) -> Dialogue:
    """A dialogue that remembers each message in its events, and does what the message says."""

    async def hear(message: UserMessage) -> None:
        with services.engine.connect() as connection:
            connection.execute(
                insert(events).values(sender_id=message.sender_id, type_name=message.text, data="{}")
            )
            connection.commit()
        if "slow" in message.text:
            await asyncio.sleep(60)
        if "fail" in message.text:
            await asyncio.sleep(0.1)
            raise ConnectionError("the dialogue broke down")
        if "silent" not in message.text:
            await message.output_channel.send_response(
                message.sender_id, {"text": f"You said {message.text}."}
            )

    return hear


def remembered(services: Services, conversation_id: str) -> list[str]:
    wanted = select(events.c.type_name).where(events.c.sender_id == conversation_id).order_by(events.c.id)
    with services.engine.connect() as connection:
        return list(connection.execute(wanted).scalars())


async def test_what_both_sides_said_is_kept(services, turns, ana):
    said = person("hello")
    answer = await turns(dialogue_of(services)).answer(ana, said)
    assert [message.text for message in answer] == ["You said hello."]
    assert said_in(services, ana) == [said, *answer]


@pytest.mark.parametrize("trouble", ["silent", "slow", "fail"])
async def test_a_turn_without_an_answer_is_put_back_and_can_be_sent_again(
    services, turns, locks, ana, trouble
):
    said = person(trouble)
    with pytest.raises(Unavailable) as problem:
        await turns(dialogue_of(services)).answer(ana, said)
    assert "212-555-0187" in problem.value.message
    async with locks.hold(ana):  # it is put back by now
        pass
    assert said_in(services, ana) == []
    assert remembered(services, ana) == []

    async def repaired(message: UserMessage) -> None:
        await message.output_channel.send_response(message.sender_id, {"text": "Here I am again."})

    (answer,) = await turns(repaired).answer(ana, said)
    assert answer.text == "Here I am again."


@pytest.mark.parametrize("trouble", ["silent", "slow", "fail"])
async def test_help_is_said_even_when_the_dialogue_does_not_answer(services, turns, ana, trouble):
    (alarm,) = await turns(dialogue_of(services)).answer(ana, person(f"{trouble} stroke"))
    assert alarm.text == "Call 911."


@pytest.mark.parametrize("trouble", ["silent", "slow", "fail"])
async def test_what_the_dialogue_saw_is_answered_even_when_it_falls_silent(services, turns, ana, trouble):
    async def sees_and_fails(message: UserMessage) -> None:
        verdict.keep(Sign("emergency_medical", None, message.text))
        await dialogue_of(services)(message)

    said = person(f"{trouble}, he looks gray")
    (alarm,) = await turns(sees_and_fails).answer(ana, said)
    assert alarm.text == "Call 911."


async def test_help_that_the_dialogue_did_not_give_is_kept_all_the_same(services, turns, ana):
    running, said = turns(dialogue_of(services)), person("fail, a stroke")
    answer = await running.answer(ana, said)
    while not said_in(services, ana):  # nobody waits for it to be kept
        await asyncio.sleep(0.05)
    assert said_in(services, ana) == [said, *answer]
    assert await running.answer(ana, said) == answer


async def test_help_is_said_even_when_the_database_is_gone(services, turns, ana, monkeypatch):
    def gone(*_: object) -> None:
        raise ConnectionError("the database is gone")

    monkeypatch.setattr(services.conversations, "begin_turn", gone)
    monkeypatch.setattr(services.safety_records, "note", gone)
    (alarm,) = await turns(dialogue_of(services)).answer(ana, person("a stroke"))
    assert alarm.text == "Call 911."


async def test_a_turn_that_is_put_back_takes_nothing_of_another_with_it(services, turns, ana):
    running = turns(dialogue_of(services))
    failing = asyncio.create_task(running.answer(ana, person("fail")))
    await asyncio.sleep(0.05)
    await running.answer(ana, person("hello"))
    with pytest.raises(Unavailable):
        await failing
    assert remembered(services, ana) == ["hello"]


async def test_one_person_does_not_wait_for_another(services, turns, ana):
    running = turns(dialogue_of(services))
    failing = asyncio.create_task(running.answer(ana, person("fail")))
    await asyncio.sleep(0.05)
    await running.answer(conversation(services), person("hello"))
    assert not failing.done()
    with pytest.raises(Unavailable):
        await failing


async def test_what_got_no_answer_is_kept_for_staff_without_the_person(services, turns, ana):
    async def dialogue(message: UserMessage) -> None:
        topic = "out_of_scope" if "roof" in message.text else "faq/cost"
        await message.output_channel.send_response(ana, {"text": "Well.", "metadata": {"topic": topic}})

    running = turns(dialogue)
    for words in ("Can Miguel fix my roof? 503-555-0100", "can Jayden fix my roof? 503 555 0199", "how much"):
        await running.answer(ana, person(words))
    while not (asked := services.questions.most_asked()) or asked[0].times < 2:
        await asyncio.sleep(0.1)  # nobody waits for it to be written down
    (question,) = asked
    assert (question.text, question.times) == ("can … fix my roof? …", 2)


async def test_the_same_message_sent_twice_at_once_is_answered_once(services, turns, ana):
    said, running = person("hello"), turns(dialogue_of(services))
    first, second = await asyncio.gather(running.answer(ana, said), running.answer(ana, said))
    assert first == second
    assert remembered(services, ana) == ["hello"]


async def test_a_turn_ends_although_its_person_went_away(services, turns, locks, ana):
    said, running = person("hello"), turns(dialogue_of(services))
    leaving = asyncio.create_task(running.answer(ana, said))
    await asyncio.sleep(0.01)
    leaving.cancel()
    async with locks.hold(ana):
        pass
    assert [one.text for one in said_in(services, ana)] == ["hello", "You said hello."]


async def test_what_is_erased_during_a_turn_is_erased_behind_it(services, turns, ana):
    running = turns(dialogue_of(services))
    answering = asyncio.create_task(running.answer(ana, person("hello")))
    await asyncio.sleep(0.01)
    await running.erase(ana)
    await answering
    assert services.conversations.history(ana) == []
    with pytest.raises(BadSession):
        await running.answer(ana, person("are you there"))
    assert remembered(services, ana) == []
