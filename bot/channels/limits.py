"""How often one chat, and one address, may ask."""

from __future__ import annotations

import asyncio
import logging
from typing import Optional

from limits import RateLimitItem, parse
from limits.storage import storage_from_string
from limits.strategies import MovingWindowRateLimiter

from bot.channels.http import ApiError
from bot.errors import describe
from bot.settings import Settings

logger = logging.getLogger(__name__)

REDIS_SECONDS = 1.0


class Limits:
    """Counts requests: in this process, or for all workers together in Redis.

    When Redis cannot be asked, nobody is refused: somebody may be asking for help.
    """

    def __init__(self, settings: Settings) -> None:
        off = settings.rate_limit == "off"
        self._per_session = None if off else parse(settings.rate_limit)
        self._per_address = (
            None if off or settings.address_rate_limit == "off" else parse(settings.address_rate_limit)
        )
        patience = {"socket_timeout": REDIS_SECONDS, "socket_connect_timeout": REDIS_SECONDS}
        self._storage = (  # the limiter itself holds it only weakly
            storage_from_string(settings.redis_url, **patience)
            if settings.redis_url
            else storage_from_string("memory://")
        )
        self._limiter = MovingWindowRateLimiter(self._storage)

    async def check(self, address: str, conversation_id: Optional[str] = None) -> None:
        """Count one request of an address, and of a chat if it has one.

        Raises:
            ApiError: too many (429).
        """
        for rate, kind, who in (
            (self._per_address, "address", address),
            (self._per_session, "session", conversation_id),
        ):
            if rate is None or who is None or await asyncio.to_thread(self._hit, rate, kind, who):
                continue
            raise ApiError(
                429,
                "too_many_requests",
                "That was a lot at once. Please wait a minute, then try again.",
                **{"Retry-After": "60"},
            )

    def _hit(self, rate: RateLimitItem, kind: str, who: str) -> bool:
        try:
            return bool(self._limiter.hit(rate, kind, who))
        except Exception as problem:
            logger.error("the limits could not be asked: %s", describe(problem))
            return True
