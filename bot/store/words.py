"""What is said in conversations, sealed in the database as names and contacts are."""

from __future__ import annotations

from typing import Dict

from sqlalchemy import Column, select, update
from sqlalchemy.engine import Engine

from bot.store.sealing import Vault
from bot.store.tables import chat_feedback, chat_message, chat_turn, events, safety_record

OWNERS: Dict[Column[str], Column[str]] = {
    chat_message.c.message: chat_message.c.conversation_id,
    chat_turn.c.reply: chat_turn.c.conversation_id,
    chat_feedback.c.comment: chat_feedback.c.conversation_id,
    safety_record.c.words: safety_record.c.conversation_id,
    events.c.data: events.c.sender_id,
}
"""The columns that hold words, and whose they are: the conversation's."""


class Words:
    """Seals and opens texts; each is bound to its column and its conversation."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def seal(self, text: str, column: Column[str], conversation_id: str) -> str:
        """A text as this column keeps it."""
        return self._vault.seal(text, _place(column, conversation_id))

    def open(self, sealed: str, column: Column[str], conversation_id: str) -> str:
        """The text that was sealed for this column and conversation.

        Raises:
            SealBroken: its key is not here, or it is not what was sealed there.
        """
        return str(self._vault.open(sealed, _place(column, conversation_id)))

    def reseal(self, engine: Engine) -> None:
        """Seal with the present key what an older one sealed.

        Raises:
            SealBroken: a key is missing; nothing was changed.
        """
        with engine.begin() as connection:
            for column, owner in OWNERS.items():
                older = select(column.table).where(column.not_like(f"{self._vault.key_id}:%"))
                for row in connection.execute(older).mappings().all():
                    text = self.open(row[column], column, row[owner])
                    mine = [key == row[key] for key in column.table.primary_key]
                    sealed = self.seal(text, column, row[owner])
                    connection.execute(update(column.table).where(*mine).values({column.name: sealed}))


def _place(column: Column[str], conversation_id: str) -> str:
    return f"{column} {conversation_id}"
