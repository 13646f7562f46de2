"""Units of work of messaging."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import datetime
from typing import Callable, Dict, Iterator, Sequence, Tuple

from sqlalchemy import Table, delete, select, update
from sqlalchemy.engine import Connection, Engine, Row
from sqlalchemy.sql import ColumnElement

from bot.store.engine import LOOKS_ONLY
from bot.store.messaging.letters import (
    StoredInbound,
    StoredOffers,
    StoredOutbound,
    inbound_place,
    offer_place,
    outbound_place,
)
from bot.store.messaging.people import StoredPeople, StoredTasks, address_hash
from bot.store.messaging.people import place as person_place
from bot.store.sealing import Vault
from bot.store.tables import inbound, offer, outbound, person, staff_task

_PLACES: Tuple[Tuple[Table, str, Callable[[Row], str]], ...] = (
    (person, "id", lambda row: person_place(row.id)),
    (inbound, "position", lambda row: inbound_place(row.id)),
    (outbound, "position", lambda row: outbound_place(row.person_id)),
    (offer, "position", lambda row: offer_place(row.id)),
)


class StoredMailWork:
    """One transaction over all that messaging keeps; without `commit` it never happened."""

    def __init__(self, connection: Connection, vault: Vault) -> None:
        self._connection = connection
        self._vault = vault
        self.people = StoredPeople(connection, vault)
        self.inbound = StoredInbound(connection, vault)
        self.outbound = StoredOutbound(connection, vault)
        self.offers = StoredOffers(connection, vault)
        self.tasks = StoredTasks(connection, vault)

    def forget(self, people: ColumnElement[bool]) -> None:
        """Forget these people, and all that is kept of them.

        That a delivery was known stays; of who wrote STOP stays that they did.
        """
        theirs = select(person.c.id).where(people)
        of_them = inbound.c.person_id.in_(theirs)
        self._connection.execute(update(inbound).where(of_them).values(sealed=None, due_at=None))
        for table in (outbound, offer, staff_task):
            self._connection.execute(delete(table).where(table.c.person_id.in_(theirs)))
        self._connection.execute(delete(person).where(people, person.c.stopped_at.is_(None)))

    def reseal(self) -> None:
        """Seal with the present key what an older one sealed, and hash addresses anew."""
        for table, key, place in _PLACES:
            older = table.c.sealed.not_like(f"{self._vault.key_id}:%")
            for row in self._connection.execute(select(table).where(older)).all():
                value = self._vault.open(row.sealed, place(row))
                changes: Dict[str, str] = {"sealed": self._vault.seal(value, place(row))}
                if table is person:
                    changes["address_hash"] = address_hash(self._vault, row.channel, value)
                mine = table.c[key] == row._mapping[key]
                self._connection.execute(update(table).where(mine).values(**changes))

    def commit(self) -> None:
        """Keep every change."""
        self._connection.commit()


class StoredMail:
    """Messaging's part of the database."""

    def __init__(self, engine: Engine, vault: Vault) -> None:
        self._engine = engine
        self._vault = vault

    @contextmanager
    def reading(self) -> Iterator[StoredMailWork]:
        """A unit of work that looks, and stands in nobody's way."""
        with self._engine.connect().execution_options(**LOOKS_ONLY) as connection:
            yield StoredMailWork(connection, self._vault)

    @contextmanager
    def writing(self) -> Iterator[StoredMailWork]:
        """A unit of work that changes something."""
        with self._engine.connect() as connection:
            yield StoredMailWork(connection, self._vault)

    def address_hash(self, channel: str, address: str) -> str:
        """What an address is found by; it needs no database."""
        return address_hash(self._vault, channel, address)

    def forget_silent(self, before: datetime) -> None:
        """Forget people last heard of before this time; see `StoredMailWork.forget`."""
        with self.writing() as work:
            work.forget(person.c.last_heard_at < before)
            work.commit()

    def forget(self, people: Sequence[str]) -> None:
        """Forget these people; see `StoredMailWork.forget`."""
        with self.writing() as work:
            work.forget(person.c.id.in_(people))
            work.commit()

    def prepare(self) -> None:
        """Bring the present key into the database, at the start.

        Raises:
            SealBroken: what is stored was sealed with a key that is not here.
        """
        with self.writing() as work:
            work.reseal()
            work.commit()
