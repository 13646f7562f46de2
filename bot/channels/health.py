"""Whether a message could be answered now."""

from __future__ import annotations

import asyncio
from typing import Dict

import aiohttp
from sanic import Sanic
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from bot.bootstrap import Services

_PATIENCE = aiohttp.ClientTimeout(total=2)


async def can_answer(app: Sanic, services: Services) -> Dict[str, bool]:
    """Each part that an answer needs, and whether it is well."""
    agent = getattr(app.ctx, "agent", None)
    actions, database = await asyncio.gather(
        _actions_answer(services.settings.action_url),
        asyncio.to_thread(_database_answers, services),
    )
    return {"model": bool(agent and agent.is_ready()), "actions": actions, "database": database}


async def _actions_answer(webhook_url: str) -> bool:
    try:
        async with (
            aiohttp.ClientSession(timeout=_PATIENCE) as session,
            session.get(webhook_url.replace("/webhook", "/health")) as answer,
        ):
            return answer.status == 200
    except (aiohttp.ClientError, asyncio.TimeoutError):
        return False


def _database_answers(services: Services) -> bool:
    try:
        with services.engine.connect() as connection:
            connection.execute(text("SELECT 1"))
        return True
    except SQLAlchemyError:
        return False
