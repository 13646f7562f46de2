"""Whether somebody has a visit to come, by what is known of them at the moment."""

from __future__ import annotations

from typing import Collection

from bot.booking.proof import plain_contact
from bot.booking.storage import BookingStore
from bot.clock import Clock


class ComingVisits:
    """Looks through the visits to come; tells nothing about them."""

    def __init__(self, store: BookingStore, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def has_one(self, contact: str, references: Collection[str]) -> bool:
        """Whether a visit to come was booked with this contact, or has one of these references."""
        with self._store.reading() as work:
            coming = work.appointments.coming(self._clock())
        kept = plain_contact(contact)
        by_contact = bool(kept) and any(plain_contact(visit.contact) == kept for visit in coming)
        return by_contact or any(visit.reference in references for visit in coming)
