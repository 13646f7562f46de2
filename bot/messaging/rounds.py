"""One piece of work for each person at a time: as soon as it is asked for, and whenever some was left."""

from __future__ import annotations

import asyncio
import logging
from typing import Awaitable, Callable, Dict, Iterable, Set

from bot.errors import describe

logger = logging.getLogger(__name__)


class Rounds:
    """Works for people side by side, and for each of them in order."""

    def __init__(self, work: Callable[[str], Awaitable[None]], waiting: Callable[[], Iterable[str]]) -> None:
        self._work = work
        self._waiting = waiting
        self._again: Dict[str, bool] = {}
        self._tasks: Set[asyncio.Task[None]] = set()

    async def look(self) -> None:
        """Take up what was left: by a crash, a failure, or another process."""
        try:
            for person_id in await asyncio.to_thread(self._waiting):
                self.wake(person_id)
        except Exception as problem:  # the next look may go better
            logger.error("messages could not be looked for: %s", describe(problem))

    async def end(self) -> None:
        """Until all that has begun has come to its end."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    def wake(self, person_id: str) -> None:
        """There is work for this person; if some is being done, it is done once more after it."""
        if person_id in self._again:
            self._again[person_id] = True
            return
        self._again[person_id] = True
        task = asyncio.create_task(self._round(person_id))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _round(self, person_id: str) -> None:
        try:
            while self._again[person_id]:
                self._again[person_id] = False
                await self._work(person_id)
        except Exception as problem:  # the next look finds what is left
            logger.error("messages were left: %s", describe(problem))
        finally:
            del self._again[person_id]
