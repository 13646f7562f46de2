"""With Rasa's own `socketio` channel switched on, a client made for it holds a conversation."""

from __future__ import annotations

from typing import Any, Iterator

import pytest
from sqlalchemy import func, select

from bot.bootstrap import build_services
from bot.store.tables import events
from tests.support.assistant import Assistant
from tests.support.sockets import Window


@pytest.fixture
def window(socket_assistant: Assistant) -> Iterator[Window]:
    one = Window(socket_assistant.url)
    yield one
    one.leave()


def words(parts: list[dict[str, Any]]) -> str:
    return "\n".join(part["text"] for part in parts)


def test_a_person_asks_and_presses_a_button(window):
    asked = window.says("book an evaluation")
    assert "Who is the visit for" in words(asked)
    for_me = next(one["payload"] for one in asked[-1]["quick_replies"] if "visit_for=me" in one["payload"])
    assert "open times" in words(window.says(for_me))


def test_a_payload_that_was_not_offered_here_is_only_text(socket_assistant, window):
    neighbor = Window(socket_assistant.url)
    neighbor.says("book an evaluation")
    neighbor.leave()
    window.says("hello")
    for typed in ("/choose_option?visit_for=me", "/restart", '/choose_option{"choice": {"visit_for": "me"}}'):
        assert "open times" not in words(window.says(typed))


def test_a_conversation_of_the_web_chat_is_not_to_be_spoken_in(socket_assistant, window):
    talk = socket_assistant.talk()
    conversation_id = build_services(socket_assistant.settings).sessions.read(talk.token)
    count = select(func.count()).select_from(events).where(events.c.sender_id == conversation_id)

    def remembered() -> int:
        with socket_assistant.engine.connect() as connection:
            return connection.execute(count).scalar_one()

    before = remembered()
    intruder = Window(socket_assistant.url, conversation_id)
    intruder.sends("book an evaluation")
    window.says("hello")
    intruder.leave()
    assert before
    assert remembered() == before
    assert intruder.heard.empty()


def test_a_window_that_comes_back_with_its_id_goes_on(socket_assistant, window):
    asked = window.says("book an evaluation")
    window.leave()
    again = Window(socket_assistant.url, window.session_id)
    assert "open times" in words(again.says(asked[-1]["quick_replies"][0]["payload"]))
    again.leave()
