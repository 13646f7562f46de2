"""The first tables: appointments, the chat, and Rasa's events."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables."""
    instant = sa.DateTime(timezone=True)
    op.create_table(
        "appointment",
        sa.Column("reference", sa.String(9), nullable=False),
        sa.Column("request_key", sa.String(64), nullable=False),
        sa.Column("visit_type_id", sa.String(40), nullable=False),
        sa.Column("clinician_id", sa.String(40), nullable=False),
        sa.Column("start_at", instant, nullable=False),
        sa.Column("end_at", instant, nullable=False),
        sa.Column("visit_for", sa.String(20), nullable=False),
        sa.Column("patient_name", sa.String(200), nullable=False),
        sa.Column("contact", sa.String(200), nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("booked_at", instant, nullable=False),
        sa.PrimaryKeyConstraint("reference", name="pk_appointment"),
        sa.UniqueConstraint("request_key", name="uq_appointment_request_key"),
    )
    op.create_table(
        "appointment_claim",
        sa.Column("reference", sa.String(9), nullable=False),
        sa.Column("granule", sa.Integer, nullable=False),
        sa.Column("clinician_id", sa.String(40), nullable=False),
        sa.ForeignKeyConstraint(
            ["reference"],
            ["appointment.reference"],
            name="fk_appointment_claim_reference",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("reference", "granule", name="pk_appointment_claim"),
        sa.UniqueConstraint("clinician_id", "granule", name="uq_appointment_claim_clinician_id_granule"),
    )
    op.create_index("ix_appointment_claim_granule", "appointment_claim", ["granule"])
    op.create_table(
        "chat_message",
        sa.Column("position", sa.Integer, autoincrement=True, nullable=False),
        sa.Column("conversation_id", sa.String(64), nullable=False),
        sa.Column("message_id", sa.String(36), nullable=False),
        sa.Column("message", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("position", name="pk_chat_message"),
        sa.UniqueConstraint(
            "conversation_id", "message_id", name="uq_chat_message_conversation_id_message_id"
        ),
    )
    op.create_index("ix_chat_message_conversation_id", "chat_message", ["conversation_id"])
    op.create_table(
        "chat_turn",
        sa.Column("conversation_id", sa.String(64), nullable=False),
        sa.Column("turn_id", sa.String(36), nullable=False),
        sa.Column("started_at", instant, nullable=False),
        sa.Column("reply", sa.Text, nullable=True),
        sa.PrimaryKeyConstraint("conversation_id", "turn_id", name="pk_chat_turn"),
    )
    op.create_table(
        "events",
        sa.Column("id", sa.Integer, autoincrement=True, nullable=False),
        sa.Column("sender_id", sa.String(255), nullable=False),
        sa.Column("type_name", sa.String(255), nullable=False),
        sa.Column("timestamp", sa.Float),
        sa.Column("intent_name", sa.String(255)),
        sa.Column("action_name", sa.String(255)),
        sa.Column("data", sa.Text),
        sa.PrimaryKeyConstraint("id", name="pk_events"),
    )
    op.create_index("ix_events_sender_id", "events", ["sender_id"])


def downgrade() -> None:
    """Drop them, with all they hold."""
    for table in ("events", "chat_turn", "chat_message", "appointment_claim", "appointment"):
        op.drop_table(table)
