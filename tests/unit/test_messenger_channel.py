"""What Meta delivers for a page, and what is made of it."""

from __future__ import annotations

import hashlib
import hmac
import json
from datetime import datetime, timezone
from types import SimpleNamespace
from typing import Any, Dict, List, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sanic.request import Request

from bot.bootstrap import Services
from bot.channels.messaging.messenger import Messenger
from bot.errors import StartError, Unproven
from bot.messaging.incoming import Incoming

SECRET = "the-secret-of-the-app"
CREDENTIALS = {"app_secret": SECRET, "page_token": "EAAB", "verify_token": "meant"}
AT = datetime(2026, 3, 2, 17, 0, tzinfo=timezone.utc)


def channel(**credentials: str) -> Messenger:
    services = SimpleNamespace(settings=SimpleNamespace(public_url="https://chat.example.org"))
    return Messenger(cast(Services, services), {**CREDENTIALS, **credentials})


def signed(body: bytes, secret: str = SECRET, kind: str = "sha256") -> str:
    return f"{kind}={hmac.new(secret.encode(), body, kind).hexdigest()}"


def delivered(body: bytes, signature: str) -> Request:
    return cast(Request, SimpleNamespace(headers={"X-Hub-Signature-256": signature}, body=body))


def read(shape: Any) -> List[Incoming]:
    body = json.dumps(shape).encode()
    return channel().read(delivered(body, signed(body)))


def event(sender: str = "psid-1", **what: Any) -> Dict[str, Any]:
    at = int(AT.timestamp() * 1000)
    return {"sender": {"id": sender}, "recipient": {"id": "page"}, "timestamp": at, **what}


def page(*events: Dict[str, Any]) -> Dict[str, Any]:
    return {"object": "page", "entry": [{"id": "page", "time": 1, "messaging": [one]} for one in events]}


def test_every_event_of_a_batch_is_read_in_its_order() -> None:
    batch = page(
        event(message={"mid": "m_1", "text": "hello"}),
        event("psid-2", message={"mid": "m_2", "text": "hi"}),
        event(message={"mid": "m_3", "text": "Yes", "quick_reply": {"payload": "offer:0"}}),
    )
    batch["entry"][0]["messaging"].append(event(message={"mid": "m_4", "text": "more"}))
    assert [(one.delivery_id, one.address, one.text, one.pressed) for one in read(batch)] == [
        ("m_1", "psid-1", "hello", None),
        ("m_4", "psid-1", "more", None),
        ("m_2", "psid-2", "hi", None),
        ("m_3", "psid-1", "Yes", "offer:0"),
    ]
    assert read(batch)[0].sent_at == AT


@pytest.mark.parametrize(
    "what",
    [
        {"message": {"mid": "m", "text": "our own words", "is_echo": True}},
        {"message": {"mid": "m", "is_deleted": True}},
        {"delivery": {"mids": ["m"], "watermark": 1}},
        {"read": {"watermark": 1}},
        {"reaction": {"mid": "m", "action": "react", "emoji": "❤"}},
    ],
    ids=lambda what: next(iter(what)),
)
def test_what_nobody_said_is_left_out(what: Dict[str, Any]) -> None:
    assert read(page(event(**what))) == []


@pytest.mark.parametrize(
    ("kind", "unread"),
    [
        ("image", "picture"),
        ("audio", "voice"),
        ("file", "file"),
        ("location", "place"),
        ("template", "other"),
    ],
)
def test_what_cannot_be_read_is_named(kind: str, unread: str) -> None:
    attachment = {"type": kind, "payload": {"url": "https://cdn.example.org/x"}}
    (said,) = read(page(event(message={"mid": "m", "attachments": [attachment]})))
    assert said.unread == unread


def test_a_thumb_is_a_sticker_and_a_link_is_text() -> None:
    attachment = {"type": "image", "payload": {"sticker_id": 369239263222822}}
    thumb = {"mid": "m_1", "sticker_id": 369239263222822, "attachments": [attachment]}
    link = {"mid": "m_2", "text": "see this", "attachments": [{"type": "fallback", "title": "A page"}]}
    assert [one.unread for one in read(page(event(message=thumb), event(message=link)))] == ["sticker", None]


def test_a_change_of_an_older_message_is_no_new_one() -> None:
    (said,) = read(page(event(message_edit={"mid": "m", "text": "hello again", "num_edit": 2})))
    assert (said.delivery_id, said.text, said.unread) == ("m:2", "hello again", "edited")


def test_the_first_press_in_a_chat_starts_it_and_others_say_what_they_say() -> None:
    first = event(postback={"mid": "m_1", "title": "Empezar", "payload": "GET_STARTED"})
    other = event(postback={"mid": "m_2", "title": "Where are you?", "payload": "ICE_BREAKER"})
    assert [(one.text, one.pressed) for one in read(page(first, other))] == [
        ("start", None),
        ("Where are you?", None),
    ]


BODY = json.dumps(page(event(message={"mid": "m", "text": "hello"}))).encode()


@pytest.mark.parametrize(
    ("body", "signature"),
    [
        (BODY, ""),
        (BODY, "sha256="),
        (BODY, signed(BODY, "another secret")),
        (BODY, signed(BODY, kind="sha1")),
        (BODY, signed(BODY, kind="md5")),
        (BODY, signed(BODY).upper()),
        (BODY, signed(BODY)[7:]),
        (BODY + b" ", signed(BODY)),
        (BODY.replace(b"hello", b"hallo"), signed(BODY)),
        (BODY, "sha256=é"),
    ],
)
def test_whoever_cannot_sign_the_exact_bytes_is_refused(body: bytes, signature: str) -> None:
    with pytest.raises(Unproven):
        channel().read(delivered(body, signature))


def test_the_signature_is_the_one_of_the_documentation() -> None:
    expected = hmac.new(SECRET.encode(), BODY, hashlib.sha256).hexdigest()
    assert channel().read(delivered(BODY, f"sha256={expected}"))


@pytest.mark.parametrize("missing", ["app_secret", "page_token", "verify_token"])
def test_without_its_secrets_it_does_not_start(missing: str) -> None:
    with pytest.raises(StartError, match=missing):
        channel(**{missing: ""})


NAMES = ["object", "entry", "messaging", "message", "mid", "sender", "id", "timestamp", "text", "postback"]
ODD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.just("page"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=5),
    max_leaves=20,
)


@given(ODD)
def test_whatever_is_delivered_is_read_or_left_out(shape: Any) -> None:
    for whole in (shape, {"object": "page", "entry": shape}, page(event(message=shape))):
        assert all(isinstance(one, Incoming) for one in read(whole))
