"""Which days a text asks for: single days, ranges, choices and refusals, put together."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import FrozenSet, Optional, Tuple

from bot.booking.when.mentions import Mention, find_mentions
from bot.booking.when.values import Days, Doubt, week_of

EVERY_DAY = frozenset(range(7))

_NEAR = 30
"""Signs before and after the name of a day that can change its meaning."""

_REFUSED_BEFORE = re.compile(
    r"(?:\b(?:any|every|all|whenever|no matter)\b.{0,20} but|\b(?:not|except|besides|other than|excluding"
    r"|instead of|rather than|cannot(?: \w+)?|avoid|without)|n't(?: (?:do|make|come|work|manage|be there))?)"
    r"(?: (?:on|for|in|this|in the|on the|the))?\s?$"
)
_REFUSED_AFTER = re.compile(
    r"^s? ?(?:(?:is|are|does|do|will|would)(?:n't| not)|won't|can't|(?:is|are) (?:bad|out|no good))"
)
_FROM = re.compile(
    r"\b(?:not before|no (?:earlier|sooner) than|not until|from|starting|beginning|as of|since)"
    r"(?: on)?(?: the)? $"
)
_AFTER = re.compile(r"\b(?:after|past|later than)(?: the)? $")
_UNTIL = re.compile(r"\b(?:by|until|till?|up to|through|no later than|not (?:after|later than))(?: the)? $")
_BEFORE = re.compile(r"\b(?:before|earlier than|sooner than)(?: the)? $")
_WEEK_OF = re.compile(r"\bweek (?:of|with|starting|beginning)(?: on)?(?: the)? $")
_TO = re.compile(r"^ ?(?:-|to|through|thru|until|till?|up to)(?: the)? ?$")
_AND = re.compile(
    r"^(?: mornings?| afternoons?)?,? ?(?:and|or|/|,|y|o)?(?: on| maybe| else| even)? ?(?:the |on |on the )?$"
)
_BETWEEN = re.compile(r"\bbetween(?: the)? $")
_SAME = re.compile(r"^,? ?(?:the |on the |is the )?$")
_ALSO = re.compile(r" (?:or|nor|and)(?: on)? ")
_BECAUSE = re.compile(r"\b(?:because|since i|as i have|so that)\b")


@dataclass(frozen=True)
class DaysWish:
    """The days wished for; None leaves an end open.

    `bare` days may lie in a week that is named elsewhere; a `choice` is of several single days.
    """

    first: Optional[date] = None
    last: Optional[date] = None
    weekdays: FrozenSet[int] = EVERY_DAY
    bare: bool = False
    doubt: Optional[Doubt] = None
    choice: bool = False

    @property
    def is_span(self) -> bool:
        """Whether it names several days in a row."""
        return self.first is not None and self.last is not None and self.first < self.last


def read_days(text: str, today: date) -> Tuple[DaysWish, str]:
    """The days a plain text asks for, and the text without the words that were read."""
    mentions, rest = find_mentions(text, today)
    wish, refused = DaysWish(), frozenset[int]()
    previous: Optional[Mention] = None
    was_refused = False
    for mention in mentions:
        gap = text[previous.end if previous else 0 : mention.start]
        if previous and not was_refused and _BECAUSE.search(gap):
            break
        was_refused = _is_refused(gap, mention.days, text[mention.end : mention.end + _NEAR], was_refused)
        if was_refused:
            wish, refused = _without(mention.days, wish, refused, today)
        else:
            joined = None if previous is None else _joined(wish, gap, text[: previous.start], mention.days)
            wish = joined or _with(wish, _bounded(mention.days, gap))
        previous = mention
    return one_day_if_only_one(replace(wish, weekdays=wish.weekdays - refused or EVERY_DAY)), rest


def one_day_if_only_one(wish: DaysWish) -> DaysWish:
    """The same wish; a range in which only one day is meant is that day."""
    if wish.first is None or wish.last is None or (wish.last - wish.first).days > 31:
        return wish
    all_days = [wish.first + timedelta(days=n) for n in range((wish.last - wish.first).days + 1)]
    meant = [day for day in all_days if day.weekday() in wish.weekdays]
    if len(meant) == 1 or wish.first == wish.last:
        day = meant[0] if meant else wish.first
        return replace(wish, first=day, last=day, weekdays=EVERY_DAY)
    return wish


def within(span: DaysWish, wish: DaysWish) -> DaysWish:
    """Days of the week inside a span of days."""
    weekdays = frozenset([wish.first.weekday()]) if wish.first and wish.first == wish.last else wish.weekdays
    return one_day_if_only_one(DaysWish(span.first, span.last, weekdays, doubt=span.doubt))


def _is_refused(gap: str, days: Days, after: str, was_refused: bool) -> bool:
    if _FROM.search(gap[-_NEAR:]) or _UNTIL.search(gap[-_NEAR:]):
        return False
    before = gap[-2 * _NEAR :]
    if days.weekdays and before.endswith("no "):  # "no Mondays"; "no Monday" is a correction
        return True
    refused = _REFUSED_BEFORE.search(before) or _REFUSED_AFTER.search(after)
    return bool(refused) or (was_refused and _ALSO.fullmatch(gap) is not None)


def _without(
    days: Days, wish: DaysWish, refused: FrozenSet[int], today: date
) -> Tuple[DaysWish, FrozenSet[int]]:
    """The wish less the days that were refused; a single date that is refused says nothing of others."""
    if days.weekdays:
        return wish, refused | days.weekdays
    if days.bare and days.first:
        return wish, refused | {days.first.weekday()}
    if days.first and days.last and days.first <= today and wish.first is None:
        return replace(wish, first=days.last + timedelta(days=1)), refused
    return wish, refused


def _bounded(days: Days, gap: str) -> DaysWish:
    """Days, with the word before them: "after Monday", "by the 14th", "the week of the 14th"."""
    before = gap[-_NEAR:]
    wish = DaysWish(
        days.first, days.last, days.weekdays or EVERY_DAY, days.bare or bool(days.weekdays), days.doubt
    )
    if days.first is None or days.last is None:
        return wish
    if _WEEK_OF.search(before):
        week = week_of(days.first)
        return DaysWish(week.first, week.last, doubt=days.doubt)
    if _FROM.search(before):
        return DaysWish(first=days.first, doubt=days.doubt)
    if _AFTER.search(before):
        return DaysWish(first=days.last + timedelta(days=1), doubt=days.doubt)
    if _UNTIL.search(before):
        return DaysWish(last=days.last, doubt=days.doubt)
    if _BEFORE.search(before):
        return DaysWish(last=days.first - timedelta(days=1), doubt=days.doubt)
    return wish


def _joined(wish: DaysWish, gap: str, lead: str, days: Days) -> Optional[DaysWish]:
    """What two mentions mean together that stand side by side; None when they do not."""
    if days.first is None or days.last is None or (wish.first is None and not wish.bare):
        return _both_any(wish, days) if _AND.fullmatch(gap) else None
    if wish.first is None:
        return None
    last = days.last
    if _TO.fullmatch(gap) or (_BETWEEN.search(lead) and gap == " and "):
        if days.bare and last < wish.first:
            last += timedelta(days=7)
        return DaysWish(wish.first, last) if last >= wish.first else None
    if wish.bare != days.bare and not wish.is_span and days.first == days.last and _SAME.fullmatch(gap):
        return _same_day(wish, days)
    if _AND.fullmatch(gap) and days.first == days.last and (wish.choice or not wish.is_span):
        return _either(wish, days)
    return None


def _either(wish: DaysWish, days: Days) -> Optional[DaysWish]:
    """A choice of days, like "Tuesday or Thursday"; if the last is said with its week, all are in it."""
    if wish.first is None or wish.last is None or days.first is None:
        return None
    weekdays = wish.weekdays if wish.choice else frozenset([wish.first.weekday()])
    first, last = min(wish.first, days.first), max(wish.last, days.first)
    if wish.bare and days.in_week:
        monday = days.first - timedelta(days=days.first.weekday())
        first, last = monday, monday + timedelta(days=6)
    return DaysWish(first, last, weekdays | {days.first.weekday()}, wish.bare and days.bare, choice=True)


def _both_any(wish: DaysWish, days: Days) -> Optional[DaysWish]:
    """Reads "Tuesdays and Thursdays"."""
    if wish.bare and days.weekdays and wish.first is None:
        return DaysWish(weekdays=wish.weekdays | days.weekdays, bare=True)
    return None


def _same_day(wish: DaysWish, days: Days) -> DaysWish:
    """Reads "Friday the 14th": the date counts, and is in doubt when it is another day of the week."""
    weekday, day = (wish.first, days.first) if wish.bare else (days.first, wish.first)
    doubt = days.doubt if wish.bare else wish.doubt
    if weekday and day and weekday.weekday() != day.weekday():
        apart = (weekday.weekday() - day.weekday() + 3) % 7 - 3
        doubt = Doubt("mismatch", day + timedelta(days=apart))
    return DaysWish(day, day, doubt=doubt)


def _with(wish: DaysWish, new: DaysWish) -> DaysWish:
    """Both, when one narrows the other down; else what was said last."""
    if wish.is_span and new.bare:
        return within(wish, new)
    if new.is_span and wish.bare:
        return within(new, wish)
    if wish.last is None and new.first is None and new.last and wish.first and wish.first <= new.last:
        return replace(new, first=wish.first)
    if new.first is None and new.last is None and new.weekdays == EVERY_DAY:
        return new if wish == DaysWish() else wish
    return new
