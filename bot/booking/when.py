"""When somebody would like to come, read from their own words."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import Optional, Tuple

import dateparser

from bot.booking.model import TimeWish
from bot.content.profile import DAYS

_WEEKDAY = re.compile(
    r"\b(?P<next>next\s+)?(?P<day>mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?s?\b", re.I
)
_MONTH_DAY = re.compile(
    r"\b(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+\d{1,2}(?:st|nd|rd|th)?"
    r"|\d{1,2}(?:st|nd|rd|th)?\s+(?:of\s+)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
    r"|\d{1,2}/\d{1,2}(?:/\d{2,4})?)\b",
    re.I,
)
_DAY_OF_MONTH = re.compile(r"\bthe\s+(\d{1,2})(?:st|nd|rd|th)\b", re.I)
_IN_DAYS = re.compile(r"\bin\s+(a|an|one|two|three|four|\d+)\s+(day|week)s?\b", re.I)
_CLOCK = re.compile(
    r"\b(?P<hour>\d{1,2})(?::(?P<minute>\d\d))?\s*(?P<half>a\.?m\b\.?|p\.?m\b\.?|o'?clock)?", re.I
)
_NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4}
_PARTS = (
    (re.compile(r"\bmornings?\b|\bbefore (?:noon|lunch)\b", re.I), (None, time(11, 59))),
    (re.compile(r"\bafternoons?\b|\bafter (?:noon|lunch)\b", re.I), (time(12), None)),
    (re.compile(r"\bevenings?\b|\bafter (?:work|school)\b", re.I), (time(15), None)),
    (re.compile(r"\bnoon\b|\bmidday\b", re.I), (time(12), time(12))),
)
_HORIZON = timedelta(days=365)


def read_wish(text: str, today: date) -> TimeWish:
    """The days and times of day that a text asks for; an open wish when it names none.

    Args:
        today: the day of writing on the clinic's own calendar; days are read as yet to come.
    """
    days, rest = _days(text, today)
    earliest, latest = _times(rest)
    return TimeWish(days[0], days[1], earliest, latest)


def _days(text: str, today: date) -> Tuple[Tuple[Optional[date], Optional[date]], str]:
    """First and last day, and the text without the words that named them."""
    for pattern, read in _DAY_READERS:
        match = pattern.search(text)
        found = read(match, today) if match else None
        if match and found:
            return found, text[: match.start()] + " " + text[match.end() :]
    return (None, None), text


def _named_date(match: re.Match[str], today: date) -> Optional[Tuple[date, date]]:
    parsed = dateparser.parse(
        match.group().replace(" of ", " "),
        languages=["en"],
        settings={
            "PREFER_DATES_FROM": "future",
            "RELATIVE_BASE": datetime.combine(today, time()),
            "DATE_ORDER": "MDY",
        },
    )
    return None if parsed is None else _one(parsed.date())


def _day_of_month(match: re.Match[str], today: date) -> Optional[Tuple[date, date]]:
    number = int(match.group(1))
    day = today
    while day < today + _HORIZON:
        if day.day == number:
            return _one(day)
        day += timedelta(days=1)
    return None


def _weekday(match: re.Match[str], today: date) -> Optional[Tuple[date, date]]:
    wanted = next(i for i, day in enumerate(DAYS) if day.startswith(match.group("day").lower()[:3]))
    day = today + timedelta(days=(wanted - today.weekday()) % 7 or 7)
    if match.group("next") and day - today < timedelta(days=7 - today.weekday()):
        day += timedelta(days=7)  # "next Friday" on a Monday is the Friday of the coming week
    return _one(day)


def _in_days(match: re.Match[str], today: date) -> Optional[Tuple[date, date]]:
    word = match.group(1).lower()
    count = _NUMBERS.get(word) or int(word)
    if match.group(2).lower() == "day":
        return _one(today + timedelta(days=count))
    return _week_of(today + timedelta(weeks=count))


def _one(day: date) -> Tuple[date, date]:
    return day, day


def _week_of(day: date) -> Tuple[date, date]:
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)


_DAY_READERS = (
    (_MONTH_DAY, _named_date),
    (_DAY_OF_MONTH, _day_of_month),
    (re.compile(r"\bday after tomorrow\b", re.I), lambda _m, t: _one(t + timedelta(days=2))),
    (re.compile(r"\btom+or+ow\b", re.I), lambda _m, t: _one(t + timedelta(days=1))),
    (re.compile(r"\btoday\b", re.I), lambda _m, t: _one(t)),
    (_WEEKDAY, _weekday),
    (_IN_DAYS, _in_days),
    (re.compile(r"\bnext week\b", re.I), lambda _m, t: _week_of(t + timedelta(weeks=1))),
    (re.compile(r"\bthis week\b", re.I), lambda _m, t: (t, _week_of(t)[1])),
)


def _times(text: str) -> Tuple[Optional[time], Optional[time]]:
    """Earliest and latest start."""
    for match in _CLOCK.finditer(text):
        named = _clock_time(match)
        before = text[: match.start()].lower().rstrip().rsplit(" ", 2)
        if named is None:
            continue
        if before[-1] in {"after", "from"} or before[-2:] == ["not", "before"]:
            return named, None
        if before[-1] in {"before", "by", "until"}:
            return None, named
        return named, named
    for pattern, span in _PARTS:
        if pattern.search(text):
            return span
    return None, None


def _clock_time(match: re.Match[str]) -> Optional[time]:
    """A time of day; a bare hour from 1 to 6 is in the afternoon, as a clinic's hours are."""
    hour, half = int(match.group("hour")), (match.group("half") or "").lower()
    if (
        not half
        and not match.group("minute")
        and not re.search(
            r"\b(at|after|before|by|around|about|from)\s*$", match.string[: match.start()], re.I
        )
    ):
        return None
    if (half.startswith("p") and hour < 12) or (not half.startswith("a") and 1 <= hour <= 6):
        hour += 12
    if half.startswith("a") and hour == 12:
        hour = 0
    minute = int(match.group("minute") or 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None
