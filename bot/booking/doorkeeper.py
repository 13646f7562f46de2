"""Who may see what: one proof at a time, and ever more slowly for those who guess."""

from __future__ import annotations

from datetime import datetime
from typing import Callable, Optional, TypeVar

from bot.booking.model import Appointment, Proof, WaitingEntry
from bot.booking.proof import REMEMBERED, again_at, is_known, plain_reference
from bot.booking.storage import BookingStore, BookingWork
from bot.clock import Clock
from bot.errors import NotFound, TooManyTries

_Found = TypeVar("_Found", Appointment, WaitingEntry)


class Doorkeeper:
    """Checks proofs, and counts the wrong ones in the database, whichever process they reach."""

    def __init__(self, store: BookingStore, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def admit(self, proof: Proof, asker: str, find: Callable[[BookingWork, str], Optional[_Found]]) -> _Found:
        """What the proof opens; the work is the same whether the reference or the rest is wrong.

        Args:
            asker: the conversation; wrong proofs are counted by it.
            find: gives what has this reference, if anything has.

        Raises:
            NotFound: the proof is wrong, whether or not there is something of this reference.
            TooManyTries: the asker was wrong too often.
        """
        now = self._clock()
        with self._store.writing() as work:
            wrong = _wrong_tries(work, asker, now)
            found = find(work, plain_reference(proof.reference))
            name, contact = (found.patient_name, found.contact) if found else ("Nobody Known", "0")
            if is_known(name, contact, proof.known) and found is not None:
                return found
            work.tries.keep(asker, wrong + 1, now)
            work.commit()
        raise NotFound()


def _wrong_tries(work: BookingWork, asker: str, now: datetime) -> int:
    """How many wrong proofs count against this asker.

    Raises:
        TooManyTries: so many that the asker has to wait.
    """
    wrong, last_at = work.tries.of(asker) or (0, now)
    if now - last_at > REMEMBERED:
        return 0
    wait_until = again_at(wrong, last_at)
    if wait_until is not None and now < wait_until:
        raise TooManyTries(wait_until)
    return wrong
