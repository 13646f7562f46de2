"""What is kept of a conversation: nothing is done twice, nothing is lost, and what is erased is gone."""

import uuid
from datetime import timedelta

import pytest
from sqlalchemy import insert, select

from bot.chat.conversations import Conversations
from bot.chat.message import Button, Message
from bot.errors import BadSession, IdTaken, TurnLost, UnknownMessage, UnknownPayload
from bot.store.tables import chat_feedback, chat_message, chat_turn, events
from bot.store.words import Words
from bot.store.work import UnitOfWork
from tests.support.clocks import SetClock
from tests.support.racing import race
from tests.support.vault import VAULT


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def conversations(engine, clock) -> Conversations:
    return Conversations(lambda: UnitOfWork(engine, VAULT), clock)


def message(text: str, sender: str = "person", *buttons: Button) -> Message:
    block = {"type": "text", "text": text}
    return Message(str(uuid.uuid4()), sender, SetClock()(), (block,), buttons)


def answered(conversations: Conversations, who: str, text: str = "Hello", *buttons: Button):
    said, reply = message(text), message(f"You said {text}.", "assistant", *buttons)
    assert conversations.answer_to(who, said) is None
    conversations.finish_turn(conversations.begin_turn(who, said), said, [reply])
    return said, reply


def store_event(engine, who: str) -> None:
    """As Rasa does in a turn."""
    with engine.connect() as connection:
        connection.execute(insert(events).values(sender_id=who, type_name="user", data="{}"))
        connection.commit()


def test_the_same_message_again_gets_the_same_answer(conversations):
    said, reply = answered(conversations, "ana")
    assert conversations.answer_to("ana", said) == [reply]
    assert conversations.history("ana") == [said, reply]


def test_the_same_id_in_another_conversation_is_another_message(conversations):
    said, _ = answered(conversations, "ana")
    assert conversations.answer_to("ben", said) is None


def test_nobody_speaks_under_the_id_of_what_was_said_already(conversations):
    _, reply = answered(conversations, "ana")
    with pytest.raises(IdTaken):
        conversations.begin_turn("ana", reply)
    assert conversations.begin_turn("ben", reply).id == reply.id


def test_a_turn_that_was_lost_with_its_worker_is_put_back_when_the_next_begins(conversations, clock, engine):
    answered(conversations, "ana", "first")
    store_event(engine, "ana")
    lost, said = message("Hello"), message("Are you there?")
    turn = conversations.begin_turn("ana", lost)
    store_event(engine, "ana")
    clock.forward(timedelta(seconds=1))
    next_turn = conversations.begin_turn("ana", said)
    assert next_turn.mark == turn.mark
    with pytest.raises(TurnLost):
        conversations.finish_turn(turn, lost, [message("Too late.", "assistant")])
    conversations.put_back_turn(turn)
    conversations.finish_turn(next_turn, said, [message("Yes.", "assistant")])
    assert [one.text for one in conversations.history("ana")[2:]] == ["Are you there?", "Yes."]
    assert conversations.answer_to("ana", lost) is None


def test_a_turn_that_was_taken_over_cannot_be_finished_or_put_back_by_who_lost_it(conversations, clock):
    said = message("Hello")
    lost = conversations.begin_turn("ana", said)
    clock.forward(timedelta(seconds=1))
    taken = conversations.begin_turn("ana", said)
    conversations.put_back_turn(lost)
    with pytest.raises(TurnLost):
        conversations.finish_turn(lost, said, [message("Mine.", "assistant")])
    answer = message("No, mine.", "assistant")
    conversations.finish_turn(taken, said, [answer])
    assert conversations.answer_to("ana", said) == [answer]


def test_a_turn_that_was_put_back_never_happened(conversations, engine):
    answered(conversations, "ana", "first")
    before = conversations.history("ana")
    store_event(engine, "ana")
    store_event(engine, "ben")
    said = message("second")
    turn = conversations.begin_turn("ana", said)
    store_event(engine, "ana")
    conversations.put_back_turn(turn)
    assert conversations.history("ana") == before
    assert conversations.begin_turn("ana", said).mark == turn.mark


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
        _, reply = answered(conversations, who)
        conversations.rate(who, reply.id, True, "Thank you")
        store_event(engine, who)
    conversations.erase("ana")
    assert not conversations.exists("ana")
    assert conversations.exists("ben")
    with engine.connect() as connection:
        for owner in (
            chat_message.c.conversation_id,
            chat_turn.c.conversation_id,
            chat_feedback.c.conversation_id,
            events.c.sender_id,
        ):
            assert set(connection.execute(select(owner)).scalars()) == {"ben"}


def test_what_is_posted_stands_in_the_history_and_among_what_came_unasked(conversations):
    said, reply = answered(conversations, "ana")
    first, second = message("We are open.", "staff"), message("See you at 9.", "staff")
    conversations.post("ana", first)
    later = answered(conversations, "ana", "thanks")
    conversations.post("ana", second)
    assert conversations.history("ana") == [said, reply, first, *later, second]
    assert conversations.unasked("ana") == [first, second]
    assert conversations.unasked("ana", reply.id) == [first, second]
    assert conversations.unasked("ana", first.id) == [second]
    assert conversations.unasked("ana", second.id) == []


def test_a_post_is_noticed_by_its_own_conversation_only(conversations):
    for who in ("ana", "ben"):
        answered(conversations, who)
    assert conversations.latest_unasked(["ana", "ben"]) == {}
    conversations.post("ana", message("We are open.", "staff"))
    before = conversations.latest_unasked(["ana", "ben"])
    conversations.post("ana", message("See you.", "staff"))
    after = conversations.latest_unasked(["ana", "ben"])
    assert set(before) == set(after) == {"ana"}
    assert after["ana"] > before["ana"]
    assert conversations.unasked("ben") == []


def test_nothing_is_posted_to_a_conversation_that_is_gone(conversations):
    answered(conversations, "ana")
    conversations.erase("ana")
    with pytest.raises(BadSession):
        conversations.post("ana", message("Hello?", "staff"))
    assert conversations.history("ana") == []


def test_eight_posts_at_once_are_read_in_one_order_and_none_is_passed_by(conversations):
    answered(conversations, "ana")
    posts = [message(str(number), "staff") for number in range(8)]
    race([lambda one=one: conversations.post("ana", one) for one in posts])
    order = conversations.unasked("ana")
    assert {one.id for one in order} == {one.id for one in posts}
    assert conversations.unasked("ana", order[3].id) == order[4:]


def ratings(engine) -> list[tuple[bool, str | None]]:
    words = Words(VAULT)
    with engine.connect() as connection:
        return [
            (row.helpful, row.comment and words.open(row.comment, chat_feedback.c.comment, "ana"))
            for row in connection.execute(select(chat_feedback))
        ]


def test_of_what_is_said_about_a_message_the_last_word_counts(conversations, engine):
    _, reply = answered(conversations, "ana")
    conversations.rate("ana", reply.id, True, None)
    conversations.rate("ana", reply.id, False, "It was too long.")
    assert ratings(engine) == [(False, "It was too long.")]


def test_two_words_about_a_message_at_once_leave_one(conversations, engine):
    _, reply = answered(conversations, "ana")
    assert race([lambda: conversations.rate("ana", reply.id, True, None)] * 4) == [None] * 4
    assert ratings(engine) == [(True, None)]


def test_only_what_the_clinic_said_in_this_conversation_can_be_rated(conversations, engine):
    said, reply = answered(conversations, "ana")
    answered(conversations, "ben")
    for who, message_id in (("ana", said.id), ("ben", reply.id), ("ana", str(uuid.uuid4()))):
        with pytest.raises(UnknownMessage):
            conversations.rate(who, message_id, True, None)
    assert ratings(engine) == []
