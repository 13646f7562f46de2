"""What people sent, what goes out to them and what they were offered, in the database."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import List, Optional, Sequence, Tuple

from sqlalchemy import Table, and_, insert, or_, select, update
from sqlalchemy.engine import Connection
from sqlalchemy.exc import IntegrityError
from sqlalchemy.sql import ColumnElement

from bot.chat.message import Message
from bot.messaging.incoming import Incoming
from bot.messaging.model import DROPPED, DUE, HELD_BACK, UNDELIVERED, Offer, Undelivered
from bot.messaging.outgoing import Choice, Option, Outgoing
from bot.store.messaging.people import place as person_place
from bot.store.sealing import Vault
from bot.store.tables import inbound, offer, outbound, person

_MAY_GO_OUT = or_(person.c.stopped_at.is_(None), outbound.c.confirms_stop.is_(True))


class StoredInbound:
    """The repository of what people sent, inside one transaction."""

    def __init__(self, connection: Connection, vault: Vault) -> None:
        self._connection = connection
        self._vault = vault

    def add(self, id: str, person_id: str, said: Incoming, at: datetime) -> bool:
        """Keep one message; whether it was new."""
        body = {key: value for key, value in asdict(said).items() if key not in ("address", "sent_at")}
        row = {
            "id": id,
            "person_id": person_id,
            "sealed": self._vault.seal(body, inbound_place(id)),
            "sent_at": said.sent_at or at,
            "due_at": at,
            "tries": 0,
        }
        try:
            with self._connection.begin_nested():
                self._connection.execute(insert(inbound).values(**row))
        except IntegrityError:
            return False
        return True

    def waiting(self, channel: str, now: datetime) -> List[str]:
        """People with a message to answer."""
        wanted = select(person.c.id).join(inbound, inbound.c.person_id == person.c.id)
        due = (person.c.channel == channel, inbound.c.due_at <= now)
        return list(self._connection.execute(wanted.where(*due).distinct()).scalars())

    def take(self, person_id: str, now: datetime, until: datetime) -> Optional[Tuple[str, Incoming, int]]:
        """The person's first message not yet answered: its id, itself, and which try this is.

        None when there is none, or it is not its time: somebody is at it, or it rests after a failure.
        """
        row = self._connection.execute(
            select(inbound, person.c.sealed.label("address"))
            .join(person, person.c.id == inbound.c.person_id)
            .where(inbound.c.person_id == person_id, inbound.c.due_at.is_not(None))
            .order_by(inbound.c.sent_at, inbound.c.position)
            .limit(1)
            .with_for_update(of=inbound)
        ).one_or_none()
        if row is None or row.due_at > now:
            return None
        _lease(self._connection, inbound, row.position, until)
        body = self._vault.open(row.sealed, inbound_place(row.id))
        address = self._vault.open(row.address, person_place(person_id))
        return row.id, Incoming(address=address, sent_at=row.sent_at, **body), row.tries + 1

    def put_off(self, id: str, until: datetime) -> None:
        """Let it be taken again then."""
        self._connection.execute(update(inbound).where(_open(id)).values(due_at=until))

    def finish(self, id: str) -> bool:
        """Keep that it is answered, and drop its text; whether it was still open."""
        done = update(inbound).where(_open(id)).values(due_at=None, sealed=None)
        return bool(self._connection.execute(done).rowcount)


class StoredOutbound:
    """The repository of what goes out, inside one transaction."""

    def __init__(self, connection: Connection, vault: Vault) -> None:
        self._connection = connection
        self._vault = vault

    def add(
        self, person_id: str, parts: Sequence[Outgoing], at: datetime, confirms_stop: bool = False
    ) -> None:
        """Put messages behind those that wait already; after STOP none goes out but what confirms it."""
        stopped = select(person.c.stopped_at).where(person.c.id == person_id)
        may_go_out = confirms_stop or self._connection.execute(stopped).scalar_one() is None
        for part in parts:
            self._connection.execute(
                insert(outbound).values(
                    person_id=person_id,
                    sealed=self._vault.seal(asdict(part), outbound_place(person_id)),
                    state=DUE if may_go_out else UNDELIVERED,
                    problem=None if may_go_out else "stopped",
                    made_at=at,
                    due_at=at if may_go_out else None,
                    tries=0,
                    confirms_stop=confirms_stop,
                )
            )

    def waiting(self, channel: str, now: datetime) -> List[str]:
        """People with a message to send."""
        wanted = select(person.c.id).join(outbound, outbound.c.person_id == person.c.id)
        due = (person.c.channel == channel, outbound.c.state == DUE, outbound.c.due_at <= now, _MAY_GO_OUT)
        return list(self._connection.execute(wanted.where(*due).distinct()).scalars())

    def take(self, person_id: str, now: datetime, until: datetime) -> Optional[Tuple[int, Outgoing, int]]:
        """The person's first message not yet sent: its number, itself, which try this is; None as above."""
        row = self._connection.execute(
            select(outbound)
            .join(person, person.c.id == outbound.c.person_id)
            .where(outbound.c.person_id == person_id, outbound.c.state == DUE, _MAY_GO_OUT)
            .order_by(outbound.c.position)
            .limit(1)
            .with_for_update(of=outbound)
        ).one_or_none()
        if row is None or row.due_at > now:
            return None
        _lease(self._connection, outbound, row.position, until)
        return row.position, self._opened(row.sealed, person_id), row.tries + 1

    def put_off(self, position: int, until: datetime, problem: str) -> None:
        """Let it be taken again then."""
        later = update(outbound).where(outbound.c.position == position, outbound.c.state == DUE)
        self._connection.execute(later.values(due_at=until, problem=problem))

    def finish(
        self, position: int, state: str, provider_id: Optional[str] = None, problem: Optional[str] = None
    ) -> None:
        """Keep what became of it; the text of what was sent is dropped."""
        done = {"state": state, "due_at": None, "provider_id": provider_id, "problem": problem}
        if state != UNDELIVERED:
            done["sealed"] = None
        self._connection.execute(update(outbound).where(outbound.c.position == position).values(**done))

    def drop(self, person_id: str) -> None:
        """Drop everything that waits for this person."""
        waits = update(outbound).where(
            outbound.c.person_id == person_id, outbound.c.state.in_((DUE, HELD_BACK))
        )
        self._connection.execute(waits.values(state=DROPPED, due_at=None, sealed=None))

    def hold_back(self, person_id: str) -> None:
        """Keep everything that waits until the person writes again."""
        waits = update(outbound).where(outbound.c.person_id == person_id, outbound.c.state == DUE)
        self._connection.execute(waits.values(state=HELD_BACK, due_at=None, problem="window closed"))

    def release(self, person_id: str, now: datetime) -> None:
        """Let what was held back go out."""
        held = update(outbound).where(outbound.c.person_id == person_id, outbound.c.state == HELD_BACK)
        self._connection.execute(held.values(state=DUE, due_at=now))

    def undelivered(self, count: int) -> List[Undelivered]:
        """What did not reach people, or is held back, the latest first."""
        wanted = (
            select(outbound, person.c.channel, person.c.sealed.label("address"))
            .join(person, person.c.id == outbound.c.person_id)
            .where(outbound.c.state.in_((UNDELIVERED, HELD_BACK)))
            .order_by(outbound.c.position.desc())
            .limit(count)
        )
        return [
            Undelivered(
                made_at=row.made_at,
                channel=row.channel,
                address=self._vault.open(row.address, person_place(row.person_id)),
                state=row.state,
                tries=row.tries,
                problem=row.problem or "",
                text=self._opened(row.sealed, row.person_id).text,
            )
            for row in self._connection.execute(wanted)
        ]

    def _opened(self, sealed: str, person_id: str) -> Outgoing:
        body = self._vault.open(sealed, outbound_place(person_id))
        choices = tuple(Choice(**one) for one in body.pop("choices"))
        return Outgoing(choices=choices, **body)


class StoredOffers:
    """The repository of what was offered, inside one transaction."""

    def __init__(self, connection: Connection, vault: Vault) -> None:
        self._connection = connection
        self._vault = vault

    def add(self, person_id: str, made: Offer) -> None:
        """Keep what is offered from now on."""
        rest = made.rest.as_json() if made.rest else None
        body = {"options": [asdict(one) for one in made.options], "rest": rest}
        sealed = self._vault.seal(body, offer_place(made.id))
        self._connection.execute(insert(offer).values(id=made.id, person_id=person_id, sealed=sealed))

    def last(self, person_id: str) -> Optional[Offer]:
        """What was offered last."""
        return self._one(offer.c.person_id == person_id)

    def get(self, person_id: str, offer_id: str) -> Optional[Offer]:
        """An offer of this person's; None when they were never made it."""
        return self._one(and_(offer.c.person_id == person_id, offer.c.id == offer_id))

    def _one(self, wanted: ColumnElement[bool]) -> Optional[Offer]:
        latest = select(offer).where(wanted).order_by(offer.c.position.desc()).limit(1)
        row = self._connection.execute(latest).one_or_none()
        if row is None:
            return None
        body = self._vault.open(row.sealed, offer_place(row.id))
        rest = Message.from_json(body["rest"]) if body["rest"] else None
        return Offer(row.id, tuple(Option(**one) for one in body["options"]), rest)


def inbound_place(id: str) -> str:
    """What the words of a message are sealed for."""
    return f"inbound {id}"


def outbound_place(person_id: str) -> str:
    """What the words of an answer are sealed for."""
    return f"outbound {person_id}"


def offer_place(id: str) -> str:
    """What the options of an offer are sealed for."""
    return f"offer {id}"


def _open(id: str) -> ColumnElement[bool]:
    return and_(inbound.c.id == id, inbound.c.due_at.is_not(None))


def _lease(connection: Connection, table: Table, position: int, until: datetime) -> None:
    """Nobody else takes this row until then."""
    taken = update(table).where(table.c.position == position)
    connection.execute(taken.values(due_at=until, tries=table.c.tries + 1))
