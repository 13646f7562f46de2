"""Messages that nobody asked for reach the person: at once, once, and only theirs."""

from __future__ import annotations

import json
import uuid

import pytest
import requests

from bot.bootstrap import Services, build_services
from bot.chat.message import Message
from bot.clock import system_clock
from tests.support.assistant import Assistant
from tests.support.openapi import validator
from tests.support.streams import stream
from tests.support.talk import Talk


@pytest.fixture(scope="module")
def staff(assistant: Assistant) -> Services:
    """Another process of the clinic, over the same database."""
    return build_services(assistant.settings)


def post(staff: Services, talk: Talk, text: str) -> dict:
    block = {"type": "text", "text": text}
    message = Message(str(uuid.uuid4()), "staff", system_clock(), (block,))
    staff.conversations.post(staff.sessions.read(talk.token), message)
    return message.as_json()


def test_a_staff_reply_comes_as_it_is_posted_and_stands_in_the_history(assistant, staff):
    talk = assistant.talk()
    with stream(talk, talk.history()[-1]["id"]) as events:
        for text in ("We can see you at 9.\nBring a list.", "Grüße 👋"):
            posted, event = post(staff, talk, text), next(events)
            assert event.event == "message"
            assert event.id == posted["id"]
            assert json.loads(event.data) == posted
            validator("Message").validate(json.loads(event.data))
    assert talk.history()[-1] == posted


@pytest.mark.parametrize("resume", ["header", "query"])
def test_whoever_connects_again_misses_nothing_and_hears_nothing_twice(assistant, staff, resume):
    talk = assistant.talk()
    first, second, third = (post(staff, talk, text) for text in ("one", "two", "three"))
    how = {"Last-Event-ID": first["id"]} if resume == "header" else {"after": first["id"]}
    with stream(talk, **how) as events:
        assert [next(events).id, next(events).id] == [second["id"], third["id"]]
        last = post(staff, talk, "four")
        assert next(events).id == last["id"]


def test_an_answer_to_the_person_is_no_event(assistant, staff):
    talk = assistant.talk()
    with stream(talk) as events:
        talk.says("hello")
        posted = post(staff, talk, "one")
        assert next(events).id == posted["id"]


def test_nobody_hears_what_is_posted_to_another(assistant, staff):
    ana, ben = assistant.talk(), assistant.talk()
    with stream(ana) as of_ana, stream(ben) as of_ben:
        post(staff, ana, "for Ana")
        post(staff, ben, "for Ben")
        assert json.loads(next(of_ana).data)["text"] == "for Ana"
        assert json.loads(next(of_ben).data)["text"] == "for Ben"


def test_a_chat_may_be_open_in_four_places(assistant, staff):
    talk = assistant.talk()
    with stream(talk), stream(talk), stream(talk), stream(talk):
        refused = talk.call("GET", "events")
        assert refused.status_code == 429
        assert refused.json()["error"]["code"] == "too_many_requests"


def test_a_stream_needs_a_session(assistant):
    answer = requests.get(f"{assistant.url}/chat/events", timeout=10)
    assert answer.status_code == 401
    assert answer.json()["error"]["code"] == "bad_session"
