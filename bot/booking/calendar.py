"""Which times are open: functions of the schedule, what is taken and the wish, without storage."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, timezone
from typing import AbstractSet, Callable, Dict, Iterator, List, Mapping, Optional, Sequence, Set, Tuple
from zoneinfo import ZoneInfo

from bot.booking.model import GRANULE, OpenTime, TimeWish
from bot.booking.schedule import Schedule
from bot.content.timetable import Span, VisitType

LOOK_AHEAD = timedelta(days=7)
"""What is taken is asked for a week at a time: most wishes are met in the first."""


@dataclass
class Busy:
    """The granules that each clinician and each room has no more."""

    clinicians: Dict[str, Set[int]] = field(default_factory=lambda: defaultdict(set))
    rooms: Dict[str, Set[int]] = field(default_factory=lambda: defaultdict(set))


BusyBetween = Callable[[datetime, datetime], Busy]
"""What is taken in [start, end)."""


def granules(start: datetime, end: datetime) -> List[int]:
    """The numbers of the quarter hours (since 1970, UTC) that [start, end) covers."""
    step = int(GRANULE.total_seconds())
    return list(range(int(start.timestamp()) // step, -(-int(end.timestamp()) // step)))


def blocked(visit: VisitType, start: datetime) -> List[int]:
    """The granules that a visit takes from its clinician and room, with the time around it."""
    before, after = timedelta(minutes=visit.minutes_before), timedelta(minutes=visit.minutes_after)
    return granules(start - before, start + timedelta(minutes=visit.minutes) + after)


def free_room(rooms: Sequence[str], wanted: Sequence[int], busy: Mapping[str, Set[int]]) -> Optional[str]:
    """The first of the rooms that is free at all these granules."""
    return next((room for room in rooms if _is_free(room, wanted, busy)), None)


def starts_on(day: date, hours: Sequence[Span], length: timedelta, zone: ZoneInfo) -> List[datetime]:
    """Instants (UTC, in order) at which a visit of this length can start on a day.

    Visits begin on the hour and half hour of the clinic's clock. A wall time that a clock change
    skips is left out; of one that comes twice, the first is meant.
    """
    found = []
    for opens, closes in hours:
        wall = datetime.combine(day, opens)
        while wall + length <= datetime.combine(day, closes):
            start = wall.replace(tzinfo=zone).astimezone(timezone.utc)
            if start.astimezone(zone).replace(tzinfo=None) == wall:
                found.append(start)
            wall += timedelta(minutes=30)
    return found


def open_times(
    schedule: Schedule,
    visit: VisitType,
    wish: TimeWish,
    bounds: Tuple[datetime, datetime],
    busy_between: BusyBetween,
    clinician_id: Optional[str] = None,
) -> Iterator[OpenTime]:
    """Open times within a wish, soonest first; one clinician (the first who is free) a time.

    Args:
        bounds: the earliest and the latest start that the clinic gives away, aware.
        clinician_id: the only clinician to look at.
    """
    soonest, last = bounds
    first_day = max(wish.first_day or date.min, soonest.astimezone(schedule.zone).date())
    last_day = min(wish.last_day or date.max, last.astimezone(schedule.zone).date())
    for days in _weeks(first_day, last_day):
        busy = busy_between(_midnight(days[0], schedule.zone), _midnight(days[-1], schedule.zone, 1))
        for day in days:
            for start, ids in _starts(schedule, visit, day, clinician_id):
                if soonest <= start <= last and wish.suits(start.astimezone(schedule.zone)):
                    yield from _first_free(schedule, visit, start, ids, busy)


def spread(times: Sequence[OpenTime], count: int, zone: ZoneInfo) -> List[OpenTime]:
    """A few times that differ usefully, in order: the soonest, then other days, then other hours."""
    if len(times) <= count:
        return list(times)
    chosen: List[OpenTime] = []
    remaining = list(times)
    while remaining and len(chosen) < count:
        best = max(remaining, key=lambda time: _distance(time, chosen, zone))
        chosen.append(best)
        remaining.remove(best)
    return sorted(chosen, key=lambda time: time.start)


def choice_of_days(times: Iterator[OpenTime], days: int, zone: ZoneInfo) -> List[OpenTime]:
    """The open times of the first so many days that have any."""
    seen: Set[date] = set()
    found: List[OpenTime] = []
    for one in times:
        seen.add(one.start.astimezone(zone).date())
        if len(seen) > days:
            break
        found.append(one)
    return found


def _starts(
    schedule: Schedule, visit: VisitType, day: date, clinician_id: Optional[str]
) -> List[Tuple[datetime, List[str]]]:
    """The starts of a day in order, each with those who work then."""
    length = timedelta(minutes=visit.minutes)
    working: Dict[Tuple[Span, ...], List[str]] = defaultdict(list)
    for id in schedule.givers(visit, clinician_id):
        working[tuple(schedule.hours_on(day, id))].append(id)
    found: Dict[datetime, List[str]] = defaultdict(list)
    for hours, ids in working.items():
        for start in starts_on(day, hours, length, schedule.zone):
            found[start].extend(ids)
    return sorted(found.items())


def _first_free(
    schedule: Schedule, visit: VisitType, start: datetime, ids: Sequence[str], busy: Busy
) -> Iterator[OpenTime]:
    """The time with the first clinician who is free, if there is a room too."""
    wanted, rooms = blocked(visit, start), schedule.rooms_for(visit)
    if rooms and free_room(rooms, wanted, busy.rooms) is None:
        return
    for id in ids:
        if _is_free(id, wanted, busy.clinicians):
            yield OpenTime(start, start + timedelta(minutes=visit.minutes), id)
            return


def _is_free(id: str, wanted: Sequence[int], busy: Mapping[str, AbstractSet[int]]) -> bool:
    return busy[id].isdisjoint(wanted) if id in busy else True


def _weeks(first: date, last: date) -> Iterator[List[date]]:
    while first <= last:
        count = min(LOOK_AHEAD.days, (last - first).days + 1)
        yield [first + timedelta(days=number) for number in range(count)]
        first += LOOK_AHEAD


def _midnight(day: date, zone: ZoneInfo, days_later: int = 0) -> datetime:
    """The start of a day less, or its end more, than the longest time kept free around a visit."""
    margin = timedelta(hours=3) * (1 if days_later else -1)
    return datetime.combine(day + timedelta(days=days_later), time(), zone).astimezone(timezone.utc) + margin


def _distance(candidate: OpenTime, chosen: Sequence[OpenTime], zone: ZoneInfo) -> Tuple[int, ...]:
    """How unlike the chosen ones a time is; among equals the soonest is largest."""
    local = candidate.start.astimezone(zone)
    others = [time.start.astimezone(zone) for time in chosen]
    new_day = all(other.date() != local.date() for other in others)
    new_half = all((other.hour < 12) != (local.hour < 12) for other in others)
    hours_apart = min((abs((other - local).total_seconds()) // 3600 for other in others), default=0)
    return (int(new_day), int(new_half), min(int(hours_apart), 2), -int(candidate.start.timestamp()))
