"""Tells open streams what was posted to their conversations, by whichever process."""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from contextlib import contextmanager
from typing import AsyncIterator, DefaultDict, Dict, Iterator, List, Optional

from bot.channels.http import ApiError
from bot.chat.conversations import Conversations
from bot.chat.message import Message
from bot.errors import describe

logger = logging.getLogger(__name__)

LOOK_SECONDS = 1.0
HEARTBEAT_SECONDS = 15.0
LONGEST_STREAM_SECONDS = 600.0
"""Then the client connects again, and proves once more that it may."""
STREAMS_OF_A_CONVERSATION = 4


class News:
    """One look at the database a second serves all streams of this process."""

    def __init__(self, conversations: Conversations) -> None:
        self._conversations = conversations
        self._bells: DefaultDict[str, List[asyncio.Event]] = defaultdict(list)
        self._seen: Dict[str, int] = {}
        self._looking: Optional[asyncio.Task[None]] = None
        self._closing = False

    def start(self) -> None:
        """Begin to look."""
        self._looking = asyncio.create_task(self._look())

    async def stop(self) -> None:
        """End every stream."""
        self._closing = True
        if self._looking:
            self._looking.cancel()
        self._ring(*self._bells)

    @contextmanager
    def listening(
        self, conversation_id: str, after: Optional[str]
    ) -> Iterator[AsyncIterator[Optional[Message]]]:
        """What is posted behind the message `after`, as it comes; None now and then, as a heartbeat.

        Raises:
            ApiError: this conversation has too many streams open (429).
        """
        bells = self._bells[conversation_id]
        if len(bells) >= STREAMS_OF_A_CONVERSATION:
            message = "This chat is open in too many places. Please close one of them."
            raise ApiError(429, "too_many_requests", message, **{"Retry-After": "60"})
        bell = asyncio.Event()
        bell.set()  # what came before this stream is there already
        bells.append(bell)
        try:
            yield self._arrivals(conversation_id, after, bell)
        finally:
            bells.remove(bell)
            if not bells:
                self._bells.pop(conversation_id, None)
                self._seen.pop(conversation_id, None)

    async def _arrivals(
        self, conversation_id: str, after: Optional[str], bell: asyncio.Event
    ) -> AsyncIterator[Optional[Message]]:
        loop = asyncio.get_running_loop()
        end = loop.time() + LONGEST_STREAM_SECONDS
        while not self._closing and loop.time() < end:
            try:
                await asyncio.wait_for(bell.wait(), HEARTBEAT_SECONDS)
            except asyncio.TimeoutError:
                yield None
                continue
            bell.clear()
            for message in await asyncio.to_thread(self._conversations.unasked, conversation_id, after):
                after = message.id
                yield message

    async def _look(self) -> None:
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            try:
                await self._look_once()
            except Exception as problem:  # the next look finds what this one missed
                logger.error("new messages could not be looked for: %s", describe(problem))

    async def _look_once(self) -> None:
        listening = list(self._bells)
        if not listening:
            return
        latest = await asyncio.to_thread(self._conversations.latest_unasked, listening)
        fresh = [one for one, number in latest.items() if self._seen.get(one) != number]
        self._seen.update({one: latest[one] for one in fresh})
        self._ring(*fresh)

    def _ring(self, *conversation_ids: str) -> None:
        for conversation_id in conversation_ids:
            for bell in self._bells.get(conversation_id, ()):
                bell.set()
