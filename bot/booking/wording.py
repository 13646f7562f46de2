"""Days and times as people say them, always on the clinic's own calendar."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.content.spoken import spoken_time


def spoken_day(instant: datetime, zone: ZoneInfo) -> str:
    """A day: "Tuesday, March 3"."""
    local = instant.astimezone(zone)
    return f"{local:%A}, {local:%B} {local.day}"


def spoken_when(instant: datetime, zone: ZoneInfo) -> str:
    """A day and time in full: "Tuesday, March 3 at 10:30 am (PST)"."""
    local = instant.astimezone(zone)
    return f"{spoken_day(instant, zone)} at {spoken_time(local.time())} ({local:%Z})"


def short_when(instant: datetime, zone: ZoneInfo) -> str:
    """A day and time for a button: "Tue, Mar 3, 10:30 am"."""
    local = instant.astimezone(zone)
    return f"{local:%a}, {local:%b} {local.day}, {spoken_time(local.time())}"


def short_date(day: date) -> str:
    """A day for a button: "Tue, Mar 3"."""
    return f"{day:%a}, {day:%b} {day.day}"
