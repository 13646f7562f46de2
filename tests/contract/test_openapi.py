"""docs/openapi.yml describes the routes and the messages that the code has."""

from __future__ import annotations

import json
import re
from datetime import datetime, timezone

from bot.channels.http import ApiError
from bot.chat.message import LONGEST_TITLE, MOST_BUTTONS, from_reply
from bot.settings import ROOT
from bot.understanding.plain_text import LONGEST
from tests.support.openapi import API, validator

ROUTE = re.compile(
    r'@chat\.(get|post|delete|put|patch)\("(/chat/(?:sessions|messages|events|feedback|health))"\)'
)
AT = datetime(2026, 3, 2, 14, 0, tzinfo=timezone.utc)


def routes_of_the_code() -> set[tuple[str, str]]:
    modules = (ROOT / "bot" / "channels").rglob("*.py")
    return {match.group(2, 1) for module in modules for match in ROUTE.finditer(module.read_text())}


def test_every_route_is_described_and_every_described_route_is_there():
    described = {(path, method) for path, methods in API["paths"].items() for method in methods}
    assert described == routes_of_the_code()


def test_the_limits_are_those_of_the_code():
    message, said = (API["components"]["schemas"][name]["properties"] for name in ("Message", "Said"))
    assert message["buttons"]["maxItems"] == MOST_BUTTONS
    assert message["buttons"]["items"]["properties"]["title"]["maxLength"] == LONGEST_TITLE
    assert said["text"]["maxLength"] == LONGEST


def test_a_full_message_has_the_described_shape():
    reply = {
        "text": "Call 911.\n\nStay calm.",
        "buttons": [{"title": "More", "payload": "/more"}],
        "metadata": {
            "topic": "emergency_medical",
            "notice": "emergency",
            "items": ["One", "Two"],
            "links": [{"title": "Call 911", "url": "tel:911"}],
            "sources": [{"title": "A leaflet", "url": "https://example.org"}],
        },
    }
    message = from_reply(reply, "6f2c1b1e-7a3c-4c44-9a48-0c0e7c1f3a11", AT).as_json()
    validator("Message").validate(message)
    for key in message:
        part = {name: value for name, value in message.items() if name != key}
        assert not validator("Message").is_valid(part)


def test_an_error_has_the_described_shape():
    sent = ApiError(400, "bad_request", "Please.").response()
    validator("Error").validate(json.loads(sent.body))
