"""`/chat/messages`: what a person says, and what both sides said."""

from __future__ import annotations

import asyncio
from typing import Any, Dict, Optional, Tuple

from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.bootstrap import Services
from bot.channels.api import Api
from bot.channels.http import ApiError, bad_request, is_uuid, json_body
from bot.chat.message import Message
from bot.understanding.plain_text import LONGEST, plain_text


def add_routes(chat: Blueprint, api: Api) -> None:
    """Take messages, and give the history."""
    services = api.services

    @chat.post("/chat/messages")
    @api.guard
    async def say(request: Request) -> HTTPResponse:
        body = json_body(request)
        conversation_id = api.claimed_conversation(request)  # help must not wait for the database
        await api.count_in(request, conversation_id)
        said, payload = await _said(services, conversation_id, body)
        answer = await api.turns.answer(conversation_id, said, payload)
        return response.json({"messages": [message.as_json() for message in answer]})

    @chat.get("/chat/messages")
    @api.guard
    async def history(request: Request) -> HTTPResponse:
        conversation_id = await api.conversation(request)
        messages = await asyncio.to_thread(
            services.conversations.history, conversation_id, message_after(request)
        )
        return response.json({"messages": [message.as_json() for message in messages]})


def message_after(request: Request) -> Optional[str]:
    """The message that a client has already; None when it names none that could be one."""
    after = request.headers.get("Last-Event-ID") or request.args.get("after") or ""
    return after if is_uuid(after) else None


async def _said(
    services: Services, conversation_id: str, body: Dict[str, Any]
) -> Tuple[Message, Optional[str]]:
    """What the person said, and the payload if it was a button.

    Raises:
        ApiError: the body has not the form of the API.
        UnknownPayload: the button was never offered.
    """
    turn_id, text, payload = str(body.get("id")).lower(), body.get("text"), body.get("payload")
    if not is_uuid(turn_id):
        raise bad_request("Each message needs an id: a UUID of its own.")
    if (text is None) == (payload is None):
        raise bad_request("A message has either a text or a payload.")
    if not isinstance(text if payload is None else payload, str):
        raise bad_request("The text or payload must be a string.")
    if payload is not None:
        said = await asyncio.to_thread(services.conversations.title_of, conversation_id, payload)
    else:
        said = typed(str(text))
    return Message(turn_id, "person", services.clock(), ({"type": "text", "text": said},)), payload


def typed(text: str) -> str:
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
