"""The desk against a plain model of it: whatever people do, in whatever order, both say the same."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Optional

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import delete, select
from sqlalchemy.engine import Engine
from sqlalchemy.event import listen

from bot.booking.calendar import blocked
from bot.booking.desk import Desk
from bot.booking.model import BookingRequest, OpenTime, Proof, TimeWish
from bot.booking.schedule import Schedule
from bot.booking.steps import HOLD_TIME
from bot.content.profile import Profile
from bot.content.timetable import VisitType
from bot.errors import CannotChange, PatientBusy, TimeTaken
from bot.store.booking import StoredBooking
from bot.store.tables import appointment, appointment_claim
from tests.support.clocks import MONDAY_MORNING, SetClock
from tests.support.vault import VAULT

LEAD = timedelta(hours=24)
START = MONDAY_MORNING + timedelta(days=2)
"""Wednesday: the clocks go forward on the Sunday after."""

DAYS = ("2026-03-06T14:", "2026-03-09T13:")
TIMES = [
    f"{day}{minutes}+00:00~{who}" for day in DAYS for minutes in ("00", "30") for who in ("ade", "stone")
]
NEAR = TimeWish(date(2026, 3, 6), date(2026, 3, 9))
KINDS = ("adult_evaluation", "hand_therapy")
PATIENTS = ("Ana Lopez", "Ben Hill", "Cy Young")


@dataclass
class Visit:
    """A visit of the model: plain intervals, compared one by one."""

    key: str
    kind: VisitType
    time: OpenTime
    status: str
    patient: Optional[str] = None
    until: Optional[datetime] = None
    reference: str = ""
    steps: list[str] = field(default_factory=list)

    def around(self) -> tuple[datetime, datetime]:
        before, after = (timedelta(minutes=m) for m in (self.kind.minutes_before, self.kind.minutes_after))
        return self.time.start - before, self.time.end + after

    def clash(self, other: Visit) -> Optional[type[TimeTaken]]:
        """Why the two cannot both be; None when they can."""
        (a, b), (c, d) = self.around(), other.around()
        if a < d and c < b:
            if self.time.clinician_id == other.time.clinician_id:
                return TimeTaken
            if self.kind.id == other.kind.id == "hand_therapy":  # the one room
                return TimeTaken
        same = self.patient is not None and self.patient == other.patient
        overlap = self.time.start < other.time.end and other.time.start < self.time.end
        return PatientBusy if same and overlap else None


class DeskMachine(RuleBasedStateMachine):
    """Every rule does one thing to the desk and to the model, and compares what came of it."""

    visits = Bundle("visits")
    keys = st.integers(0, 5).map(lambda number: f"person {number}")
    times, kinds, patients = (st.sampled_from(one) for one in (TIMES, KINDS, PATIENTS))

    def __init__(self, profile: Profile, engine: Engine) -> None:
        super().__init__()
        self.engine, self.clock = engine, SetClock(START)
        self.types = {one.id: one for one in profile.visits.types}
        self.desk = Desk(profile, StoredBooking(engine, VAULT), self.clock)
        self.kept: list[Visit] = []
        self.count = 0
        with engine.connect() as connection:
            connection.execute(delete(appointment))
            connection.commit()

    def new_key(self) -> str:
        self.count += 1
        return f"change {self.count}"

    def planned(self, key: str, kind_id: str, time_id: str, patient: Optional[str] = None) -> Visit:
        kind = self.types[kind_id]
        return Visit(key, kind, OpenTime.from_id(time_id, timedelta(minutes=kind.minutes)), "held", patient)

    def live(self) -> list[Visit]:
        return [
            one
            for one in self.kept
            if one.status != "cancelled" and not (one.status == "held" and one.until <= self.clock())
        ]

    def with_key(self, key: str) -> Optional[Visit]:
        return next((one for one in self.live() if one.key == key), None) or next(
            (one for one in self.kept if one.key == key and one.status != "held"), None
        )

    def refusal(self, wanted: Visit, *instead_of: Optional[Visit]) -> Optional[type[Exception]]:
        """What the model says to a time: clinicians and rooms come first, then the patient."""
        own = [one for one in instead_of if one and one.status == "held"]
        is_own = any(one.time == wanted.time and one.kind.id == wanted.kind.id for one in own)
        if not is_own and wanted.time.start < self.clock() + LEAD:
            return TimeTaken
        clashes = [wanted.clash(one) for one in self.live() if one not in instead_of]
        return TimeTaken if TimeTaken in clashes else PatientBusy if PatientBusy in clashes else None

    def expect(self, refusal: Optional[type[Exception]], call):
        """What the desk gives, if the model expects that it gives anything."""
        if refusal is None:
            return call()
        with pytest.raises(refusal) as told:
            call()
        assert told.type is refusal
        return None

    @rule(key=keys, kind=kinds, time=times)
    def hold(self, key, kind, time):
        before, wanted = self.with_key(key), self.planned(key, kind, time)
        if before is not None and before.status != "held":
            return
        # A hold may replace one of the same key, but gets no credit for it.
        refusal = TimeTaken if wanted.time.start < self.clock() + LEAD else self.refusal(wanted, before)
        made = self.expect(refusal, lambda: self.desk.hold(key, kind, time))
        if made is not None:
            self.kept = [one for one in self.kept if one is not before]
            wanted.until = self.clock() + HOLD_TIME
            self.kept.append(wanted)
            assert made.until == wanted.until

    @rule(key=keys)
    def release(self, key):
        self.desk.release(key)
        self.kept = [one for one in self.kept if not (one.key == key and one.status == "held")]

    @rule(target=visits, key=keys, kind=kinds, time=times, patient=patients)
    def book(self, key, kind, time, patient):
        before, wanted = self.with_key(key), self.planned(key, kind, time, patient)
        request = BookingRequest(key, kind, time, "me", patient, "one@example.org")
        if before is not None and before.status != "held":
            assert self.desk.book(request).reference == before.reference
            return before
        made = self.expect(self.refusal(wanted, before), lambda: self.desk.book(request))
        if made is None:
            return None
        self.kept = [one for one in self.kept if one is not before]
        wanted.status, wanted.reference, wanted.steps = "booked", made.reference, ["booked"]
        self.kept.append(wanted)
        return wanted

    @rule(visit=visits, time=times)
    def move(self, visit, time):
        if visit is None:
            return
        wanted = self.planned(visit.key, visit.kind.id, time, visit.patient)
        refusal = self.unchangeable(visit) or self.refusal(wanted, visit)
        proof, key = self.proof(visit), self.new_key()
        made = self.expect(refusal, lambda: self.desk.move(proof, time, key, "talk"))
        if made is not None:
            visit.time, visit.status = wanted.time, "moved"
            visit.steps.append("moved")
            assert self.desk.move(proof, time, key, "talk") == made

    @rule(visit=visits)
    def cancel(self, visit):
        if visit is None:
            return
        proof, key = self.proof(visit), self.new_key()
        made = self.expect(self.unchangeable(visit), lambda: self.desk.cancel(proof, key, "talk"))
        if made is not None:
            assert made.is_late == (self.clock() > visit.time.start - timedelta(hours=24))
            visit.status = "cancelled"
            visit.steps.append("cancelled")
            assert self.desk.cancel(proof, key, "talk").appointment == made.appointment

    @rule(visit=visits, status=st.sampled_from(["arrived", "no_show", "done"]))
    def record(self, visit, status):
        if visit is None:
            return
        allowed = {"arrived": ("booked", "moved"), "no_show": ("booked", "moved"), "done": ("arrived",)}
        refusal = None if visit.status in allowed[status] else CannotChange
        key = self.new_key()
        if self.expect(refusal, lambda: self.desk.record(visit.reference, status, "staff", key)):
            visit.status = status
            visit.steps.append(status)

    @rule(minutes=st.sampled_from([5, 10, 60, 24 * 60]))
    def wait(self, minutes):
        self.clock.forward(timedelta(minutes=minutes))

    @invariant()
    def every_visit_is_as_the_model_has_it(self):
        for one in self.kept:
            if one.reference:
                found = self.desk.appointment(one.reference)
                assert (found.status, found.start, found.clinician_id) == (
                    one.status,
                    one.time.start,
                    one.time.clinician_id,
                )
                assert [step.after for step in self.desk.history(one.reference)] == one.steps

    @invariant()
    def the_quarter_hours_taken_are_those_of_the_visits(self):
        expected = {
            (one.time.clinician_id, granule)
            for one in self.kept
            if one.reference and one.status != "cancelled"
            for granule in blocked(one.kind, one.time.start)
        }
        booked = select(appointment.c.reference).where(appointment.c.held_until.is_(None))
        wanted = select(appointment_claim).where(appointment_claim.c.reference.in_(booked))
        with self.engine.connect() as connection:
            taken = [(row.clinician_id, row.granule) for row in connection.execute(wanted)]
        assert sorted(taken) == sorted(expected)

    @invariant()
    def what_is_open_is_what_the_model_leaves_open(self):
        for kind in KINDS:
            found = {one.start for one in self.desk.find_open_times(kind, NEAR, 9999)}
            plans = [self.planned("", kind, time) for time in TIMES]
            expected = {one.time.start for one in plans if self.refusal(one) is None}
            assert found & {one.time.start for one in plans} == expected

    def unchangeable(self, visit: Visit) -> Optional[type[Exception]]:
        over = visit.time.start <= self.clock()
        return CannotChange if over or visit.status not in ("booked", "moved") else None

    def proof(self, visit: Visit) -> Proof:
        return Proof(visit.reference, visit.patient.rpartition(" ")[2])


def hurry(connection: Any, _record: object) -> None:
    """No crash is played here, so nothing has to be on the disk."""
    connection.execute("PRAGMA synchronous = OFF").close()


def compare(profile: Profile, engine: Engine, runs: int) -> None:
    if engine.dialect.name == "sqlite":
        listen(engine, "connect", hurry)
    StoredBooking(engine, VAULT).prepare(Schedule.of(profile))
    run_state_machine_as_test(
        lambda: DeskMachine(profile, engine),
        settings=settings(max_examples=runs, stateful_step_count=15, suppress_health_check=list(HealthCheck)),
    )


def test_the_desk_does_what_the_model_does(profile, engine):
    compare(profile, engine, runs=5)


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_the_desk_does_what_the_model_does_for_long(profile, engine):
    compare(profile, engine, runs=1000 if engine.dialect.name == "sqlite" else 200)
