"""The chat API keeps its contract: sessions of one's own, and errors a person can act on."""

from __future__ import annotations

import json
import uuid
from datetime import datetime, timedelta

import pytest
import requests
from sqlalchemy import select

from bot.chat.sessions import Sessions
from bot.clock import system_clock
from bot.store.tables import chat_feedback
from bot.store.words import Words
from tests.support.assistant import Assistant
from tests.support.talk import Talk, new_address
from tests.support.vault import VAULT

FRIEND = "https://friend.example"
ASKS_FIRST = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization"}
JSON = {"Content-Type": "application/json"}
CALLS_OF_A_SESSION = [
    ("POST", "messages"),
    ("GET", "messages"),
    ("GET", "events"),
    ("POST", "feedback"),
    ("DELETE", "sessions"),
]


@pytest.fixture(scope="module")
def talk(assistant: Assistant) -> Talk:
    return assistant.talk()


def is_error(answer: requests.Response, status: int, code: str) -> bool:
    """Whether it is this error, with a sentence and nothing internal."""
    assert answer.status_code == status, f"{answer.status_code} {answer.text}"
    assert set(answer.json()) == {"error"}
    assert set(answer.json()["error"]) == {"code", "message"}
    message = answer.json()["error"]["message"]
    assert message.endswith(".")
    assert not {"Traceback", "Exception", ".py", "sanic", "rasa"} & set(message.split())
    return answer.json()["error"]["code"] == code


def said(**body: object) -> str:
    return json.dumps({"id": str(uuid.uuid4()), **body})


class TestSessions:
    def test_the_first_message_greets_and_says_what_this_is(self, assistant):
        opened = requests.post(f"{assistant.url}/chat/sessions", json={"language": "en"}, timeout=30)
        assert opened.status_code == 201
        body = opened.json()
        assert set(body) == {"token", "expires_at", "messages"}
        assert datetime.fromisoformat(body["expires_at"]) > system_clock() + timedelta(hours=23)
        text = " ".join(message["text"] for message in body["messages"])
        assert "machine" in text
        assert "In an emergency call 911" in text
        assert body["messages"][0]["buttons"]

    def test_no_two_tokens_are_alike(self, assistant):
        assert assistant.talk().token != assistant.talk().token

    def test_two_sessions_never_see_each_other(self, assistant):
        ana, ben = assistant.talk(), assistant.talk()
        ana.says("book an evaluation for me")
        assert "book an evaluation for me" in json.dumps(ana.history())
        assert "book an evaluation for me" not in json.dumps(ben.history())
        payload = next(one for title, one in ana.offered.items() if "visit_time" in one)
        assert is_error(ben.send(payload=payload), 422, "unknown_payload")
        assert "open times" not in ben.says("hello").text

    def test_a_reload_finds_both_sides_in_order(self, assistant):
        talk = assistant.talk()
        reply = talk.says("how much does it cost")
        history = talk.history()
        assert [one["sender"] for one in history] == ["assistant", "person", "assistant"]
        assert history[0] == talk.greeting.messages[0]
        assert history[1]["text"] == "how much does it cost"
        assert history[2] == reply.messages[0]
        assert talk.history(after=history[1]["id"]) == history[2:]

    def test_an_erased_conversation_is_gone_and_its_token_with_it(self, assistant):
        talk = assistant.talk()
        talk.says("hello")
        assert talk.call("DELETE", "sessions").status_code == 204
        for method, path in CALLS_OF_A_SESSION:
            assert is_error(
                talk.call(method, path, data=said(text="hello"), headers=JSON), 401, "bad_session"
            )

    def test_a_booked_visit_stays_when_its_conversation_is_erased(self, assistant):
        before, talk = assistant.appointments(), assistant.talk()
        answers = ("the first one", "Eva Kern", new_address(), "nothing", "no", "yes")
        for words in ("book an evaluation for me", *answers):
            talk.says(words)
        talk.call("DELETE", "sessions")
        assert assistant.appointments() == before + 1


class TestWhoMayNotSpeak:
    @pytest.fixture
    def tokens(self, assistant, talk):
        own, foreign, hour = assistant.settings.secret, "x" * 40, timedelta(hours=1)
        name, _, signature = talk.token.rpartition(".")
        return {
            "missing": None,
            "empty": "Bearer ",
            "of another kind": f"Basic {talk.token}",
            "garbage": "Bearer garbage",
            "forged": f"Bearer {name}.{signature[::-1]}",
            "expired": f"Bearer {Sessions(own, -hour, system_clock).open().token}",
            "of nobody": f"Bearer {Sessions(own, hour, system_clock).open().token}",
            "of another clinic": f"Bearer {Sessions(foreign, hour, system_clock).open().token}",
        }

    @pytest.mark.parametrize(
        "kind",
        [
            "missing",
            "empty",
            "of another kind",
            "garbage",
            "forged",
            "expired",
            "of nobody",
            "of another clinic",
        ],
    )
    @pytest.mark.parametrize(("method", "path"), CALLS_OF_A_SESSION)
    def test_a_token_that_is_not_ones_own_opens_nothing(self, assistant, tokens, kind, method, path):
        headers = {**JSON, **({"Authorization": tokens[kind]} if tokens[kind] else {})}
        url = f"{assistant.url}/chat/{path}"
        answer = requests.request(method, url, headers=headers, data=said(text="hello"), timeout=10)
        assert is_error(answer, 401, "bad_session")


class TestWhatCannotBeRead:
    @pytest.mark.parametrize(
        "body",
        [
            "not json",
            '"a string"',
            "[]",
            "null",
            "{}",
            '{"text": "no id"}',
            '{"id": "not a uuid", "text": "hello"}',
            '{"id": 7, "text": "hello"}',
            said(),
            said(text=None),
            said(text=5),
            said(text=["hello"]),
            said(payload={"a": 1}),
            said(text="hello", payload="/greet"),
            "[" * 5000,
            b"\xff\xfe\x00",
        ],
    )
    def test_a_body_of_another_form_is_a_bad_request(self, talk, body):
        answer = talk.call("POST", "messages", data=body, headers=JSON)
        assert is_error(answer, 400, "bad_request")

    def test_another_kind_of_body(self, talk):
        headers = {"Content-Type": "text/plain"}
        answer = talk.call("POST", "messages", data=said(text="hello"), headers=headers)
        assert is_error(answer, 415, "unsupported_media_type")

    @pytest.mark.parametrize("size", [17 * 1024, 2 * 1024 * 1024])
    def test_a_body_over_16_kib(self, talk, size):
        answer = talk.call("POST", "messages", data=said(text="x" * size), headers=JSON)
        assert is_error(answer, 413, "too_large")

    @pytest.mark.parametrize("text", ["", "   ", "\n\t", "/", "​﻿", "\ud800"])
    def test_a_text_with_nothing_in_it(self, talk, text):
        assert is_error(talk.send(text=text), 422, "empty_text")

    def test_a_text_of_2000_characters_is_answered_and_one_more_is_not(self, talk):
        assert talk.send(text="ab " * 666 + "ab").ok
        assert is_error(talk.send(text="x" * 2001), 422, "text_too_long")

    @pytest.mark.parametrize(
        "payload",
        ["", "/restart", "/choose_option?visit_for=me", "/emergency_medical", "/session_start", "hello"],
    )
    def test_a_payload_that_was_never_offered(self, assistant, payload):
        assert is_error(assistant.talk().send(payload=payload), 422, "unknown_payload")

    @pytest.mark.parametrize(
        ("method", "path", "status", "code"),
        [
            ("GET", "nothing", 404, "not_found"),
            ("GET", "../webhooks/rest/webhook", 404, "not_found"),
            ("GET", "../conversations/x/tracker", 404, "not_found"),
            ("GET", "../domain", 404, "not_found"),
            ("PUT", "messages", 405, "method_not_allowed"),
            ("GET", "sessions", 405, "method_not_allowed"),
        ],
    )
    def test_another_address_or_method(self, talk, method, path, status, code):
        assert is_error(talk.call(method, path), status, code)

    def test_a_message_under_the_id_of_an_answer(self, assistant):
        talk = assistant.talk()
        before, greeting = talk.history(), talk.greeting.messages[0]
        assert is_error(talk.send(greeting["id"], text="hello"), 400, "bad_request")
        assert is_error(talk.send(greeting["id"].upper(), text="hello"), 400, "bad_request")
        assert talk.history() == before


class TestWhatIsServed:
    def test_health_says_that_a_message_could_be_answered(self, assistant):
        answer = requests.get(f"{assistant.url}/chat/health", timeout=10)
        assert answer.status_code == 200
        assert answer.json() == {
            "status": "ok",
            "model": True,
            "actions": True,
            "database": True,
            "locks": True,
        }

    def test_the_page_shows_the_clinic_and_may_load_nothing_from_elsewhere(self, assistant):
        page = requests.get(f"{assistant.url}/", timeout=10)
        assert "Hillside Occupational Therapy" in page.text
        assert "{{" not in page.text
        assert "default-src 'none'" in page.headers["Content-Security-Policy"]

    def test_no_answer_is_kept_on_the_way(self, talk):
        assert talk.call("GET", "messages").headers["Cache-Control"] == "no-store"

    def test_every_message_has_the_shape_of_the_contract(self, talk):
        for message in talk.says("what is OT").messages:
            assert message["sender"] == "assistant"
            assert datetime.fromisoformat(message["sent_at"]).utcoffset() == timedelta(0)
            assert {block["type"] for block in message["blocks"]} <= {"text", "list", "notice", "link"}
            assert len(message["buttons"]) <= 6
            assert all(len(button["title"]) <= 24 for button in message["buttons"])
            assert all(source["url"].startswith("https://") for source in message["sources"])


class TestFeedback:
    def test_an_answer_asks_whether_it_helped_and_takes_what_is_said(self, assistant, talk):
        (answer,) = talk.says("what is OT").messages
        assert answer["feedback"] is True
        for word in ({"helpful": True}, {"helpful": False, "comment": "Too long."}):
            assert talk.call("POST", "feedback", json={"message_id": answer["id"], **word}).status_code == 204
        with assistant.engine.connect() as connection:
            of_answer = select(chat_feedback).where(chat_feedback.c.message_id == answer["id"])
            (kept,) = connection.execute(of_answer).all()
        comment = Words(VAULT).open(kept.comment, chat_feedback.c.comment, kept.conversation_id)
        assert (kept.helpful, comment) == (False, "Too long.")

    def test_a_greeting_and_an_alarm_do_not(self, assistant):
        talk = assistant.talk()
        said = [*talk.greeting.messages, *talk.says("my father has chest pain").messages]
        assert [message["feedback"] for message in said] == [False] * len(said)

    @pytest.mark.parametrize(
        "body",
        [
            {"helpful": True},
            {"message_id": 7, "helpful": True},
            {"message_id": "x"},
            {"message_id": "x", "helpful": "yes"},
            {"message_id": "x", "helpful": 1},
            {"message_id": "x", "helpful": True, "comment": ["no"]},
        ],
    )
    def test_feedback_of_another_form_is_a_bad_request(self, talk, body):
        assert is_error(talk.call("POST", "feedback", json=body), 400, "bad_request")

    def test_nobody_rates_what_was_not_said_to_them(self, assistant, talk):
        (foreign,) = assistant.talk().says("what is OT").messages
        for message_id in (foreign["id"], str(uuid.uuid4()), "x", "\x00", "\ud800"):
            answer = talk.call("POST", "feedback", json={"message_id": message_id, "helpful": True})
            assert is_error(answer, 404, "not_found")

    def test_a_comment_has_the_length_of_a_message(self, talk):
        (answer,) = talk.says("what is OT").messages
        said = {"message_id": answer["id"], "helpful": True, "comment": "x" * 2001}
        assert is_error(talk.call("POST", "feedback", json=said), 422, "text_too_long")


class TestOtherSites:
    @pytest.mark.parametrize(("origin", "allowed"), [(FRIEND, True), ("https://evil.example", False)])
    def test_pages_of_allowed_origins_only_may_read_answers(self, assistant, origin, allowed):
        answer = requests.post(
            f"{assistant.url}/chat/sessions", json={}, headers={"Origin": origin}, timeout=30
        )
        assert answer.headers.get("Access-Control-Allow-Origin") == (origin if allowed else None)
        assert "Access-Control-Allow-Credentials" not in answer.headers
        assert answer.headers["Vary"] == "Origin"

    @pytest.mark.parametrize(("origin", "allowed"), [(FRIEND, True), ("https://evil.example", False)])
    @pytest.mark.parametrize("path", ["messages", "events", "sessions", "feedback"])
    def test_a_browser_that_asks_first_is_told(self, assistant, origin, allowed, path):
        answer = requests.options(
            f"{assistant.url}/chat/{path}", headers={"Origin": origin, **ASKS_FIRST}, timeout=10
        )
        assert answer.status_code == (204 if allowed else 405)
        assert ("Access-Control-Allow-Headers" in answer.headers) == allowed

    def test_an_error_can_be_read_by_an_allowed_page_too(self, assistant):
        answer = requests.get(f"{assistant.url}/chat/messages", headers={"Origin": FRIEND}, timeout=10)
        assert is_error(answer, 401, "bad_session")
        assert answer.headers["Access-Control-Allow-Origin"] == FRIEND
