"""Units of work: what is not committed never happened."""

from __future__ import annotations

from types import TracebackType
from typing import Optional, Type

from sqlalchemy.engine import Connection, Engine

from bot.store.conversations import StoredConversations
from bot.store.questions import StoredQuestions
from bot.store.safety_records import StoredSafetyRecords
from bot.store.sealing import Vault
from bot.store.words import Words


class UnitOfWork:
    """One transaction over what chats leave behind; leaving without `commit` rolls back."""

    conversations: StoredConversations
    safety_records: StoredSafetyRecords
    questions: StoredQuestions
    _connection: Connection

    def __init__(self, engine: Engine, vault: Vault) -> None:
        self._engine = engine
        self._words = Words(vault)

    def __enter__(self) -> UnitOfWork:
        self._connection = self._engine.connect()
        self.conversations = StoredConversations(self._connection, self._words)
        self.safety_records = StoredSafetyRecords(self._connection, self._words)
        self.questions = StoredQuestions(self._connection)
        return self

    def commit(self) -> None:
        """Keep every change."""
        self._connection.commit()

    def __exit__(
        self,
        kind: Optional[Type[BaseException]],
        problem: Optional[BaseException],
        trace: Optional[TracebackType],
    ) -> None:
        self._connection.rollback()  # nothing to undo after a commit
        self._connection.close()
