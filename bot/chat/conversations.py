"""What is kept of a conversation, so that any worker can go on with it and nothing is done twice."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Callable, ContextManager, List, Optional, Protocol, Sequence

from bot.chat.message import Message
from bot.clock import Clock
from bot.errors import TurnInProgress, UnknownPayload

LONGEST_TURN = timedelta(seconds=30)
"""A turn that has no answer after this time was lost with its worker, and may be begun again."""

RECENT = 4
"""How many messages back a follow-up ("and for kids?") may lean."""

REMEMBERED_OFFERS = 60
"""How many messages back a button may still be pressed."""


class StoredTurns(Protocol):
    """Conversations in the database, inside one unit of work."""

    def reply_to(self, conversation_id: str, turn_id: str) -> Optional[List[Message]]:
        """The answer given to this message; None when there is none yet."""

    def begin(self, conversation_id: str, turn_id: str, at: datetime, lost_before: datetime) -> bool:
        """Whether this turn is the caller's to answer; a turn begun before `lost_before` is."""

    def answer(self, conversation_id: str, turn_id: str, reply: Sequence[Message]) -> None:
        """Keep the answer."""

    def forget_turn(self, conversation_id: str, turn_id: str) -> None:
        """As if the turn had never begun."""

    def add(self, conversation_id: str, messages: Sequence[Message]) -> None:
        """Keep messages, in order."""

    def messages(self, conversation_id: str, after: Optional[str] = None) -> List[Message]:
        """Messages behind the one of id `after` (all when it is not known), oldest first."""

    def latest(self, conversation_id: str, count: int) -> List[Message]:
        """The last messages, newest first."""

    def mark(self, conversation_id: str) -> int:
        """The number of the last event that the dialogue stored."""

    def rewind(self, conversation_id: str, mark: int) -> None:
        """Drop the dialogue's events behind the mark."""

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

    def begin_turn(self, conversation_id: str, said: Message) -> Optional[List[Message]]:
        """Start to answer a person's message; the answer, if it has been given before.

        Raises:
            TurnInProgress: it is being answered right now.
        """
        now = self._clock()
        with self._work() as work:
            store = work.conversations
            earlier = store.reply_to(conversation_id, said.id)
            if earlier is not None:
                return earlier
            if not store.begin(conversation_id, said.id, now, now - LONGEST_TURN):
                raise TurnInProgress()
            work.commit()
        return None

    def finish_turn(self, conversation_id: str, said: Message, reply: Sequence[Message]) -> None:
        """Keep what both sides said."""
        with self._work() as work:
            work.conversations.answer(conversation_id, said.id, reply)
            work.conversations.add(conversation_id, [said, *reply])
            work.commit()

    def mark(self, conversation_id: str) -> int:
        """Where the dialogue's own memory of this conversation stands."""
        with self._work() as work:
            return work.conversations.mark(conversation_id)

    def put_back_turn(self, conversation_id: str, said: Message, mark: int) -> None:
        """As if the turn had never begun: the dialogue forgets it too, and it may be sent again."""
        with self._work() as work:
            work.conversations.forget_turn(conversation_id, said.id)
            work.conversations.rewind(conversation_id, mark)
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

    def erase(self, conversation_id: str) -> None:
        """Forget the conversation; a booked appointment is not part of it."""
        with self._work() as work:
            work.conversations.erase(conversation_id)
            work.commit()
