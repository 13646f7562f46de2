"""Appointments in the database."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Dict, List, Optional, Sequence, Set

from sqlalchemy import and_, delete, insert, select, update
from sqlalchemy.engine import Connection, Row
from sqlalchemy.exc import IntegrityError

from bot.booking.calendar import Busy, granules
from bot.booking.model import Appointment, Step
from bot.booking.proof import patient_mark
from bot.booking.states import HELD, UPCOMING
from bot.errors import PatientBusy, TimeTaken
from bot.store.sealing import Vault
from bot.store.tables import appointment, appointment_claim, appointment_step


class StoredAppointments:
    """The repository of appointments, inside one transaction."""

    def __init__(self, connection: Connection, vault: Vault) -> None:
        self._connection = connection
        self._vault = vault

    def busy_between(self, start: datetime, end: datetime, now: datetime, but: Optional[str] = None) -> Busy:
        """What is taken in [start, end); holds that have run out, and the visit `but`, take nothing."""
        wanted, claim = granules(start, end), appointment_claim.c
        run_out = select(appointment.c.reference).where(appointment.c.held_until <= now)
        rows = self._connection.execute(
            select(claim.clinician_id, claim.room_id, claim.granule)
            .where(claim.granule.between(wanted[0], wanted[-1]))
            .where(claim.reference.not_in(run_out), claim.reference != (but or ""))
        )
        busy = Busy()
        for clinician_id, room_id, granule in rows:
            busy.clinicians[clinician_id].add(granule)
            if room_id is not None:
                busy.rooms[room_id].add(granule)
        return busy

    def with_key(self, key: str) -> Optional[Appointment]:
        """The appointment or hold that this request made."""
        return self._one(appointment.c.request_key == key)

    def with_reference(self, reference: str) -> Optional[Appointment]:
        """The appointment or hold of this reference."""
        return self._one(appointment.c.reference == reference)

    def coming(self, now: datetime) -> List[Appointment]:
        """Every visit that is agreed and yet to come."""
        wanted = (appointment.c.status.in_(UPCOMING), appointment.c.start_at > now)
        rows = self._connection.execute(select(appointment).where(*wanted))
        return [self._appointment(row) for row in rows]

    def add(
        self,
        made: Appointment,
        blocked: Sequence[int],
        key: str,
        at: datetime,
        by: str,
        until: Optional[datetime] = None,
    ) -> None:
        """Take a time, for good or (`until`) as a hold; the database refuses an overlap, whoever looked.

        Raises:
            TimeTaken: somebody was faster.
            PatientBusy: the patient has another visit then.
        """
        values = {**self._values(made), "request_key": key, "booked_at": at, "held_until": until}
        self._connection.execute(insert(appointment).values(**values))
        self._claim(made, blocked)
        if made.status != HELD:
            self._note(made, HELD, key, at, by)

    def change(
        self, before: Appointment, after: Appointment, blocked: Sequence[int], key: str, at: datetime, by: str
    ) -> None:
        """Put an appointment into another state, or at another time, and write it into its history.

        Args:
            blocked: the granules it takes from now on; none frees its time.

        Raises:
            TimeTaken: somebody was faster.
            PatientBusy: the patient has another visit then.
        """
        reference = after.reference
        self._connection.execute(
            update(appointment).where(appointment.c.reference == reference).values(**self._values(after))
        )
        self._connection.execute(delete(appointment_claim).where(appointment_claim.c.reference == reference))
        self._claim(after, blocked)
        self._note(after, before.status, key, at, by)

    def step_with_key(self, key: str) -> Optional[Step]:
        """The step that this request made, if it made one."""
        wanted = select(appointment_step).where(appointment_step.c.request_key == key)
        row = self._connection.execute(wanted).one_or_none()
        return None if row is None else _step(row)

    def history(self, reference: str) -> List[Step]:
        """Every step of an appointment, in order."""
        wanted = select(appointment_step).where(appointment_step.c.reference == reference)
        return [_step(row) for row in self._connection.execute(wanted.order_by(appointment_step.c.id))]

    def drop_hold(self, key: str) -> None:
        """Free the time that this request holds; nothing, if it holds none."""
        self._drop(appointment.c.request_key == key)

    def drop_holds_before(self, now: datetime) -> None:
        """Free the times whose holds have run out."""
        self._drop(appointment.c.held_until <= now)

    def reseal(self) -> None:
        """Seal with the present key what an older one sealed, and hash anew."""
        older = appointment.c.sealed.not_like(f"{self._vault.key_id}:%")
        for row in self._connection.execute(select(appointment).where(older)).all():
            found = self._appointment(row)
            mine = appointment.c.reference == found.reference
            self._connection.execute(update(appointment).where(mine).values(sealed=self._seal(found)))
            self._connection.execute(
                update(appointment_claim)
                .where(appointment_claim.c.reference == found.reference)
                .where(appointment_claim.c.patient_hash.is_not(None))
                .values(patient_hash=self._patient(found))
            )

    def _drop(self, holds: Any) -> None:
        self._connection.execute(delete(appointment).where(and_(appointment.c.status == HELD, holds)))

    def _one(self, wanted: Any) -> Optional[Appointment]:
        row = self._connection.execute(select(appointment).where(wanted)).one_or_none()
        return None if row is None else self._appointment(row)

    def _claim(self, made: Appointment, blocked: Sequence[int]) -> None:
        """Take granules; the patient's own are those of the visit, not the time around it."""
        patient = self._patient(made) if made.patient_name else None
        visit: Set[int] = set(granules(made.start, made.end))
        rows = [
            {
                "reference": made.reference,
                "granule": granule,
                "clinician_id": made.clinician_id,
                "room_id": made.room_id,
                "patient_hash": patient if granule in visit else None,
            }
            for granule in blocked
        ]
        try:
            if rows:
                self._connection.execute(insert(appointment_claim), rows)
        except IntegrityError as clash:
            taken = PatientBusy if "patient_hash" in str(clash.orig) else TimeTaken
            raise taken(made.start.isoformat()) from clash

    def _note(self, after: Appointment, before: str, key: str, at: datetime, by: str) -> None:
        self._connection.execute(
            insert(appointment_step).values(
                reference=after.reference,
                request_key=key,
                at=at,
                actor=by,
                from_status=before,
                to_status=after.status,
                start_at=after.start,
            )
        )

    def _patient(self, made: Appointment) -> str:
        return self._vault.hash(patient_mark(made.patient_name, made.contact))

    def _seal(self, made: Appointment) -> Optional[str]:
        if made.status == HELD:
            return None
        details = {
            "name": made.patient_name,
            "contact": made.contact,
            "needs": made.needs,
            "reason": made.reason,
        }
        return self._vault.seal(details, _place(made.reference))

    def _values(self, made: Appointment) -> Dict[str, Any]:
        return {
            "reference": made.reference,
            "visit_type_id": made.visit_type_id,
            "clinician_id": made.clinician_id,
            "room_id": made.room_id,
            "start_at": made.start,
            "end_at": made.end,
            "status": made.status,
            "changes": made.changes,
            "visit_for": made.visit_for,
            "booked_by": made.booked_by,
            "sealed": self._seal(made),
        }

    def _appointment(self, row: Row) -> Appointment:
        held: Dict[str, Any] = {"name": "", "contact": "", "needs": (), "reason": None}
        details = self._vault.open(row.sealed, _place(row.reference)) if row.sealed else held
        return Appointment(
            reference=row.reference,
            visit_type_id=row.visit_type_id,
            clinician_id=row.clinician_id,
            start=row.start_at,
            end=row.end_at,
            visit_for=row.visit_for,
            patient_name=details["name"],
            contact=details["contact"],
            status=row.status,
            booked_by=row.booked_by,
            needs=tuple(details["needs"]),
            reason=details["reason"],
            room_id=row.room_id,
            changes=row.changes,
        )


def _place(reference: str) -> str:
    return f"appointment {reference}"


def _step(row: Row) -> Step:
    return Step(row.at, row.actor, row.from_status, row.to_status, row.start_at)
