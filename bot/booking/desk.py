"""The desk: finds open times and gives one to one person, whole or not at all."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from itertools import islice
from typing import Callable, ContextManager, List, Protocol, Set

from bot.booking.calendar import Claim, open_times, spread
from bot.booking.model import Appointment, BookingRequest, OpenTime, TimeWish
from bot.clock import Clock
from bot.content.profile import Profile
from bot.content.timetable import Clinician, VisitType
from bot.errors import TimeTaken, UnknownVisitType

REFERENCE_SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""No sign that is mistaken for another when read aloud or off a screen."""


class Appointments(Protocol):
    """The appointments in the database, inside one unit of work."""

    def claims_between(self, start: datetime, end: datetime) -> Set[Claim]:
        """What is taken in [start, end)."""

    def with_key(self, key: str) -> Appointment | None:
        """The appointment that this request made, if it made one."""

    def add(self, appointment: Appointment, key: str, at: datetime) -> None:
        """Take the time.

        Raises:
            TimeTaken: somebody was faster.
        """


class BookingWork(Protocol):
    """One unit of work: only `commit` keeps its changes."""

    @property
    def appointments(self) -> Appointments:
        """The calendar's rows."""

    def commit(self) -> None:
        """Keep every change."""


class Desk:
    """What a receptionist does with the clinic's calendar."""

    def __init__(
        self, profile: Profile, work: Callable[[], ContextManager[BookingWork]], clock: Clock
    ) -> None:
        self.profile = profile
        self._work = work
        self._clock = clock

    def visit_type(self, id: str) -> VisitType:
        """The visit type of this id.

        Raises:
            UnknownVisitType: the clinic has none.
        """
        for visit in self.profile.visits.types:
            if visit.id == id:
                return visit
        raise UnknownVisitType(id)

    def evaluation_for(self, ages: str) -> VisitType:
        """The clinic's evaluation for "adult" or "child".

        Raises:
            UnknownVisitType: the clinic gives none to people of that age.
        """
        for visit in self.profile.visits.types:
            if visit.evaluation and visit.is_for(ages):
                return visit
        raise UnknownVisitType(ages)

    def find_open_times(self, visit_type_id: str, wish: TimeWish, count: int = 3) -> List[OpenTime]:
        """A few open times within a wish, in order, spread over days; empty when none is open."""
        visit = self.visit_type(visit_type_id)
        soonest, last = self._bounds()
        with self._work() as work:
            taken = work.appointments.claims_between(soonest, last + timedelta(days=1))
        times = open_times(
            wish,
            [clinician.id for clinician in self._clinicians(visit)],
            timedelta(minutes=visit.minutes),
            self.profile.hours.weekly,
            frozenset(self.profile.hours.closed_days),
            taken,
            (soonest, last),
            self.profile.zone,
        )
        return spread(list(islice(times, 60)), count, self.profile.zone)

    def book(self, request: BookingRequest) -> Appointment:
        """Give one open time to one person. The same request sent twice books once.

        Raises:
            TimeTaken: somebody was faster, or the time is not one the clinic gives; nothing changed.
            UnknownVisitType: no visit type has this id.
        """
        visit = self.visit_type(request.visit_type_id)
        earlier = self._booked_by(request.key)
        if earlier is not None:
            return earlier
        chosen = self._given_time(request.time_id, visit)
        appointment = Appointment(
            reference=new_reference(),
            visit_type_id=visit.id,
            clinician_id=chosen.clinician_id,
            start=chosen.start,
            end=chosen.end,
            visit_for=request.visit_for,
            patient_name=request.patient_name,
            contact=request.contact,
        )
        try:
            with self._work() as work:
                work.appointments.add(appointment, request.key, self._clock())
                work.commit()
        except TimeTaken:
            twin = self._booked_by(request.key)  # the same request may have been the faster one
            if twin is None:
                raise
            return twin
        return appointment

    def clinician(self, id: str) -> Clinician:
        """The clinician of this id, who must be in the profile."""
        return next(clinician for clinician in self.profile.clinicians if clinician.id == id)

    def _booked_by(self, key: str) -> Appointment | None:
        with self._work() as work:
            return work.appointments.with_key(key)

    def _given_time(self, time_id: str, visit: VisitType) -> OpenTime:
        """The time of this name, if the clinic gives such a time at all."""
        length = timedelta(minutes=visit.minutes)
        try:
            chosen = OpenTime.from_id(time_id, length)
        except ValueError as problem:
            raise TimeTaken(time_id) from problem
        day = chosen.start.astimezone(self.profile.zone).date()
        given = open_times(
            TimeWish(first_day=day, last_day=day),
            [clinician.id for clinician in self._clinicians(visit) if clinician.id == chosen.clinician_id],
            length,
            self.profile.hours.weekly,
            frozenset(self.profile.hours.closed_days),
            frozenset(),
            self._bounds(),
            self.profile.zone,
        )
        if chosen not in given:
            raise TimeTaken(time_id)
        return chosen

    def _clinicians(self, visit: VisitType) -> List[Clinician]:
        return [one for one in self.profile.clinicians if visit.id in one.visit_types]

    def _bounds(self) -> tuple[datetime, datetime]:
        """The earliest and the latest start that the clinic gives away now."""
        now = self._clock()
        rules = self.profile.booking
        return now + timedelta(hours=rules.lead_hours), now + timedelta(days=rules.horizon_days)


def new_reference() -> str:
    """Eight signs to quote: 31 ** 8 of them, so that nobody guesses another person's."""
    signs = "".join(secrets.choice(REFERENCE_SIGNS) for _ in range(8))
    return f"{signs[:4]}-{signs[4:]}"
