"""Clocks that tests set."""

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

MONDAY_MORNING = datetime(2026, 3, 2, 14, 0, tzinfo=timezone.utc)
"""Monday, March 2, 2026, 9 am at the tests' clinic; its clocks go forward on the Sunday after."""


@dataclass
class SetClock:
    """A clock that stands still until it is moved."""

    now: datetime = MONDAY_MORNING

    def __call__(self) -> datetime:
        return self.now

    def forward(self, by: timedelta) -> None:
        self.now += by
