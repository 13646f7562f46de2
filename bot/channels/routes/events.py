"""`/chat/events`: messages that come without being asked for, as server-sent events."""

from __future__ import annotations

import json
from typing import Any

from sanic import Blueprint, Sanic
from sanic.request import Request

from bot.channels.api import Api
from bot.channels.http import PRIVATE
from bot.channels.news import News
from bot.channels.routes.messages import message_after
from bot.chat.message import Message

HEADERS = {**PRIVATE, "X-Accel-Buffering": "no"}  # a web server in front must pass each event on at once


def add_routes(chat: Blueprint, api: Api) -> None:
    """Stream what is posted to a conversation."""
    news = News(api.services.conversations)

    @chat.listener("after_server_start")
    async def start(_app: Sanic, _loop: Any) -> None:
        news.start()

    @chat.listener("before_server_stop")
    async def stop(_app: Sanic, _loop: Any) -> None:
        await news.stop()

    @chat.get("/chat/events")
    @api.guard_stream
    async def events(request: Request) -> None:
        conversation_id = await api.conversation(request)
        await api.count(request)
        with news.listening(conversation_id, message_after(request)) as arrivals:
            stream = await request.respond(headers=HEADERS, content_type="text/event-stream; charset=utf-8")
            await stream.send(": connected\n\n")
            async for message in arrivals:
                await stream.send(as_event(message) if message else ": still here\n\n")
            await stream.eof()


def as_event(message: Message) -> str:
    """A message as one event; JSON keeps its line breaks inside one line."""
    return f"id: {message.id}\nevent: message\ndata: {json.dumps(message.as_json())}\n\n"
