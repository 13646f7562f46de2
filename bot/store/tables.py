"""Every table of the database."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any, Optional

from sqlalchemy import (
    Boolean,
    Column,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.types import TypeDecorator

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class UTCDateTime(TypeDecorator):
    """An aware instant, kept in UTC; a naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: Optional[datetime], dialect: Any) -> Optional[datetime]:
        """To the database."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant without a time zone cannot be stored")
        return value.astimezone(timezone.utc)

    def process_result_value(self, value: Optional[datetime], dialect: Any) -> Optional[datetime]:
        """From the database; SQLite gives back naive values."""
        if value is None:
            return None
        return value.replace(tzinfo=timezone.utc) if value.tzinfo is None else value.astimezone(timezone.utc)


appointment = Table(
    "appointment",
    metadata,
    Column("reference", String(9), primary_key=True),
    Column("request_key", String(64), nullable=False, unique=True),
    Column("visit_type_id", String(40), nullable=False),
    Column("clinician_id", String(40), nullable=False),
    Column("start_at", UTCDateTime, nullable=False),
    Column("end_at", UTCDateTime, nullable=False),
    Column("visit_for", String(20), nullable=False),
    Column("patient_name", String(200), nullable=False),
    Column("contact", String(200), nullable=False),
    Column("status", String(20), nullable=False),
    Column("booked_at", UTCDateTime, nullable=False),
)

# One row a quarter hour: two live appointments of a clinician can never overlap.
appointment_claim = Table(
    "appointment_claim",
    metadata,
    Column(
        "reference",
        String(9),
        ForeignKey("appointment.reference", ondelete="CASCADE"),
        primary_key=True,
    ),
    Column("granule", Integer, primary_key=True),
    Column("clinician_id", String(40), nullable=False),
    UniqueConstraint("clinician_id", "granule"),
    Index("ix_appointment_claim_granule", "granule"),
)

chat_message = Table(
    "chat_message",
    metadata,
    Column("position", Integer, primary_key=True, autoincrement=True),
    Column("conversation_id", String(64), nullable=False, index=True),
    Column("message_id", String(36), nullable=False),
    Column("message", Text, nullable=False),
    # Not part of an answer: a staff member's reply, a reminder.
    Column("unasked", Boolean, nullable=False, server_default=false()),
    UniqueConstraint("conversation_id", "message_id"),
)

chat_feedback = Table(
    "chat_feedback",
    metadata,
    Column("conversation_id", String(64), primary_key=True),
    Column("message_id", String(36), primary_key=True),
    Column("helpful", Boolean, nullable=False),
    Column("comment", Text),
    Column("at", UTCDateTime, nullable=False),
)

# One row a message of a person: the same id sent again finds its answer here.
chat_turn = Table(
    "chat_turn",
    metadata,
    Column("conversation_id", String(64), primary_key=True),
    Column("turn_id", String(36), primary_key=True),
    Column("started_at", UTCDateTime, nullable=False),
    Column("reply", Text, nullable=True),
    Column("mark", Integer, nullable=False, server_default=text("0")),
)

# What staff hear of an alarm; it outlives the conversation, its words do not.
safety_record = Table(
    "safety_record",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("conversation_id", String(64), nullable=False, index=True),
    Column("channel", String(20), nullable=False),
    Column("topic", String(40), nullable=False),
    Column("at", UTCDateTime, nullable=False, index=True),
    Column("answered", Text, nullable=False),
    Column("words", Text),
)

# Rasa's own: its SQLTrackerStore reads and writes it, and expects these columns.
events = Table(
    "events",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("sender_id", String(255), nullable=False, index=True),
    Column("type_name", String(255), nullable=False),
    Column("timestamp", Float),
    Column("intent_name", String(255)),
    Column("action_name", String(255)),
    Column("data", Text),
)
