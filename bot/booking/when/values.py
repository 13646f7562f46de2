"""Days as values, and doubts about them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import FrozenSet, Optional


@dataclass(frozen=True)
class Doubt:
    """Why a date may not be what was meant, and another day that may be.

    `kind` is "past", "next" (this week's or the next one's), "mismatch" (the 14th is no Friday) or
    "unknown" (there is no such day).
    """

    kind: str
    other: Optional[date] = None


@dataclass(frozen=True)
class Days:
    """What a few words name: first to last day, both ends included; or days of the week, at any date."""

    first: Optional[date]
    last: Optional[date]
    weekdays: FrozenSet[int] = frozenset()
    bare: bool = False  # a day of the week by itself, which may lie in a week that is named elsewhere
    in_week: bool = False  # a day of the week said with its week: "Thursday next week"
    doubt: Optional[Doubt] = None


def one(day: date, doubt: Optional[Doubt] = None) -> Days:
    """One day."""
    return Days(day, day, doubt=doubt)


def week_of(day: date) -> Days:
    """Monday to Sunday."""
    monday = day - timedelta(days=day.weekday())
    return Days(monday, monday + timedelta(days=6))


def month_of(day: date) -> Days:
    """The whole month."""
    return Days(months_after(day, 0), months_after(day, 1) - timedelta(days=1))


def months_after(day: date, count: int) -> date:
    """The first day of the month so many months after that of a day."""
    months = day.year * 12 + day.month - 1 + count
    return date(months // 12, months % 12 + 1, 1)
