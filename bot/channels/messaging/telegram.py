"""Telegram ("Telegram Bot API": "setWebhook", "Update", "Message", "CallbackQuery")."""

from __future__ import annotations

import hmac
from datetime import datetime, timezone
from typing import Any, Dict, Iterator, List, Mapping, Optional, Sequence

from sanic import response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.bootstrap import Services
from bot.channels.messaging.base import MessagingChannel
from bot.channels.messaging.shapes import all_read, json_object
from bot.chat.message import Message
from bot.errors import Unproven
from bot.messaging.incoming import Incoming
from bot.messaging.outgoing import Links, Rendered
from bot.messaging.providers.base import Provider
from bot.messaging.providers.telegram import Telegram as Api
from bot.messaging.rendering import telegram

_UNREAD = {
    "photo": "picture",
    "voice": "voice",
    "audio": "voice",
    "video": "video",
    "video_note": "video",
    "animation": "video",
    "document": "file",
    "location": "place",
    "contact": "contact",
    "sticker": "sticker",
}


class Telegram(MessagingChannel):
    """The clinic's bot."""

    def __init__(self, services: Services, credentials: Dict[str, Any]) -> None:
        super().__init__(services, credentials)
        self._secret = self.credential("secret_token").encode()
        self._token = self.credential("bot_token")

    @classmethod
    def name(cls) -> str:
        """The channel's name in the conversation, and in its address."""
        return "telegram"

    def provider(self) -> Provider:
        """Telegram's API, or a stand-in of it at `api_url`."""
        return Api(self._token, self.credentials.get("api_url"))

    def render(self, messages: Sequence[Message], offer_id: str, links: Links) -> Rendered:
        """Inline buttons."""
        return telegram.render(messages, offer_id, links)

    def read(self, request: Request) -> List[Incoming]:
        """The update that Telegram delivers; what is said in groups is left alone.

        Raises:
            Unproven: the secret that Telegram was given for this address is missing or wrong.
        """
        given = request.headers.get("X-Telegram-Bot-Api-Secret-Token", "")
        if not hmac.compare_digest(given.encode(), self._secret):
            raise Unproven()
        return all_read([json_object(request.body)], _incoming)

    def acknowledged(self, request: Request) -> HTTPResponse:
        """A press is answered in the same breath, so that its button stops to spin."""
        press = json_object(request.body).get("callback_query")
        if not isinstance(press, dict):
            return super().acknowledged(request)
        return response.json({"method": "answerCallbackQuery", "callback_query_id": press.get("id")})


def _incoming(update: Mapping[str, Any]) -> Iterator[Incoming]:
    """What somebody sent in a chat of their own with the bot."""
    press = update.get("callback_query")
    message = press["message"] if press else update.get("message") or update.get("edited_message")
    if not message or message["chat"]["type"] != "private":
        return
    delivery_id, address = str(update["update_id"]), str(message["chat"]["id"])
    if press:
        yield Incoming(delivery_id, address, pressed=str(press.get("data", "")))
        return
    yield Incoming(
        delivery_id=delivery_id,
        address=address,
        text=str(message.get("text") or message.get("caption") or ""),
        unread="edited" if "edited_message" in update else _unread(message),
        sent_at=datetime.fromtimestamp(message["date"], timezone.utc),
    )


def _unread(message: Mapping[str, Any]) -> Optional[str]:
    """What came with it that cannot be read."""
    if message.get("text"):
        return None
    return next((kind for field, kind in _UNREAD.items() if field in message), "other")
