"""Carries what goes out to the provider, again and again if need be."""

from __future__ import annotations

import asyncio
import logging
from concurrent.futures import ThreadPoolExecutor
from typing import List

from bot.errors import PersonStopped, SendFailed, SendRefused
from bot.messaging.model import Letter, Person
from bot.messaging.offers import Render
from bot.messaging.outbox import Outbox
from bot.messaging.providers.base import Provider

logger = logging.getLogger(__name__)

MOST_AT_ONCE = 8
"""People sent to side by side, in threads of their own: a provider that hangs must not hold up the chat."""


class Carrier:
    """One channel's sender."""

    def __init__(self, outbox: Outbox, provider: Provider, render: Render) -> None:
        self._outbox = outbox
        self._provider = provider
        self._render = render
        self._threads = ThreadPoolExecutor(MOST_AT_ONCE, "carrier")

    def waiting(self) -> List[str]:
        """People to send something to; what staff and reminders posted is among it from now on."""
        for person_id in self._outbox.untold():
            self._outbox.tell(person_id, self._render)
        return self._outbox.waiting()

    async def send_to(self, person_id: str) -> None:
        """Send what waits for this person, one after the other, as far as it goes now."""
        await asyncio.get_running_loop().run_in_executor(self._threads, self._send_all, person_id)

    def _send_all(self, person_id: str) -> None:
        while (letter := self._outbox.take(person_id)) is not None:
            try:
                self._send(letter)
            except SendRefused as problem:
                logger.error("a message was refused: %s", problem.code)
                self._outbox.give_up(letter, problem.code)
            except PersonStopped:
                self._outbox.stopped(letter)
            except SendFailed as problem:
                logger.warning("a message was not sent: %s", problem.code)
                self._outbox.failed(letter, problem.code, problem.retry_after)

    def _send(self, letter: Letter) -> None:
        if not self._outbox.is_closed(letter):
            provider_id = self._provider.send(letter.person.address, letter.message)
            self._outbox.sent(letter, provider_id)
            return
        self._outbox.hold_back(letter, invited=self._is_invited(letter.person))

    def _is_invited(self, person: Person) -> bool:
        """Ask somebody who was silent too long to write again, once; whether they were asked now."""
        if person.invited_at is not None and person.invited_at >= person.last_heard_at:
            return False
        try:
            self._provider.invite(person.address)
        except SendRefused as problem:  # what is held back goes out when they write all the same
            logger.warning("nobody was asked to write again: %s", problem.code)
            return False
        return True
