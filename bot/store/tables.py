"""Every table of the database."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any, Optional

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    Time,
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


# The clinic's schedule, from its profile. Who or what the profile no longer names is kept, not active.
clinic = Table(
    "clinic",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("timezone", String(60), nullable=False),
    Column("lead_minutes", Integer, nullable=False),
    Column("horizon_minutes", Integer, nullable=False),
    Column("notice_minutes", Integer, nullable=False),
)

clinician = Table(
    "clinician",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("position", Integer, nullable=False),
    Column("name", String(200), nullable=False),
    Column("own_hours", Boolean, nullable=False),
    Column("active", Boolean, nullable=False),
)

visit_type = Table(
    "visit_type",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("position", Integer, nullable=False),
    Column("name", String(200), nullable=False),
    Column("minutes", Integer, nullable=False),
    Column("ages", String(10), nullable=False),
    Column("place", String(10), nullable=False),
    Column("evaluation", Boolean, nullable=False),
    Column("minutes_before", Integer, nullable=False),
    Column("minutes_after", Integer, nullable=False),
    Column("active", Boolean, nullable=False),
)

room = Table(
    "room",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("position", Integer, nullable=False),
    Column("name", String(200), nullable=False),
    Column("active", Boolean, nullable=False),
)

clinician_visit_type = Table(
    "clinician_visit_type",
    metadata,
    Column("clinician_id", ForeignKey("clinician.id"), primary_key=True),
    Column("visit_type_id", ForeignKey("visit_type.id"), primary_key=True),
)

room_visit_type = Table(
    "room_visit_type",
    metadata,
    Column("room_id", ForeignKey("room.id"), primary_key=True),
    Column("visit_type_id", ForeignKey("visit_type.id"), primary_key=True),
)

# Of the clinic, or of one clinician; a special day without hours is a day off.
weekly_hours = Table(
    "weekly_hours",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("clinician_id", ForeignKey("clinician.id")),
    Column("weekday", Integer, nullable=False),
    Column("opens", Time, nullable=False),
    Column("closes", Time, nullable=False),
)

special_day = Table(
    "special_day",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("clinician_id", ForeignKey("clinician.id")),
    Column("day", Date, nullable=False),
    Column("opens", Time),
    Column("closes", Time),
)

# Name, contact, needs and reason are in `sealed` and nowhere else; a hold has none yet.
appointment = Table(
    "appointment",
    metadata,
    Column("reference", String(9), primary_key=True),
    Column("request_key", String(64), nullable=False, unique=True),
    Column("visit_type_id", ForeignKey("visit_type.id"), nullable=False),
    Column("clinician_id", ForeignKey("clinician.id"), nullable=False),
    Column("room_id", ForeignKey("room.id")),
    Column("start_at", UTCDateTime, nullable=False),
    Column("end_at", UTCDateTime, nullable=False),
    Column("status", String(20), nullable=False),
    Column("changes", Integer, nullable=False),
    Column("visit_for", String(20), nullable=False),
    Column("booked_by", String(20), nullable=False),
    Column("sealed", Text),
    Column("booked_at", UTCDateTime, nullable=False),
    Column("held_until", UTCDateTime, index=True),
)

# One row a quarter hour, with the time around the visit: nobody and nothing is ever in two visits at once.
appointment_claim = Table(
    "appointment_claim",
    metadata,
    Column("reference", ForeignKey("appointment.reference", ondelete="CASCADE"), primary_key=True),
    Column("granule", Integer, primary_key=True),
    Column("clinician_id", String(40), nullable=False),
    Column("room_id", String(40)),
    Column("patient_hash", String(64)),
    UniqueConstraint("clinician_id", "granule"),
    UniqueConstraint("room_id", "granule"),
    UniqueConstraint("patient_hash", "granule"),
    Index("ix_appointment_claim_granule", "granule"),
)

# The history of an appointment. Triggers hold it: a row is never changed, and goes only with its appointment.
appointment_step = Table(
    "appointment_step",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("reference", ForeignKey("appointment.reference", ondelete="CASCADE"), nullable=False, index=True),
    Column("request_key", String(64), nullable=False, unique=True),
    Column("at", UTCDateTime, nullable=False),
    Column("actor", String(40), nullable=False),
    Column("from_status", String(20), nullable=False),
    Column("to_status", String(20), nullable=False),
    Column("start_at", UTCDateTime, nullable=False),
)

waiting_entry = Table(
    "waiting_entry",
    metadata,
    Column("reference", String(9), primary_key=True),
    Column("request_key", String(64), nullable=False, unique=True),
    Column("visit_type_id", ForeignKey("visit_type.id"), nullable=False),
    Column("first_day", Date),
    Column("last_day", Date),
    Column("earliest", Time),
    Column("latest", Time),
    Column("weekdays", String(7), nullable=False),
    Column("visit_for", String(20), nullable=False),
    Column("booked_by", String(20), nullable=False),
    Column("sealed", Text, nullable=False),
    Column("since", UTCDateTime, nullable=False, index=True),
    Column("status", String(20), nullable=False),
    Column("offers", Integer, nullable=False),
    Column("offered_time_id", String(80)),
    Column("offered_until", UTCDateTime),
    Column("conversation_id", String(64), index=True),
    Column("told", Boolean, nullable=False, server_default=false()),
    Column("passed", Text, nullable=False, server_default=text("''")),
)

# Wrong proofs, by the keyed hash of who gave them.
proof_try = Table(
    "proof_try",
    metadata,
    Column("asker_hash", String(64), primary_key=True),
    Column("wrong", Integer, nullable=False),
    Column("last_at", UTCDateTime, nullable=False),
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

# Stands by itself: nothing leads from here to a conversation.
unanswered_question = Table(
    "unanswered_question",
    metadata,
    Column("text", String(300), primary_key=True),
    Column("times", Integer, nullable=False),
    Column("first_at", UTCDateTime, nullable=False),
    Column("last_at", UTCDateTime, nullable=False),
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

# Who writes to a number or page of the clinic; `id` is the conversation's. The address is in `sealed` alone.
person = Table(
    "person",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("channel", String(20), nullable=False),
    Column("address_hash", String(64), nullable=False, unique=True),
    Column("sealed", Text, nullable=False),
    Column("last_heard_at", UTCDateTime, nullable=False, index=True),
    Column("introduced_at", UTCDateTime),
    Column("stopped_at", UTCDateTime),
    Column("invited_at", UTCDateTime),
    Column("told", Integer, nullable=False),  # position of the last unasked chat message that was sent on
)

# What people sent. The id is made from the provider's, and stays: the same delivery is known again.
inbound = Table(
    "inbound",
    metadata,
    Column("position", Integer, primary_key=True, autoincrement=True),
    Column("id", String(36), nullable=False, unique=True),
    Column("person_id", ForeignKey("person.id", ondelete="SET NULL"), index=True),
    Column("sealed", Text),  # None once it is done
    Column("sent_at", UTCDateTime, nullable=False),
    Column("due_at", UTCDateTime, index=True),  # None once it is done; in the future while somebody is at it
    Column("tries", Integer, nullable=False),
)

# What goes out to people, in this order; to who wrote STOP only what confirms it.
outbound = Table(
    "outbound",
    metadata,
    Column("position", Integer, primary_key=True, autoincrement=True),
    Column("person_id", ForeignKey("person.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("sealed", Text),  # None once it is sent or dropped
    Column("state", String(20), nullable=False),
    Column("made_at", UTCDateTime, nullable=False),
    Column("due_at", UTCDateTime, index=True),  # None once it is done; in the future while somebody is at it
    Column("tries", Integer, nullable=False),
    Column("confirms_stop", Boolean, nullable=False),
    Column("provider_id", String(255)),
    Column("problem", String(60)),
)

# What the numbers and buttons of an answer stand for.
offer = Table(
    "offer",
    metadata,
    Column("position", Integer, primary_key=True, autoincrement=True),
    Column("id", String(36), nullable=False, unique=True),
    Column("person_id", ForeignKey("person.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("sealed", Text, nullable=False),
)

staff_task = Table(
    "staff_task",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("person_id", ForeignKey("person.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("kind", String(40), nullable=False),
    Column("at", UTCDateTime, nullable=False, index=True),
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
