"""The part of the clinic profile that says what can be booked, with whom, where and when."""

from __future__ import annotations

import re
from datetime import date, time
from typing import Dict, List, Mapping, Optional, Sequence, Set, Tuple

from pydantic import Field, validator

from bot.content.facts import Statement, Words
from bot.content.yaml_files import Strict

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
Span = Tuple[time, time]
Week = Dict[str, List[Span]]
_SPAN = re.compile(r"(\d\d:\d\d)-(\d\d:\d\d)")
_ID = "^[a-z][a-z0-9_]{0,39}$"


class SpecialDay(Strict):
    """A day with hours of its own, at the whole clinic or of one clinician; no hours: away."""

    day: date
    hours: List[Span] = []
    clinician: Optional[str] = Field(None, regex=_ID)

    @validator("hours", pre=True)
    def _read(cls, hours: Sequence[str]) -> List[Span]:
        return [read_span(text) for text in hours]


class Hours(Strict):
    """Opening hours by day of the week, in the clinic's own time."""

    weekly: Week
    holidays: Statement
    phone: Words
    closed_days: List[date] = []
    special_days: List[SpecialDay] = []

    @validator("weekly", pre=True)
    def _read(cls, weekly: Mapping[str, Sequence[str]]) -> Week:
        return read_week(weekly)


class Booking(Strict):
    """How visits are booked; `lead_hours` and `horizon_days` bound the times on offer."""

    arrive_early_minutes: Words
    forms: Words
    portal: Words
    bring: Statement
    typical_wait: Words
    next_available: Words
    waitlist: Statement
    same_day: Statement
    lead_hours: int = Field(24, ge=0)
    horizon_days: int = Field(60, ge=1, le=365)


class VisitType(Strict):
    """A kind of visit: how long, for whom, where, and how long its clinician is busy around it.

    `minutes_before` and `minutes_after` (the way, notes, cleaning) are kept free of other visits.
    """

    id: str = Field(..., regex=_ID)
    name: str
    minutes: int = Field(..., ge=15, le=240, multiple_of=15)
    ages: str = Field("all", regex="^(adult|child|all)$")
    place: str = Field("clinic", regex="^(clinic|home|video)$")
    evaluation: bool = False
    minutes_before: int = Field(0, ge=0, le=120, multiple_of=15)
    minutes_after: int = Field(0, ge=0, le=120, multiple_of=15)

    def is_for(self, ages: str) -> bool:
        """Whether people of this age ("adult" or "child") can have it."""
        return self.ages in (ages, "all")


class Room(Strict):
    """A room that only one visit at a time can have, and the visit types that need it, or one like it."""

    id: str = Field(..., regex=_ID)
    name: str
    visit_types: List[str] = Field(..., min_items=1)


class Visits(Strict):
    """What can be booked; at least one evaluation for adults and one for children."""

    session_minutes: Optional[int]
    types: List[VisitType] = Field(..., min_items=1)
    rooms: List[Room] = []

    @validator("types")
    def _for_everybody(cls, types: List[VisitType]) -> List[VisitType]:
        refuse_twins(types)
        for ages in ("adult", "child"):
            if not any(visit.evaluation and visit.is_for(ages) for visit in types):
                raise ValueError(f"no evaluation has ages: {ages}")
        return types

    @validator("rooms")
    def _differ(cls, rooms: List[Room]) -> List[Room]:
        refuse_twins(rooms)
        return rooms

    @validator("rooms", each_item=True)
    def _for_known_visits(cls, room: Room, values: Mapping[str, List[VisitType]]) -> Room:
        known = {visit.id for visit in values.get("types", []) if visit.place == "clinic"}
        refuse_unknown(room.id, room.visit_types, known, "visit type at the clinic")
        return room


class Clinician(Strict):
    """A therapist, and the visit types this therapist gives; `hours` where they are not the clinic's."""

    id: str = Field(..., regex=_ID)
    name: str
    visit_types: List[str] = Field(..., min_items=1)
    hours: Optional[Week]

    @validator("hours", pre=True)
    def _read(cls, weekly: Mapping[str, Sequence[str]]) -> Week:
        return read_week(weekly)


def refuse_unknown(owner: str, named: Sequence[str], known: Set[str], kind: str) -> None:
    """Raise ValueError if something is named that is not known."""
    unknown = sorted(set(named) - known)
    if unknown:
        raise ValueError(f"{owner}: no {kind} is called {unknown[0]!r}")


def refuse_twins(named: Sequence[VisitType | Room | Clinician]) -> None:
    """Raise ValueError if two have the same id."""
    ids = [one.id for one in named]
    twins = sorted({id for id in ids if ids.count(id) > 1})
    if twins:
        raise ValueError(f"two are called {twins[0]!r}")


def read_week(weekly: Mapping[str, Sequence[str]]) -> Week:
    """Hours as they are written, {"monday": ["08:00-18:00"]}, by day.

    Raises:
        ValueError: no such day, or no such hours.
    """
    refuse_unknown("hours", list(weekly), set(DAYS), "day")
    return {day: [read_span(text) for text in spans] for day, spans in weekly.items()}


def read_span(text: str) -> Span:
    """Hours from "08:00-18:00".

    Raises:
        ValueError: not of this form, or they end before they start.
    """
    match = _SPAN.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is not of the form 08:00-18:00")
    start, end = (time.fromisoformat(part) for part in match.groups())
    if start >= end:
        raise ValueError(f"{text!r} ends before it starts")
    return start, end
