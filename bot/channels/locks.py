"""One turn of a conversation at a time, in this process or over all workers that share a Redis."""

from __future__ import annotations

import asyncio
import logging
from contextlib import asynccontextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, AsyncGenerator, AsyncIterator, Optional
from weakref import WeakValueDictionary

from rasa.core.lock import TicketLock
from rasa.core.lock_store import LOCK_LIFETIME, LockStore
from redis.asyncio import Redis
from redis.asyncio.lock import Lock
from redis.exceptions import ConnectionError as ConnectionClosed
from redis.exceptions import LockError

from bot.bootstrap import bootstrap
from bot.errors import TurnLost, describe

logger = logging.getLogger(__name__)

LIFE_SECONDS = 6.0
"""How long a conversation stays locked when its worker died; a living one renews its lock."""
LONGEST_WAIT_SECONDS = 60.0
POLL_SECONDS = 0.05
REDIS_SECONDS = 2.0


@dataclass
class Hold:
    """That a task has the turn of a conversation."""

    conversation_id: str
    locks: ConversationLocks
    lock: Optional[Lock]
    live: bool = True

    async def check(self) -> None:
        """Raise TurnLost if the turn is somebody else's by now: this worker slept too long."""
        if not self.live or (self.lock is not None and not await self.lock.owned()):
            raise TurnLost()


_held: ContextVar[Optional[Hold]] = ContextVar("held", default=None)


class ConversationLocks:
    """Locks by conversation; whoever holds one may take it again in the same task."""

    def __init__(self, redis_url: str = "") -> None:
        self._redis = _connected(redis_url) if redis_url else None
        self._here: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    @asynccontextmanager
    async def hold(self, conversation_id: str) -> AsyncIterator[None]:
        """Wait for the turn, and keep it until the block is left.

        Raises:
            TurnLost: the turn is not to be had.
            redis.exceptions.RedisError: Redis cannot be asked.
        """
        mine = _held.get()
        if mine and mine.live and mine.locks is self and mine.conversation_id == conversation_id:
            yield
            return
        # First in line in this worker, then first among the workers.
        async with self._here.setdefault(conversation_id, asyncio.Lock()):
            hold = Hold(conversation_id, self, await self._take(conversation_id))
            renewing = asyncio.create_task(_renew(hold.lock)) if hold.lock else None
            before = _held.set(hold)
            try:
                yield
            finally:
                hold.live = False
                _held.reset(before)
                if hold.lock and renewing:
                    renewing.cancel()
                    await _give_back(hold.lock)

    async def answer(self) -> bool:
        """Whether turns can be given: without Redis always."""
        return self._redis is None or bool(await self._redis.ping())

    async def _take(self, conversation_id: str) -> Optional[Lock]:
        if self._redis is None:
            return None
        lock = Lock(
            self._redis,
            f"handrail:turn:{conversation_id}",
            timeout=LIFE_SECONDS,
            sleep=POLL_SECONDS,
            blocking_timeout=LONGEST_WAIT_SECONDS,
            thread_local=False,
        )
        if not await lock.acquire():
            raise TurnLost()
        return lock


class ClinicLockStore(LockStore):
    """Gives Rasa the locks that the chat takes its turns with; its own Redis one lets two in at once."""

    def __init__(self, endpoint_config: Optional[Any] = None) -> None:
        self._locks = conversation_locks()

    @asynccontextmanager
    async def lock(
        self,
        conversation_id: str,
        lock_lifetime: float = LOCK_LIFETIME,
        wait_time_in_seconds: float = POLL_SECONDS,
    ) -> AsyncGenerator[TicketLock, None]:
        """The turn of a conversation; lifetime and waiting time are those of this module."""
        async with self._locks.hold(conversation_id):
            yield TicketLock(conversation_id)


@lru_cache(maxsize=1)
def conversation_locks() -> ConversationLocks:
    """The locks of this process."""
    return ConversationLocks(bootstrap().settings.redis_url)


async def check_turn(conversation_id: str) -> None:
    """Raise TurnLost if this task had the turn of the conversation and has lost it."""
    hold = _held.get()
    if hold is not None and hold.conversation_id == conversation_id:
        await hold.check()


def _connected(redis_url: str) -> Redis[bytes]:
    """A connection that a restart of Redis closed is opened again, once, and nobody hears of it."""
    patience = {"socket_timeout": REDIS_SECONDS, "socket_connect_timeout": REDIS_SECONDS}
    return Redis.from_url(redis_url, **patience, retry_on_error=[ConnectionClosed])


async def _renew(lock: Lock) -> None:
    while True:
        await asyncio.sleep(LIFE_SECONDS / 3)
        try:
            await lock.reacquire()
        except LockError:
            return  # it is lost: whoever has it now has the turn
        except Exception as problem:
            logger.error("a lock was not renewed: %s", describe(problem))


async def _give_back(lock: Lock) -> None:
    try:
        await lock.release()
    except Exception as problem:  # it ends by itself
        logger.error("a lock was not given back: %s", describe(problem))
