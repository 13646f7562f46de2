"""A wish for a time, put together from days and hours, and from one message and the next."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Optional

from bot.booking.model import TimeWish
from bot.booking.when.days import EVERY_DAY, DaysWish, read_days, within
from bot.booking.when.hours import read_hours
from bot.booking.when.values import Doubt
from bot.booking.when.words import plain

_SOONEST = re.compile(
    r"\b(?:as soon as (?:possible|you can|i can|we can)|a\.?s\.?a\.?p|(?:the )?(?:soonest|earliest|first)"
    r" (?:available|possible|opening|time|appointment|slot|you have|one you have)|soonest|first available"
    r"|any ?time|any day|whenever|right away|the (?:sooner|earlier) the better)\b"
)


@dataclass(frozen=True)
class Reading:
    """What one message says of when.

    `soonest` lifts what was wished before. `bare` names days of the week that may lie in a week named
    before. `doubt` tells why the day should be asked about; the wish is then the likeliest reading.
    """

    wish: TimeWish
    soonest: bool = False
    bare: bool = False
    doubt: Optional[Doubt] = None

    @property
    def says_nothing(self) -> bool:
        """Whether the message names no time at all."""
        return self.wish.is_open and not self.soonest and self.doubt is None


def read_when(text: str, today: date) -> Reading:
    """What a text says of when somebody would like to come.

    Args:
        text: any text; of very long ones the beginning is read.
        today: the day of writing on the clinic's own calendar; days are read as yet to come.
    """
    words = plain(text)
    days, rest = read_days(words, today)
    earliest, latest = read_hours(rest)
    wish = TimeWish(days.first, days.last, earliest, latest, days.weekdays)
    return Reading(wish, bool(_SOONEST.search(rest)) and wish.is_open, days.bare, days.doubt)


def combine(before: TimeWish, reading: Reading) -> TimeWish:
    """The wish after one more message: what it does not name stays as it was."""
    new = reading.wish
    if reading.soonest:
        return new
    days = _days_after(before, reading)
    hours = before if (new.earliest, new.latest) == (None, None) else new
    return TimeWish(days.first, days.last, hours.earliest, hours.latest, days.weekdays)


def _days_after(before: TimeWish, reading: Reading) -> DaysWish:
    known, new = _days_of(before), _days_of(reading.wish)
    only_weekdays = new.first is None and new.last is None
    if only_weekdays and new.weekdays == EVERY_DAY:
        return known
    if known.is_span and (reading.bare or only_weekdays):
        return within(known, new)
    if only_weekdays and known.first is not None and known.first.weekday() in new.weekdays:
        return known
    return new


def _days_of(wish: TimeWish) -> DaysWish:
    return replace(DaysWish(), first=wish.first_day, last=wish.last_day, weekdays=wish.weekdays)
