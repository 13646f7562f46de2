"""Hours and times as people say them."""

from __future__ import annotations

from datetime import time
from typing import List, Mapping, Tuple

from bot.content.timetable import Span


def spoken_week(weekly: Mapping[str, List[Span]], days: Tuple[str, ...]) -> str:
    """Hours in words, days with the same hours together: "Monday to Thursday 8 am to 6 pm"."""
    groups: List[Tuple[List[str], str]] = []
    for day in days:
        words = " and ".join(
            f"{spoken_time(start)} to {spoken_time(end)}" for start, end in weekly.get(day, [])
        )
        if groups and groups[-1][1] == words:
            groups[-1][0].append(day.capitalize())
        else:
            groups.append(([day.capitalize()], words))
    return ", ".join(
        f"{_day_range(names)} {words}" if words else f"closed {_day_range(names)}" for names, words in groups
    )


def spoken_time(moment: time) -> str:
    """A time of day as people say it: "8 am", "2:30 pm", "12 pm" (noon)."""
    hour = moment.hour % 12 or 12
    minutes = f":{moment.minute:02d}" if moment.minute else ""
    return f"{hour}{minutes} {'am' if moment.hour < 12 else 'pm'}"


def spoken_zone(name: str) -> str:
    """A time zone as people say it: "Los Angeles time" for America/Los_Angeles."""
    return f"{name.rpartition('/')[2].replace('_', ' ')} time"


def _day_range(names: List[str]) -> str:
    if len(names) < 3:
        return " and ".join(names)
    return f"{names[0]} to {names[-1]}"
