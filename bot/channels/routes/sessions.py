"""`/chat/sessions`: a conversation begins, and is erased."""

from __future__ import annotations

from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.channels.api import Api


def add_routes(chat: Blueprint, api: Api) -> None:
    """Open and erase conversations."""
    services = api.services

    @chat.post("/chat/sessions")
    @api.guard
    async def open_session(request: Request) -> HTTPResponse:
        await api.count(request)
        session = services.sessions.open()
        greeting = await api.turns.greet(session.conversation_id)
        body = {
            "token": session.token,
            "expires_at": session.expires_at.isoformat(),
            "messages": [message.as_json() for message in greeting],
        }
        return response.json(body, 201)

    @chat.delete("/chat/sessions")
    @api.guard
    async def erase_session(request: Request) -> HTTPResponse:
        await api.turns.erase(await api.conversation(request))
        return response.empty()
