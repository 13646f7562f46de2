"""Chats and questions are kept as long as the clinic says, and no longer."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from sqlalchemy import insert

from bot.chat.conversations import Conversations
from bot.chat.message import Message
from bot.chat.questions import Question, Questions
from bot.chat.retention import Retention
from bot.store.tables import events
from bot.store.work import UnitOfWork
from tests.support.clocks import SetClock
from tests.support.vault import VAULT

DAYS = 30


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def conversations(engine, clock) -> Conversations:
    return Conversations(lambda: UnitOfWork(engine, VAULT), clock)


@pytest.fixture
def questions(engine, clock) -> Questions:
    return Questions(lambda: UnitOfWork(engine, VAULT), clock)


@pytest.fixture
def speaks(engine, clock, conversations):
    """Somebody says something now."""

    def speak(who: str) -> None:
        block = {"type": "text", "text": "Hello"}
        conversations.greet(who, [Message(str(uuid.uuid4()), "assistant", clock(), (block,))])
        with engine.connect() as connection:
            event = {"sender_id": who, "type_name": "user", "timestamp": clock().timestamp(), "data": "{}"}
            connection.execute(insert(events).values(**event))
            connection.commit()

    return speak


def test_a_chat_goes_when_its_person_was_silent_for_the_days_of_the_profile(
    conversations, questions, clock, speaks
):
    retention = Retention(conversations, questions, lambda before: None, DAYS, clock)
    speaks("ana")
    speaks("ben")
    clock.forward(timedelta(days=DAYS))
    assert retention.tidy() == 0
    speaks("ben")
    clock.forward(timedelta(seconds=1))
    assert retention.tidy() == 1
    assert not conversations.exists("ana")
    assert conversations.exists("ben")
    assert retention.tidy() == 0


def test_a_clinic_that_names_no_days_keeps_its_chats(conversations, questions, clock, speaks):
    speaks("ana")
    clock.forward(timedelta(days=5000))
    assert Retention(conversations, questions, lambda before: None, None, clock).tidy() == 0
    assert conversations.exists("ana")


def test_questions_are_counted_and_go_when_nobody_asked_them_of_late(conversations, questions, clock):
    first = clock()
    questions.note("Can you fix my roof?")
    questions.note("Do you sell bread?")
    clock.forward(timedelta(days=DAYS))
    questions.note("can you fix my roof?")
    assert questions.most_asked()[0] == Question("can you fix my roof?", 2, first, clock())
    clock.forward(timedelta(seconds=1))
    Retention(conversations, questions, lambda before: None, DAYS, clock).tidy()
    assert [one.text for one in questions.most_asked()] == ["can you fix my roof?"]


def test_a_question_of_which_nothing_is_left_is_not_kept(questions):
    questions.note("503-555-0142")
    questions.note("...")
    assert questions.most_asked() == []
