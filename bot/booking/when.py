"""When somebody would like to come, read from their own words."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import Optional, Tuple

import dateparser

from bot.booking.model import TimeWish
from bot.content.timetable import DAYS

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
_REFUSED_DAY = re.compile(rf"\b(?:not|except|can'?t(?:\s+(?:do|make))?)\s+(?:on\s+)?{_WEEKDAY.pattern}", re.I)
_HOUR = r"\b(?P<hour>\d{1,2})(?::(?P<minute>\d\d))?\s*(?P<half>a\.?m\b\.?|p\.?m\b\.?|o'?clock)?"
_CLOCK = re.compile(_HOUR, re.I)
_SPAN = re.compile(
    rf"(?:\b(?P<lead>between|from)\s+)?{_HOUR}\s*(?:-|–|to|and|until|till)\s*{re.sub('>', '2>', _HOUR)}", re.I
)
_NAMES_A_TIME = re.compile(r"\b(?:at|after|before|by|around|about|from|until)\s*$")
_FROM = re.compile(r"\b(?:after|from|not before)\s*$")
_UNTIL = re.compile(r"\b(?:before|by|until)\s*$")
_HOUR_WORDS = "one two three four five six seven eight nine ten eleven twelve".split()
_HOUR_WORD = re.compile(rf"\b(?:{'|'.join(_HOUR_WORDS)})\b", re.I)
_HALF_PAST = re.compile(r"\bhalf past (\d{1,2})\b", re.I)
_NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4}
_PARTS = (
    (re.compile(r"\bmornings?\b|\bbefore (?:noon|lunch)\b", re.I), (None, time(11, 59))),
    (re.compile(r"\bafternoons?\b|\bafter (?:noon|lunch)\b", re.I), (time(12), None)),
    (re.compile(r"\bevenings?\b|\bafter (?:work|school)\b", re.I), (time(15), None)),
    (re.compile(r"\bnoon\b|\bmidday\b", re.I), (time(12), time(12))),
)
_HORIZON = timedelta(days=365)

_Times = Tuple[Optional[time], Optional[time]]


def read_wish(text: str, today: date) -> TimeWish:
    """The days and times of day that a text asks for; an open wish when it names none.

    Args:
        today: the day of writing on the clinic's own calendar; days are read as yet to come.
    """
    days, rest = _days(_REFUSED_DAY.sub(" ", text), today)
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


def _weekend_of(day: date) -> Tuple[date, date]:
    saturday = day + timedelta(days=(5 - day.weekday()) % 7)
    return saturday, saturday + timedelta(days=1)


_DAY_READERS = (
    (_MONTH_DAY, _named_date),
    (_DAY_OF_MONTH, _day_of_month),
    (re.compile(r"\bday after tomorrow\b", re.I), lambda _m, t: _one(t + timedelta(days=2))),
    (re.compile(r"\btom+or+ow\b", re.I), lambda _m, t: _one(t + timedelta(days=1))),
    (re.compile(r"\btoday\b", re.I), lambda _m, t: _one(t)),
    (_WEEKDAY, _weekday),
    (_IN_DAYS, _in_days),
    (re.compile(r"\bweekends?\b", re.I), lambda _m, t: _weekend_of(t)),
    (re.compile(r"\bnext week\b", re.I), lambda _m, t: _week_of(t + timedelta(weeks=1))),
    (re.compile(r"\bthis week\b", re.I), lambda _m, t: (t, _week_of(t)[1])),
)


def _times(text: str) -> _Times:
    """Earliest and latest start."""
    text = _in_digits(text)
    found = _span(text) or _moment(text)
    if found:
        return found
    return next((part for pattern, part in _PARTS if pattern.search(text)), (None, None))


def _span(text: str) -> Optional[_Times]:
    """A span like "between 2 and 4" or "10-11:30"; None when the numbers may as well be something else."""
    match = _SPAN.search(text)
    if not match or not (match["lead"] or match["half"] or match["minute2"] or match["half2"]):
        return None
    earliest = _clock_time(match["hour"], match["minute"], match["half"])
    latest = _clock_time(match["hour2"], match["minute2"], match["half2"])
    return (earliest, latest) if earliest and latest and earliest < latest else None


def _moment(text: str) -> Optional[_Times]:
    """A moment like "at 10", "after 3 pm" or "9:30"; None when no time of day is named."""
    for match in _CLOCK.finditer(text):
        before = text[: match.start()].lower()
        if not (match["half"] or match["minute"] or _NAMES_A_TIME.search(before)):
            continue
        named = _clock_time(match["hour"], match["minute"], match["half"])
        if named and _FROM.search(before):
            return named, None
        if named and _UNTIL.search(before):
            return None, named
        if named:
            return named, named
    return None


def _clock_time(hour_digits: str, minute_digits: Optional[str], half_of_day: Optional[str]) -> Optional[time]:
    """A time of day; an hour from 1 to 6 that names no half is in the afternoon, as a clinic's hours are."""
    hour, minute, half = int(hour_digits), int(minute_digits or 0), (half_of_day or "").lower()
    if (half.startswith("p") and hour < 12) or (not half.startswith("a") and 1 <= hour <= 6):
        hour += 12
    if half.startswith("a") and hour == 12:
        hour = 0
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _in_digits(text: str) -> str:
    """Hours in digits: "nine" is "9", "half past nine" is "9:30"."""
    digits = _HOUR_WORD.sub(lambda match: str(_HOUR_WORDS.index(match.group().lower()) + 1), text)
    return _HALF_PAST.sub(r"\1:30", digits)
