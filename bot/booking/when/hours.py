"""Which times of day a text asks for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time
from itertools import islice
from typing import Callable, List, Optional, Tuple

from bot.booking.when.words import HOURS

MOST = 8
"""Times that one message can name; what comes later is not read."""

Times = Tuple[Optional[time], Optional[time]]
"""Earliest and latest start, both included; None leaves an end open."""

_END_OF_MORNING, _NOON, _END_OF_AFTERNOON = time(11, 59), time(12), time(17)
_NEAR = 30
_WORD = "|".join(HOURS)
_HOUR = rf"({_WORD}|\d{{1,2}})\b"
_NOT_AN_HOUR = (
    r"(?![\d:/%]|\.\d|st\b|nd\b|rd\b|th\b|(?: to \d{1,2})? ?-? ?(?:years?|yrs?|yo|days?|weeks?"
    r"|months?|hours?|minutes?|mins?|people|kids|children|visits?|times|sessions?|of|or (?:more|less))\b)"
)
_LEAD = r"(?:at|around|about|after|before|by|until|till|from|past|than|approximately)"
_PART = r"(?P<part>morning|afternoon|evening|night)s?\b"

_MINUTES = {
    "five": "05",
    "ten": "10",
    "fifteen": "15",
    "twenty": "20",
    "thirty": "30",
    "forty five": "45",
    "5": "05",
    "10": "10",
    "15": "15",
    "20": "20",
}

_AS_WRITTEN: Tuple[Tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"\bo ?'? ?clock\b"), lambda m: "oclock"),
    (re.compile(r"\b(?:12 )?noon\b|\bmid-?day\b"), lambda m: "12:00 pm"),
    (re.compile(rf"\b(?:half(?: past| after)?) {_HOUR}"), lambda m: f"{_digits(m[1])}:30"),
    (re.compile(rf"\b(?:a )?quarter (?:past|after) {_HOUR}"), lambda m: f"{_digits(m[1])}:15"),
    (
        re.compile(rf"\b(?:a )?quarter (?:to|till?|of|before) {_HOUR}"),
        lambda m: f"{(int(_digits(m[1])) - 2) % 12 + 1}:45",
    ),
    (
        re.compile(rf"\b(five|ten|fifteen|twenty|5|10|15|20) (?:minutes )?(?:past|after) {_HOUR}(?!:)"),
        lambda m: f"{_digits(m[2])}:{_MINUTES[m[1]]}",
    ),
    (
        re.compile(rf"\b{_HOUR}[ -](thirty|fifteen|forty[ -]five)\b"),
        lambda m: f"{_digits(m[1])}:{_MINUTES[m[2].replace('-', ' ')]}",
    ),
    (
        re.compile(r"\b(?<![\d.:/])([01]?\d|2[0-3])[.h]([0-5]\d)(?= ?[ap]\.?m|\b(?![.:/]))"),
        lambda m: f"{m[1]}:{m[2]}",
    ),
    (re.compile(r"\b(at|around|after|before) (0[7-9]|1\d)([0-5]\d)\b"), lambda m: f"{m[1]} {m[2]}:{m[3]}"),
    (
        re.compile(rf"\b({_WORD})(?=ish\b| ?(?:am|pm|[ap]\.m|oclock)\b| in the {_PART})"),
        lambda m: _digits(m[1]),
    ),
    (
        re.compile(rf"\b(between|from) {_HOUR} (and|to|until|till) {_HOUR}{_NOT_AN_HOUR}"),
        lambda m: f"{m[1]} {_digits(m[2])} {m[3]} {_digits(m[4])}",
    ),
    (
        re.compile(rf"\b({_LEAD}|mornings?|afternoons?|evenings?) ({_WORD})\b{_NOT_AN_HOUR}"),
        lambda m: f"{m[1]} {_digits(m[2])}",
    ),
)

_CLOCK_TIME = r"(?P<hour>\d{1,2})(?::(?P<minute>[0-5]\d))? ?(?P<half>a\.?m\b\.?|p\.?m\b\.?|oclock)?"
_CLOCK = re.compile(rf"(?<![\d:/.$#+-])\b{_CLOCK_TIME}(?:ish\b)?{_NOT_AN_HOUR}")
_SPAN = re.compile(
    rf"(?:\b(?P<lead>between|from) )?(?<![\d:/.$#+-])\b{_CLOCK_TIME} ?(?:-|to|and|until|till) ?"
    rf"{re.sub(r'(?<=[a-z])>', '2>', _CLOCK_TIME)}{_NOT_AN_HOUR}"
)
_NAMES_A_TIME = re.compile(rf"\b{_LEAD} $")
_FROM = re.compile(
    r"\b(?:(?<!not )(?<!nothing )(?:after|past)|from|(?<!no )(?<!not )later than|starting(?: at)?"
    r"|(?:not|nothing) (?:before|until)|(?:no|not) (?:earlier|sooner) than"
    r"|any ?time after)(?: about| around)? $"
)
_UNTIL = re.compile(
    r"\b(?:before|by|until|till|(?:earlier|sooner) than|(?:not|nothing) (?:after|past)|(?:no|not) later than)"
    r"(?: about| around)? $"
)
_FROM_BEHIND = re.compile(
    r"^ ?(?:or (?:later|after)|at the earliest|onwards?|and (?:later|after|onwards?))\b(?! the)"
)
_UNTIL_BEHIND = re.compile(r"^ ?(?:or (?:earlier|before|sooner)|at the latest)\b")
_REFUSED_HOUR = re.compile(r"\b(?:not|except|but not|instead of)(?: at)? $")
_PART_BEHIND = re.compile(rf"^,? ?(?:(?:in|at|of) (?:the )?|this )?{_PART}")
_PART_BEFORE = re.compile(rf"\b{_PART},?(?: at| around| about| by| like| of)? $")

_PARTS: Tuple[Tuple[re.Pattern[str], Times], ...] = tuple(
    (re.compile(pattern), times)
    for pattern, times in (
        (r"\b(?:early|first thing)(?: in the)? mornings?\b|\bfirst thing\b", (time(0), time(9, 59))),
        (r"\b(?:mid|late)[- ]?(?:in the )?mornings?\b", (time(10), _END_OF_MORNING)),
        (r"\b(?:early)(?: in the)? afternoons?\b", (_NOON, time(13, 59))),
        (r"\b(?:mid|late)[- ]?(?:in the )?afternoons?\b", (time(14, 30), _END_OF_AFTERNOON)),
        (r"\bmornings?\b|\bbefore lunch(?:time)?\b", (time(0), _END_OF_MORNING)),
        (r"\bafter lunch(?:time)?\b", (time(13), _END_OF_AFTERNOON)),
        (r"\bafternoons?\b", (_NOON, _END_OF_AFTERNOON)),
        (
            r"\bevenings?\b|\bto?nights?\b|\bnights?\b|\bafter (?:work|5ish)\b",
            (_END_OF_AFTERNOON, time(23, 59)),
        ),
        (r"\blunch(?: ?time| hour| break)?\b", (_NOON, time(13))),
        (r"\bafter (?:school|preschool|daycare|kindergarten|class(?:es)?)\b", (time(15), None)),
        (r"\bbefore (?:work|school|class)\b", (None, time(8, 30))),
        (r"\b(?:end of the|late in the) day\b", (time(15), None)),
        (r"\bearly in the day\b", (None, time(9, 59))),
    )
)
_REFUSED_PART = re.compile(
    r"(?:\b(?:no|not|never|but|except|avoid|hate|without)|n't(?: (?:do|like|make|come|work))?)"
    r"(?: (?:in|any))?(?: the)? $"
)
_PART_REFUSED_BEHIND = re.compile(
    r"^ (?:(?:is|are|does|do|will)(?:n't| not)|won't|(?:is|are) (?:bad|out|no good))"
)
_JOINED = re.compile(r"^(?:,? ?(?:or|and|/)[ \n]*(?:in )?(?:the )?(?:an |any )?|-)$")


@dataclass(frozen=True)
class _Moment:
    start: int
    end: int
    kind: str
    at: time


def read_hours(text: str) -> Times:
    """The times of day a plain text asks for."""
    for pattern, written in _AS_WRITTEN:
        text = pattern.sub(written, text)
    return _span(text) or _moments(text) or _parts(text)


def _digits(hour: str) -> str:
    return str(HOURS.index(hour) + 1) if hour in HOURS else hour


def _span(text: str) -> Optional[Times]:
    """A span like "between 2 and 4" or "10-11:30"; None when the numbers may as well be something else."""
    for match in islice(_SPAN.finditer(text), MOST):
        sure = match["lead"] or match["half"] or match["half2"] or (match["minute"] and match["minute2"])
        part = _part_near(text, match.start(), match.end())
        if not (sure or part or _NAMES_A_TIME.search(text[: match.start()][-_NEAR:])):
            continue
        latest = _time(match["hour2"], match["minute2"], match["half2"], part)
        earliest = _time(match["hour"], match["minute"], match["half"] or _same_half(match, latest), part)
        if earliest and latest and earliest < latest:
            return earliest, latest
    return None


def _same_half(match: re.Match[str], latest: Optional[time]) -> Optional[str]:
    """Reads "10-11:30 am" means am both times, "9 to 1 pm" does not mean pm both times."""
    if match["half2"] is None or latest is None:
        return None
    return match["half2"] if int(match["hour"]) % 12 <= latest.hour % 12 else "am"


def _moments(text: str) -> Optional[Times]:
    """Moments like "at 10", "after 3 pm" or "9:30"; None when no time of day is named."""
    moments = [one for match in islice(_CLOCK.finditer(text), 4 * MOST) if (one := _moment(text, match))]
    if not moments:
        return None
    plain = [one for one in moments if one.kind == "at"]
    if plain:
        last = plain[-1]
        if len(plain) > 1 and _JOINED.match(text[plain[-2].end : last.start].replace(" at ", " ")):
            both = sorted((plain[-2].at, last.at))
            return both[0], both[1]
        return last.at, last.at
    earliest = next((one.at for one in reversed(moments) if one.kind == "from"), None)
    latest = next((one.at for one in reversed(moments) if one.kind == "until"), None)
    if earliest and latest and earliest > latest:
        earliest, latest = latest, earliest
    return earliest, latest


def _moment(text: str, match: re.Match[str]) -> Optional[_Moment]:
    before, behind = text[: match.start()][-_NEAR:], text[match.end() :][:_NEAR]
    part = _part_near(text, match.start(), match.end())
    adjacent = _PART_BEHIND.match(behind) or _PART_BEFORE.search(before)
    marked = match["half"] or match["minute"] or match.group().endswith("ish") or adjacent
    if not (marked or _NAMES_A_TIME.search(before) or _FROM_BEHIND.match(behind)):
        return None
    at = _time(match["hour"], match["minute"], match["half"], part)
    if at is None or _REFUSED_HOUR.search(before):
        return None
    if _FROM.search(before) or _FROM_BEHIND.match(behind):
        kind = "from"
    else:
        kind = "until" if _UNTIL.search(before) or _UNTIL_BEHIND.match(behind) else "at"
    return _Moment(match.start(), match.end(), kind, at)


def _part_near(text: str, start: int, end: int) -> Optional[str]:
    """The part of the day said right with an hour, or anywhere near it."""
    before, behind = text[:start][-2 * _NEAR :], text[end:][: 2 * _NEAR]
    adjacent = _PART_BEHIND.match(behind) or _PART_BEFORE.search(before)
    if adjacent:
        return adjacent["part"]
    found = [one.group("part") for one in re.finditer(rf"\b{_PART}", f"{before} | {behind}")]
    return found[0] if len(set(found)) == 1 else None


def _time(
    hour_digits: str, minute_digits: Optional[str], half: Optional[str], part: Optional[str]
) -> Optional[time]:
    """A time of day; an hour from 1 to 6 that names no half is in the afternoon, as a clinic's hours are."""
    hour, minute = int(hour_digits), int(minute_digits or 0)
    is_morning = (half or "").startswith("a") or (not (half or "").startswith("p") and part == "morning")
    is_later = (half or "").startswith("p") or part in ("afternoon", "evening", "night")
    if (half or "").startswith("a") and hour == 12:
        hour = 0
    elif not is_morning and hour < 12 and (is_later or 1 <= hour <= 6):
        hour += 12
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _parts(text: str) -> Times:
    """Parts of the day; those that are refused leave the rest of the day."""
    found: List[Tuple[int, int, Times]] = []
    refused: List[Times] = []
    for pattern, times in _PARTS:
        for match in islice(pattern.finditer(text), MOST):
            before, behind = text[: match.start()][-_NEAR:], text[match.end() :][:_NEAR]
            if _REFUSED_PART.search(before) or _PART_REFUSED_BEHIND.match(behind):
                refused.append(times)
            else:
                found.append((match.start(), match.end(), times))
        text = pattern.sub(lambda match: "\n" * len(match.group()), text)
    if found:
        return _last_named(sorted(found), text)
    morning = any(times[1] == _END_OF_MORNING for times in refused)
    later = any(times[1] != _END_OF_MORNING for times in refused)
    return (
        (_NOON, None)
        if morning and not later
        else (None, _END_OF_MORNING)
        if later and not morning
        else (None, None)
    )


def _last_named(found: List[Tuple[int, int, Times]], text: str) -> Times:
    """The part that was said last; with the one before it, if an "or" stands between."""
    *_, last = found
    times = last[2]
    if len(found) > 1 and _JOINED.match(text[found[-2][1] : last[0]]):
        earlier = found[-2][2]
        first, end = (earlier[0], times[0]), (earlier[1], times[1])
        return (
            None if None in first else min(one for one in first if one is not None),
            None if None in end else max(one for one in end if one is not None),
        )
    return times
