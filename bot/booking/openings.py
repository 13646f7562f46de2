"""What is open at one moment: the schedule and what is taken, inside one unit of work."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import Iterator, Optional, Tuple

from bot.booking.calendar import Busy, blocked, free_room, open_times
from bot.booking.model import Appointment, OpenTime, TimeWish
from bot.booking.schedule import Schedule
from bot.booking.states import HELD, check_step
from bot.booking.storage import BookingWork
from bot.content.timetable import VisitType
from bot.errors import CannotChange, NotFound, TimeTaken


class Openings:
    """The clinic's calendar as it stands now (aware)."""

    def __init__(self, work: BookingWork, schedule: Schedule, now: datetime) -> None:
        self.work = work
        self.schedule = schedule
        self.now = now

    def times(
        self, visit: VisitType, wish: TimeWish, clinician_id: Optional[str] = None
    ) -> Iterator[OpenTime]:
        """Open times within a wish, soonest first."""
        busy = partial(self.work.appointments.busy_between, now=self.now)
        return open_times(self.schedule, visit, wish, self._bounds(), busy, clinician_id)

    def given(self, visit: VisitType, time_id: str) -> OpenTime:
        """The time of this name, if the clinic gives such a time at all; it may be taken.

        Raises:
            TimeTaken: it does not.
        """
        try:
            chosen = OpenTime.from_id(time_id, timedelta(minutes=visit.minutes))
        except ValueError as problem:
            raise TimeTaken(time_id) from problem
        local = chosen.start.astimezone(self.schedule.zone)
        day = TimeWish(local.date(), local.date(), local.time(), local.time())
        empty = open_times(
            self.schedule, visit, day, self._bounds(), lambda _start, _end: Busy(), chosen.clinician_id
        )
        if chosen not in empty:
            raise TimeTaken(time_id)
        return chosen

    def room(self, visit: VisitType, chosen: OpenTime, but: Optional[str] = None) -> Optional[str]:
        """The room for a visit at this time; None when it needs none.

        Args:
            but: the reference of a visit that makes way.

        Raises:
            TimeTaken: the clinician is busy, or every such room is.
        """
        margin = timedelta(minutes=max(visit.minutes_before, visit.minutes_after))
        busy = self.work.appointments.busy_between(chosen.start - margin, chosen.end + margin, self.now, but)
        wanted, rooms = blocked(visit, chosen.start), self.schedule.rooms_for(visit)
        room = free_room(rooms, wanted, busy.rooms)
        if not busy.clinicians[chosen.clinician_id].isdisjoint(wanted) or (rooms and room is None):
            raise TimeTaken(chosen.id)
        return room

    def _bounds(self) -> Tuple[datetime, datetime]:
        """The earliest and the latest start that the clinic gives away now."""
        return self.now + self.schedule.lead, self.now + self.schedule.horizon


def upcoming(openings: Openings, reference: str, after: str) -> Appointment:
    """The appointment of this reference, which may still become `after`.

    Raises:
        NotFound: there is no such appointment.
        CannotChange: it is over, or `after` does not follow from its state.
    """
    found = appointment_of(openings.work, reference)
    check_step(found.status, after)
    if found.start <= openings.now:
        raise CannotChange("it is over")
    return found


def appointment_of(work: BookingWork, reference: str) -> Appointment:
    """The appointment of this reference; a time that is only held is none.

    Raises:
        NotFound: there is no such appointment.
    """
    found = work.appointments.with_reference(reference)
    if found is None or found.status == HELD:
        raise NotFound()
    return found
