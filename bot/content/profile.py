"""The clinic profile: everything that is the clinic's own, from `data/clinic.yml`."""

from __future__ import annotations

import re
from datetime import date, time
from pathlib import Path
from typing import Any, Callable, Dict, Iterator, List, Mapping, Optional, Tuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, validator
from pydantic.validators import str_validator

from bot.content.yaml_files import Strict, parse, read_yaml
from bot.settings import ROOT

PATH = ROOT / "data" / "clinic.yml"
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class Sentence(str):
    """A fact that stands on its own: a capital letter comes first and a full stop last, as written or not."""

    @classmethod
    def __get_validators__(cls) -> Iterator[Callable[[str], Sentence]]:
        yield cls.of

    @classmethod
    def of(cls, text: str) -> Sentence:
        """The text as a sentence."""
        words = str_validator(text).strip()
        return cls(words[:1].upper() + words[1:] + ("" if words.endswith((".", "!", "?")) else "."))


Words = Optional[str]
Statement = Optional[Sentence]
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
    after_hours: Statement
    billing: Statement


class Hours(Strict):
    """Opening hours by day of the week, in the clinic's own time."""

    weekly: Dict[str, List[Span]]
    holidays: Statement
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
    directions: Statement
    map_url: Words
    parking: Statement
    accessible_parking: Statement
    transit: Statement


class Access(Strict):
    """Help with getting in, around and understood."""

    building: Statement
    equipment: Statement
    restroom: Statement
    interpreter: Statement
    languages: Words
    notice_days: Words
    how_to_ask: Statement


class Booking(Strict):
    """How visits are booked; `lead_hours` and `horizon_days` bound the times on offer."""

    arrive_early_minutes: Words
    forms: Words
    portal: Words
    typical_wait: Words
    next_available: Words
    waitlist: Statement
    same_day: Statement
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
    payment_plan: Statement
    sliding_scale: Statement


class Insurance(Strict):
    """Which plans the clinic bills."""

    accepted: Words
    medicare: Statement
    medicaid: Statement


class Policies(Strict):
    """The clinic's rules."""

    referral: Statement
    cancellation_notice: Words
    cancellation_how: Statement
    late_cancel_fee: Words
    no_show_fee: Words
    late_arrival_minutes: Words
    illness: Statement
    minors: Statement
    visitors: Statement
    same_therapist: Statement
    contact_with_others: Statement


class Services(Strict):
    """What the clinic does, and does not."""

    list: Words
    age_groups: Words
    conditions: Words
    hand_therapy: Statement
    driving: Statement
    work_rehab: Statement
    mental_health: Statement
    home_visits: Statement
    home_visit_area: Words
    telehealth: Statement
    telehealth_how: Statement
    pt: Statement
    not_offered: Words
    community_resources: Words


class Staff(Strict):
    """Who works there."""

    list: Words
    certifications: Statement


class Equipment(Strict):
    """Whether the clinic sells or lends equipment."""

    sales: Statement
    loan: Statement


class Privacy(Strict):
    """What the clinic keeps of a chat."""

    stored: Words
    who_sees: Statement
    retention: Words
    chat_is_record: Statement
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
        words["clinic.timezone"] = spoken_zone(self.clinic.timezone)
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

SENTENCES = frozenset(name for name, field in _WRITTEN.items() if field.outer_type_ is Sentence)
"""Those that are whole sentences, and stand by themselves in an answer."""


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


def spoken_zone(name: str) -> str:
    """A time zone as people say it: "Los Angeles time" for America/Los_Angeles."""
    return f"{name.rpartition('/')[2].replace('_', ' ')} time"


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
