"""A visit that is being talked about: what is known of it, and what a person just sent."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, time
from typing import Any, Dict, Mapping, Optional, Tuple

from bot.booking.model import TimeWish

QUESTIONS = (
    "visit_for",
    "visit_time",
    "full_name",
    "contact",
    "visit_needs",
    "visit_reason",
    "booking_confirmed",
)
"""The questions of the booking form in their order; they are also the names of its slots."""

WAITING_LIST = "waiting_list"
"""Stands in place of a time for somebody who would rather wait for another one."""

Changes = Dict[str, Any]
"""New values by field of the draft; None empties a field, so that it is asked again."""


@dataclass(frozen=True)
class Reply:
    """What a person sent: words, or the choice of a button; and the topic the words were taken for."""

    text: str
    choice: Mapping[str, str] = field(default_factory=dict)
    topic: Optional[str] = None

    @property
    def asks(self) -> bool:
        """Whether these words were taken for a question that has a written answer."""
        return bool(self.topic and self.topic.startswith("faq/"))


@dataclass(frozen=True)
class Draft:
    """What is known of the visit so far; None is still to be asked.

    `offered_times` and `refused_times` are ids of times, the offered ones in the order they were shown.
    `time_wish` and `day_in_doubt` are as `wish_kept` and `Doubtful` have them.
    """

    visit_for: Optional[str] = None
    visit_type: Optional[str] = None
    visit_time: Optional[str] = None
    full_name: Optional[str] = None
    contact: Optional[str] = None
    visit_needs: Optional[Tuple[str, ...]] = None
    visit_reason: Optional[str] = None
    booking_confirmed: Optional[bool] = None
    time_wish: Optional[Mapping[str, Any]] = None
    day_in_doubt: Optional[Mapping[str, str]] = None
    offered_times: Tuple[str, ...] = ()
    refused_times: Tuple[str, ...] = ()

    @property
    def wish(self) -> TimeWish:
        """When the person would like to come, as far as they said."""
        return wish_of(self.time_wish or {})


def wish_kept(wish: TimeWish) -> Dict[str, Any]:
    """A wish in plain values, to be kept with the conversation."""
    named = {
        "first_day": wish.first_day and wish.first_day.isoformat(),
        "last_day": wish.last_day and wish.last_day.isoformat(),
        "earliest": wish.earliest and wish.earliest.isoformat("minutes"),
        "latest": wish.latest and wish.latest.isoformat("minutes"),
    }
    kept: Dict[str, Any] = {name: value for name, value in named.items() if value}
    if wish.weekdays != TimeWish().weekdays:
        kept["weekdays"] = sorted(wish.weekdays)
    return kept


def wish_of(kept: Mapping[str, Any]) -> TimeWish:
    """The wish that was kept."""
    days = {name: date.fromisoformat(kept[name]) for name in ("first_day", "last_day") if name in kept}
    hours = {name: time.fromisoformat(kept[name]) for name in ("earliest", "latest") if name in kept}
    return TimeWish(
        days.get("first_day"),
        days.get("last_day"),
        hours.get("earliest"),
        hours.get("latest"),
        frozenset(kept.get("weekdays", TimeWish().weekdays)),
    )
