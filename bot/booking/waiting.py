"""The waiting list: who wants a time that is not there, and is offered the first one that opens."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Optional

from bot.booking.calendar import blocked
from bot.booking.model import Appointment, OpenTime, WaitingEntry, WaitingRequest
from bot.booking.openings import Openings
from bot.booking.references import new_reference
from bot.booking.states import HELD

WAITING, OFFERED, TAKEN = "waiting", "offered", "taken"
OFFER_TIME = timedelta(hours=4)
"""How long an offered time is kept for the one it was offered to."""

WAITING_LIST = "waiting list"


def offer_key(reference: str) -> str:
    """The key under which an entry's time is held and then booked."""
    return f"offer {reference}"


class WaitingList:
    """The list as it stands now, inside one unit of work."""

    def __init__(self, openings: Openings) -> None:
        self._openings = openings
        self._work = openings.work

    def add(self, request: WaitingRequest) -> WaitingEntry:
        """The entry of this request; the same request sent twice waits once.

        Raises:
            UnknownVisitType: no visit type has this id.
        """
        earlier = self._work.waiting.with_key(request.key)
        if earlier is not None:
            return earlier
        self._openings.schedule.visit_type(request.visit_type_id)
        entry = WaitingEntry(
            reference=new_reference(),
            visit_type_id=request.visit_type_id,
            wish=request.wish,
            visit_for=request.visit_for,
            patient_name=request.patient_name,
            contact=request.contact,
            booked_by=request.booked_by,
            needs=request.needs,
            since=self._openings.now,
        )
        self._work.waiting.add(entry, request.key)
        return entry

    def offer(self, day: date) -> Optional[WaitingEntry]:
        """Offer what is open on a day to the first in line whom it suits, and hold it for them.

        Returns:
            The entry with its offer; None when it suits nobody.
        """
        for entry in self._work.waiting.in_line(self._openings.now):
            opening = self._first_opening(entry, day)
            if opening is not None:
                return self._hold(entry, opening)
        return None

    def _first_opening(self, entry: WaitingEntry, day: date) -> Optional[OpenTime]:
        visit, wish = self._openings.schedule.visit_type(entry.visit_type_id), entry.wish
        if not (wish.first_day or day) <= day <= (wish.last_day or day):
            return None
        return next(self._openings.times(visit, replace(wish, first_day=day, last_day=day)), None)

    def _hold(self, entry: WaitingEntry, opening: OpenTime) -> WaitingEntry:
        now, visit = self._openings.now, self._openings.schedule.visit_type(entry.visit_type_id)
        self._work.appointments.drop_hold(offer_key(entry.reference))
        held = held_time(entry.visit_type_id, opening, self._openings.room(visit, opening))
        until = now + OFFER_TIME
        self._work.appointments.add(
            held, blocked(visit, opening.start), offer_key(entry.reference), now, WAITING_LIST, until
        )
        offered = replace(
            entry,
            status=OFFERED,
            offers=entry.offers + 1,
            offered_time_id=opening.id,
            offered_until=until,
        )
        self._work.waiting.change(offered)
        return offered


def held_time(visit_type_id: str, chosen: OpenTime, room_id: Optional[str]) -> Appointment:
    """A time that is kept for somebody whose name is not known yet."""
    return Appointment(
        reference=new_reference(),
        visit_type_id=visit_type_id,
        clinician_id=chosen.clinician_id,
        start=chosen.start,
        end=chosen.end,
        visit_for="",
        patient_name="",
        contact="",
        status=HELD,
        room_id=room_id,
    )
