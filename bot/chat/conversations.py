"""What is kept of a conversation, so that any worker can go on with it and nothing is done twice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Callable, ContextManager, Dict, List, Optional, Protocol, Sequence

from bot.chat.message import Message
from bot.clock import Clock
from bot.errors import BadSession, IdTaken, TurnLost, UnknownMessage, UnknownPayload

RECENT = 4
"""How many messages back a follow-up ("and for kids?") may lean."""

REMEMBERED_OFFERS = 60
"""How many messages back a button may still be pressed."""


@dataclass(frozen=True)
class Turn:
    """One message that is being answered.

    Attributes:
        mark: the number of the last event that the dialogue had stored before it.
    """

    conversation_id: str
    id: str
    started_at: datetime
    mark: int


class StoredTurns(Protocol):
    """Conversations in the database, inside one unit of work."""

    def reply_to(self, conversation_id: str, turn_id: str) -> Optional[List[Message]]:
        """The answer given to this message; None when there is none yet."""

    def unanswered(self, conversation_id: str) -> List[Turn]:
        """Turns that were begun and have no answer."""

    def begin(self, turn: Turn) -> None:
        """Keep that a turn has begun."""

    def answer(self, turn: Turn, reply: Sequence[Message]) -> bool:
        """Keep the answer; whether the turn was there to be answered."""

    def forget_turn(self, turn: Turn) -> bool:
        """As if the turn had never begun; whether it was there."""

    def add(self, conversation_id: str, messages: Sequence[Message], unasked: bool = False) -> None:
        """Keep messages, in order; those of one conversation are numbered in the order they are kept."""

    def messages(self, conversation_id: str, after: Optional[str] = None) -> List[Message]:
        """Messages behind the one of id `after` (all when it is not known), oldest first."""

    def unasked(self, conversation_id: str, after: Optional[str]) -> List[Message]:
        """Messages that came without being asked for, behind the message `after`, oldest first."""

    def latest_unasked(self, conversation_ids: Sequence[str]) -> Dict[str, int]:
        """By conversation, the number of the last message that came without being asked for."""

    def message(self, conversation_id: str, message_id: str) -> Optional[Message]:
        """One message; None when this conversation has none of that id."""

    def rate(
        self, conversation_id: str, message_id: str, helpful: bool, comment: Optional[str], at: datetime
    ) -> None:
        """Keep whether a message helped, in place of what was said of it before."""

    def latest(self, conversation_id: str, count: int) -> List[Message]:
        """The last messages, newest first."""

    def mark(self, conversation_id: str) -> int:
        """The number of the last event that the dialogue stored."""

    def rewind(self, conversation_id: str, mark: int) -> None:
        """Drop the dialogue's events behind the mark."""

    def silent_since(self, before: datetime) -> List[str]:
        """Conversations in which nothing happened since."""

    def erase(self, conversation_id: str) -> None:
        """Everything of this conversation, the dialogue's events too."""


class ChatWork(Protocol):
    """One unit of work: only `commit` keeps its changes."""

    @property
    def conversations(self) -> StoredTurns:
        """The conversations' rows."""

    def commit(self) -> None:
        """Keep every change."""


class Conversations:
    """The memory of the chat API."""

    def __init__(self, work: Callable[[], ContextManager[ChatWork]], clock: Clock) -> None:
        self._work = work
        self._clock = clock

    def answer_to(self, conversation_id: str, said: Message) -> Optional[List[Message]]:
        """The answer that this message of a person was given; None when there is none yet."""
        with self._work() as work:
            return work.conversations.reply_to(conversation_id, said.id)

    def begin_turn(self, conversation_id: str, said: Message) -> Turn:
        """Start to answer a person's message.

        The caller holds the conversation's lock: a turn that is open all the same was lost with its
        worker, and what the dialogue stored in it is dropped first.

        Raises:
            IdTaken: a message of this conversation has that id already.
        """
        with self._work() as work:
            store = work.conversations
            if store.message(conversation_id, said.id) is not None:
                raise IdTaken()
            for lost in store.unanswered(conversation_id):
                store.rewind(conversation_id, lost.mark)
                store.forget_turn(lost)
            turn = Turn(conversation_id, said.id, self._clock(), store.mark(conversation_id))
            store.begin(turn)
            work.commit()
        return turn

    def finish_turn(self, turn: Turn, said: Message, reply: Sequence[Message]) -> None:
        """Keep what both sides said.

        Raises:
            TurnLost: another worker took the turn over; nothing was kept.
        """
        with self._work() as work:
            if not work.conversations.answer(turn, reply):
                raise TurnLost()
            work.conversations.add(turn.conversation_id, [said, *reply])
            work.commit()

    def put_back_turn(self, turn: Turn) -> None:
        """As if the turn had never begun: the dialogue forgets it too, and it may be sent again.

        A turn that another worker took over is that worker's to put back.
        """
        with self._work() as work:
            if work.conversations.forget_turn(turn):
                work.conversations.rewind(turn.conversation_id, turn.mark)
                work.commit()

    def post(self, conversation_id: str, message: Message) -> None:
        """Send a message that was not asked for: a staff member's reply, an offer of a time.

        The same message posted twice comes once.

        Raises:
            BadSession: there is no such conversation (any more).
        """
        with self._work() as work:
            if not work.conversations.latest(conversation_id, 1):
                raise BadSession()
            if work.conversations.message(conversation_id, message.id) is not None:
                return
            work.conversations.add(conversation_id, [message], unasked=True)
            work.commit()

    def unasked(self, conversation_id: str, after: Optional[str] = None) -> List[Message]:
        """What was posted behind the message `after`, oldest first; all when that is not known."""
        with self._work() as work:
            return work.conversations.unasked(conversation_id, after)

    def latest_unasked(self, conversation_ids: Sequence[str]) -> Dict[str, int]:
        """For each conversation that was posted to, a number that grows with every message posted."""
        with self._work() as work:
            return work.conversations.latest_unasked(conversation_ids)

    def rate(self, conversation_id: str, message_id: str, helpful: bool, comment: Optional[str]) -> None:
        """Keep whether a message helped; the last word counts.

        Raises:
            UnknownMessage: nobody but the person said that here.
        """
        with self._work() as work:
            message = work.conversations.message(conversation_id, message_id)
            if message is None or message.sender == "person":
                raise UnknownMessage()
            work.conversations.rate(conversation_id, message_id, helpful, comment, self._clock())
            work.commit()

    def greet(self, conversation_id: str, greeting: Sequence[Message]) -> None:
        """Keep the first messages of a conversation."""
        with self._work() as work:
            work.conversations.add(conversation_id, greeting)
            work.commit()

    def history(self, conversation_id: str, after: Optional[str] = None) -> List[Message]:
        """Both sides, oldest first, from behind the message `after`; all when that is not known."""
        with self._work() as work:
            return work.conversations.messages(conversation_id, after)

    def title_of(self, conversation_id: str, payload: str) -> str:
        """What the button with this payload said.

        Raises:
            UnknownPayload: it is not among what this conversation was offered of late.
        """
        with self._work() as work:
            latest = work.conversations.latest(conversation_id, REMEMBERED_OFFERS)
        for message in latest:
            for button in message.buttons:
                if message.sender != "person" and button.payload == payload:
                    return button.title
        raise UnknownPayload()

    def last_topic(self, conversation_id: str) -> Optional[str]:
        """What the assistant answered last, by its label; None when nothing was answered of late."""
        with self._work() as work:
            latest = work.conversations.latest(conversation_id, RECENT)
        return next((one.topic for one in latest if (one.topic or "").startswith("faq/")), None)

    def exists(self, conversation_id: str) -> bool:
        """Whether anything is kept of it: an erased conversation is none."""
        with self._work() as work:
            return bool(work.conversations.latest(conversation_id, 1))

    def silent_since(self, before: datetime) -> List[str]:
        """Conversations whose dialogue has stood still since."""
        with self._work() as work:
            return work.conversations.silent_since(before)

    def erase(self, conversation_id: str) -> None:
        """Forget the conversation; a booked appointment is not part of it."""
        with self._work() as work:
            work.conversations.erase(conversation_id)
            work.commit()
