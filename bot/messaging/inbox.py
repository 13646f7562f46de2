"""What people sent: kept at once, answered once, in order."""

from __future__ import annotations

from datetime import timedelta
from typing import FrozenSet, List, Optional, Sequence, Set

from bot.clock import Clock
from bot.messaging.incoming import Incoming
from bot.messaging.model import Offer, Person, Received, Reply
from bot.messaging.storage import MailStore

FIRST_REST = timedelta(seconds=2)
SPARE = timedelta(seconds=15)
"""How much longer than a turn a message stays with whoever took it; then somebody else may take it."""


class Inbox:
    """One channel's part of what people sent."""

    def __init__(self, channel: str, store: MailStore, clock: Clock, longest_turn: timedelta) -> None:
        self._channel = channel
        self._store = store
        self._clock = clock
        self._lease = longest_turn + SPARE
        self._stopped: FrozenSet[str] = frozenset()

    def keep(self, delivered: Sequence[Incoming]) -> Set[str]:
        """Keep what was delivered; the people with something new. A second delivery is forgotten."""
        people: Set[str] = set()
        now = self._clock()
        with self._store.writing() as mail:
            for said in delivered:
                person_id = mail.people.find(self._channel, said.address, now)
                if mail.inbound.add(said.id_in(self._channel), person_id, said, now):
                    mail.people.heard(person_id, now)
                    mail.outbound.release(person_id, now)
                    people.add(person_id)
            mail.commit()
        return people

    def waiting(self) -> List[str]:
        """People with something to answer; who wrote STOP is remembered for when the database is down."""
        with self._store.reading() as mail:
            self._stopped = frozenset(mail.people.stopped(self._channel))
            return mail.inbound.waiting(self._channel, self._clock())

    def wants_nothing(self, address: str) -> bool:
        """Whether this address wrote STOP, as far as is known without the database."""
        return self._store.address_hash(self._channel, address) in self._stopped

    def take(self, person_id: str) -> Optional[Received]:
        """The next message of this person; None when there is none to answer now."""
        now = self._clock()
        with self._store.writing() as mail:
            person, taken = mail.people.get(person_id), mail.inbound.take(person_id, now, now + self._lease)
            mail.commit()
        if person is None or taken is None:
            return None
        id, said, tries = taken
        return Received(id, person, said, tries)

    def put_off(self, received: Received) -> None:
        """Let it rest a while, longer each time, and then be taken again."""
        rest = FIRST_REST * int(4 ** (received.tries - 1))
        with self._store.writing() as mail:
            mail.inbound.put_off(received.id, self._clock() + rest)
            mail.commit()

    def finish(self, received: Received, reply: Reply) -> None:
        """Keep that it is answered, and how: all of it, or nothing if somebody else was faster."""
        now, person_id = self._clock(), received.person.id
        with self._store.writing() as mail:
            if not mail.inbound.finish(received.id):
                return
            mail.people.remember(person_id, reply, now)
            if reply.stops:
                mail.outbound.drop(person_id)
            mail.outbound.add(person_id, reply.parts, now, confirms_stop=reply.stops is True)
            if reply.offer:
                mail.offers.add(person_id, reply.offer)
            if reply.task:
                mail.tasks.add(person_id, reply.task, now)
            mail.commit()

    def last_offer(self, person: Person) -> Optional[Offer]:
        """What this person was offered last."""
        with self._store.reading() as mail:
            return mail.offers.last(person.id)

    def offer(self, person: Person, offer_id: str) -> Optional[Offer]:
        """What a pressed button belongs to; None when this person was never offered it."""
        with self._store.reading() as mail:
            return mail.offers.get(person.id, offer_id)
