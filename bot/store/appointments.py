"""Appointments in the database."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Optional, Set

from sqlalchemy import insert, select
from sqlalchemy.engine import Connection, Row
from sqlalchemy.exc import IntegrityError

from bot.booking.calendar import Claim, granules
from bot.booking.model import Appointment
from bot.errors import TimeTaken
from bot.store.tables import appointment, appointment_claim


class StoredAppointments:
    """The repository of appointments, inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def claims_between(self, start: datetime, end: datetime) -> Set[Claim]:
        """What is taken in [start, end): clinician and quarter hour."""
        wanted = granules(start, end)
        rows = self._connection.execute(
            select(appointment_claim.c.clinician_id, appointment_claim.c.granule).where(
                appointment_claim.c.granule.between(wanted[0], wanted[-1])
            )
        )
        return {(row.clinician_id, row.granule) for row in rows}

    def with_key(self, key: str) -> Optional[Appointment]:
        """The appointment that this request made, if it made one."""
        row = self._connection.execute(
            select(appointment).where(appointment.c.request_key == key)
        ).one_or_none()
        return None if row is None else _appointment(row)

    def add(self, made: Appointment, key: str, at: datetime) -> None:
        """Take the time: the database refuses an overlap, whoever looked first.

        Raises:
            TimeTaken: somebody was faster.
        """
        try:
            self._connection.execute(insert(appointment).values(**_row(made), request_key=key, booked_at=at))
            self._connection.execute(
                insert(appointment_claim),
                [
                    {"reference": made.reference, "granule": granule, "clinician_id": made.clinician_id}
                    for granule in granules(made.start, made.end)
                ],
            )
        except IntegrityError as clash:
            raise TimeTaken(made.start.isoformat()) from clash


def _row(made: Appointment) -> dict[str, Any]:
    return {
        "reference": made.reference,
        "visit_type_id": made.visit_type_id,
        "clinician_id": made.clinician_id,
        "start_at": made.start,
        "end_at": made.end,
        "visit_for": made.visit_for,
        "patient_name": made.patient_name,
        "contact": made.contact,
        "status": made.status,
    }


def _appointment(row: Row) -> Appointment:
    return Appointment(
        reference=row.reference,
        visit_type_id=row.visit_type_id,
        clinician_id=row.clinician_id,
        start=row.start_at,
        end=row.end_at,
        visit_for=row.visit_for,
        patient_name=row.patient_name,
        contact=row.contact,
        status=row.status,
    )
