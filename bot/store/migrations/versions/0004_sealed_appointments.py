"""Appointments with a history, rooms, holds and sealed personal data; a waiting list; wrong proofs.

The table of appointments is made anew, and what was in the old one is copied: SQLite cannot change a table
that others refer to without losing their rows.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from alembic import context, op

from bot.booking.proof import patient_mark

revision = "0004"
down_revision = "0003"

INSTANT = sa.DateTime(timezone=True)
BOOKED_BY = {"me": "self", "child": "parent", "somebody": "caregiver"}
STILL_BOOKED = ("booked", "moved", "arrived", "no_show", "done")


def upgrade() -> None:
    """Copy every booking into the new tables, names and contacts sealed."""
    visits, claims = _rows("appointment"), _rows("appointment_claim")
    _drop("appointment_claim", "appointment")
    _make_appointments()
    _make_others()
    _name_what_they_refer_to(visits)
    for visit in visits:
        _copy(visit)
    _insert("appointment_claim", _marked(visits, claims))


def downgrade() -> None:
    """Open what is sealed, and keep what is booked; holds, cancellations and histories end here."""
    visits = [one for one in _rows("appointment") if one["status"] in STILL_BOOKED]
    kept = {one["reference"] for one in visits}
    claims = [one for one in _rows("appointment_claim") if one["reference"] in kept]
    _drop("proof_try", "waiting_entry", "appointment_step", "appointment_claim", "appointment")
    _make_as_before()
    for visit in visits:
        details = _vault().open(visit["sealed"], f"appointment {visit['reference']}")
        _insert(
            "appointment",
            [{**visit, "status": "booked", "patient_name": details["name"], "contact": details["contact"]}],
        )
    _insert("appointment_claim", claims)


def _copy(visit: Mapping[str, Any]) -> None:
    """One booking of the old table, into the new one and its history."""
    details = {"name": visit["patient_name"], "contact": visit["contact"], "needs": [], "reason": None}
    sealed = _vault().seal(details, f"appointment {visit['reference']}")
    booked_by = BOOKED_BY.get(visit["visit_for"], "caregiver")
    _insert("appointment", [{**visit, "changes": 0, "booked_by": booked_by, "sealed": sealed}])
    step = {
        "reference": visit["reference"],
        "request_key": visit["request_key"],
        "at": visit["booked_at"],
        "actor": "person",
        "from_status": "held",
        "to_status": "booked",
        "start_at": visit["start_at"],
    }
    _insert("appointment_step", [step])


def _marked(visits: Sequence[Mapping[str, Any]], claims: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The claims with their patients. Nothing kept a patient from two visits at once: one is marked."""
    marks = {
        one["reference"]: _vault().hash(patient_mark(one["patient_name"], one["contact"])) for one in visits
    }
    seen: set[tuple[str, int]] = set()
    marked = []
    for claim in claims:
        patient = (marks[claim["reference"]], claim["granule"])
        marked.append({**claim, "patient_hash": None if patient in seen else patient[0]})
        seen.add(patient)
    return marked


def _name_what_they_refer_to(visits: Sequence[Mapping[str, Any]]) -> None:
    """Clinicians and kinds of visit that bookings name; the profile, read at each start, has the rest."""
    links = {(one["clinician_id"], one["visit_type_id"]) for one in visits}
    minutes = {one["visit_type_id"]: (one["end_at"] - one["start_at"]).seconds // 60 for one in visits}
    shared = {"position": 0, "active": False}
    _insert(
        "clinician",
        [
            {**shared, "id": id, "name": id, "own_hours": False}
            for id in {clinician for clinician, _ in links}
        ],
    )
    around = {"ages": "all", "place": "clinic", "evaluation": False, "minutes_before": 0, "minutes_after": 0}
    _insert(
        "visit_type",
        [{**shared, **around, "id": id, "name": id, "minutes": length} for id, length in minutes.items()],
    )
    _insert(
        "clinician_visit_type",
        [{"clinician_id": clinician, "visit_type_id": visit} for clinician, visit in links],
    )


def _make_appointments() -> None:
    op.create_table(
        "appointment",
        sa.Column("reference", sa.String(9), nullable=False),
        sa.Column("request_key", sa.String(64), nullable=False),
        sa.Column("visit_type_id", sa.String(40), nullable=False),
        sa.Column("clinician_id", sa.String(40), nullable=False),
        sa.Column("room_id", sa.String(40)),
        sa.Column("start_at", INSTANT, nullable=False),
        sa.Column("end_at", INSTANT, nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("changes", sa.Integer, nullable=False),
        sa.Column("visit_for", sa.String(20), nullable=False),
        sa.Column("booked_by", sa.String(20), nullable=False),
        sa.Column("sealed", sa.Text),
        sa.Column("booked_at", INSTANT, nullable=False),
        sa.Column("held_until", INSTANT),
        *(
            _refers("appointment", f"{owner}_id", f"{owner}.id")
            for owner in ("visit_type", "clinician", "room")
        ),
        sa.PrimaryKeyConstraint("reference", name="pk_appointment"),
        sa.UniqueConstraint("request_key", name="uq_appointment_request_key"),
    )
    op.create_index("ix_appointment_held_until", "appointment", ["held_until"])
    _make_claims(sa.Column("room_id", sa.String(40)), sa.Column("patient_hash", sa.String(64)))


def _make_claims(*owners: sa.Column) -> None:
    """One row a quarter hour, which each owner can have but once."""
    whose = ["clinician_id", *(owner.name for owner in owners)]
    op.create_table(
        "appointment_claim",
        sa.Column("reference", sa.String(9), nullable=False),
        sa.Column("granule", sa.Integer, nullable=False),
        sa.Column("clinician_id", sa.String(40), nullable=False),
        *owners,
        _refers("appointment_claim", "reference", "appointment.reference", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("reference", "granule", name="pk_appointment_claim"),
        *(
            sa.UniqueConstraint(owner, "granule", name=f"uq_appointment_claim_{owner}_granule")
            for owner in whose
        ),
    )
    op.create_index("ix_appointment_claim_granule", "appointment_claim", ["granule"])


def _make_others() -> None:
    op.create_table(
        "appointment_step",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("reference", sa.String(9), nullable=False),
        sa.Column("request_key", sa.String(64), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("actor", sa.String(40), nullable=False),
        sa.Column("from_status", sa.String(20), nullable=False),
        sa.Column("to_status", sa.String(20), nullable=False),
        sa.Column("start_at", INSTANT, nullable=False),
        _refers("appointment_step", "reference", "appointment.reference"),
        sa.PrimaryKeyConstraint("id", name="pk_appointment_step"),
        sa.UniqueConstraint("request_key", name="uq_appointment_step_request_key"),
    )
    op.create_index("ix_appointment_step_reference", "appointment_step", ["reference"])
    op.create_table(
        "waiting_entry",
        sa.Column("reference", sa.String(9), nullable=False),
        sa.Column("request_key", sa.String(64), nullable=False),
        sa.Column("visit_type_id", sa.String(40), nullable=False),
        sa.Column("first_day", sa.Date),
        sa.Column("last_day", sa.Date),
        sa.Column("earliest", sa.Time),
        sa.Column("latest", sa.Time),
        sa.Column("weekdays", sa.String(7), nullable=False),
        sa.Column("visit_for", sa.String(20), nullable=False),
        sa.Column("booked_by", sa.String(20), nullable=False),
        sa.Column("sealed", sa.Text, nullable=False),
        sa.Column("since", INSTANT, nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("offers", sa.Integer, nullable=False),
        sa.Column("offered_time_id", sa.String(80)),
        sa.Column("offered_until", INSTANT),
        _refers("waiting_entry", "visit_type_id", "visit_type.id"),
        sa.PrimaryKeyConstraint("reference", name="pk_waiting_entry"),
        sa.UniqueConstraint("request_key", name="uq_waiting_entry_request_key"),
    )
    op.create_index("ix_waiting_entry_since", "waiting_entry", ["since"])
    op.create_table(
        "proof_try",
        sa.Column("asker_hash", sa.String(64), nullable=False),
        sa.Column("wrong", sa.Integer, nullable=False),
        sa.Column("last_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("asker_hash", name="pk_proof_try"),
    )


def _make_as_before() -> None:
    op.create_table(
        "appointment",
        sa.Column("reference", sa.String(9), nullable=False),
        sa.Column("request_key", sa.String(64), nullable=False),
        sa.Column("visit_type_id", sa.String(40), nullable=False),
        sa.Column("clinician_id", sa.String(40), nullable=False),
        sa.Column("start_at", INSTANT, nullable=False),
        sa.Column("end_at", INSTANT, nullable=False),
        sa.Column("visit_for", sa.String(20), nullable=False),
        sa.Column("patient_name", sa.String(200), nullable=False),
        sa.Column("contact", sa.String(200), nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("booked_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("reference", name="pk_appointment"),
        sa.UniqueConstraint("request_key", name="uq_appointment_request_key"),
    )
    _make_claims()


def _rows(table: str) -> list[dict[str, Any]]:
    found = sa.Table(table, sa.MetaData(), autoload_with=op.get_bind())
    return [dict(row._mapping) for row in op.get_bind().execute(sa.select(found))]


def _insert(table: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows; of each, what the table has columns for."""
    found = sa.Table(table, sa.MetaData(), autoload_with=op.get_bind())
    if rows:
        known = [{name: row[name] for name in row if name in found.c} for row in rows]
        op.get_bind().execute(sa.insert(found), known)


def _drop(*tables: str) -> None:
    for table in tables:
        op.drop_table(table)


def _refers(table: str, column: str, target: str, **more: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=f"fk_{table}_{column}", **more)


def _vault() -> Any:
    return context.config.attributes["vault"]
