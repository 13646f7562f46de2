"""Whoever waits is offered a time in their own chat, and answers it there, whatever they are at."""

from __future__ import annotations

import json

import pytest

from bot.bootstrap import Services, build_services
from tests.support.assistant import Assistant
from tests.support.streams import stream
from tests.support.talk import Talk, new_address


@pytest.fixture(scope="module")
def timer(assistant: Assistant) -> Services:
    """The process that looks after the waiting list, over the same database."""
    return build_services(assistant.settings)


@pytest.fixture
def offered(assistant: Assistant, timer: Services) -> Talk:
    """A conversation that waits and has just been offered a time."""
    talk = assistant.talk()
    for words in ("book an evaluation for my son", "put me on the waiting list", "Ben Hill", new_address()):
        talk.says(words)
    talk.says("nothing")
    talk.says("skip")
    assert "on the waiting list" in talk.says("yes").text
    with stream(talk, talk.history()[-1]["id"]) as events:
        timer.offering.tend()
        offer = json.loads(next(events).data)
    assert "A time has opened for you" in offer["text"]
    talk.offered.update({button["title"]: button["payload"] for button in offer["buttons"]})
    return talk


def test_a_time_that_is_taken_is_booked_once_and_can_be_moved(assistant, offered):
    before = assistant.appointments()
    booked = offered.presses("Take this time")
    assert "is booked" in booked.text
    assert "7 Hill Street" in booked.text
    offered.presses("Take this time")
    assert assistant.appointments() == before + 1
    assert "last name" in offered.says("move my visit").text


def test_a_no_in_the_middle_of_another_booking_keeps_both(assistant, offered):
    before, places = assistant.appointments(), assistant.waiting()
    offered.says("book an evaluation for me")
    offered.says("the first one")
    declined = offered.presses("No, keep me waiting")
    assert "You keep your place" in declined.text
    assert "What is your full name?" in declined.text
    assert "can not give you that time any more" in offered.presses("Take this time").text
    assert (assistant.appointments(), assistant.waiting()) == (before, places)


def test_a_button_of_one_chat_opens_nothing_in_another(assistant, offered):
    stranger = assistant.talk()
    assert stranger.send(payload=offered.offered["Take this time"]).status_code == 422
    assert "off the waiting list" in offered.presses("Leave the waiting list").text
