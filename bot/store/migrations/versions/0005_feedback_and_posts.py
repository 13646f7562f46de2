"""Feedback on messages, messages that nobody asked for, and where a lost turn began."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make the table and the columns."""
    op.create_table(
        "chat_feedback",
        sa.Column("conversation_id", sa.String(64), nullable=False),
        sa.Column("message_id", sa.String(36), nullable=False),
        sa.Column("helpful", sa.Boolean, nullable=False),
        sa.Column("comment", sa.Text),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("conversation_id", "message_id", name="pk_chat_feedback"),
    )
    op.add_column("chat_message", sa.Column("unasked", sa.Boolean, nullable=False, server_default=sa.false()))
    # Of a turn that is open now nobody knows where it began: it may only be sent again.
    op.add_column("chat_turn", sa.Column("mark", sa.Integer, nullable=False, server_default=sa.text("0")))
    op.execute("DELETE FROM chat_turn WHERE reply IS NULL")


def downgrade() -> None:
    """Drop them."""
    with op.batch_alter_table("chat_turn") as turns:
        turns.drop_column("mark")
    with op.batch_alter_table("chat_message") as messages:
        messages.drop_column("unasked")
    op.drop_table("chat_feedback")
