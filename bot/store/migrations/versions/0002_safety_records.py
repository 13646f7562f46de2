"""What staff hear of an alarm."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "safety_record",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("conversation_id", sa.String(64), nullable=False),
        sa.Column("channel", sa.String(20), nullable=False),
        sa.Column("topic", sa.String(40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered", sa.Text, nullable=False),
        sa.Column("words", sa.Text),
        sa.PrimaryKeyConstraint("id", name="pk_safety_record"),
    )
    op.create_index("ix_safety_record_conversation_id", "safety_record", ["conversation_id"])
    op.create_index("ix_safety_record_at", "safety_record", ["at"])


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("safety_record")
