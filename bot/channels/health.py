"""Whether a message could be answered now."""

from __future__ import annotations

import asyncio
import logging
from typing import Awaitable, Dict

import aiohttp
from sanic import Blueprint, Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, json
from sqlalchemy import text

from bot.bootstrap import Services
from bot.channels.http import PRIVATE
from bot.channels.locks import ConversationLocks
from bot.errors import describe

logger = logging.getLogger(__name__)

PATIENCE_SECONDS = 2.0


def add_routes(chat: Blueprint, services: Services, locks: ConversationLocks) -> None:
    """Say whether a message could be answered now."""

    @chat.get("/chat/health")
    async def health(request: Request) -> HTTPResponse:
        parts = await can_answer(request.app, services, locks)
        well = all(parts.values())
        body = {"status": "ok" if well else "unavailable", **parts}
        return json(body, 200 if well else 503, headers=PRIVATE)


async def can_answer(app: Sanic, services: Services, locks: ConversationLocks) -> Dict[str, bool]:
    """Each part that an answer needs, and whether it is well."""
    agent = getattr(app.ctx, "agent", None)
    actions, database, turns = await asyncio.gather(
        _in_time(_actions_answer(services.settings.action_url)),
        _in_time(asyncio.to_thread(_database_answers, services)),
        _in_time(locks.answer()),
    )
    return {
        "model": bool(agent and agent.is_ready() and getattr(app.ctx, "has_read", False)),
        "actions": actions,
        "database": database,
        "locks": turns,
    }


async def _in_time(part: Awaitable[bool]) -> bool:
    """Whether a part says that it is well, and soon."""
    try:
        return await asyncio.wait_for(part, PATIENCE_SECONDS)
    except Exception as problem:
        logger.warning("a part is not well: %s", describe(problem))
        return False


async def _actions_answer(webhook_url: str) -> bool:
    address = webhook_url.replace("/webhook", "/health")
    async with aiohttp.ClientSession() as session, session.get(address) as answer:
        return answer.status == 200


def _database_answers(services: Services) -> bool:
    with services.engine.connect() as connection:
        connection.execute(text("SELECT 1"))
    return True
