"""`/chat/appointments`: the calendar file of a visit, behind a signed link."""

from __future__ import annotations

import asyncio

from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.channels.api import Api
from bot.channels.http import ApiError
from bot.errors import BadLink


def add_routes(chat: Blueprint, api: Api) -> None:
    """Serve calendar files."""

    @chat.get("/chat/appointments/<name>")
    @api.guard
    async def calendar_file(request: Request, name: str) -> HTTPResponse:
        await api.count(request)
        token, _, ending = name.rpartition(".")
        try:
            if ending != "ics":
                raise BadLink()
            file = await asyncio.to_thread(api.services.calendar_links.file, token)
        except BadLink:
            message = "This link does not open any more. Please ask for a new one in the chat."
            raise ApiError(404, "not_found", message) from None
        headers = {"Content-Disposition": 'attachment; filename="visit.ics"'}
        return response.raw(file, headers=headers, content_type="text/calendar; charset=utf-8")
