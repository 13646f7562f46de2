"""The chat API over HTTP (`/chat`), and the clinic's page."""

from __future__ import annotations

import asyncio
import uuid
from typing import Any, Dict, Optional, Tuple

from rasa.core.channels.channel import InputChannel
from sanic import Blueprint, Sanic, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.bootstrap import Services, bootstrap
from bot.channels import pages
from bot.channels.health import can_answer
from bot.channels.http import (
    PRIVATE,
    ApiError,
    Limits,
    answer_errors,
    bad_request,
    bearer,
    json_body,
    speak_json_on_errors,
)
from bot.channels.repairs import apply_repairs
from bot.channels.turns import Handler, Turns
from bot.chat.message import Message
from bot.errors import BadSession
from bot.safety.replies import read_safety_replies
from bot.safety.screen import default_screen
from bot.understanding.plain_text import LONGEST, plain_text


class WebChat(InputChannel):
    """The channel of the clinic's website."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._limits = Limits(services.settings.rate_limit)

    @classmethod
    def from_credentials(cls, credentials: Optional[Dict[str, Any]]) -> WebChat:
        """The channel; Rasa is repaired before it serves anybody."""
        apply_repairs()
        return cls(bootstrap())

    @classmethod
    def name(cls) -> str:
        """The channel's name in the conversation."""
        return "chat"

    def url_prefix(self) -> str:
        """The API lies at /chat, the page at /."""
        return "/"

    def blueprint(self, on_new_message: Handler) -> Blueprint:
        """All routes."""
        chat = Blueprint("chat")
        turns = Turns(self._services, default_screen(), read_safety_replies(), on_new_message)
        pages.add_routes(chat, self._services.profile)

        @chat.listener("before_server_start")
        async def prepare(app: Sanic, _loop: Any) -> None:
            speak_json_on_errors(app)

        @chat.post("/chat/sessions")
        @answer_errors
        async def open_session(request: Request) -> HTTPResponse:
            self._limits.check("address", request.ip)
            session = self._services.sessions.open()
            greeting = await turns.greet(session.conversation_id)
            body = {
                "token": session.token,
                "expires_at": session.expires_at.isoformat(),
                "messages": [message.as_json() for message in greeting],
            }
            return response.json(body, 201)

        @chat.delete("/chat/sessions")
        @answer_errors
        async def close_session(request: Request) -> HTTPResponse:
            conversation_id = await self._conversation(request)
            await asyncio.to_thread(self._services.conversations.erase, conversation_id)
            return response.empty()

        @chat.post("/chat/messages")
        @answer_errors
        async def say(request: Request) -> HTTPResponse:
            body = json_body(request)
            conversation_id = await self._conversation(request)
            self._limits.check("session", conversation_id)
            said, payload = await self._said(conversation_id, body)
            answer = await turns.answer(conversation_id, said, payload)
            return response.json({"messages": [message.as_json() for message in answer]})

        @chat.get("/chat/messages")
        @answer_errors
        async def history(request: Request) -> HTTPResponse:
            conversation_id = await self._conversation(request)
            messages = await asyncio.to_thread(
                self._services.conversations.history, conversation_id, request.args.get("after")
            )
            return response.json({"messages": [message.as_json() for message in messages]})

        @chat.get("/chat/health")
        async def health(request: Request) -> HTTPResponse:
            parts = await can_answer(request.app, self._services)
            well = all(parts.values())
            body = {"status": "ok" if well else "unavailable", **parts}
            return response.json(body, 200 if well else 503, headers=PRIVATE)

        return chat

    async def _conversation(self, request: Request) -> str:
        """The conversation that the request's token opens.

        Raises:
            BadSession: no such conversation (any more).
        """
        conversation_id = self._services.sessions.read(bearer(request))
        if not await asyncio.to_thread(self._services.conversations.exists, conversation_id):
            raise BadSession()
        return conversation_id

    async def _said(self, conversation_id: str, body: Dict[str, Any]) -> Tuple[Message, Optional[str]]:
        """What the person said, and the payload if it was a button.

        Raises:
            ApiError: the body has not the form of the API.
            UnknownPayload: the button was never offered.
        """
        turn_id, text, payload = str(body.get("id")), body.get("text"), body.get("payload")
        if not _is_uuid(turn_id):
            raise bad_request("Each message needs an id: a UUID of its own.")
        if (text is None) == (payload is None):
            raise bad_request("A message has either a text or a payload.")
        if not isinstance(text if payload is None else payload, str):
            raise bad_request("The text or payload must be a string.")
        if payload is not None:
            conversations = self._services.conversations
            said = await asyncio.to_thread(conversations.title_of, conversation_id, payload)
        else:
            said = _typed(str(text))
        block = {"type": "text", "text": said}
        return Message(turn_id, "person", self._services.clock(), (block,)), payload


def _typed(text: str) -> str:
    """What was typed, as plain text.

    Raises:
        ApiError: there is nothing to read, or too much (422).
    """
    if len(text) > LONGEST:
        raise ApiError(422, "text_too_long", f"Please use at most {LONGEST:,} characters.")
    plain = plain_text(text)
    if not plain:
        raise ApiError(422, "empty_text", "Please type something first.")
    return plain


def _is_uuid(value: str) -> bool:
    try:
        return str(uuid.UUID(value)) == value.lower()
    except ValueError:
        return False
