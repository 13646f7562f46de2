"""How well dates and times are read from people's words: `python -m tests.benchmarks.dates FILE…`.

A file lists rows of `text`, `now` (local time), and where said `date` and `time` (HH:MM). A row is right when
what is read is what is meant: of a wish with one open end ("after 5 pm") the end that was said, of a wish for
a whole week or part of a day no single date or time. The plain library reads the same rows for comparison.
The last line is one JSON object.
"""

from __future__ import annotations

import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Any, Dict, List, Optional, Tuple

from dateparser.search import search_dates

from bot.booking.model import TimeWish
from bot.booking.when import read_when
from bot.content.yaml_files import read_yaml

Said = Tuple[Optional[str], Optional[str]]


def named(wish: TimeWish) -> Said:
    """The one date and the one time that a wish names."""
    day = wish.first_day if wish.first_day == wish.last_day else None
    ends = {wish.earliest, wish.latest} - {None}
    hour = ends.pop() if len(ends) == 1 else None
    return day and day.isoformat(), hour and hour.strftime("%H:%M")


def ours(text: str, now: datetime) -> Said:
    """What the assistant reads."""
    return named(read_when(text, now.date()).wish)


def library(text: str, now: datetime) -> Said:
    """What dateparser alone finds: the first day that is not today, the first time that is not now."""
    settings = {"PREFER_DATES_FROM": "future", "RELATIVE_BASE": now}
    found = [when for _, when in search_dates(text, languages=["en", "es"], settings=settings) or []]
    day = next((when.date() for when in found if when.date() != now.date()), None)
    hour = next(
        (when.time() for when in found if (when.hour, when.minute) not in ((now.hour, now.minute), (0, 0))),
        None,
    )
    return day and day.isoformat(), hour and hour.strftime("%H:%M")


def shares(said: List[Said], meant: List[Said]) -> Dict[str, float]:
    """The share of rows whose date, time, and both are right."""
    pairs = list(zip(said, meant, strict=True))
    counts = {
        "date": sum(one[0] == other[0] for one, other in pairs),
        "time": sum(one[1] == other[1] for one, other in pairs),
        "both": sum(one == other for one, other in pairs),
    }
    return {name: round(count / max(len(pairs), 1), 4) for name, count in counts.items()}


def main(paths: List[str]) -> None:
    """Read, compare, print."""
    rows: List[Dict[str, Any]] = [row for path in paths for row in read_yaml(Path(path)) or []]
    nows = [datetime.fromisoformat(str(row["now"])) for row in rows]
    meant: List[Said] = [(row.get("date"), row.get("time")) for row in rows]
    said = [ours(row["text"], now) for row, now in zip(rows, nows, strict=True)]
    plain = [library(row["text"], now) for row, now in zip(rows, nows, strict=True)]
    for row, one, other in zip(rows, said, meant, strict=True):
        if one != other:
            print(f"{row['text']}\n    now {row['now']}: meant {other}, read {one}")
    figures = {"rows": len(rows), "ours": shares(said, meant), "dateparser": shares(plain, meant)}
    for name in ("ours", "dateparser"):
        print(f"{name:11}", figures[name])
    print(json.dumps(figures))


if __name__ == "__main__":
    main(sys.argv[1:])
