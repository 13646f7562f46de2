"""What is kept of a conversation: nothing is done twice, nothing is lost, and what is erased is gone."""

import uuid
from datetime import timedelta

import pytest
from sqlalchemy import insert, select

from bot.chat.conversations import LONGEST_TURN, Conversations
from bot.chat.message import Button, Message
from bot.errors import TurnInProgress, UnknownPayload
from bot.store.tables import chat_message, chat_turn, events
from bot.store.work import UnitOfWork
from tests.support.clocks import SetClock
from tests.support.racing import race


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def conversations(engine, clock) -> Conversations:
    return Conversations(lambda: UnitOfWork(engine), clock)


def message(text: str, sender: str = "person", *buttons: Button) -> Message:
    block = {"type": "text", "text": text}
    return Message(str(uuid.uuid4()), sender, SetClock()(), (block,), buttons)


def answered(conversations: Conversations, who: str, text: str = "Hello", *buttons: Button):
    said, reply = message(text), message(f"You said {text}.", "assistant", *buttons)
    assert conversations.begin_turn(who, said) is None
    conversations.finish_turn(who, said, [reply])
    return said, reply


def store_event(engine, who: str) -> None:
    """As Rasa does in a turn."""
    with engine.connect() as connection:
        connection.execute(insert(events).values(sender_id=who, type_name="user", data="{}"))
        connection.commit()


def test_the_same_message_again_gets_the_same_answer(conversations):
    said, reply = answered(conversations, "ana")
    assert conversations.begin_turn("ana", said) == [reply]
    assert conversations.history("ana") == [said, reply]


def test_the_same_id_in_another_conversation_is_another_message(conversations):
    said, _ = answered(conversations, "ana")
    assert conversations.begin_turn("ben", said) is None


def test_a_message_that_is_being_answered_is_not_answered_a_second_time(conversations, clock):
    said = message("Hello")
    conversations.begin_turn("ana", said)
    clock.forward(LONGEST_TURN - timedelta(seconds=1))
    with pytest.raises(TurnInProgress):
        conversations.begin_turn("ana", said)


def test_a_message_that_was_lost_with_its_worker_may_be_sent_again(conversations, clock):
    said = message("Hello")
    conversations.begin_turn("ana", said)
    clock.forward(LONGEST_TURN + timedelta(seconds=1))
    assert conversations.begin_turn("ana", said) is None


def test_of_eight_workers_with_one_message_one_answers(conversations):
    said = message("Hello")
    results = race([lambda: conversations.begin_turn("ana", said)] * 8)
    assert len([one for one in results if one is None]) == 1
    assert len([one for one in results if isinstance(one, TurnInProgress)]) == 7


def test_a_turn_that_was_put_back_never_happened(conversations, engine):
    answered(conversations, "ana", "first")
    before = conversations.history("ana")
    store_event(engine, "ana")
    store_event(engine, "ben")
    mark, said = conversations.mark("ana"), message("second")
    conversations.begin_turn("ana", said)
    store_event(engine, "ana")
    conversations.put_back_turn("ana", said, mark)
    assert conversations.history("ana") == before
    assert conversations.mark("ana") == mark
    assert conversations.begin_turn("ana", said) is None


def test_history_comes_in_order_from_behind_a_message(conversations):
    first, second = answered(conversations, "ana", "one"), answered(conversations, "ana", "two")
    assert conversations.history("ana") == [*first, *second]
    assert conversations.history("ana", first[1].id) == [*second]
    assert conversations.history("ana", second[1].id) == []
    assert conversations.history("ana", "unknown") == [*first, *second]


def test_a_button_can_be_pressed_only_where_it_was_offered(conversations):
    answered(conversations, "ana", "hello", Button("Book a visit", "/book_evaluation"))
    assert conversations.title_of("ana", "/book_evaluation") == "Book a visit"
    for who, payload in (("ana", "/restart"), ("ben", "/book_evaluation")):
        with pytest.raises(UnknownPayload):
            conversations.title_of(who, payload)


def test_a_button_that_a_person_made_up_is_not_offered(conversations):
    forged = message("hello", "person", Button("Restart", "/restart"))
    conversations.greet("ana", [forged])
    with pytest.raises(UnknownPayload):
        conversations.title_of("ana", "/restart")


def test_what_is_erased_is_gone_and_the_others_stay(conversations, engine):
    for who in ("ana", "ben"):
        answered(conversations, who)
        store_event(engine, who)
    conversations.erase("ana")
    assert not conversations.exists("ana")
    assert conversations.exists("ben")
    with engine.connect() as connection:
        for owner in (chat_message.c.conversation_id, chat_turn.c.conversation_id, events.c.sender_id):
            assert set(connection.execute(select(owner)).scalars()) == {"ben"}
