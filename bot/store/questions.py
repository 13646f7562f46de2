"""Unanswered questions in the database."""

from __future__ import annotations

from datetime import datetime
from typing import List

from sqlalchemy import delete, insert, select, update
from sqlalchemy.engine import Connection
from sqlalchemy.exc import IntegrityError

from bot.chat.questions import Question
from bot.store.tables import unanswered_question as table


class StoredQuestions:
    """The repository of unanswered questions, inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def count(self, text: str, at: datetime) -> None:
        """Keep that it was asked once more."""
        try:
            with self._connection.begin_nested():
                self._connection.execute(insert(table).values(text=text, times=1, first_at=at, last_at=at))
        except IntegrityError:
            again = update(table).where(table.c.text == text)
            self._connection.execute(again.values(times=table.c.times + 1, last_at=at))

    def most_asked(self, count: int) -> List[Question]:
        """The questions that were asked most, the latest first among equals."""
        wanted = select(table).order_by(table.c.times.desc(), table.c.last_at.desc()).limit(count)
        return [Question(**row._mapping) for row in self._connection.execute(wanted)]

    def forget_before(self, before: datetime) -> int:
        """Drop those that were last asked before this time; how many there were."""
        return int(self._connection.execute(delete(table).where(table.c.last_at < before)).rowcount)
