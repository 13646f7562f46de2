"""People who write, and what staff must look at, in the database."""

from __future__ import annotations

import json
import secrets
from datetime import datetime
from typing import Any, Dict, List, Optional, Set

from sqlalchemy import and_, insert, select, update
from sqlalchemy.engine import Connection
from sqlalchemy.exc import IntegrityError

from bot.chat.message import Message
from bot.messaging.model import Person, Reply, Task
from bot.store.sealing import Vault
from bot.store.tables import chat_message, person, staff_task
from bot.store.words import Words


class StoredPeople:
    """The repository of people, inside one transaction."""

    def __init__(self, connection: Connection, vault: Vault) -> None:
        self._connection = connection
        self._vault = vault

    def find(self, channel: str, address: str, at: datetime) -> str:
        """The id of whoever has this address; somebody new is kept."""
        found_by, new_id = address_hash(self._vault, channel, address), secrets.token_urlsafe(16)
        wanted = select(person.c.id).where(person.c.address_hash == found_by)
        known = self._connection.execute(wanted).scalar_one_or_none()
        if known is None:
            row = {
                "id": new_id,
                "channel": channel,
                "address_hash": found_by,
                "sealed": self._vault.seal(address, place(new_id)),
                "last_heard_at": at,
                "told": 0,
            }
            try:
                with self._connection.begin_nested():
                    self._connection.execute(insert(person).values(**row))
            except IntegrityError:  # somebody was faster
                return str(self._connection.execute(wanted).scalar_one())
        return str(known or new_id)

    def with_address(self, address: str) -> List[str]:
        """The ids of those who have this address, on whichever channel."""
        channels = self._connection.execute(select(person.c.channel).distinct()).scalars()
        hashes = [address_hash(self._vault, channel, address) for channel in channels]
        wanted = select(person.c.id).where(person.c.address_hash.in_(hashes))
        return list(self._connection.execute(wanted).scalars())

    def heard(self, person_id: str, at: datetime) -> None:
        """Keep that the person wrote."""
        self._connection.execute(update(person).where(person.c.id == person_id).values(last_heard_at=at))

    def get(self, person_id: str) -> Optional[Person]:
        """One person; None once they are forgotten."""
        row = self._connection.execute(select(person).where(person.c.id == person_id)).one_or_none()
        if row is None:
            return None
        return Person(
            id=row.id,
            channel=row.channel,
            address=self._vault.open(row.sealed, place(row.id)),
            last_heard_at=row.last_heard_at,
            introduced_at=row.introduced_at,
            stopped_at=row.stopped_at,
            invited_at=row.invited_at,
        )

    def remember(self, person_id: str, reply: Reply, at: datetime) -> None:
        """Keep what a reply changes about the person: introduced, stopped, come back."""
        changes: Dict[str, Any] = {}
        if reply.introduces:
            changes["introduced_at"] = at
        if reply.stops is not None:
            changes["stopped_at"] = at if reply.stops else None
        if changes:
            self._connection.execute(update(person).where(person.c.id == person_id).values(**changes))

    def invited(self, person_id: str, at: datetime) -> None:
        """Keep that the person was asked to write again."""
        self._connection.execute(update(person).where(person.c.id == person_id).values(invited_at=at))

    def stopped(self, channel: str) -> Set[str]:
        """Addresses, as hashes, that nothing may go out to."""
        wanted = select(person.c.address_hash).where(
            person.c.channel == channel, person.c.stopped_at.is_not(None)
        )
        return set(self._connection.execute(wanted).scalars())

    def untold(self, channel: str) -> List[str]:
        """People of whose conversation a message that they did not ask for has not gone out yet."""
        unasked = and_(
            chat_message.c.conversation_id == person.c.id,
            chat_message.c.unasked.is_(True),
            chat_message.c.position > person.c.told,
        )
        wanted = select(person.c.id).join(chat_message, unasked).where(person.c.channel == channel)
        return list(self._connection.execute(wanted.distinct()).scalars())

    def tell(self, person_id: str) -> List[Message]:
        """Those messages, oldest first; from now on they count as handed over."""
        told = select(person.c.told).where(person.c.id == person_id).with_for_update()
        fresh = (
            select(chat_message.c.position, chat_message.c.message)
            .where(chat_message.c.conversation_id == person_id, chat_message.c.unasked.is_(True))
            .where(chat_message.c.position > self._connection.execute(told).scalar_one())
            .order_by(chat_message.c.position)
        )
        rows = self._connection.execute(fresh).all()
        if rows:
            handed_over = update(person).where(person.c.id == person_id).values(told=rows[-1].position)
            self._connection.execute(handed_over)
        texts = [Words(self._vault).open(row.message, chat_message.c.message, person_id) for row in rows]
        return [Message.from_json(json.loads(text)) for text in texts]


class StoredTasks:
    """The repository of staff's tasks, inside one transaction."""

    def __init__(self, connection: Connection, vault: Vault) -> None:
        self._connection = connection
        self._vault = vault

    def add(self, person_id: str, kind: str, at: datetime) -> None:
        """Keep one."""
        row = {"id": secrets.token_urlsafe(16), "person_id": person_id, "kind": kind, "at": at}
        self._connection.execute(insert(staff_task).values(**row))

    def latest(self, count: int) -> List[Task]:
        """The last ones, the latest first."""
        wanted = (
            select(staff_task.c.at, staff_task.c.kind, person.c.id, person.c.channel, person.c.sealed)
            .join(person, person.c.id == staff_task.c.person_id)
            .order_by(staff_task.c.at.desc())
            .limit(count)
        )
        return [
            Task(row.at, row.kind, row.channel, self._vault.open(row.sealed, place(row.id)))
            for row in self._connection.execute(wanted)
        ]


def place(person_id: str) -> str:
    """What the address of a person is sealed for."""
    return f"person {person_id}"


def address_hash(vault: Vault, channel: str, address: str) -> str:
    """What an address is found by."""
    return vault.hash(f"{channel} {address}")
