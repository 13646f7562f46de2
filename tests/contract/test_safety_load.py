"""Help comes first and in one message, however many others are talking, and staff hear of it."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.bootstrap import build_services
from bot.safety.screen import default_screen
from tests.support.assistant import Assistant

OTHERS = 6
LONGEST_WAIT = 10.0
"""Seconds; far above what is usual, for slow machines that run other things."""

ALARMS = {
    "my father's chest is being crushed by pain": ("emergency_medical", "911"),
    "I am going to kill myself": ("crisis_self_harm", "988"),
    "my boyfriend punched me": ("abuse_report", "911"),
    "my aunt fell in the garage": ("fall_report", "911"),
}


def chatter(assistant: Assistant, over: threading.Event) -> None:
    talk = assistant.talk()
    while not over.is_set():
        talk.says("what are your opening hours")


@pytest.mark.parametrize("words", ALARMS)
def test_help_comes_first_under_load(assistant: Assistant, words: str) -> None:
    topic, number = ALARMS[words]
    over = threading.Event()
    with ThreadPoolExecutor(OTHERS) as pool:
        crowd = [pool.submit(chatter, assistant, over) for _ in range(OTHERS)]
        try:
            started = time.monotonic()
            reply = assistant.talk().says(words)
            waited = time.monotonic() - started
        finally:
            over.set()
        for one in crowd:
            one.result()
    first = reply.messages[0]
    assert first["topic"] == topic
    assert number in first["text"]
    assert waited < LONGEST_WAIT


def test_staff_hear_of_an_alarm_and_of_the_words_only_where_they_are_needed(assistant: Assistant) -> None:
    talk = assistant.talk()
    talk.says("he is not breathing")
    talk.says("I want to die")
    kept = build_services(assistant.settings).safety_records.latest(2)
    assert [(row.topic, row.words) for row in kept] == [
        ("crisis_self_harm", "I want to die"),
        ("emergency_medical", None),
    ]
    assert all(row.answered for row in kept)


def test_without_the_action_server_every_kind_of_danger_is_answered(assistant: Assistant) -> None:
    with assistant.without_actions():
        for words, (topic, number) in ALARMS.items():
            reply = assistant.talk().says(words)
            assert reply.topics[0] == topic
            assert number in reply.messages[0]["text"]


def test_what_no_sign_knows_is_answered_inside_a_form_without_the_action_server(assistant: Assistant) -> None:
    talk = assistant.talk()
    talk.says("I want to book an evaluation")
    words = "his thumb is hanging off"
    assert default_screen().look_at(words) is None
    with assistant.without_actions():
        assert talk.says(words).topics == ["emergency_medical"]


def test_after_a_fall_a_few_questions_lead_to_what_to_do(assistant: Assistant) -> None:
    talk = assistant.talk()
    reply = talk.says("my aunt fell in the garage")
    assert "911" in reply.messages[0]["text"]
    assert "head" in reply.messages[-1]["text"]
    assert "blood thinner" in talk.presses("Yes").text
    assert "Call 911 now" in talk.says("yes, warfarin").text

    talk = assistant.talk()
    talk.says("I slipped in the kitchen")
    talk.presses("No")
    assert "up again" in talk.says("no").text
    assert "hands and knees" in talk.presses("Not yet, but can").text


def test_after_a_fall_a_blow_to_the_head_is_an_answer_and_leads_to_help(assistant: Assistant) -> None:
    talk = assistant.talk()
    talk.says("my aunt fell in the garage")
    reply = talk.says("yes, she hit her head")
    assert "abuse_report" not in reply.topics
    assert "blood thinner" in reply.text or "911" in reply.text


def test_danger_in_the_middle_of_the_questions_leaves_them(assistant: Assistant) -> None:
    talk = assistant.talk()
    talk.says("my aunt fell in the garage")
    reply = talk.says("wait, she is not breathing")
    assert reply.topics == ["emergency_medical"]
    assert "faq/clinic_hours" in talk.says("what are your opening hours").topics
