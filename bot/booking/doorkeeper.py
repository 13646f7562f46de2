"""Who may see what: one proof at a time, and ever more slowly for those who guess."""

from __future__ import annotations

from datetime import datetime
from typing import Optional

from bot.booking.ledger import Ledger
from bot.booking.model import Appointment, Proof
from bot.booking.openings import Openings
from bot.booking.proof import REMEMBERED, again_at, is_known, plain_reference
from bot.booking.storage import BookingWork
from bot.errors import NotFound, TooManyTries


class Doorkeeper:
    """Checks proofs, and counts the wrong ones in the database, whichever process they reach."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def admit(self, proof: Proof, asker: str) -> Appointment:
        """The appointment that the proof opens, in whatever state it is.

        The work is the same whether the reference or the rest is wrong.

        Args:
            asker: the conversation; wrong proofs are counted by it.

        Raises:
            NotFound: the proof is wrong, whether or not there is something of this reference.
            TooManyTries: the asker was wrong too often.
        """
        opened = self._ledger.change(lambda openings: _opened(openings, proof, asker))
        if opened is None:
            raise NotFound()
        return opened


def _opened(openings: Openings, proof: Proof, asker: str) -> Optional[Appointment]:
    """What the proof opens; a wrong one is counted."""
    work, now = openings.work, openings.now
    wrong = _wrong_tries(work, asker, now)
    found = work.appointments.with_reference(plain_reference(proof.reference))
    name, contact = (found.patient_name, found.contact) if found else ("Nobody Known", "0")
    if is_known(name, contact, proof.known) and found is not None:
        return found
    work.tries.keep(asker, wrong + 1, now)
    return None


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
