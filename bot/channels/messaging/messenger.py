"""Facebook Messenger (Meta, Messenger Platform: "Webhooks", "messages", "messaging_postbacks").

Meta signs every delivery over its exact bytes with the app's secret, in `X-Hub-Signature-256`; several events
of several people may come in one ("Webhooks", "Event Notifications").
"""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime, timedelta, timezone
from typing import Any, Dict, Iterator, List, Mapping, Optional, Sequence

from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.bootstrap import Services
from bot.channels.messaging.base import MessagingChannel
from bot.channels.messaging.shapes import all_read, json_object
from bot.channels.turns import Handler
from bot.chat.message import Message
from bot.errors import Unproven
from bot.messaging.incoming import Incoming
from bot.messaging.outgoing import Links, Rendered
from bot.messaging.providers.base import Provider
from bot.messaging.providers.messenger import Messenger as Api
from bot.messaging.rendering import messenger

GET_STARTED = "GET_STARTED"
"""The payload of the button that opens a chat, as docs/channels.md sets it."""

_UNREAD = {"image": "picture", "audio": "voice", "video": "video", "file": "file", "location": "place"}


class Messenger(MessagingChannel):
    """The clinic's page."""

    WINDOW = timedelta(hours=24)

    def __init__(self, services: Services, credentials: Dict[str, Any]) -> None:
        super().__init__(services, credentials)
        self._app_secret = self.credential("app_secret").encode()
        self._verify_token = self.credential("verify_token").encode()
        self._page_token = self.credential("page_token")

    @classmethod
    def name(cls) -> str:
        """The channel's name in the conversation, and in its address."""
        return "messenger"

    def provider(self) -> Provider:
        """Meta's API, or a stand-in of it at `api_url`."""
        return Api(self._page_token, self.credentials.get("api_url"))

    def render(self, messages: Sequence[Message], offer_id: str, links: Links) -> Rendered:
        """Quick replies."""
        return messenger.render(messages, offer_id, links)

    def read(self, request: Request) -> List[Incoming]:
        """What people sent to the page; what it sent itself, and what was delivered or read, is left out.

        Raises:
            Unproven: the signature over the exact bytes is missing or wrong.
        """
        expected = "sha256=" + hmac.new(self._app_secret, request.body, hashlib.sha256).hexdigest()
        given = request.headers.get("X-Hub-Signature-256", "")
        if not hmac.compare_digest(given.encode(), expected.encode()):
            raise Unproven()
        batch = json_object(request.body)
        entries = batch.get("entry") if batch.get("object") == "page" else None
        events = all_read(entries if isinstance(entries, list) else [], lambda one: one.get("messaging", []))
        return all_read(events, _incoming)

    def blueprint(self, on_new_message: Handler) -> Blueprint:
        """The address that Meta delivers to, and that it asks once whether it is meant."""
        routes = super().blueprint(on_new_message)

        @routes.get("/", strict_slashes=False)
        async def verify(request: Request) -> HTTPResponse:
            token = request.args.get("hub.verify_token", "")
            meant = hmac.compare_digest(token.encode(), self._verify_token)
            if request.args.get("hub.mode") != "subscribe" or not meant:
                return response.empty(403)
            challenge = request.args.get("hub.challenge", "")
            return response.text(challenge, headers={"X-Content-Type-Options": "nosniff"})

        return routes


def _incoming(event: Mapping[str, Any]) -> Iterator[Incoming]:
    """What one event brings: a message, a change of an older one, or a press that opens the chat."""
    message, edit, press = (event.get(kind) for kind in ("message", "message_edit", "postback"))
    if (message and (message.get("is_echo") or message.get("is_deleted"))) or not (message or edit or press):
        return
    address = str(event["sender"]["id"])
    sent_at = datetime.fromtimestamp(event["timestamp"] / 1000, timezone.utc)
    if message:
        pressed = (message.get("quick_reply") or {}).get("payload")
        text = str(message.get("text") or "")
        yield Incoming(str(message["mid"]), address, text, pressed, _unread(message), sent_at=sent_at)
    elif edit:
        delivery_id = f"{edit['mid']}:{edit['num_edit']}"
        yield Incoming(delivery_id, address, str(edit.get("text") or ""), unread="edited", sent_at=sent_at)
    elif press:
        opens = press.get("payload") == GET_STARTED
        text = "start" if opens else str(press.get("title") or "")
        yield Incoming(str(press["mid"]), address, text, sent_at=sent_at)


def _unread(message: Mapping[str, Any]) -> Optional[str]:
    """What came with it that cannot be read."""
    if message.get("sticker_id"):
        return "sticker"
    kinds = [one.get("type", "") for one in message.get("attachments") or []]
    if not kinds or kinds[0] == "fallback":  # a link in the text, with its preview
        return None
    return _UNREAD.get(kinds[0], "other")
