"""The states of an appointment, and what may follow what."""

from __future__ import annotations

from typing import FrozenSet, Mapping

from bot.errors import CannotChange

HELD = "held"
BOOKED = "booked"
MOVED = "moved"
CANCELLED = "cancelled"
ARRIVED = "arrived"
NO_SHOW = "no_show"
DONE = "done"

UPCOMING = frozenset((BOOKED, MOVED))
"""Agreed, and yet to come: what a person may still move or cancel."""

NEXT: Mapping[str, FrozenSet[str]] = {
    HELD: frozenset((BOOKED,)),  # one that runs out leaves nothing behind
    BOOKED: frozenset((MOVED, CANCELLED, ARRIVED, NO_SHOW)),
    MOVED: frozenset((MOVED, CANCELLED, ARRIVED, NO_SHOW)),
    ARRIVED: frozenset((DONE,)),
    CANCELLED: frozenset(),
    NO_SHOW: frozenset(),
    DONE: frozenset(),
}
"""Every state, and those that may follow it."""


def check_step(before: str, after: str) -> None:
    """Let a permitted step pass.

    Raises:
        CannotChange: this state never follows that one.
    """
    if after not in NEXT[before]:
        raise CannotChange(f"{before} to {after}")
