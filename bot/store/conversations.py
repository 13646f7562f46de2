"""Conversations of the chat API in the database."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Dict, List, Optional, Sequence

from sqlalchemy import and_, delete, func, insert, select, update
from sqlalchemy.engine import Connection, Row
from sqlalchemy.sql import ColumnElement

from bot.chat.conversations import Turn
from bot.chat.message import Message
from bot.store.safety_records import StoredSafetyRecords
from bot.store.tables import chat_feedback, chat_message, chat_turn, events, waiting_entry
from bot.store.words import Words


class StoredConversations:
    """The repository of chat turns and messages, inside one transaction."""

    def __init__(self, connection: Connection, words: Words) -> None:
        self._connection = connection
        self._words = words

    def reply_to(self, conversation_id: str, turn_id: str) -> Optional[List[Message]]:
        """The answer given to this message; None when there is none yet."""
        reply = self._connection.execute(
            select(chat_turn.c.reply).where(_turn(conversation_id, turn_id))
        ).scalar_one_or_none()
        if reply is None:
            return None
        opened = self._words.open(reply, chat_turn.c.reply, conversation_id)
        return [Message.from_json(one) for one in json.loads(opened)]

    def unanswered(self, conversation_id: str) -> List[Turn]:
        """Turns that were begun and have no answer."""
        rows = self._connection.execute(
            select(chat_turn).where(
                chat_turn.c.conversation_id == conversation_id, chat_turn.c.reply.is_(None)
            )
        )
        return [Turn(row.conversation_id, row.turn_id, row.started_at, row.mark) for row in rows]

    def begin(self, turn: Turn) -> None:
        """Keep that a turn has begun."""
        self._connection.execute(
            insert(chat_turn).values(
                conversation_id=turn.conversation_id,
                turn_id=turn.id,
                started_at=turn.started_at,
                mark=turn.mark,
            )
        )

    def answer(self, turn: Turn, reply: Sequence[Message]) -> bool:
        """Keep the answer; whether the turn was there to be answered."""
        text = json.dumps([message.as_json() for message in reply])
        sealed = self._words.seal(text, chat_turn.c.reply, turn.conversation_id)
        kept = self._connection.execute(update(chat_turn).where(_open(turn)).values(reply=sealed))
        return bool(kept.rowcount)

    def forget_turn(self, turn: Turn) -> bool:
        """As if the turn had never begun; whether it was there."""
        return bool(self._connection.execute(delete(chat_turn).where(_open(turn))).rowcount)

    def add(self, conversation_id: str, messages: Sequence[Message], unasked: bool = False) -> None:
        """Keep messages, in order; those of one conversation are numbered in the order they are kept."""
        self._one_at_a_time(conversation_id)  # a reader must never meet the second before the first
        for message in messages:
            text = json.dumps(message.as_json())
            self._connection.execute(
                insert(chat_message).values(
                    conversation_id=conversation_id,
                    message_id=message.id,
                    message=self._words.seal(text, chat_message.c.message, conversation_id),
                    unasked=unasked,
                )
            )

    def _one_at_a_time(self, conversation_id: str) -> None:
        """Until this transaction ends, nobody else writes here; on SQLite nobody else writes at all."""
        if self._connection.dialect.name == "postgresql":
            self._connection.execute(select(func.pg_advisory_xact_lock(func.hashtext(conversation_id))))

    def messages(self, conversation_id: str, after: Optional[str] = None) -> List[Message]:
        """Messages behind the one of id `after` (all when it is not known), oldest first."""
        return self._behind(conversation_id, after)

    def unasked(self, conversation_id: str, after: Optional[str]) -> List[Message]:
        """Messages that came without being asked for, behind the message `after`, oldest first."""
        return self._behind(conversation_id, after, chat_message.c.unasked.is_(True))

    def _behind(
        self, conversation_id: str, after: Optional[str], *which: ColumnElement[bool]
    ) -> List[Message]:
        position = (
            select(chat_message.c.position)
            .where(_of(conversation_id), chat_message.c.message_id == after)
            .scalar_subquery()
        )
        rows = self._connection.execute(
            select(chat_message.c.message)
            .where(_of(conversation_id), chat_message.c.position > func.coalesce(position, 0), *which)
            .order_by(chat_message.c.position)
        )
        return [self._message(conversation_id, row) for row in rows]

    def latest_unasked(self, conversation_ids: Sequence[str]) -> Dict[str, int]:
        """By conversation, the number of the last message that came without being asked for."""
        rows = self._connection.execute(
            select(chat_message.c.conversation_id, func.max(chat_message.c.position).label("position"))
            .where(chat_message.c.conversation_id.in_(conversation_ids), chat_message.c.unasked.is_(True))
            .group_by(chat_message.c.conversation_id)
        )
        return {row.conversation_id: row.position for row in rows}

    def message(self, conversation_id: str, message_id: str) -> Optional[Message]:
        """One message; None when this conversation has none of that id."""
        row = self._connection.execute(
            select(chat_message.c.message).where(
                _of(conversation_id), chat_message.c.message_id == message_id
            )
        ).one_or_none()
        return None if row is None else self._message(conversation_id, row)

    def rate(
        self, conversation_id: str, message_id: str, helpful: bool, comment: Optional[str], at: datetime
    ) -> None:
        """Keep whether a message helped, in place of what was said of it before."""
        self._one_at_a_time(conversation_id)
        of_message = {"conversation_id": conversation_id, "message_id": message_id}
        sealed = comment and self._words.seal(comment, chat_feedback.c.comment, conversation_id)
        said = {"helpful": helpful, "comment": sealed, "at": at}
        earlier = update(chat_feedback).filter_by(**of_message).values(**said)
        if self._connection.execute(earlier).rowcount:
            return
        self._connection.execute(insert(chat_feedback).values(**of_message, **said))

    def latest(self, conversation_id: str, count: int) -> List[Message]:
        """The last messages, newest first."""
        rows = self._connection.execute(
            select(chat_message.c.message)
            .where(_of(conversation_id))
            .order_by(chat_message.c.position.desc())
            .limit(count)
        )
        return [self._message(conversation_id, row) for row in rows]

    def mark(self, conversation_id: str) -> int:
        """The number of the last event that the dialogue stored."""
        last = select(func.max(events.c.id)).where(events.c.sender_id == conversation_id)
        return self._connection.execute(last).scalar_one() or 0

    def rewind(self, conversation_id: str, mark: int) -> None:
        """Drop the dialogue's events behind the mark."""
        self._connection.execute(
            delete(events).where(events.c.sender_id == conversation_id, events.c.id > mark)
        )

    def silent_since(self, before: datetime) -> List[str]:
        """Conversations in whose dialogue nothing happened since."""
        last = func.max(events.c.timestamp)
        wanted = select(events.c.sender_id).group_by(events.c.sender_id).having(last < before.timestamp())
        return list(self._connection.execute(wanted).scalars())

    def erase(self, conversation_id: str) -> None:
        """Everything of this conversation, the dialogue's events too; of an alarm only the words.

        A place on the waiting list stays, and is told there no more.
        """
        for owner in (
            chat_turn.c.conversation_id,
            chat_message.c.conversation_id,
            chat_feedback.c.conversation_id,
            events.c.sender_id,
        ):
            self._connection.execute(delete(owner.table).where(owner == conversation_id))
        mine = waiting_entry.c.conversation_id == conversation_id
        self._connection.execute(update(waiting_entry).where(mine).values(conversation_id=None))
        StoredSafetyRecords(self._connection, self._words).forget_words(conversation_id)

    def _message(self, conversation_id: str, row: Row) -> Message:
        opened = self._words.open(row.message, chat_message.c.message, conversation_id)
        return Message.from_json(json.loads(opened))


def _of(conversation_id: str) -> ColumnElement[bool]:
    return chat_message.c.conversation_id == conversation_id


def _turn(conversation_id: str, turn_id: str) -> ColumnElement[bool]:
    return and_(chat_turn.c.conversation_id == conversation_id, chat_turn.c.turn_id == turn_id)


def _open(turn: Turn) -> ColumnElement[bool]:
    """This very attempt at an answer: the turn may have been lost, and begun again by another worker."""
    return and_(
        _turn(turn.conversation_id, turn.id),
        chat_turn.c.started_at == turn.started_at,
        chat_turn.c.reply.is_(None),
    )
