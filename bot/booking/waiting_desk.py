"""The waiting list as people and staff use it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import List

from bot.booking import steps
from bot.booking.ledger import Ledger
from bot.booking.model import Appointment, BookingRequest, TimeWish, WaitingEntry, WaitingRequest
from bot.booking.openings import Openings
from bot.booking.storage import BookingStore
from bot.booking.waiting import WaitingList, offer_key
from bot.clock import Clock
from bot.errors import NotFound, TimeTaken


class WaitingDesk:
    """Keeps who waits, offers them what opens, and books what they take.

    It asks for no proof: whoever calls it knows that it speaks for that person.
    """

    def __init__(self, store: BookingStore, clock: Clock) -> None:
        self._ledger = Ledger(store, clock)

    def join(self, request: WaitingRequest) -> WaitingEntry:
        """Put somebody on the list, once however often it is sent.

        Raises:
            UnknownVisitType: no visit type has this id.
        """
        return self._ledger.change(lambda openings: WaitingList(openings).add(request))

    def offer_open_times(self) -> List[WaitingEntry]:
        """Offer every open time that somebody waits for, and hold it; those who were offered one now.

        A move or a cancellation offers the time that it frees by itself. This is for the rest: a day that
        the clinic opened or that came near, a hold or an offer that ran out.
        """
        with self._ledger.reading() as openings:
            matches = list(WaitingList(openings).matches(TimeWish()))
        offered: List[WaitingEntry] = []
        for entry, opening in matches:
            with suppress(TimeTaken, NotFound):  # somebody was faster; the next round finds another time
                offered.append(self._offer(entry.reference, opening.id))
        return offered

    def entry(self, reference: str) -> WaitingEntry:
        """The place of this reference.

        Raises:
            NotFound: there is none, or the person left it.
        """
        with self._ledger.reading() as openings:
            return WaitingList(openings).entry(reference)

    def everybody(self) -> List[WaitingEntry]:
        """Who waits or has an offer, those who waited longest first."""
        with self._ledger.reading() as openings:
            return openings.work.waiting.everybody()

    def untold(self) -> List[WaitingEntry]:
        """Whose offer is open, and stands in no conversation yet though there is one."""
        with self._ledger.reading() as openings:
            return openings.work.waiting.untold(openings.now)

    def note_told(self, entry: WaitingEntry) -> None:
        """Keep that this offer was told."""

        def note(openings: Openings) -> None:
            now = openings.work.waiting.with_reference(entry.reference)
            if now is not None and now.offered_time_id == entry.offered_time_id:
                openings.work.waiting.change(replace(now, told=True))

        self._ledger.change(note)

    def accept(self, reference: str) -> Appointment:
        """Book the time that this place was offered; the same answer given twice books once.

        Raises:
            NotFound: there is no such place, or the person left it.
            TimeTaken: nothing is offered, or the offer ran out and somebody else was faster.
            PatientBusy: the patient has another visit then.
        """

        def take(openings: Openings) -> Appointment:
            return steps.book(openings, _request(WaitingList(openings).take(reference)))

        return self._ledger.change(take)

    def decline(self, reference: str, leaving: bool = False) -> None:
        """Free the offered time for the next in line; the person waits on, or leaves the list.

        Raises:
            NotFound: there is no such place, or it became a visit.
        """
        self._ledger.change(lambda openings: WaitingList(openings).give_back(reference, leaving))

    def _offer(self, reference: str, time_id: str) -> WaitingEntry:
        return self._ledger.change(lambda openings: WaitingList(openings).offer_to(reference, time_id))


def _request(entry: WaitingEntry) -> BookingRequest:
    return BookingRequest(
        key=offer_key(entry.reference),
        visit_type_id=entry.visit_type_id,
        time_id=str(entry.offered_time_id),
        visit_for=entry.visit_for,
        patient_name=entry.patient_name,
        contact=entry.contact,
        booked_by=entry.booked_by,
        needs=entry.needs,
    )
