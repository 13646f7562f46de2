"""One channel's whole way, put together: from what its provider delivers to what its provider sends."""

from __future__ import annotations

import asyncio
import logging
import re
from datetime import timedelta
from typing import List, Optional, Sequence

from bot.booking.coming import ComingVisits
from bot.booking.references import REFERENCE_SIGNS
from bot.chat.conversations import Conversations
from bot.chat.message import Message
from bot.clock import Clock
from bot.content.messaging import MessagingTexts
from bot.errors import describe
from bot.messaging.carrier import Carrier
from bot.messaging.consent import Consent
from bot.messaging.inbox import Inbox
from bot.messaging.incoming import Incoming
from bot.messaging.model import Person
from bot.messaging.offers import Render
from bot.messaging.outbox import Outbox
from bot.messaging.postman import Dialogue, Postman
from bot.messaging.providers.base import Provider
from bot.messaging.rounds import Rounds
from bot.messaging.storage import MailStore

logger = logging.getLogger(__name__)

KEEP_SECONDS = 3.5
"""What keeping a message may take: providers wait as little as 5 seconds for a yes."""
LOOK_SECONDS = 2.0
_REFERENCE = re.compile(rf"\b[{REFERENCE_SIGNS}]{{4}}-[{REFERENCE_SIGNS}]{{4}}\b")


class Mailroom:
    """Keeps what is delivered, and sees that it is answered and the answers are sent."""

    def __init__(
        self,
        channel: str,
        store: MailStore,
        conversations: Conversations,
        visits: ComingVisits,
        texts: MessagingTexts,
        dialogue: Dialogue,
        render: Render,
        provider: Provider,
        clock: Clock,
        longest_turn: timedelta,
        window: Optional[timedelta] = None,
    ) -> None:
        self._dialogue = dialogue
        self._render = render
        self._provider = provider
        self._inbox = Inbox(channel, store, clock, longest_turn)
        outbox = Outbox(channel, store, clock, window)
        carrier = Carrier(outbox, provider, render)
        self._sending = Rounds(carrier.send_to, carrier.waiting)
        consent = Consent(texts, _CancelledVisit(conversations, visits).may_be_meant_by)
        postman = Postman(
            self._inbox, dialogue, conversations, consent, texts, render, clock, self._sending.wake
        )
        self._answering = Rounds(postman.answer, self._inbox.waiting)
        self._looking: Optional[asyncio.Task[None]] = None

    def start(self) -> None:
        """Take up what was left, and look for more from now on."""
        self._looking = asyncio.create_task(self._keep_looking())

    async def stop(self) -> None:
        """Let what has begun come to its end; what waits is taken up at the next start."""
        if self._looking:
            self._looking.cancel()
        await self._answering.end()
        await self._sending.end()

    async def look(self) -> None:
        """Take up what was left: by a crash, a failure, or another process."""
        await self._answering.look()
        await self._sending.look()

    async def _keep_looking(self) -> None:
        while True:
            await self.look()
            await asyncio.sleep(LOOK_SECONDS)

    async def take_in(self, delivered: Sequence[Incoming]) -> None:
        """Keep what was delivered; once this returns, none of it can be lost.

        Raises:
            Exception: it could not be kept, and must be delivered again. Signs of danger were answered.
        """
        try:
            people = await asyncio.wait_for(asyncio.to_thread(self._inbox.keep, delivered), KEEP_SECONDS)
        except Exception as problem:
            logger.error("messages were not kept: %s", describe(problem))
            if not all([await self._is_helped(said) for said in delivered]):
                raise
            return
        for person_id in people:
            self._answering.wake(person_id)

    async def _is_helped(self, said: Incoming) -> bool:
        """Help at once, by nothing that can be down but the provider; whether there was danger."""
        help_for = self._dialogue.help_in(said.text)
        if not help_for or self._inbox.wants_nothing(said.address):
            return False
        for part in self._render(help_for, "").parts:
            await asyncio.to_thread(self._provider.send, said.address, part)
        return True


class _CancelledVisit:
    """Whether somebody who sent CANCEL may have meant a visit."""

    def __init__(self, conversations: Conversations, visits: ComingVisits) -> None:
        self._conversations = conversations
        self._visits = visits

    def may_be_meant_by(self, person: Person) -> bool:
        """Whether they have a visit to come: by their number, or by a reference in their conversation."""
        said: List[Message] = self._conversations.history(person.id)
        references = {one for message in said for one in _REFERENCE.findall(message.text)}
        contact = person.address if person.address.startswith("+") else ""
        return self._visits.has_one(contact, references)
