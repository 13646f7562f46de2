"""What Telegram delivers, and what is made of it."""

from __future__ import annotations

import json
from datetime import datetime, timezone
from types import SimpleNamespace
from typing import Any, Dict, List, Optional, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sanic.request import Request

from bot.bootstrap import Services
from bot.channels.messaging.telegram import Telegram
from bot.errors import StartError, Unproven
from bot.messaging.incoming import Incoming

SECRET = "a-secret-of-the-clinic"
CREDENTIALS = {"bot_token": "1:abc", "secret_token": SECRET}
CHAT = {"id": 77, "type": "private", "first_name": "Ana"}
SENDER = {"id": 77, "is_bot": False, "first_name": "Ana"}
AT = datetime(2026, 3, 2, 17, 0, tzinfo=timezone.utc)


def channel(**credentials: str) -> Telegram:
    services = SimpleNamespace(settings=SimpleNamespace(public_url="https://chat.example.org"))
    return Telegram(cast(Services, services), {**CREDENTIALS, **credentials})


def delivered(shape: Any, secret: Optional[str] = SECRET) -> Request:
    headers = {} if secret is None else {"X-Telegram-Bot-Api-Secret-Token": secret}
    body = shape if isinstance(shape, bytes) else json.dumps(shape).encode()
    return cast(Request, SimpleNamespace(headers=headers, body=body))


def message(**fields: Any) -> Dict[str, Any]:
    return {"message_id": 5, "from": SENDER, "chat": CHAT, "date": int(AT.timestamp()), **fields}


def read(shape: Any) -> List[Incoming]:
    return channel().read(delivered(shape))


def test_a_text_is_read() -> None:
    assert read({"update_id": 9, "message": message(text="hello")}) == [
        Incoming("9", "77", "hello", sent_at=AT)
    ]


def test_a_press_is_read_and_answered_in_the_same_breath() -> None:
    press = {"id": "4382", "from": SENDER, "message": message(text="Which?"), "data": "offer:2"}
    request = delivered({"update_id": 10, "callback_query": press})
    assert channel().read(request) == [Incoming("10", "77", pressed="offer:2")]
    answer = channel().acknowledged(request)
    assert answer.body is not None
    assert json.loads(answer.body) == {"method": "answerCallbackQuery", "callback_query_id": "4382"}


def test_a_change_of_an_older_message_is_no_new_one() -> None:
    (said,) = read({"update_id": 11, "edited_message": message(text="hello again", edit_date=1)})
    assert (said.text, said.unread) == ("hello again", "edited")


@pytest.mark.parametrize(
    ("field", "kind"),
    [
        ("photo", "picture"),
        ("voice", "voice"),
        ("video_note", "video"),
        ("document", "file"),
        ("location", "place"),
        ("contact", "contact"),
        ("sticker", "sticker"),
        ("dice", "other"),
    ],
)
def test_what_cannot_be_read_is_named_and_its_words_are_kept(field: str, kind: str) -> None:
    (said,) = read({"update_id": 12, "message": message(**{field: {}}, caption="look")})
    assert (said.unread, said.text) == (kind, "look")


def test_a_group_is_left_alone() -> None:
    chat = {"id": -5, "type": "group", "title": "Family"}
    assert read({"update_id": 13, "message": {**message(text="hello"), "chat": chat}}) == []


@pytest.mark.parametrize("secret", [None, "", "wrong", SECRET[:-1], f"{SECRET} ", "é"])
def test_whoever_does_not_know_the_secret_is_refused(secret: Optional[str]) -> None:
    with pytest.raises(Unproven):
        channel().read(delivered({"update_id": 1, "message": message(text="hello")}, secret))


@pytest.mark.parametrize("missing", ["bot_token", "secret_token"])
def test_without_its_secrets_it_does_not_start(missing: str) -> None:
    with pytest.raises(StartError, match=missing):
        channel(**{missing: ""})


ODD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["message", "chat", "id", "type", "date", "text", "callback_query", "update_id", "x"]
            ),
            inner | st.just("private"),
            max_size=5,
        )
    ),
    max_leaves=20,
)


@given(ODD)
def test_whatever_is_delivered_is_read_or_left_out(shape: Any) -> None:
    request = delivered(shape)
    assert all(isinstance(one, Incoming) for one in channel().read(request))
    assert channel().acknowledged(request).status == 200


@given(st.binary(max_size=40))
def test_bytes_that_are_no_json_are_left_out(body: bytes) -> None:
    assert channel().read(delivered(body)) == []
