"""Which times are open: functions of hours, bookings and the wish, without storage."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from typing import AbstractSet, Iterator, List, Mapping, Sequence, Tuple
from zoneinfo import ZoneInfo

from bot.booking.model import GRANULE, OpenTime, TimeWish
from bot.content.timetable import DAYS, Span

Claim = Tuple[str, int]
"""A clinician's id and a granule that is taken."""


def granules(start: datetime, end: datetime) -> List[int]:
    """The numbers of the quarter hours (since 1970, UTC) that [start, end) covers."""
    step = int(GRANULE.total_seconds())
    return list(range(int(start.timestamp()) // step, -(-int(end.timestamp()) // step)))


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
    wish: TimeWish,
    clinician_ids: Sequence[str],
    length: timedelta,
    week: Mapping[str, Sequence[Span]],
    closed: AbstractSet[date],
    taken: AbstractSet[Claim],
    bounds: Tuple[datetime, datetime],
    zone: ZoneInfo,
) -> Iterator[OpenTime]:
    """Open times within a wish, soonest first; one clinician (the first who is free) a time.

    Args:
        bounds: the earliest and the latest start that the clinic gives away, aware.
        taken: granules that clinicians have no more.
    """
    soonest, last = bounds
    day = max(wish.first_day or date.min, soonest.astimezone(zone).date())
    end_day = min(wish.last_day or date.max, last.astimezone(zone).date())
    while day <= end_day:
        hours = [] if day in closed else week.get(DAYS[day.weekday()], [])
        for start in starts_on(day, hours, length, zone):
            if soonest <= start <= last and wish.suits(start.astimezone(zone)):
                wanted = granules(start, start + length)
                free = (id for id in clinician_ids if not any((id, g) in taken for g in wanted))
                for clinician_id in free:
                    yield OpenTime(start, start + length, clinician_id)
                    break
        day += timedelta(days=1)


def spread(times: Sequence[OpenTime], count: int, zone: ZoneInfo) -> List[OpenTime]:
    """A few times that differ usefully, in order: the soonest, then other days, then other hours."""
    chosen: List[OpenTime] = []
    remaining = list(times)
    while remaining and len(chosen) < count:
        best = max(remaining, key=lambda time: _distance(time, chosen, zone))
        chosen.append(best)
        remaining.remove(best)
    return sorted(chosen, key=lambda time: time.start)


def _distance(candidate: OpenTime, chosen: Sequence[OpenTime], zone: ZoneInfo) -> Tuple[int, ...]:
    """How unlike the chosen ones a time is; among equals the soonest is largest."""
    local = candidate.start.astimezone(zone)
    others = [time.start.astimezone(zone) for time in chosen]
    new_day = all(other.date() != local.date() for other in others)
    new_half = all((other.hour < 12) != (local.hour < 12) for other in others)
    hours_apart = min((abs((other - local).total_seconds()) // 3600 for other in others), default=0)
    return (int(new_day), int(new_half), min(int(hours_apart), 2), -int(candidate.start.timestamp()))
