"""When a part fails: help comes first, nothing is lost, and nothing is done twice."""

import time
import uuid

import requests

from tests.support.assistant import Assistant
from tests.support.talk import new_address


def test_without_the_action_server_help_still_comes_and_a_message_can_be_sent_again(assistant: Assistant):
    before, talk, id = assistant.appointments(), assistant.talk(), str(uuid.uuid4())
    answers = ("the first one", "Ida Frost", new_address(), "nothing", "no")
    for words in ("book an evaluation for me", *answers):
        talk.says(words)
    history = talk.history()

    with assistant.without_actions():
        lost = talk.send(id, text="yes")
        assert lost.status_code == 503
        assert lost.json()["error"]["code"] == "unavailable"
        assert "212-555-0187" in lost.json()["error"]["message"]
        assert talk.history() == history

        started = time.monotonic()
        alarm = talk.says("my husband's face is drooping and he can't speak")
        assert time.monotonic() - started < 2
        assert alarm.topics == ["emergency_medical"]
        assert "911" in alarm.text

        answered = assistant.talk().says("how much does it cost")
        assert answered.topics[0] == "faq/cost"
        assert requests.get(f"{assistant.url}/chat/health", timeout=10).status_code == 503
        assert assistant.appointments() == before

    talk.says("let us go on with booking the evaluation")
    assert "is booked" in talk.says("yes", id).text
    assert assistant.appointments() == before + 1
