"""People who write to the clinic's numbers and pages: what they sent, and what goes out to them."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

AT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "person",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("channel", sa.String(20), nullable=False),
        sa.Column("address_hash", sa.String(64), nullable=False),
        sa.Column("sealed", sa.Text, nullable=False),
        sa.Column("last_heard_at", AT, nullable=False),
        sa.Column("introduced_at", AT),
        sa.Column("stopped_at", AT),
        sa.Column("invited_at", AT),
        sa.Column("told", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_person"),
        sa.UniqueConstraint("address_hash", name="uq_person_address_hash"),
    )
    op.create_index("ix_person_last_heard_at", "person", ["last_heard_at"])
    _make_the_mail()
    op.create_table(
        "offer",
        sa.Column("position", sa.Integer, autoincrement=True, nullable=False),
        sa.Column("id", sa.String(36), nullable=False),
        _person("offer", "CASCADE"),
        sa.Column("sealed", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("position", name="pk_offer"),
        sa.UniqueConstraint("id", name="uq_offer_id"),
    )
    op.create_table(
        "staff_task",
        sa.Column("id", sa.String(36), nullable=False),
        _person("staff_task", "CASCADE"),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("at", AT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_staff_task"),
    )
    op.create_index("ix_staff_task_at", "staff_task", ["at"])
    for table in ("inbound", "outbound", "offer", "staff_task"):
        op.create_index(f"ix_{table}_person_id", table, ["person_id"])


def downgrade() -> None:
    """Drop the tables."""
    for table in ("staff_task", "offer", "outbound", "inbound", "person"):
        op.drop_table(table)


def _make_the_mail() -> None:
    op.create_table(
        "inbound",
        sa.Column("position", sa.Integer, autoincrement=True, nullable=False),
        sa.Column("id", sa.String(36), nullable=False),
        _person("inbound", "SET NULL", nullable=True),
        sa.Column("sealed", sa.Text),
        sa.Column("sent_at", AT, nullable=False),
        sa.Column("due_at", AT),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("position", name="pk_inbound"),
        sa.UniqueConstraint("id", name="uq_inbound_id"),
    )
    op.create_table(
        "outbound",
        sa.Column("position", sa.Integer, autoincrement=True, nullable=False),
        _person("outbound", "CASCADE"),
        sa.Column("sealed", sa.Text),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("made_at", AT, nullable=False),
        sa.Column("due_at", AT),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("confirms_stop", sa.Boolean, nullable=False),
        sa.Column("provider_id", sa.String(255)),
        sa.Column("problem", sa.String(60)),
        sa.PrimaryKeyConstraint("position", name="pk_outbound"),
    )
    for table in ("inbound", "outbound"):
        op.create_index(f"ix_{table}_due_at", table, ["due_at"])


def _person(table: str, when_gone: str, nullable: bool = False) -> sa.Column:
    key = sa.ForeignKey("person.id", name=f"fk_{table}_person_id", ondelete=when_gone)
    return sa.Column("person_id", sa.String(36), key, nullable=nullable)
