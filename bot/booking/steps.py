"""What may happen to a visit, each step inside one unit of work."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.booking.calendar import blocked
from bot.booking.model import Appointment, BookingRequest, Cancellation, Hold, OpenTime
from bot.booking.openings import Openings, appointment_of, upcoming
from bot.booking.references import new_reference
from bot.booking.states import CANCELLED, HELD, MOVED, check_step
from bot.booking.waiting import WaitingList, held_time
from bot.content.timetable import VisitType
from bot.errors import CannotChange, TimeTaken

HOLD_TIME = timedelta(minutes=10)
PERSON = "person"
"""Who took a step in the chat."""


def hold(openings: Openings, key: str, visit_type_id: str, time_id: str) -> Hold:
    """Keep a time, and free the one that the same key kept before.

    Raises:
        TimeTaken: somebody has it, or the clinic does not give it.
        CannotChange: the same key booked a visit already.
    """
    appointments, visit = openings.work.appointments, openings.schedule.visit_type(visit_type_id)
    appointments.drop_hold(key)
    if appointments.with_key(key) is not None:
        raise CannotChange("it is booked")
    chosen, until = openings.given(visit, time_id), openings.now + HOLD_TIME
    held = held_time(visit.id, chosen, openings.room(visit, chosen))
    appointments.add(held, blocked(visit, chosen.start), key, openings.now, PERSON, until)
    return Hold(key, visit.id, chosen, until)


def turn_away_late(openings: Openings, key: str, visit_type_id: str, time_id: str) -> None:
    """Let pass whoever wants an open time, or has one under this key already.

    Raises:
        TimeTaken: the time is gone.
    """
    visit = openings.schedule.visit_type(visit_type_id)
    try:
        openings.room(visit, openings.given(visit, time_id))
    except TimeTaken:  # asked second: between two looks it may be this key that takes it
        if openings.work.appointments.with_key(key) is None:
            raise


def book(openings: Openings, request: BookingRequest) -> Appointment:
    """Give one time to one person; the same request books once.

    Raises:
        TimeTaken: somebody was faster, or the clinic does not give it.
    """
    appointments = openings.work.appointments
    visit = openings.schedule.visit_type(request.visit_type_id)
    earlier = appointments.with_key(request.key)
    if earlier is not None and earlier.status != HELD:
        return earlier
    chosen = _chosen(openings, visit, request.time_id, request.key)
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


def move(openings: Openings, reference: str, time_id: str, key: str) -> Appointment:
    """Put a visit at another time, and offer the old one to those who wait; the same key moves once.

    Raises:
        TimeTaken: the new time is gone.
        CannotChange: the visit is over or cancelled.
    """
    if openings.work.appointments.step_with_key(key) is not None:
        return appointment_of(openings.work, reference)
    before = upcoming(openings, reference, MOVED)
    visit = openings.schedule.visit_type(before.visit_type_id)
    chosen = _chosen(openings, visit, time_id, key)
    after = replace(
        before,
        clinician_id=chosen.clinician_id,
        start=chosen.start,
        end=chosen.end,
        room_id=openings.room(visit, chosen, but=reference),
        status=MOVED,
        changes=before.changes + 1,
    )
    openings.work.appointments.change(before, after, blocked(visit, chosen.start), key, openings.now, PERSON)
    WaitingList(openings).offer(before.start.astimezone(openings.schedule.zone).date())
    return after


def cancel(openings: Openings, reference: str, key: str) -> Cancellation:
    """Cancel a visit, and offer its time to those who wait; the same key cancels once.

    Raises:
        CannotChange: the visit is over, or was cancelled before.
    """
    repeated = openings.work.appointments.step_with_key(key)
    if repeated is not None:
        found = appointment_of(openings.work, reference)
        return Cancellation(found, is_late=repeated.at > found.start - openings.schedule.notice)
    before = upcoming(openings, reference, CANCELLED)
    after = replace(before, status=CANCELLED, changes=before.changes + 1)
    openings.work.appointments.change(before, after, [], key, openings.now, PERSON)
    WaitingList(openings).offer(before.start.astimezone(openings.schedule.zone).date())
    return Cancellation(after, is_late=openings.now > before.start - openings.schedule.notice)


def record(openings: Openings, reference: str, status: str, by: str, key: str) -> Appointment:
    """Note what became of a visit; the same key notes it once.

    Raises:
        CannotChange: this does not follow from its state.
    """
    before = appointment_of(openings.work, reference)
    if openings.work.appointments.step_with_key(key) is not None:
        return before
    after = replace(before, status=status)
    check_step(before.status, status)
    visit = openings.schedule.visit_type(before.visit_type_id)
    openings.work.appointments.change(before, after, blocked(visit, after.start), key, openings.now, by)
    return after


def _chosen(openings: Openings, visit: VisitType, time_id: str, key: str) -> OpenTime:
    """The time of this name, freed if this key held it; one that was held needs no lead any more."""
    held = openings.work.appointments.with_key(key)
    openings.work.appointments.drop_hold(key)
    if held is not None and held.visit_type_id == visit.id:
        kept = OpenTime(held.start, held.end, held.clinician_id)
        if kept.id == time_id:
            return kept
    return openings.given(visit, time_id)
