"""What the routes of the chat API share."""

from __future__ import annotations

import asyncio
from typing import Callable

from sanic.request import Request

from bot.bootstrap import Services
from bot.channels.addresses import asking_address
from bot.channels.http import Route, bearer, guarded
from bot.channels.limits import Limits
from bot.channels.turns import Turns
from bot.errors import BadSession

SPARE_SECONDS = 1.0
"""A turn ends by itself in time; only what hangs elsewhere is cut off this much later."""


class Api:
    """The services, the turns and the limits, and whose request it is."""

    def __init__(self, services: Services, turns: Turns, limits: Limits) -> None:
        self.services = services
        self.turns = turns
        self._limits = limits

    @property
    def guard(self) -> Callable[[Route], Route]:
        """Answers in time, and with the API's errors, whatever a route meets."""
        settings, phone = self.services.settings, self.services.profile.contact.phone
        return lambda route: guarded(route, phone, settings.reply_seconds + SPARE_SECONDS)

    @property
    def guard_stream(self) -> Callable[[Route], Route]:
        """The same for a route that answers for as long as somebody listens."""
        return lambda route: guarded(route, self.services.profile.contact.phone, None)

    async def count(self, request: Request) -> None:
        """Count a request that says nothing to the assistant.

        Raises:
            ApiError: too many of its address (429).
        """
        await self._limits.check(self._address(request))

    async def count_in(self, request: Request, conversation_id: str) -> None:
        """Count what is said in a conversation.

        Raises:
            ApiError: too many of its address or of the conversation (429).
        """
        await self._limits.check(self._address(request), conversation_id)

    async def conversation(self, request: Request) -> str:
        """The conversation that the request's token opens.

        Raises:
            BadSession: no such conversation (any more).
        """
        conversation_id = self.claimed_conversation(request)
        if not await asyncio.to_thread(self.services.conversations.exists, conversation_id):
            raise BadSession()
        return conversation_id

    def claimed_conversation(self, request: Request) -> str:
        """The conversation that the token was made for; it may have been erased meanwhile.

        Raises:
            BadSession: the token is missing, forged or expired.
        """
        return self.services.sessions.read(bearer(request))

    def _address(self, request: Request) -> str:
        forwarded = ",".join(request.headers.getall("X-Forwarded-For", ()))
        return asking_address(request.ip, forwarded, self.services.settings.trusted_proxies)
