"""The waiting list in the database."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Dict, List, Optional

from sqlalchemy import and_, insert, or_, select, update
from sqlalchemy.engine import Connection, Row

from bot.booking.model import TimeWish, WaitingEntry
from bot.booking.waiting import OFFERED, WAITING
from bot.store.sealing import Vault
from bot.store.tables import waiting_entry

LONGEST_LINE = 200
"""How many are looked at when a time opens."""


class StoredWaiting:
    """The repository of the waiting list, inside one transaction."""

    def __init__(self, connection: Connection, vault: Vault) -> None:
        self._connection = connection
        self._vault = vault

    def with_key(self, key: str) -> Optional[WaitingEntry]:
        """The entry that this request made."""
        return self._one(waiting_entry.c.request_key == key)

    def with_reference(self, reference: str) -> Optional[WaitingEntry]:
        """The entry of this reference."""
        return self._one(waiting_entry.c.reference == reference)

    def add(self, entry: WaitingEntry, key: str) -> None:
        """Keep a new entry."""
        self._connection.execute(
            insert(waiting_entry).values(
                request_key=key,
                reference=entry.reference,
                visit_type_id=entry.visit_type_id,
                first_day=entry.wish.first_day,
                last_day=entry.wish.last_day,
                earliest=entry.wish.earliest,
                latest=entry.wish.latest,
                weekdays="".join(str(day) for day in sorted(entry.wish.weekdays)),
                visit_for=entry.visit_for,
                booked_by=entry.booked_by,
                sealed=self._seal(entry),
                since=entry.since,
                conversation_id=entry.conversation_id,
                **_state(entry),
            )
        )

    def change(self, entry: WaitingEntry) -> None:
        """Keep the state and the offer of an entry."""
        mine = waiting_entry.c.reference == entry.reference
        self._connection.execute(update(waiting_entry).where(mine).values(**_state(entry)))

    def in_line(self, now: datetime, most_offers: int) -> List[WaitingEntry]:
        """Who waits and has no offer open, those offered least first, then the longest waiting."""
        entry = waiting_entry.c
        wanted = (
            select(waiting_entry)
            .where(or_(entry.status == WAITING, and_(entry.status == OFFERED, entry.offered_until <= now)))
            .where(entry.offers < most_offers)
            .order_by(entry.offers, entry.since)
            .limit(LONGEST_LINE)
        )
        return self._entries(wanted)

    def untold(self, now: datetime) -> List[WaitingEntry]:
        """Whose offer is open and not told, and has a conversation to be told in."""
        entry = waiting_entry.c
        return self._entries(
            select(waiting_entry)
            .where(entry.status == OFFERED, entry.offered_until > now)
            .where(entry.told.is_(False), entry.conversation_id.is_not(None))
        )

    def everybody(self) -> List[WaitingEntry]:
        """Who waits or was offered a time, the longest waiting first."""
        entry = waiting_entry.c
        wanted = select(waiting_entry).where(entry.status.in_((WAITING, OFFERED)))
        return self._entries(wanted.order_by(entry.since))

    def reseal(self) -> None:
        """Seal with the present key what an older one sealed."""
        older = waiting_entry.c.sealed.not_like(f"{self._vault.key_id}:%")
        for row in self._connection.execute(select(waiting_entry).where(older)).all():
            mine = waiting_entry.c.reference == row.reference
            sealed = self._seal(self._entry(row))
            self._connection.execute(update(waiting_entry).where(mine).values(sealed=sealed))

    def _one(self, wanted: Any) -> Optional[WaitingEntry]:
        row = self._connection.execute(select(waiting_entry).where(wanted)).one_or_none()
        return None if row is None else self._entry(row)

    def _entries(self, wanted: Any) -> List[WaitingEntry]:
        return [self._entry(row) for row in self._connection.execute(wanted)]

    def _seal(self, entry: WaitingEntry) -> str:
        details = {"name": entry.patient_name, "contact": entry.contact, "needs": entry.needs}
        return self._vault.seal(details, _place(entry.reference))

    def _entry(self, row: Row) -> WaitingEntry:
        details = self._vault.open(row.sealed, _place(row.reference))
        return WaitingEntry(
            reference=row.reference,
            visit_type_id=row.visit_type_id,
            wish=_wish(row),
            visit_for=row.visit_for,
            patient_name=details["name"],
            contact=details["contact"],
            booked_by=row.booked_by,
            needs=tuple(details["needs"]),
            since=row.since,
            status=row.status,
            offers=row.offers,
            offered_time_id=row.offered_time_id,
            offered_until=row.offered_until,
            conversation_id=row.conversation_id,
            told=row.told,
            passed=tuple(row.passed.split()),
        )


def _wish(row: Row) -> TimeWish:
    weekdays = frozenset(int(day) for day in row.weekdays)
    return TimeWish(row.first_day, row.last_day, row.earliest, row.latest, weekdays)


def _place(reference: str) -> str:
    return f"waiting_entry {reference}"


def _state(entry: WaitingEntry) -> Dict[str, Any]:
    return {
        "status": entry.status,
        "offers": entry.offers,
        "offered_time_id": entry.offered_time_id,
        "offered_until": entry.offered_until,
        "told": entry.told,
        "passed": " ".join(entry.passed),
    }
