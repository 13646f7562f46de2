"""Conversations of the chat API in the database."""

from __future__ import annotations

import json
from datetime import datetime
from typing import List, Optional, Sequence

from sqlalchemy import and_, delete, func, insert, select, update
from sqlalchemy.engine import Connection, Row
from sqlalchemy.exc import IntegrityError
from sqlalchemy.sql import ColumnElement

from bot.chat.message import Message
from bot.store.safety_records import StoredSafetyRecords
from bot.store.tables import chat_message, chat_turn, events


class StoredConversations:
    """The repository of chat turns and messages, inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def reply_to(self, conversation_id: str, turn_id: str) -> Optional[List[Message]]:
        """The answer given to this message; None when there is none yet."""
        reply = self._connection.execute(
            select(chat_turn.c.reply).where(_turn(conversation_id, turn_id))
        ).scalar_one_or_none()
        return None if reply is None else [Message.from_json(one) for one in json.loads(reply)]

    def begin(self, conversation_id: str, turn_id: str, at: datetime, lost_before: datetime) -> bool:
        """Whether this turn is the caller's to answer; a turn begun before `lost_before` is."""
        try:
            with self._connection.begin_nested():
                self._connection.execute(
                    insert(chat_turn).values(conversation_id=conversation_id, turn_id=turn_id, started_at=at)
                )
            return True
        except IntegrityError:
            lost = self._connection.execute(
                update(chat_turn)
                .where(_turn(conversation_id, turn_id))
                .where(chat_turn.c.reply.is_(None), chat_turn.c.started_at < lost_before)
                .values(started_at=at)
            )
            return bool(lost.rowcount)

    def answer(self, conversation_id: str, turn_id: str, reply: Sequence[Message]) -> None:
        """Keep the answer."""
        self._connection.execute(
            update(chat_turn)
            .where(_turn(conversation_id, turn_id))
            .values(reply=json.dumps([message.as_json() for message in reply]))
        )

    def forget_turn(self, conversation_id: str, turn_id: str) -> None:
        """As if the turn had never begun."""
        self._connection.execute(delete(chat_turn).where(_turn(conversation_id, turn_id)))

    def add(self, conversation_id: str, messages: Sequence[Message]) -> None:
        """Keep messages, in order."""
        for message in messages:
            self._connection.execute(
                insert(chat_message).values(
                    conversation_id=conversation_id,
                    message_id=message.id,
                    message=json.dumps(message.as_json()),
                )
            )

    def messages(self, conversation_id: str, after: Optional[str] = None) -> List[Message]:
        """Messages behind the one of id `after` (all when it is not known), oldest first."""
        position = (
            select(chat_message.c.position)
            .where(_of(conversation_id), chat_message.c.message_id == after)
            .scalar_subquery()
        )
        rows = self._connection.execute(
            select(chat_message.c.message)
            .where(_of(conversation_id), chat_message.c.position > func.coalesce(position, 0))
            .order_by(chat_message.c.position)
        )
        return [_message(row) for row in rows]

    def latest(self, conversation_id: str, count: int) -> List[Message]:
        """The last messages, newest first."""
        rows = self._connection.execute(
            select(chat_message.c.message)
            .where(_of(conversation_id))
            .order_by(chat_message.c.position.desc())
            .limit(count)
        )
        return [_message(row) for row in rows]

    def mark(self, conversation_id: str) -> int:
        """The number of the last event that the dialogue stored."""
        last = select(func.max(events.c.id)).where(events.c.sender_id == conversation_id)
        return self._connection.execute(last).scalar_one() or 0

    def rewind(self, conversation_id: str, mark: int) -> None:
        """Drop the dialogue's events behind the mark."""
        self._connection.execute(
            delete(events).where(events.c.sender_id == conversation_id, events.c.id > mark)
        )

    def erase(self, conversation_id: str) -> None:
        """Everything of this conversation, the dialogue's events too; of an alarm only the words."""
        for owner in (chat_turn.c.conversation_id, chat_message.c.conversation_id, events.c.sender_id):
            self._connection.execute(delete(owner.table).where(owner == conversation_id))
        StoredSafetyRecords(self._connection).forget_words(conversation_id)


def _message(row: Row) -> Message:
    return Message.from_json(json.loads(row.message))


def _of(conversation_id: str) -> ColumnElement[bool]:
    return chat_message.c.conversation_id == conversation_id


def _turn(conversation_id: str, turn_id: str) -> ColumnElement[bool]:
    return and_(chat_turn.c.conversation_id == conversation_id, chat_turn.c.turn_id == turn_id)
