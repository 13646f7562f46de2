"""Days and times as people say them, always on the clinic's own calendar."""

from __future__ import annotations

from datetime import date, datetime
from typing import Optional
from zoneinfo import ZoneInfo

from bot.booking.model import TimeWish
from bot.content.spoken import spoken_time

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


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


def spoken_place(place: str, address: Optional[str]) -> str:
    """Where a visit is, by the `place` of its type: "at your home", "by video" or the clinic's address."""
    return {"home": "at your home", "video": "by video"}.get(place, address or "at the clinic")


def spoken_wish(wish: TimeWish) -> str:
    """A wish in short: "Mon, Fri; from Fri, Mar 6; until 12 pm"; "any time" when it is open."""
    first, last = wish.first_day and short_date(wish.first_day), wish.last_day and short_date(wish.last_day)
    parts = [
        ", ".join(WEEKDAYS[day] for day in sorted(wish.weekdays)) if len(wish.weekdays) < 7 else "",
        f"on {first}" if first and first == last else "",
        f"from {first}" if first and first != last else "",
        f"until {last}" if last and first != last else "",
        f"from {spoken_time(wish.earliest)}" if wish.earliest else "",
        f"until {spoken_time(wish.latest)}" if wish.latest else "",
    ]
    return "; ".join(part for part in parts if part) or "any time"
