"""One turn of a conversation: what a person said goes in, what the assistant says comes out."""

from __future__ import annotations

import asyncio
import logging
import uuid
from functools import partial
from typing import Any, Awaitable, Callable, Coroutine, Dict, List, Optional, Set, TypeVar

from rasa.core.channels.channel import UserMessage

from bot.bootstrap import Services
from bot.channels.collector import Collector
from bot.channels.http import Unavailable
from bot.channels.locks import ConversationLocks, check_turn
from bot.chat.message import Message, from_reply
from bot.chat.payloads import parse_data
from bot.errors import BadSession, IdTaken, describe
from bot.safety import verdict
from bot.safety.aftercare import ACT_NOW
from bot.safety.replies import SafetyReplies
from bot.safety.screen import Screen
from bot.safety.signs import Sign

logger = logging.getLogger(__name__)

T = TypeVar("T")
Handler = Callable[[UserMessage], Awaitable[Any]]
GREETING = "/greet"
SHARE_OF_DIALOGUE = 0.9
"""What the dialogue may take of the time for a reply; the rest is for putting its turn back."""
NOTE_SECONDS = 0.5
"""What a record for staff may take of the person's time."""
UNANSWERED = ("clarify", "out_of_scope")


class Turns:
    """Takes turns with the dialogue; a turn that fails is put back, and may be sent again."""

    def __init__(
        self,
        services: Services,
        screen: Screen,
        safety: SafetyReplies,
        dialogue: Handler,
        locks: ConversationLocks,
        channel: str,
    ) -> None:
        self._services = services
        self._screen = screen
        self._safety = safety
        self._dialogue = dialogue
        self._locks = locks
        self._channel = channel
        self._running: Set[asyncio.Task[Any]] = set()  # the loop itself holds them only weakly

    async def greet(self, conversation_id: str) -> List[Message]:
        """The first messages of a new conversation.

        Raises:
            Unavailable: nothing can be answered now.
        """
        try:
            messages = await self._ask(conversation_id, GREETING, GREETING, str(uuid.uuid4()))
            await asyncio.to_thread(self._services.conversations.greet, conversation_id, messages)
            return messages
        except Exception as problem:
            raise self._failed(problem) from problem

    async def answer(
        self, conversation_id: str, said: Message, payload: Optional[str] = None
    ) -> List[Message]:
        """The answer to what a person typed, or to the button they pressed.

        The same message sent again gets the same answer, also when it is sent while the first is being
        answered: it waits its turn, and finds the answer there.

        Raises:
            BadSession: there is no such conversation (any more).
            IdTaken: the message has the id of another one.
            Unavailable: nothing can be answered now; the same message may be sent again.
        """
        with verdict.kept() as seen:
            turn = self._kept_running(self._turn(conversation_id, said, payload), "a turn was put back")
        try:
            messages = await asyncio.wait_for(asyncio.shield(turn), self._services.settings.reply_seconds)
        except (BadSession, IdTaken):
            raise
        except Exception as problem:
            # Help must not wait for a database or an action server.
            messages = [] if payload else self.help_in(said.text, next(reversed(seen), None))
            if not messages:
                raise self._failed(problem) from problem
            self._kept_running(self._keep(conversation_id, said, messages), "a reply to danger was not kept")
        await self._tell_staff(conversation_id, said, messages)
        if payload is None and messages[0].topic in UNANSWERED:
            await self._in_passing("a question", partial(self._services.questions.note, said.text))
        return messages

    def help_in(self, text: str, seen: Optional[Sign] = None) -> List[Message]:
        """The written reply to danger, if this text shows any; it needs nothing that can be down.

        Args:
            seen: the danger that the dialogue saw in it before it failed.
        """
        alarm = seen or self._screen.look_at(text)
        return [self._message(self._safety.reply_to(alarm))] if alarm else []

    async def _keep(self, conversation_id: str, said: Message, messages: List[Message]) -> List[Message]:
        """Keep an answer that the dialogue did not give, once its own turn is put back."""
        conversations = self._services.conversations
        async with self._locks.hold(conversation_id):
            if await asyncio.to_thread(conversations.exists, conversation_id):
                turn = await asyncio.to_thread(conversations.begin_turn, conversation_id, said)
                await asyncio.to_thread(conversations.finish_turn, turn, said, messages)
        return messages

    async def erase(self, conversation_id: str) -> None:
        """Forget the conversation, once the turn in progress has ended."""
        async with self._locks.hold(conversation_id):
            await asyncio.to_thread(self._services.conversations.erase, conversation_id)

    async def _tell_staff(self, conversation_id: str, said: Message, messages: List[Message]) -> None:
        """Note an alarm; whatever goes wrong with that, the person gets the reply."""
        alarm = next(filter(_is_alarm, messages), None)
        if alarm is None:
            return
        note = partial(self._services.safety_records.note, conversation_id, self._channel)
        await self._in_passing("an alarm", partial(note, str(alarm.topic), alarm.text, said.text))

    async def _in_passing(self, what: str, note: Callable[[], object]) -> None:
        """Note something for staff; the person does not wait for it, whatever goes wrong with it."""
        noting = self._kept_running(asyncio.to_thread(note), f"{what} was not noted")
        await asyncio.wait({noting}, timeout=NOTE_SECONDS)

    def _kept_running(self, work: Coroutine[Any, Any, T], if_it_fails: str) -> asyncio.Task[T]:
        """A task that ends, whatever becomes of the connection."""

        def ended(task: asyncio.Task[T]) -> None:
            self._running.discard(task)
            problem = None if task.cancelled() else task.exception()
            if problem is not None and not isinstance(problem, (BadSession, IdTaken)):
                logger.error("%s: %s", if_it_fails, describe(problem))

        task = asyncio.create_task(work)
        self._running.add(task)
        task.add_done_callback(ended)
        return task

    async def _turn(self, conversation_id: str, said: Message, payload: Optional[str]) -> List[Message]:
        conversations = self._services.conversations
        async with self._locks.hold(conversation_id):
            if not await asyncio.to_thread(conversations.exists, conversation_id):
                raise BadSession()
            earlier = await asyncio.to_thread(conversations.answer_to, conversation_id, said)
            if earlier is not None:
                return earlier
            turn = await asyncio.to_thread(conversations.begin_turn, conversation_id, said)
            try:
                messages = await self._ask(conversation_id, said.text, payload, said.id)
                await check_turn(conversation_id)
                await asyncio.to_thread(conversations.finish_turn, turn, said, messages)
                return messages
            except BaseException:
                await asyncio.to_thread(conversations.put_back_turn, turn)
                raise

    async def _ask(
        self, conversation_id: str, text: str, payload: Optional[str], turn_id: str
    ) -> List[Message]:
        """What the dialogue says; no word of it is a failure, since every turn has an answer."""
        collector = Collector(self._channel)
        about = await asyncio.to_thread(self._services.conversations.last_topic, conversation_id)
        said = UserMessage(
            text=text,
            output_channel=collector,
            sender_id=conversation_id,
            parse_data=parse_data(payload, text) if payload else None,
            input_channel=self._channel,
            message_id=turn_id,
            metadata={"topic": about},
        )
        patience = SHARE_OF_DIALOGUE * self._services.settings.reply_seconds
        await asyncio.wait_for(self._dialogue(said), patience)
        if not collector.replies:
            raise RuntimeError("the dialogue gave no answer")
        return [self._message(reply) for reply in collector.replies]

    def _message(self, reply: Dict[str, Any]) -> Message:
        return from_reply(reply, str(uuid.uuid4()), self._services.clock())

    def _failed(self, problem: Exception) -> Unavailable:
        logger.error("a turn failed: %s", describe(problem))
        return Unavailable(self._services.profile.contact.phone)


def _is_alarm(message: Message) -> bool:
    """Whether this is a reply to danger, and not a question of the check that follows it."""
    return message.topic in ACT_NOW and any(block["type"] == "notice" for block in message.blocks)
