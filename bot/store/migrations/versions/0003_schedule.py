"""The clinic's schedule: who gives which visit, where and when."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the tables; each start fills them from the clinic profile."""
    op.create_table(
        "clinic",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("timezone", sa.String(60), nullable=False),
        sa.Column("lead_minutes", sa.Integer, nullable=False),
        sa.Column("horizon_minutes", sa.Integer, nullable=False),
        sa.Column("notice_minutes", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_clinic"),
    )
    _make_lists()
    for owner in ("clinician", "room"):
        op.create_table(
            f"{owner}_visit_type",
            sa.Column(f"{owner}_id", sa.String(40), nullable=False),
            sa.Column("visit_type_id", sa.String(40), nullable=False),
            _refers(f"{owner}_visit_type", owner),
            _refers(f"{owner}_visit_type", "visit_type"),
            sa.PrimaryKeyConstraint(f"{owner}_id", "visit_type_id", name=f"pk_{owner}_visit_type"),
        )
    _make_hours()


def _make_lists() -> None:
    op.create_table(
        "clinician",
        *_named(),
        sa.Column("own_hours", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_clinician"),
    )
    op.create_table(
        "visit_type",
        *_named(),
        sa.Column("minutes", sa.Integer, nullable=False),
        sa.Column("ages", sa.String(10), nullable=False),
        sa.Column("place", sa.String(10), nullable=False),
        sa.Column("evaluation", sa.Boolean, nullable=False),
        sa.Column("minutes_before", sa.Integer, nullable=False),
        sa.Column("minutes_after", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_visit_type"),
    )
    op.create_table("room", *_named(), sa.PrimaryKeyConstraint("id", name="pk_room"))


def _make_hours() -> None:
    op.create_table(
        "weekly_hours",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("clinician_id", sa.String(40)),
        sa.Column("weekday", sa.Integer, nullable=False),
        sa.Column("opens", sa.Time, nullable=False),
        sa.Column("closes", sa.Time, nullable=False),
        _refers("weekly_hours", "clinician"),
        sa.PrimaryKeyConstraint("id", name="pk_weekly_hours"),
    )
    op.create_table(
        "special_day",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("clinician_id", sa.String(40)),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("opens", sa.Time),
        sa.Column("closes", sa.Time),
        _refers("special_day", "clinician"),
        sa.PrimaryKeyConstraint("id", name="pk_special_day"),
    )


def downgrade() -> None:
    """Drop them: the clinic profile has it all."""
    for table in (
        "special_day",
        "weekly_hours",
        "room_visit_type",
        "clinician_visit_type",
        "room",
        "visit_type",
        "clinician",
        "clinic",
    ):
        op.drop_table(table)


def _named() -> list[sa.Column]:
    return [
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("active", sa.Boolean, nullable=False),
    ]


def _refers(table: str, owner: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([f"{owner}_id"], [f"{owner}.id"], name=f"fk_{table}_{owner}_id")
