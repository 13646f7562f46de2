"""The clinic's calendar as one book: many read in it, one at a time writes in it."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from typing import Callable, Iterator, Optional, Tuple, TypeVar

from bot.booking.openings import Openings
from bot.booking.schedule import Schedule
from bot.booking.storage import BookingStore, BookingWork
from bot.clock import Clock
from bot.errors import CalendarBusy

TRIES = 4
"""How often somebody stands in line for the book."""

_T = TypeVar("_T")
Look = Callable[[Openings], None]


class Ledger:
    """Gives the calendar as it stands now, to look at or to change."""

    def __init__(self, store: BookingStore, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._schedule: Optional[Tuple[int, Schedule]] = None

    @contextmanager
    def reading(self) -> Iterator[Openings]:
        """The calendar to look at, in nobody's way."""
        with self._store.reading() as work:
            yield self._openings(work)

    def change(self, step: Callable[[Openings], _T], look: Optional[Look] = None) -> _T:
        """What a step gives; its changes are kept together, or not at all if it raises.

        Args:
            look: raises when the step would be in vain. It is asked whenever somebody is about to stand in
                line, so that the line holds only those who may still get what they want.

        Raises:
            CalendarBusy: no turn came, try after try.
        """
        for _ in range(TRIES - 1):
            with suppress(CalendarBusy):
                return self._in_turn(step, look)
        return self._in_turn(step, look)

    def _in_turn(self, step: Callable[[Openings], _T], look: Optional[Look]) -> _T:
        if look is not None:
            with self.reading() as openings:
                look(openings)
        with self._store.writing() as work:
            openings = self._openings(work)
            work.appointments.drop_holds_before(openings.now)
            result = step(openings)
            work.commit()
        return result

    def _openings(self, work: BookingWork) -> Openings:
        """The calendar now; the schedule is read again only when it changed."""
        revision, known = work.schedules.revision(), self._schedule
        if known is None or known[0] != revision:
            known = self._schedule = (revision, work.schedules.read())
        return Openings(work, known[1], self._clock())
