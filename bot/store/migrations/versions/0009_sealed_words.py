"""Seal what was said in conversations."""

from typing import Any, Callable

import sqlalchemy as sa
from alembic import context, op

revision = "0009"
down_revision = "0008"

WORDS = {
    ("chat_message", "message"): "conversation_id",
    ("chat_turn", "reply"): "conversation_id",
    ("chat_feedback", "comment"): "conversation_id",
    ("safety_record", "words"): "conversation_id",
    ("events", "data"): "sender_id",
}


def upgrade() -> None:
    """Each text is sealed for its column and its conversation."""
    _rewrite(lambda text, place: _vault().seal(text, place))


def downgrade() -> None:
    """Open what is sealed."""
    _rewrite(lambda text, place: _vault().open(text, place))


def _rewrite(change: Callable[[str, str], str]) -> None:
    for (table, column), owner in WORDS.items():
        found = sa.Table(table, sa.MetaData(), autoload_with=op.get_bind())
        with_words = sa.select(found).where(found.c[column].is_not(None))
        for row in op.get_bind().execute(with_words).mappings().all():
            text = change(row[column], f"{table}.{column} {row[owner]}")
            mine = [key == row[key] for key in found.primary_key]
            op.get_bind().execute(sa.update(found).where(*mine).values({column: text}))


def _vault() -> Any:
    return context.config.attributes["vault"]
