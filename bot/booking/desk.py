"""The desk: finds open times and gives one to one person, whole or not at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Callable, Collection, List, Optional, Tuple, TypeVar

from bot.booking.calendar import blocked, choice_of_days, spread
from bot.booking.doorkeeper import Doorkeeper
from bot.booking.model import (
    Appointment,
    BookingRequest,
    Cancellation,
    Hold,
    OpenTime,
    Proof,
    Step,
    TimeWish,
    WaitingEntry,
    WaitingRequest,
)
from bot.booking.openings import Openings, appointment_of, upcoming
from bot.booking.references import new_reference
from bot.booking.schedule import Schedule
from bot.booking.states import CANCELLED, HELD, MOVED, check_step
from bot.booking.storage import BookingStore, BookingWork
from bot.booking.waiting import TAKEN, WaitingList, held_time, offer_key
from bot.clock import Clock
from bot.content.profile import Profile
from bot.content.timetable import Clinician, VisitType
from bot.errors import CannotChange, TimeTaken

HOLD_TIME = timedelta(minutes=10)
PERSON = "person"
"""Who took a step in the chat."""
_T = TypeVar("_T")


class Desk:
    """What a receptionist does with the clinic's calendar.

    Each change is one transaction in which nobody else changes the calendar. That no two visits of a
    clinician, a patient or a room overlap is a rule of the database all the same.
    """

    def __init__(self, profile: Profile, store: BookingStore, clock: Clock) -> None:
        self.profile = profile
        self._store = store
        self._doorkeeper = Doorkeeper(store, clock)
        self._clock = clock
        self._schedule: Optional[Tuple[int, Schedule]] = None

    def visit_type(self, id: str) -> VisitType:
        """The visit type of this id.

        Raises:
            UnknownVisitType: the clinic never had one.
        """
        return self.schedule().visit_type(id)

    def evaluation_for(self, ages: str) -> VisitType:
        """The clinic's evaluation for "adult" or "child"."""
        return self.schedule().evaluation_for(ages)

    def clinician(self, id: str) -> Clinician:
        """The clinician of this id, who works here or did."""
        return self.schedule().clinician(id)

    def schedule(self) -> Schedule:
        """Who works when, as the database has it now."""
        with self._store.reading() as work:
            return self._openings(work).schedule

    def find_open_times(
        self,
        visit_type_id: str,
        wish: TimeWish,
        count: int = 3,
        clinician_id: Optional[str] = None,
        but: Collection[str] = (),
    ) -> List[OpenTime]:
        """A few open times within a wish, in order, spread over days; empty when none is open.

        Args:
            clinician_id: the only clinician to ask, if it has to be a certain one.
            but: ids of times that were refused: no other clinician is offered then either.

        Raises:
            UnknownVisitType: no visit type has this id.
        """
        refused = {id.partition("~")[0] for id in but}
        with self._store.reading() as work:
            openings = self._openings(work)
            visit, zone = openings.schedule.visit_type(visit_type_id), openings.schedule.zone
            times = openings.times(visit, wish, clinician_id)
            fresh = (one for one in times if one.id.partition("~")[0] not in refused)
            return spread(choice_of_days(fresh, count, zone), count, zone)

    def hold(self, key: str, visit_type_id: str, time_id: str) -> Hold:
        """Keep a time for ten minutes, and free the one that the same key kept before.

        Raises:
            TimeTaken: somebody has it, or the clinic does not give it; what was held stays held.
            CannotChange: the same key booked a visit already.
            UnknownVisitType: no visit type has this id.
        """

        def keep(openings: Openings) -> Hold:
            visit = openings.schedule.visit_type(visit_type_id)
            openings.work.appointments.drop_hold(key)
            if openings.work.appointments.with_key(key) is not None:
                raise CannotChange("it is booked")
            chosen, until = openings.given(visit, time_id), openings.now + HOLD_TIME
            held = held_time(visit.id, chosen, openings.room(visit, chosen))
            openings.work.appointments.add(
                held, blocked(visit, chosen.start), key, openings.now, PERSON, until
            )
            return Hold(key, visit.id, chosen, until)

        return self._change(keep)

    def release(self, key: str) -> None:
        """Free the time that this key holds; nothing, if it holds none."""
        self._change(lambda openings: openings.work.appointments.drop_hold(key))

    def book(self, request: BookingRequest) -> Appointment:
        """Give one open time to one person. The same request sent twice books once.

        A time that the same key holds is theirs; without a hold it is taken at once.

        Raises:
            TimeTaken: somebody was faster, or the time is not one the clinic gives; nothing changed.
            PatientBusy: the patient has another visit then; nothing changed.
            UnknownVisitType: no visit type has this id.
        """
        self._turn_away_late(request)
        return self._change(lambda openings: self._book(openings, request))

    def look_up(self, proof: Proof, asker: str) -> Appointment:
        """The appointment of this proof, in whatever state it is.

        Args:
            asker: the conversation; wrong proofs are counted by it.

        Raises:
            NotFound: the proof is wrong, whether or not there is such an appointment.
            TooManyTries: the asker was wrong too often.
        """
        return self._doorkeeper.admit(proof, asker, lambda work, ref: work.appointments.with_reference(ref))

    def move(self, proof: Proof, time_id: str, key: str, asker: str) -> Appointment:
        """Put a visit at another time; the old time stays until the new one is certain.

        The same request sent twice moves once. A time that the same key holds is theirs.

        Raises:
            NotFound, TooManyTries: as for `look_up`.
            TimeTaken: the new time is gone; the old one stands.
            PatientBusy: the patient has another visit then; the old one stands.
            CannotChange: the visit is over or cancelled.
        """
        reference = self.look_up(proof, asker).reference
        return self._change(lambda openings: self._move(openings, reference, time_id, key))

    def cancel(self, proof: Proof, key: str, asker: str) -> Cancellation:
        """Cancel a visit and free its time at once. The same request sent twice cancels once.

        Raises:
            NotFound, TooManyTries: as for `look_up`.
            CannotChange: the visit is over, or was cancelled before.
        """
        reference = self.look_up(proof, asker).reference
        return self._change(lambda openings: self._cancel(openings, reference, key))

    def record(self, reference: str, status: str, by: str, key: str) -> Appointment:
        """Note what became of a visit: "arrived", "no_show" or "done". For staff: it asks for no proof.

        Raises:
            NotFound: there is no such appointment.
            CannotChange: this does not follow from its state.
        """

        def note(openings: Openings) -> Appointment:
            before = appointment_of(openings.work, reference)
            if openings.work.appointments.step_with_key(key) is not None:
                return before
            after = replace(before, status=status)
            check_step(before.status, status)
            visit = openings.schedule.visit_type(before.visit_type_id)
            openings.work.appointments.change(
                before, after, blocked(visit, after.start), key, openings.now, by
            )
            return after

        return self._change(note)

    def appointment(self, reference: str) -> Appointment:
        """The appointment of this reference. For staff and signed links: it asks for no proof.

        Raises:
            NotFound: there is no such appointment.
        """
        with self._store.reading() as work:
            return appointment_of(work, reference)

    def history(self, reference: str) -> List[Step]:
        """Every step of an appointment, in order."""
        with self._store.reading() as work:
            return work.appointments.history(reference)

    def wait_for(self, request: WaitingRequest) -> WaitingEntry:
        """Put somebody on the waiting list, once however often it is sent.

        Raises:
            UnknownVisitType: no visit type has this id.
        """
        return self._change(lambda openings: WaitingList(openings).add(request))

    def offer_to_waiting(self, day: date) -> Optional[WaitingEntry]:
        """Offer what is open on a day to the first in line whom it suits, and hold it for four hours.

        Every move and cancellation does so for the day that it frees. This is for the rest: a day that the
        clinic opened, an offer that ran out.
        """
        return self._change(lambda openings: WaitingList(openings).offer(day))

    def accept_offer(self, proof: Proof, asker: str) -> Appointment:
        """Book the time that a person on the waiting list was offered.

        Raises:
            NotFound, TooManyTries: as for `look_up`, of the waiting list.
            TimeTaken: nothing is offered, or the offer ran out and somebody else was faster.
        """
        entry = self._doorkeeper.admit(proof, asker, lambda work, ref: work.waiting.with_reference(ref))
        if entry.offered_time_id is None:
            raise TimeTaken(entry.reference)
        request = BookingRequest(
            key=offer_key(entry.reference),
            visit_type_id=entry.visit_type_id,
            time_id=entry.offered_time_id,
            visit_for=entry.visit_for,
            patient_name=entry.patient_name,
            contact=entry.contact,
            booked_by=entry.booked_by,
            needs=entry.needs,
        )

        def accept(openings: Openings) -> Appointment:
            openings.work.waiting.change(replace(entry, status=TAKEN))
            return self._book(openings, request)

        return self._change(accept)

    def _turn_away_late(self, request: BookingRequest) -> None:
        """Whoever wants a time that is gone hears so at once, and does not wait for a turn."""
        with self._store.reading() as work:
            if work.appointments.with_key(request.key) is None:
                openings = self._openings(work)
                visit = openings.schedule.visit_type(request.visit_type_id)
                openings.room(visit, openings.given(visit, request.time_id))

    def _book(self, openings: Openings, request: BookingRequest) -> Appointment:
        appointments = openings.work.appointments
        visit = openings.schedule.visit_type(request.visit_type_id)
        earlier = appointments.with_key(request.key)
        if earlier is not None and earlier.status != HELD:
            return earlier
        chosen = self._chosen(openings, visit, request.time_id, request.key)
        booked = Appointment(
            reference=new_reference(),
            visit_type_id=visit.id,
            clinician_id=chosen.clinician_id,
            start=chosen.start,
            end=chosen.end,
            visit_for=request.visit_for,
            patient_name=request.patient_name,
            contact=request.contact,
            booked_by=request.booked_by,
            needs=request.needs,
            reason=request.reason,
            room_id=openings.room(visit, chosen),
        )
        appointments.add(booked, blocked(visit, chosen.start), request.key, openings.now, PERSON)
        return booked

    def _move(self, openings: Openings, reference: str, time_id: str, key: str) -> Appointment:
        if openings.work.appointments.step_with_key(key) is not None:
            return appointment_of(openings.work, reference)
        before = upcoming(openings, reference, MOVED)
        visit = openings.schedule.visit_type(before.visit_type_id)
        chosen = self._chosen(openings, visit, time_id, key)
        after = replace(
            before,
            clinician_id=chosen.clinician_id,
            start=chosen.start,
            end=chosen.end,
            room_id=openings.room(visit, chosen, but=reference),
            status=MOVED,
            changes=before.changes + 1,
        )
        openings.work.appointments.change(
            before, after, blocked(visit, chosen.start), key, openings.now, PERSON
        )
        WaitingList(openings).offer(before.start.astimezone(openings.schedule.zone).date())
        return after

    def _cancel(self, openings: Openings, reference: str, key: str) -> Cancellation:
        repeated = openings.work.appointments.step_with_key(key)
        if repeated is not None:
            found = appointment_of(openings.work, reference)
            return Cancellation(found, is_late=repeated.at > found.start - openings.schedule.notice)
        before = upcoming(openings, reference, CANCELLED)
        after = replace(before, status=CANCELLED, changes=before.changes + 1)
        openings.work.appointments.change(before, after, [], key, openings.now, PERSON)
        WaitingList(openings).offer(before.start.astimezone(openings.schedule.zone).date())
        return Cancellation(after, is_late=openings.now > before.start - openings.schedule.notice)

    def _chosen(self, openings: Openings, visit: VisitType, time_id: str, key: str) -> OpenTime:
        """The time of this name, freed if this key held it; one that was held needs no lead any more."""
        held = openings.work.appointments.with_key(key)
        openings.work.appointments.drop_hold(key)
        if held is not None and held.visit_type_id == visit.id:
            kept = OpenTime(held.start, held.end, held.clinician_id)
            if kept.id == time_id:
                return kept
        return openings.given(visit, time_id)

    def _change(self, step: Callable[[Openings], _T]) -> _T:
        """What a step gives; its changes are kept together, or not at all if it raises."""
        with self._store.writing() as work:
            openings = self._openings(work)
            work.appointments.drop_holds_before(openings.now)
            result = step(openings)
            work.commit()
        return result

    def _openings(self, work: BookingWork) -> Openings:
        """The calendar now; the schedule is read again only when it changed."""
        revision, known = work.schedules.revision(), self._schedule
        if known is None or known[0] != revision:
            known = self._schedule = (revision, work.schedules.read())
        return Openings(work, known[1], self._clock())
