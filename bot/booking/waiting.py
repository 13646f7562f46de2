"""The waiting list: who wants a time that is not there, and is offered the first one that opens."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Dict, Iterator, List, Optional, Tuple

from bot.booking.calendar import blocked
from bot.booking.model import Appointment, OpenTime, TimeWish, WaitingEntry, WaitingRequest, start_of
from bot.booking.openings import Openings
from bot.booking.references import new_reference
from bot.booking.states import HELD
from bot.errors import NotFound, TimeTaken

WAITING, OFFERED, TAKEN, LEFT = "waiting", "offered", "taken", "left"
OFFER_TIME = timedelta(hours=4)
"""How long an offered time is kept for the one it was offered to."""

MOST_OFFERS = 3
"""Whoever took none of so many is asked by staff: no time is kept for nobody again and again."""

WAITING_LIST = "waiting list"
Match = Tuple[WaitingEntry, OpenTime]


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
            conversation_id=request.conversation_id,
            passed=request.passed,
        )
        self._work.waiting.add(entry, request.key)
        return entry

    def entry(self, reference: str) -> WaitingEntry:
        """The entry of this reference, unless its person left the list.

        Raises:
            NotFound: there is none.
        """
        found = self._work.waiting.with_reference(reference)
        if found is None or found.status == LEFT:
            raise NotFound()
        return found

    def matches(self, within: TimeWish) -> Iterator[Match]:
        """Whom an open time suits, in the order of the line, each with the first such time.

        No time comes twice. Open times are looked for once for each kind of visit, however many wait.
        """
        found: List[OpenTime] = []
        open_times: Dict[str, List[OpenTime]] = {}
        for entry in self._line():
            kind = entry.visit_type_id
            if kind not in open_times:
                visit = self._openings.schedule.visit_type(kind)
                open_times[kind] = list(self._openings.times(visit, within))
            left = (one for one in open_times[kind] if not any(_meet(one, other) for other in found))
            opening = next((one for one in left if self._suits(entry, one)), None)
            if opening is not None:
                found.append(opening)
                yield entry, opening

    def offer(self, day: date) -> Optional[WaitingEntry]:
        """Offer what is open on a day to the first in line whom it suits, and hold it for them.

        Returns:
            The entry with its offer; None when it suits nobody.
        """
        first = next(self.matches(TimeWish(day, day)), None)
        return None if first is None else self._hold(*first)

    def offer_to(self, reference: str, time_id: str) -> WaitingEntry:
        """Offer a time to one who still waits for it.

        Raises:
            NotFound: that person is not in line any more.
            TimeTaken: somebody was faster.
        """
        entry = next((one for one in self._line() if one.reference == reference), None)
        if entry is None:
            raise NotFound()
        visit = self._openings.schedule.visit_type(entry.visit_type_id)
        return self._hold(entry, self._openings.given(visit, time_id))

    def take(self, reference: str) -> WaitingEntry:
        """The entry whose offer is accepted; the time has yet to be booked.

        Raises:
            NotFound: there is no such entry.
            TimeTaken: nothing is offered to it.
        """
        entry = self.entry(reference)
        if entry.offered_time_id is None:
            raise TimeTaken(reference)
        self._work.waiting.change(replace(entry, status=TAKEN))
        return entry

    def give_back(self, reference: str, leaving: bool = False) -> None:
        """Free what an entry was offered for the next in line; it waits on, or leaves the list.

        Raises:
            NotFound: there is no such entry, or it became a visit.
        """
        entry = self.entry(reference)
        if entry.status == TAKEN:
            raise NotFound()
        self._work.appointments.drop_hold(offer_key(reference))
        status = LEFT if leaving else WAITING
        self._work.waiting.change(replace(entry, status=status, offered_time_id=None, offered_until=None))
        if entry.offered_time_id is not None:
            self.offer(self._local(start_of(entry.offered_time_id)).date())

    def _line(self) -> List[WaitingEntry]:
        return self._work.waiting.in_line(self._openings.now, MOST_OFFERS)

    def _suits(self, entry: WaitingEntry, opening: OpenTime) -> bool:
        passed = (start_of(time_id) for time_id in entry.passed)
        return entry.wish.suits(self._local(opening.start)) and opening.start not in passed

    def _local(self, instant: datetime) -> datetime:
        return instant.astimezone(self._openings.schedule.zone)

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
            told=False,
            passed=(*entry.passed, opening.id),
        )
        self._work.waiting.change(offered)
        return offered


def _meet(one: OpenTime, other: OpenTime) -> bool:
    return one.clinician_id == other.clinician_id and one.start < other.end and other.start < one.end


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
