"""Finding the words that name days, each read by itself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Callable, List, Optional, Tuple

import dateparser

from bot.booking.when.values import Days, Doubt, month_of, months_after, one, week_of
from bot.booking.when.words import MONTH, WEEKDAYS

MOST = 12
"""Days that one message can name; what comes later is not read."""

READ = "\n"
"""Stands for every sign that has been read; a plain text holds no line break."""

WEEKDAY = (
    r"(?P<day>(?:mon|tues|wednes|thurs|fri|satur|sun)days?"
    r"|(?<=\bon )(?:sat|sun|wed)|(?:(?<=this )|(?<=next )|(?<=or )|(?<=for )|^)(?:sat|sun|wed)"
    r"|mon|tues?|weds|thurs?|thu|fri)\b"
)
_DAY = r"(?P<number>\d{1,2})(?:st|nd|rd|th)"
_NOUN = (
    r"(?! (?:one|time|grade|grader|floor|street|st|ave|avenue|visit|option|opinion|birthday|slot|choice)\b)"
)
_COUNT = r"(?P<count>an?|one|two|three|four|five|six|\d{1,2}|(?:a )?couple(?: of)?)"
_UNIT = r"(?P<unit>day|week|month)s?"
_WEEK = r"(?P<week>this|next|the following|the coming|the|(?=week after next)) ?week"
_PAST = re.compile(r"\b(?:had|was|were|been|since|last|hurt|broke|fell|began|started|happened|got|back)\b")
_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_DAYS_IN = {"day": 1, "week": 7, "month": 30}
_NTH = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4}


@dataclass(frozen=True)
class Mention:
    """Days, and where in the text they are named."""

    start: int
    end: int
    days: Days


def find_mentions(text: str, today: date) -> Tuple[List[Mention], str]:
    """The days that a plain text names, in their order; and the text with those words blotted out."""
    found: List[Mention] = []
    for pattern, read in _READERS:
        for match in islice(pattern.finditer(text), MOST):
            days = read(match, today)
            if days is not None:
                found.append(Mention(match.start(), match.end(), days))
        for mention in found:
            text = text[: mention.start] + READ * (mention.end - mention.start) + text[mention.end :]
    return sorted(found, key=lambda mention: mention.start)[:MOST], text


def _named_date(match: re.Match[str], today: date) -> Optional[Days]:
    """A date with a month, or in numbers, as the library reads it; without a year it is yet to come."""
    words = re.sub(r"\b(?:the|of)\b|\.(?!\d)", " ", match["date"])
    parsed = dateparser.parse(
        " ".join(words.split()),
        languages=["en"],
        settings={
            "RELATIVE_BASE": datetime.combine(today, time()),
            "PREFER_DATES_FROM": "current_period",
            "DATE_ORDER": "MDY",
            "REQUIRE_PARTS": ["day", "month"],
        },
    )
    if parsed is None:
        return Days(None, None, doubt=Doubt("unknown"))
    day = parsed.date()
    if day >= today:
        return one(day)
    next_one = _next_year(day, today)
    recent = today - day < timedelta(days=60) or str(day.year) in match["date"]
    return one(next_one, Doubt("past") if recent else None)


def _next_year(day: date, today: date) -> date:
    """The same date in the first year in which it is yet to come."""
    years = (today.year, today.year + 1, today.year + 2, today.year + 3, today.year + 4)
    moved = (_in_year(day, year) for year in years)
    return next(one for one in moved if one is not None and one >= today)


def _in_year(day: date, year: int) -> Optional[date]:
    """The same date in another year; February 29 is not in every one."""
    try:
        return day.replace(year=year)
    except ValueError:
        return None


def _span_in_month(match: re.Match[str], today: date) -> Optional[Days]:
    """Reads "March 3 to 10"."""
    ends = [_named_date_of(f"{match['month']} {match[end]}", today) for end in ("from", "to")]
    if ends[0] is None or ends[1] is None or ends[0] > ends[1]:
        return None
    return Days(ends[0], ends[1])


def _named_date_of(words: str, today: date) -> Optional[date]:
    match = re.match(r"(?P<date>.*)", words)
    days = _named_date(match, today) if match else None
    return days.first if days else None


def _day_of_month(match: re.Match[str], today: date) -> Optional[Days]:
    """Reads "the 14th", and "the 14th of next month"."""
    number, which = int(match["number"]), match.groupdict().get("which")
    for ahead in range(12):
        try:
            day = months_after(today, ahead + (which == "next")).replace(day=number)
        except ValueError:
            if which or not 1 <= number <= 31:
                return Days(None, None, doubt=Doubt("unknown"))
            continue
        if day >= today:
            return one(day, Doubt("past") if which == "this" and ahead else None)
    return None


def _weekday_of(match: re.Match[str]) -> int:
    return next(i for i, day in enumerate(WEEKDAYS) if day.startswith(match["day"][:3]))


def _coming(weekday: int, today: date) -> date:
    """The next such day after today."""
    return today + timedelta(days=(weekday - today.weekday()) % 7 or 7)


def _weekday(match: re.Match[str], today: date) -> Days:
    """Reads "Tuesday" as the next one, "Tuesdays" as any, "next Tuesday" as the one of the coming week."""
    weekday, which = _weekday_of(match), match["which"] or ""
    if match["day"].endswith("days") or which in ("every", "any"):
        return Days(None, None, frozenset([weekday]))
    coming = _coming(weekday, today)
    if which.startswith("this") and weekday == today.weekday():
        return one(today)
    if which != "next":
        return Days(coming, coming, bare=True)
    this_week = week_of(today).last
    if today.weekday() == 6:
        return one(coming, Doubt("next", coming + timedelta(days=7)))
    if this_week is not None and coming <= this_week:
        return one(coming + timedelta(days=7), Doubt("next", coming))
    return one(coming)


def _weekday_in_week(match: re.Match[str], today: date) -> Days:
    ahead = 7 if match["week"] in ("next", "the following", "the coming") else 0
    day = today - timedelta(days=today.weekday()) + timedelta(days=ahead + _weekday_of(match))
    if day < today:
        return one(day + timedelta(days=7), Doubt("past"))
    return Days(day, day, in_week=True)


def _weeks_from_weekday(match: re.Match[str], today: date) -> Days:
    """Reads "a week from Friday"."""
    return one(_coming(_weekday_of(match), today) + timedelta(weeks=_count(match)))


def _weekday_weeks_away(match: re.Match[str], today: date) -> Days:
    """Reads "Friday in two weeks", "Friday after next"."""
    weeks = _count(match) if match.groupdict().get("count") else 2
    return one(today + timedelta(days=7 * weeks - today.weekday() + _weekday_of(match)))


def _nth_weekday(match: re.Match[str], today: date) -> Optional[Days]:
    """Reads "the second Tuesday of March"."""
    month = _month_named(match["month"], today)
    if month is None:
        return None
    weekday, nth = _weekday_of(match), _NTH.get(match["nth"])
    if nth is None:
        last = months_after(month, 1) - timedelta(days=1)
        return one(last - timedelta(days=(last.weekday() - weekday) % 7))
    day = month + timedelta(days=(weekday - month.weekday()) % 7 + 7 * (nth - 1))
    return one(day) if day.month == month.month and day >= today else None


def _month_named(words: str, today: date) -> Optional[date]:
    """The first day of "March", "next month" or "the month"."""
    if words.endswith("month"):
        return months_after(today, 1 if words.startswith("next") else 0)
    return _named_date_of(f"{words} 1", today.replace(day=1))


def _away(match: re.Match[str], today: date) -> Days:
    """Reads "in 3 days" is a day; weeks and months are said of about then."""
    day = today + timedelta(days=_count(match) * _DAYS_IN[match["unit"]])
    return one(day) if match["unit"] == "day" else week_of(day)


def _within(match: re.Match[str], today: date) -> Days:
    """Reads "within a week" as any day until then."""
    return Days(today, today + timedelta(days=_count(match) * _DAYS_IN[match["unit"]]))


def _count(match: re.Match[str]) -> int:
    word = match["count"]
    return 2 if "couple" in word else 1 if word in ("a", "an") else _NUMBERS.get(word) or int(word)


def _away_from(match: re.Match[str], today: date) -> Days:
    """Reads "a week from tomorrow" is a day."""
    base = 1 if match["base"] == "tomorrow" else 0
    return one(today + timedelta(days=base + _count(match) * _DAYS_IN[match["unit"]]))


def _week(match: re.Match[str], today: date) -> Optional[Days]:
    """This week from today on, or a later one; its beginning or end if so said."""
    ahead = 2 if match["after"] else {"this": 0, "the": 0}.get(match["week"], 1)
    if match["week"] == "the" and not (match["after"] or match["part"]):
        return None  # "the week of the 14th"
    week = week_of(today + timedelta(weeks=ahead))
    return _part_of(week, match["part"], 2, today)


def _month(match: re.Match[str], today: date) -> Optional[Days]:
    """A whole month, or its beginning, middle or end; None where it tells of what has been."""
    if _PAST.search(match.string[max(0, match.start() - 40) : match.start()]):
        return None
    first = _month_named(match["month"], today)
    return None if first is None else _part_of(month_of(first), match["part"], 9, today)


def _part_of(days: Days, part: Optional[str], reach: int, today: date) -> Days:
    assert days.first is not None
    assert days.last is not None
    first, last = max(days.first, today), days.last
    if part and re.match(r"late|(?:the )?(?:end|last)", part):
        first = max(first, last - timedelta(days=reach if reach > 2 else 4))
    elif part and part.startswith("mid"):
        middle = days.first + (last - days.first) / 2
        first, last = max(first, middle - timedelta(days=reach // 2)), middle + timedelta(days=reach // 2)
    elif part:
        last = max(first, days.first + timedelta(days=reach))
    return Days(first, max(first, last))


def _weekend(match: re.Match[str], today: date) -> Days:
    if match["which"] in (None, "any", "every", "on"):
        return Days(None, None, frozenset((5, 6)))
    saturday = today + timedelta(days=(5 - today.weekday()) % 7)
    if match["which"] == "next":
        saturday = today - timedelta(days=today.weekday()) + timedelta(days=12)
    return Days(saturday, saturday + timedelta(days=1))


def _ahead(days: int) -> Callable[[re.Match[str], date], Days]:
    return lambda _match, today: one(today + timedelta(days=days))


_PART = r"(?:(?P<part>early|mid|late|(?:the )?(?:beginning|start|middle|end|first week|last week) of)[ -]?)?"
_NAMED = (
    rf"(?:the )?\d{{1,2}}(?:st|nd|rd|th)?,? (?:of )?{MONTH}(?:,? (?:of )?\d{{4}}\b)?"
    rf"|{MONTH} (?:the )?\d{{1,2}}(?:st|nd|rd|th)?(?![\d:])(?! ?(?:am|pm)\b)(?:,? \d{{4}}\b)?"
    r"|\d{4}-\d\d-\d\d|\d{1,2}/\d{1,2}(?:/\d{4}|/\d\d)?(?![\d/])"
)
_Read = Callable[["re.Match[str]", date], Optional[Days]]
_READERS: Tuple[Tuple[re.Pattern[str], _Read], ...] = tuple(
    (re.compile(pattern), read)
    for pattern, read in (
        (
            rf"\b(?P<month>{MONTH}) (?P<from>\d{{1,2}})(?:st|nd|rd|th)? ?(?:-|to|through|until) ?"
            r"(?P<to>\d{1,2})(?:st|nd|rd|th)?\b(?![:/])(?! ?(?:am|pm)\b)",
            _span_in_month,
        ),
        (rf"\b(?<![\d/.-])(?P<date>{_NAMED})(?: of this month)?", _named_date),
        (rf"\b(?:the )?{_DAY} of (?P<which>this|next|the) month\b", _day_of_month),
        (
            rf"\b(?P<nth>first|second|third|fourth|last|1st|2nd|3rd|4th) {WEEKDAY} (?:of|in) "
            rf"(?P<month>{MONTH}|(?:next|this|the) month)",
            _nth_weekday,
        ),
        (rf"\bthe {_DAY}\b{_NOUN}", _day_of_month),
        (r"\bon the (?P<number>\d{1,2})\b(?![:/]| ?(?:am|pm)\b)", _day_of_month),
        (rf"\b{_DAY}\b{_NOUN}", _day_of_month),
        (
            rf"\byesterday\b|\blast (?:week|month|year|night|{WEEKDAY})|\b{_COUNT} {_UNIT} ago\b",
            lambda _m, _t: Days(None, None, doubt=Doubt("past")),
        ),
        (rf"\b{_COUNT} weeks? from (?:this )?{WEEKDAY}", _weeks_from_weekday),
        (rf"\b{WEEKDAY} in {_COUNT} weeks\b", _weekday_weeks_away),
        (rf"\b{WEEKDAY} (?:after next|the week after next)\b", _weekday_weeks_away),
        (rf"\b{WEEKDAY}(?: of| in|,)? {_WEEK}\b", _weekday_in_week),
        (rf"\b{_WEEK}(?: on|,)? {WEEKDAY}", _weekday_in_week),
        (rf"\b(?:(?P<which>next|this coming|this|coming|every|any) )?{WEEKDAY}", _weekday),
        (rf"\b{_COUNT} {_UNIT} from (?P<base>today|now|tomorrow)\b", _away_from),
        (r"\b(?:the )?day after tomorrow\b", _ahead(2)),
        (r"\btomorrow\b", _ahead(1)),
        (r"\b(?:later )?today\b|\bthis (?=morning|afternoon|evening)|\bto(?=night\b)", _ahead(0)),
        (rf"\b(?:within|(?:in |within )?the next) {_COUNT} {_UNIT}\b", _within),
        (rf"\bin (?:about |like )?{_COUNT} {_UNIT}(?: time)?\b", _away),
        (rf"\b{_COUNT} {_UNIT} (?:away|out|later)\b", _away),
        (rf"\b{_PART}{_WEEK}(?P<after> after next)?\b", _week),
        (r"\b(?:(?P<which>any|every|on|this|next|the|the coming) )?weekends?\b", _weekend),
        (
            r"\bweekdays\b|\bany weekday\b|\bduring the week\b",
            lambda _m, _t: Days(None, None, frozenset(range(5))),
        ),
        (rf"\b{_PART}(?P<month>(?:this|next|the) month)\b", _month),
        (
            r"\b(?:in |for |(?=early|mid|late|the |beginning|start|middle|end|first|last))"
            rf"{_PART}(?P<month>{MONTH})(?! \d)",
            _month,
        ),
    )
)
