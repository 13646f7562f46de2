"""The talk about a time: what a reply picks, wishes or refuses, and what can be offered."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import List, Mapping, Optional, Tuple

from bot.booking.corrections import ask_again, asked_to_change
from bot.booking.desk import Desk
from bot.booking.draft import WAITING_LIST, Changes, Draft, Reply, wish_kept
from bot.booking.model import OpenTime, TimeWish, start_of
from bot.booking.reading import NO, YES
from bot.booking.when import Reading, combine, read_when
from bot.clock import Clock

_ORDINALS = (
    re.compile(r"\b(?:first|1st|earliest|soonest)\b|^\W*(?:1|one|a)\W*$", re.I),
    re.compile(r"\b(?:second|2nd|middle)\b|^\W*(?:2|two|b)\W*$", re.I),
    re.compile(r"\b(?:third|3rd|last|latest)\b|^\W*(?:3|three|c)\W*$", re.I),
)
_OTHERS = re.compile(
    r"\b(?:none of (?:these|those|them)|something else|any others?|anything else|can'?t make (?:it|any)"
    r"|(?:other|more|different|another) (?:times?|days?|dates?|options?|ones?)"
    r"|(?:don|doesn|won)'?t work)\b",
    re.I,
)
_LATER = re.compile(r"^\W*(?:something |a (?:bit|little) |any(?:thing)? )?(later|earlier|sooner)\b", re.I)
_WAITING = re.compile(r"\bwait(?:ing)? ?list\b", re.I)
_QUESTION = re.compile(r"^\W*(?:what(?!'?s? about)|how(?! about)|why|where|who)\b", re.I)
_SHOWN = 3


@dataclass(frozen=True)
class Offer:
    """Open times to choose from; `fits`: whether they are what was wished."""

    times: Tuple[OpenTime, ...]
    fits: bool


class TimeTalk:
    """Reads what is said of when, and finds open times; keeps nothing itself."""

    def __init__(self, desk: Desk, clock: Clock) -> None:
        self._desk = desk
        self._clock = clock

    def read(self, reply: Reply, draft: Draft) -> Changes:
        """What this reply to an offer of times changes; empty when it says nothing of when."""
        if _WAITING.search(reply.text):
            return {"visit_time": WAITING_LIST, "day_in_doubt": None}
        reading = read_when(reply.text, self.today())
        if reading.says_nothing or (reading.wish.is_open and not reading.soonest and not reading.doubt):
            return self._without_a_wish(reply, draft)
        if reply.asks and _QUESTION.search(reply.text):
            return {}
        picked = self._picked(reading, draft)
        if picked is not None:
            return {"visit_time": picked}
        return self.wished(reading, draft)

    def read_choice(self, choice: Mapping[str, str], draft: Draft) -> Changes:
        """What a button about a time changes; only what was offered can be picked."""
        if choice.get("visit_time") in (*draft.offered_times, WAITING_LIST):
            return {"visit_time": choice["visit_time"], "day_in_doubt": None}
        if choice.get("times") == "others":
            return {"refused_times": [*draft.refused_times, *draft.offered_times], "visit_time": None}
        if "visit_day" in choice and draft.day_in_doubt:
            return self.settled(date.fromisoformat(choice["visit_day"]), draft)
        return {}

    def mentioned(self, text: str, draft: Draft) -> Changes:
        """A wish that is said beside something else, so that it is not asked for again."""
        reading = read_when(text, self.today())
        return {} if reading.says_nothing else self.wished(reading, draft)

    def wished(self, reading: Reading, draft: Draft) -> Changes:
        """The wish after this message; a day in doubt is kept beside it, to be asked about."""
        wish = combine(draft.wish, reading)
        changes: Changes = {"time_wish": wish_kept(wish), "visit_time": None, "refused_times": []}
        changes["day_in_doubt"] = None
        if reading.doubt is not None:
            doubt = {"kind": reading.doubt.kind}
            likeliest = wish.first_day
            if likeliest is None or likeliest > self._last_day():
                changes["time_wish"] = wish_kept(replace(wish, first_day=None, last_day=None))
            else:
                doubt["day"] = likeliest.isoformat()
                doubt["other"] = (reading.doubt.other or likeliest).isoformat()
            changes["day_in_doubt"] = doubt
        return changes

    def settled(self, day: date, draft: Draft) -> Changes:
        """The wish for the day that was meant."""
        wish = replace(draft.wish, first_day=day, last_day=day, weekdays=TimeWish().weekdays)
        return {"time_wish": wish_kept(wish), "day_in_doubt": None, "visit_time": None}

    def offer(self, visit_type_id: str, draft: Draft) -> Offer:
        """A few open times within the wish; else near it; else the soonest."""
        wish, refused = draft.wish, draft.refused_times
        for nearby in (wish, *_nearby(wish)):
            found = self._desk.find_open_times(visit_type_id, nearby, count=_SHOWN, but=refused)
            if found:
                return Offer(tuple(found), fits=nearby == wish)
        return Offer((), fits=False)

    def today(self) -> date:
        """The day on the clinic's calendar."""
        return self._clock().astimezone(self._desk.profile.zone).date()

    def _last_day(self) -> date:
        return self.today() + timedelta(days=self._desk.profile.booking.horizon_days)

    def _without_a_wish(self, reply: Reply, draft: Draft) -> Changes:
        """A yes or no about a day, a pick by place, or the wish for other times."""
        if draft.day_in_doubt and "day" in draft.day_in_doubt:
            doubt: Mapping[str, str] = draft.day_in_doubt
            if reply.topic == "affirm" or YES.search(reply.text):
                return self.settled(date.fromisoformat(doubt["day"]), draft)
            if (reply.topic == "deny" or NO.search(reply.text)) and doubt["other"] != doubt["day"]:
                return self.settled(date.fromisoformat(doubt["other"]), draft)
        if reply.asks and _QUESTION.search(reply.text):
            return {}
        for position, pattern in enumerate(_ORDINALS):
            if pattern.search(reply.text) and position < len(draft.offered_times):
                return {"visit_time": draft.offered_times[position]}
        if asked_to_change(reply.text) == "visit_time":
            return {**ask_again("visit_time"), "refused_times": list(draft.offered_times)}
        return self._others(reply.text, draft)

    def _others(self, text: str, draft: Draft) -> Changes:
        refused = [*draft.refused_times, *draft.offered_times]
        shift = _LATER.search(text)
        if shift and draft.offered_times:
            starts = self._local_starts(draft)
            wish = draft.wish
            if shift[1].lower() == "later":
                wish = replace(wish, first_day=max(starts).date(), last_day=None)
            else:
                wish = replace(wish, first_day=None, last_day=min(starts).date())
            return {"time_wish": wish_kept(wish), "refused_times": refused, "visit_time": None}
        if _OTHERS.search(text) and draft.offered_times:
            return {"refused_times": refused, "visit_time": None}
        return {}

    def _picked(self, reading: Reading, draft: Draft) -> Optional[str]:
        """The one offered time that was named; "afternoon" is a wish, "2:30" a pick."""
        if reading.doubt is not None or reading.soonest:
            return None
        pairs = zip(draft.offered_times, self._local_starts(draft), strict=True)
        fitting = [id for id, start in pairs if reading.wish.suits(start)]
        named_hours = reading.wish.earliest is not None and reading.wish.earliest == reading.wish.latest
        named_day = reading.wish.first_day is not None and reading.wish.earliest is None
        return fitting[0] if len(fitting) == 1 and (named_hours or named_day) else None

    def _local_starts(self, draft: Draft) -> List[datetime]:
        zone = self._desk.profile.zone
        return [start_of(id).astimezone(zone) for id in draft.offered_times]


def _nearby(wish: TimeWish) -> List[TimeWish]:
    """Wishes like this one that ask for less: about that hour, any hour, soon after, any day, anything."""
    around = replace(wish, earliest=_moved(wish.earliest, -2), latest=_moved(wish.latest, 2))
    any_hour = replace(wish, earliest=None, latest=None)
    soon_after = TimeWish(wish.first_day, None, wish.earliest, wish.latest)
    any_day = replace(wish, first_day=None, last_day=None)
    return list(dict.fromkeys((around, any_hour, soon_after, any_day, TimeWish())))


def _moved(hour: Optional[time], hours: int) -> Optional[time]:
    """An hour of the day, some hours earlier or later, within the same day."""
    if hour is None:
        return None
    return hour.replace(hour=min(max(hour.hour + hours, 0), 23))
