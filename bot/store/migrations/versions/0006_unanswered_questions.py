"""Questions that got no answer, without anything that names who asked."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "unanswered_question",
        sa.Column("text", sa.String(300), nullable=False),
        sa.Column("times", sa.Integer, nullable=False),
        sa.Column("first_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("text", name="pk_unanswered_question"),
    )


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("unanswered_question")
