"""The clinic profile: everything that is the clinic's own, from `data/clinic.yml`."""

from __future__ import annotations

import re
from datetime import date, time
from pathlib import Path
from typing import Any, Dict, List, Mapping, Optional, Tuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, validator

from bot.content.yaml_files import Strict, parse, read_yaml
from bot.settings import ROOT

PATH = ROOT / "data" / "clinic.yml"
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

Words = Optional[str]
Span = Tuple[time, time]
_SPAN = re.compile(r"(\d\d:\d\d)-(\d\d:\d\d)")
_ID = "^[a-z][a-z0-9_]{0,39}$"


class Clinic(Strict):
    """Who the clinic is."""

    name: str
    state: Words
    timezone: str

    @validator("timezone")
    def _known(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError) as problem:
            raise ValueError(f"no time zone is called {name!r}") from problem
        return name


class Contact(Strict):
    """How to reach the clinic; the phone is the one thing every answer may fall back on."""

    phone: str
    fax: Words
    email: Words
    form_url: Words
    callback_time: Words
    after_hours: Words
    billing: Words


class Hours(Strict):
    """Opening hours by day of the week, in the clinic's own time."""

    weekly: Dict[str, List[Span]]
    holidays: Words
    phone: Words
    closed_days: List[date] = []

    @validator("weekly", pre=True)
    def _spans(cls, weekly: Mapping[str, List[str]]) -> Dict[str, List[Span]]:
        unknown = set(weekly) - set(DAYS)
        if unknown:
            raise ValueError(f"no day is called {sorted(unknown)[0]!r}")
        return {day: [_span(text) for text in spans] for day, spans in weekly.items()}


class Location(Strict):
    """Where the clinic is."""

    address: Words
    directions: Words
    map_url: Words
    parking: Words
    accessible_parking: Words
    transit: Words


class Access(Strict):
    """Help with getting in, around and understood."""

    building: Words
    equipment: Words
    restroom: Words
    interpreter: Words
    languages: Words
    notice_days: Words
    how_to_ask: Words


class Booking(Strict):
    """How visits are booked; `lead_hours` and `horizon_days` bound the times on offer."""

    arrive_early_minutes: Words
    forms: Words
    portal: Words
    typical_wait: Words
    next_available: Words
    waitlist: Words
    same_day: Words
    lead_hours: int = Field(24, ge=0)
    horizon_days: int = Field(60, ge=1, le=365)


class VisitType(Strict):
    """A kind of evaluation, its length, and whom it is for."""

    id: str = Field(..., regex=_ID)
    name: str
    minutes: int = Field(..., ge=15, le=240, multiple_of=15)
    ages: str = Field(..., regex="^(adult|child)$")


class Visits(Strict):
    """What can be booked; at least one visit type for adults and one for children."""

    session_minutes: Optional[int]
    types: List[VisitType] = Field(..., min_items=1)

    @validator("types")
    def _for_everybody(cls, types: List[VisitType]) -> List[VisitType]:
        for ages in ("adult", "child"):
            if not any(visit.ages == ages for visit in types):
                raise ValueError(f"no visit type has ages: {ages}")
        return types


class Clinician(Strict):
    """A therapist, and the visit types this therapist gives."""

    id: str = Field(..., regex=_ID)
    name: str
    visit_types: List[str] = Field(..., min_items=1)


class Prices(Strict):
    """What a visit costs."""

    evaluation: Words
    session: Words
    home_visit: Words
    payment_methods: Words
    payment_plan: Words
    sliding_scale: Words


class Insurance(Strict):
    """Which plans the clinic bills."""

    accepted: Words
    medicare: Words
    medicaid: Words


class Policies(Strict):
    """The clinic's rules."""

    referral: Words
    cancellation_notice: Words
    cancellation_how: Words
    late_cancel_fee: Words
    no_show_fee: Words
    late_arrival_minutes: Words
    illness: Words
    minors: Words
    visitors: Words
    same_therapist: Words
    contact_with_others: Words


class Services(Strict):
    """What the clinic does, and does not."""

    list: Words
    age_groups: Words
    conditions: Words
    hand_therapy: Words
    driving: Words
    work_rehab: Words
    mental_health: Words
    home_visits: Words
    home_visit_area: Words
    telehealth: Words
    telehealth_how: Words
    pt: Words
    not_offered: Words
    community_resources: Words


class Staff(Strict):
    """Who works there."""

    list: Words
    certifications: Words


class Equipment(Strict):
    """Whether the clinic sells or lends equipment."""

    sales: Words
    loan: Words


class Privacy(Strict):
    """What the clinic keeps of a chat."""

    stored: Words
    who_sees: Words
    retention: Words
    chat_is_record: Words
    policy_url: Words


class Profile(Strict):
    """The whole profile."""

    clinic: Clinic
    contact: Contact
    hours: Hours
    location: Location
    access: Access
    booking: Booking
    visits: Visits
    clinicians: List[Clinician] = Field(..., min_items=1)
    prices: Prices
    insurance: Insurance
    policies: Policies
    services: Services
    staff: Staff
    equipment: Equipment
    privacy: Privacy

    @validator("clinicians", each_item=True)
    def _gives_known_visits(
        cls,
        clinician: Clinician,
        values: Mapping[str, Any],
    ) -> Clinician:
        known = {visit.id for visit in values["visits"].types} if "visits" in values else set()
        unknown = set(clinician.visit_types) - known
        if unknown:
            raise ValueError(f"{clinician.id}: no visit type is called {sorted(unknown)[0]!r}")
        return clinician

    @property
    def zone(self) -> ZoneInfo:
        """The clinic's time zone."""
        return ZoneInfo(self.clinic.timezone)

    def fields(self) -> Dict[str, str]:
        """Every known fact as words, by `section.field`; what the clinic left out is absent."""
        words = {
            f"{section}.{name}": str(value)
            for section, part in self
            if isinstance(part, Strict)
            for name, value in part
            if isinstance(value, (str, int))
        }
        minutes = sorted({visit.minutes for visit in self.visits.types})
        words["visits.evaluation_minutes"] = " to ".join(
            str(end) for end in dict.fromkeys((minutes[0], minutes[-1]))
        )
        words["hours.weekly"] = spoken_week(self.hours.weekly, DAYS)
        words["hours.weekend"] = spoken_week(self.hours.weekly, DAYS[5:])
        return words


_DERIVED = frozenset(("hours.weekly", "hours.weekend", "visits.evaluation_minutes"))
_WRITTEN = {
    f"{section}.{name}": field
    for section, part in Profile.__fields__.items()
    if isinstance(part.outer_type_, type) and issubclass(part.outer_type_, Strict)
    for name, field in part.type_.__fields__.items()
    if isinstance(field.outer_type_, type) and issubclass(field.outer_type_, (str, int))
}

FIELDS = frozenset(_WRITTEN) | _DERIVED
"""Every field name an answer may use in braces."""

ALWAYS_KNOWN = frozenset(name for name, field in _WRITTEN.items() if not field.allow_none) | _DERIVED
"""Those that no clinic can leave out."""


def read_profile(path: Path = PATH) -> Profile:
    """The clinic profile.

    Raises:
        ContentError: names the file, and the field that is wrong.
    """
    return parse(path, Profile, read_yaml(path))


def spoken_week(weekly: Mapping[str, List[Span]], days: Tuple[str, ...]) -> str:
    """Hours in words, days with the same hours together: "Monday to Thursday 8 am to 6 pm"."""
    groups: List[Tuple[List[str], str]] = []
    for day in days:
        words = " and ".join(
            f"{spoken_time(start)} to {spoken_time(end)}" for start, end in weekly.get(day, [])
        )
        if groups and groups[-1][1] == words:
            groups[-1][0].append(day.capitalize())
        else:
            groups.append(([day.capitalize()], words))
    return ", ".join(
        f"{_day_range(names)} {words}" if words else f"closed {_day_range(names)}" for names, words in groups
    )


def spoken_time(moment: time) -> str:
    """A time of day as people say it: "8 am", "2:30 pm", "12 pm" (noon)."""
    hour = moment.hour % 12 or 12
    minutes = f":{moment.minute:02d}" if moment.minute else ""
    return f"{hour}{minutes} {'am' if moment.hour < 12 else 'pm'}"


def _day_range(names: List[str]) -> str:
    if len(names) < 3:
        return " and ".join(names)
    return f"{names[0]} to {names[-1]}"


def _span(text: str) -> Span:
    match = _SPAN.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is not of the form 08:00-18:00")
    start, end = (time.fromisoformat(part) for part in match.groups())
    if start >= end:
        raise ValueError(f"{text!r} ends before it starts")
    return start, end
