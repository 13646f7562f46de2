"""The desk: finds open times and gives one to one person, whole or not at all."""

from __future__ import annotations

from typing import Collection, List, Optional

from bot.booking import steps
from bot.booking.calendar import choice_of_days, spread
from bot.booking.doorkeeper import Doorkeeper
from bot.booking.ledger import Ledger
from bot.booking.model import (
    Appointment,
    BookingRequest,
    Cancellation,
    Hold,
    OpenTime,
    Proof,
    Step,
    TimeWish,
)
from bot.booking.openings import appointment_of
from bot.booking.schedule import Schedule
from bot.booking.storage import BookingStore
from bot.clock import Clock
from bot.content.profile import Profile
from bot.content.timetable import Clinician, VisitType


class Desk:
    """What a receptionist does with the clinic's calendar.

    Each change is one transaction in which nobody else changes the calendar. That no two visits of a
    clinician, a patient or a room overlap is a rule of the database all the same. Under a load that leaves
    no turn in eight seconds a change raises CalendarBusy, and nothing was changed.
    """

    def __init__(self, profile: Profile, store: BookingStore, clock: Clock) -> None:
        self.profile = profile
        self._ledger = Ledger(store, clock)
        self._doorkeeper = Doorkeeper(self._ledger)

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
        with self._ledger.reading() as openings:
            return openings.schedule

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
        with self._ledger.reading() as openings:
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
        return self._ledger.change(
            lambda openings: steps.hold(openings, key, visit_type_id, time_id),
            look=lambda openings: steps.turn_away_late(openings, key, visit_type_id, time_id),
        )

    def release(self, key: str) -> None:
        """Free the time that this key holds; nothing, if it holds none."""
        self._ledger.change(lambda openings: openings.work.appointments.drop_hold(key))

    def book(self, request: BookingRequest) -> Appointment:
        """Give one open time to one person. The same request sent twice books once.

        A time that the same key holds is theirs; without a hold it is taken at once.

        Raises:
            TimeTaken: somebody was faster, or the time is not one the clinic gives; nothing changed.
            PatientBusy: the patient has another visit then; nothing changed.
            UnknownVisitType: no visit type has this id.
        """
        key, kind, time_id = request.key, request.visit_type_id, request.time_id
        return self._ledger.change(
            lambda openings: steps.book(openings, request),
            look=lambda openings: steps.turn_away_late(openings, key, kind, time_id),
        )

    def look_up(self, proof: Proof, asker: str) -> Appointment:
        """The appointment of this proof, in whatever state it is.

        Args:
            asker: the conversation; wrong proofs are counted by it.

        Raises:
            NotFound: the proof is wrong, whether or not there is such an appointment.
            TooManyTries: the asker was wrong too often.
        """
        return self._doorkeeper.admit(proof, asker)

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
        return self._ledger.change(lambda openings: steps.move(openings, reference, time_id, key))

    def cancel(self, proof: Proof, key: str, asker: str) -> Cancellation:
        """Cancel a visit and free its time at once. The same request sent twice cancels once.

        Raises:
            NotFound, TooManyTries: as for `look_up`.
            CannotChange: the visit is over, or was cancelled before.
        """
        reference = self.look_up(proof, asker).reference
        return self._ledger.change(lambda openings: steps.cancel(openings, reference, key))

    def record(self, reference: str, status: str, by: str, key: str) -> Appointment:
        """Note what became of a visit: "arrived", "no_show" or "done". For staff: it asks for no proof.

        Raises:
            NotFound: there is no such appointment.
            CannotChange: this does not follow from its state.
        """
        return self._ledger.change(lambda openings: steps.record(openings, reference, status, by, key))

    def appointment(self, reference: str) -> Appointment:
        """The appointment of this reference. For staff and signed links: it asks for no proof.

        Raises:
            NotFound: there is no such appointment.
        """
        with self._ledger.reading() as openings:
            return appointment_of(openings.work, reference)

    def history(self, reference: str) -> List[Step]:
        """Every step of an appointment, in order."""
        with self._ledger.reading() as openings:
            return openings.work.appointments.history(reference)
