"""`/chat/feedback`: whether a message helped."""

from __future__ import annotations

import asyncio

from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.channels.api import Api
from bot.channels.http import bad_request, is_uuid, json_body
from bot.channels.routes.messages import typed
from bot.errors import UnknownMessage


def add_routes(chat: Blueprint, api: Api) -> None:
    """Take feedback."""

    @chat.post("/chat/feedback")
    @api.guard
    async def rate(request: Request) -> HTTPResponse:
        body = json_body(request)
        conversation_id = await api.conversation(request)
        await api.count(request)
        message_id, helpful, comment = (body.get(key) for key in ("message_id", "helpful", "comment"))
        if not isinstance(message_id, str) or not isinstance(helpful, bool):
            raise bad_request("Feedback needs a message_id, and helpful: true or false.")
        if comment is not None and not isinstance(comment, str):
            raise bad_request("The comment must be a string.")
        if not is_uuid(message_id):
            raise UnknownMessage()
        words = typed(comment) if comment and comment.strip() else None
        await asyncio.to_thread(api.services.conversations.rate, conversation_id, message_id, helpful, words)
        return response.empty()
