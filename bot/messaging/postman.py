"""Answers what people sent: each message once, those of one person in order."""

from __future__ import annotations

import asyncio
import logging
import uuid
from typing import Callable, List, Optional, Protocol, Sequence

from bot.chat.conversations import Conversations
from bot.chat.message import Message
from bot.clock import Clock
from bot.content.messaging import MessagingTexts
from bot.errors import describe
from bot.messaging.choices import Choice, Choices
from bot.messaging.consent import Consent
from bot.messaging.inbox import Inbox
from bot.messaging.model import DANGER_AFTER_STOP, Received, Reply
from bot.messaging.offers import Render, with_offer
from bot.messaging.outgoing import Outgoing
from bot.messaging.rendering.text import is_urgent
from bot.messaging.reserved import Word, reserved
from bot.understanding.plain_text import plain_text

logger = logging.getLogger(__name__)

MOST_TRIES = 4
GREETING = "/greet"


class Dialogue(Protocol):
    """The same turns that the web chat takes."""

    async def answer(
        self, conversation_id: str, said: Message, payload: Optional[str] = None
    ) -> List[Message]:
        """The answer to what a person typed, or to the choice they made."""

    def help_in(self, text: str) -> List[Message]:
        """The written reply to danger, if the text shows any; it needs nothing that can be down."""


class Postman:
    """One channel's way from what came to what goes out.

    `answered` is told of each person for whom something new goes out.
    """

    def __init__(
        self,
        inbox: Inbox,
        dialogue: Dialogue,
        conversations: Conversations,
        consent: Consent,
        texts: MessagingTexts,
        render: Render,
        clock: Clock,
        answered: Callable[[str], None],
    ) -> None:
        self._inbox = inbox
        self._dialogue = dialogue
        self._conversations = conversations
        self._consent = consent
        self._texts = texts
        self._render = render
        self._clock = clock
        self._answered = answered
        self._choices = Choices(inbox)

    async def answer(self, person_id: str) -> None:
        """Answer what waits from this person; what fails is tried again later, and holds back the rest."""
        while (received := await asyncio.to_thread(self._inbox.take, person_id)) is not None:
            try:
                reply = await self._reply_to(received)
            except Exception as problem:
                logger.error("a message was not answered: %s", describe(problem))
                if received.tries < MOST_TRIES:
                    await asyncio.to_thread(self._inbox.put_off, received)
                    return
                reply = Reply((Outgoing(self._texts.no_answer),))
            await asyncio.to_thread(self._inbox.finish, received, reply)
            self._answered(person_id)

    async def _reply_to(self, received: Received) -> Reply:
        said = received.said
        word = None if said.pressed else reserved(said.text)
        decided = await asyncio.to_thread(self._consent.reply_to, word, received)
        if decided is not None:
            in_danger = word is None and self._dialogue.help_in(said.text)
            return Reply(task=DANGER_AFTER_STOP) if in_danger else decided
        choice = await asyncio.to_thread(self._choices.made_in, received)
        if choice is None and word is Word.START:  # how people open a chat with a bot
            choice = Choice(said.text, GREETING)
        if choice is not None and choice.rest is not None:
            return self._reply([choice.rest], received)
        if said.unread == "edited":  # what was changed in an old message is no new turn
            in_danger = self._dialogue.help_in(said.text)
            return self._reply([*in_danger, self._sentence(received)], received, offers=False)
        text = choice.title if choice else plain_text(said.text)
        if not text:
            return self._reply([self._sentence(received)], received, offers=False)
        return self._reply(await self._turn(text, choice, received), received)

    async def _turn(self, text: str, choice: Optional[Choice], received: Received) -> List[Message]:
        """What the dialogue answers."""
        person = received.person
        await asyncio.to_thread(self._begin, person.id)
        said = Message(received.id, "person", self._clock(), ({"type": "text", "text": text},))
        answer = await self._dialogue.answer(person.id, said, choice.payload if choice else None)
        return [*answer, self._sentence(received)] if received.said.unread else answer

    def _begin(self, conversation_id: str) -> None:
        if not self._conversations.exists(conversation_id):
            self._conversations.greet(conversation_id, [self._message(self._texts.first_text)])

    def _reply(self, messages: Sequence[Message], received: Received, offers: bool = True) -> Reply:
        """What goes out; to somebody new also who is writing: first, or behind what cannot wait.

        Args:
            offers: whether an earlier offer is over, and numbers mean what is offered now, if anything.
        """
        parts, made = with_offer(self._render, messages)
        offer = made if offers else None
        if received.person.introduced_at is not None:
            return Reply(parts, offer)
        first = Outgoing(self._texts.first_text)
        in_danger = any(is_urgent(message) for message in messages)
        return Reply((*parts, first) if in_danger else (first, *parts), offer, introduces=True)

    def _sentence(self, received: Received) -> Message:
        """About what cannot be read."""
        said = received.said
        if said.unread:
            return self._message(self._texts.to_unread(said.unread))
        return self._message(self._texts.choice_gone if said.pressed else self._texts.empty)

    def _message(self, text: str) -> Message:
        block = {"type": "text", "text": text}
        return Message(str(uuid.uuid4()), "assistant", self._clock(), (block,))
