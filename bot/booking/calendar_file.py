"""A visit as a file for the calendar on somebody's phone or computer (iCalendar, RFC 5545)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import List, Optional

from icalendar import Calendar, Event, Timezone, vCalAddress

from bot.booking.model import Appointment
from bot.booking.states import CANCELLED
from bot.content.profile import Profile
from bot.content.timetable import VisitType

_AROUND = timedelta(days=400)
"""The clock changes that the file describes lie this near the visit."""


def calendar_file(
    visit: Appointment, kind: VisitType, clinician: str, profile: Profile, now: datetime
) -> bytes:
    """The file of a visit: the same UID for good, a higher SEQUENCE after each change.

    It names the clinic, the place and what to bring, not the patient. Cancelled, it takes the visit out of
    the calendar again (METHOD:CANCEL).
    """
    gone = visit.status == CANCELLED
    calendar = Calendar()
    calendar.add("prodid", "-//Handrail//Appointments//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if gone else "PUBLISH")
    day = visit.start.astimezone(profile.zone).date()
    first, last = day - _AROUND, day + _AROUND
    calendar.add_component(Timezone.from_tzid(profile.clinic.timezone, first_date=first, last_date=last))
    event = Event()
    event.add("uid", f"{visit.reference}@handrail")
    event.add("sequence", visit.changes)
    event.add("status", "CANCELLED" if gone else "CONFIRMED")
    event.add("dtstamp", now)
    event.add("dtstart", visit.start.astimezone(profile.zone))
    event.add("dtend", visit.end.astimezone(profile.zone))
    event.add("summary", f"{kind.name.capitalize()}, {profile.clinic.name}")
    event.add("location", _place(kind, profile) or profile.clinic.name)
    event.add("description", "\n".join(_notes(visit, kind, clinician, profile)))
    if profile.contact.email:
        event.add("organizer", vCalAddress(f"mailto:{profile.contact.email}"))
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def _place(kind: VisitType, profile: Profile) -> Optional[str]:
    return {"home": "At your home", "video": "By video"}.get(kind.place, profile.location.address)


def _notes(visit: Appointment, kind: VisitType, clinician: str, profile: Profile) -> List[str]:
    """With whom, what to bring, how to join or find it, and how to cancel; unknown facts are left out."""
    booking, at_clinic = profile.booking, kind.place == "clinic"
    early = f"Please come {booking.arrive_early_minutes} minutes early."
    lines = [
        f"With {clinician}. Your reference is {visit.reference}.",
        booking.bring if at_clinic else None,
        early if at_clinic and booking.arrive_early_minutes else None,
        profile.location.directions if at_clinic else None,
        profile.services.telehealth_how if kind.place == "video" else None,
        f"To move or cancel this visit, call {profile.contact.phone} or write to us in the chat.",
    ]
    return [line for line in lines if line]
