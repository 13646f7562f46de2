"""A process of its own that books: `python -m tests.support.booker DATABASE PROFILE END KEY=TIME…`.

It prints, for each key, the reference it got or the word "taken". END says how it ends: "well", or killed
"before" or "after" the first booking is committed, with nothing said.
"""

import os
import signal
import sys
from pathlib import Path

from bot.booking.desk import Desk
from bot.booking.model import BookingRequest
from bot.content.profile import read_profile
from bot.errors import TimeTaken
from bot.store.booking import StoredBooking, StoredBookingWork
from bot.store.engine import make_engine
from tests.support.clocks import SetClock
from tests.support.vault import VAULT


def request(key: str, time_id: str) -> BookingRequest:
    return BookingRequest(key, "adult_evaluation", time_id, "me", f"Ana {key}", f"{key}@example.org")


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def book(desk: Desk, key: str, time_id: str) -> str:
    try:
        return desk.book(request(key, time_id)).reference
    except TimeTaken:
        return "taken"


def main(database: str, profile: str, end: str, *wishes: str) -> None:
    desk = Desk(read_profile(Path(profile)), StoredBooking(make_engine(database), VAULT), SetClock())
    if end == "before":
        StoredBookingWork.commit = lambda _work: die()
    for wish in wishes:
        key, _, time_id = wish.partition("=")
        reference = book(desk, key, time_id)
        if end == "after":
            die()
        sys.stdout.write(f"{key} {reference}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
