"""What goes out to people: in order, with a limit, never to who wrote STOP, and never lost from sight."""

from __future__ import annotations

from datetime import timedelta
from typing import Callable, List, Optional

from bot.clock import Clock
from bot.messaging.model import SENT, UNDELIVERED, Letter, Reply
from bot.messaging.offers import Render, with_offer
from bot.messaging.storage import Mail, MailStore

LEASE = timedelta(seconds=60)
"""How long a message stays with whoever sends it; then, if they died, somebody else sends it."""
FIRST_REST, LONGEST_REST = timedelta(seconds=2), timedelta(minutes=15)
MOST_TRIES = 12
"""Rests that double from the first to the longest: about an hour in all."""


class Outbox:
    """One channel's part of what goes out."""

    def __init__(self, channel: str, store: MailStore, clock: Clock, window: Optional[timedelta]) -> None:
        self._channel = channel
        self._store = store
        self._clock = clock
        self._window = window

    def waiting(self) -> List[str]:
        """People with something to send."""
        with self._store.reading() as mail:
            return mail.outbound.waiting(self._channel, self._clock())

    def take(self, person_id: str) -> Optional[Letter]:
        """The next message for this person; None when there is none to send now."""
        now = self._clock()
        with self._store.writing() as mail:
            person, taken = mail.people.get(person_id), mail.outbound.take(person_id, now, now + LEASE)
            mail.commit()
        if person is None or taken is None:
            return None
        position, message, tries = taken
        if tries > MOST_TRIES:  # whoever had it never came back, each time
            self._change(lambda mail: mail.outbound.finish(position, UNDELIVERED, problem="lost"))
            return None
        return Letter(position, person, message, tries)

    def is_closed(self, letter: Letter) -> bool:
        """Whether the person wrote so long ago that the channel takes nothing but a template."""
        heard = letter.person.last_heard_at
        return self._window is not None and self._clock() >= heard + self._window

    def hold_back(self, letter: Letter, invited: bool) -> None:
        """Keep it until the person writes again.

        Args:
            invited: whether they have just been asked to.
        """

        def held(mail: Mail) -> None:
            mail.outbound.hold_back(letter.person.id)
            if invited:
                mail.people.invited(letter.person.id, self._clock())

        self._change(held)

    def sent(self, letter: Letter, provider_id: str) -> None:
        """Keep that the provider took it."""
        self._change(lambda mail: mail.outbound.finish(letter.position, SENT, provider_id=provider_id))

    def failed(self, letter: Letter, problem: str, retry_after: Optional[float] = None) -> None:
        """Let it rest, longer each time; after the last try it is given up, and staff see it."""
        if letter.tries >= MOST_TRIES:
            self.give_up(letter, problem)
            return
        rest = min(FIRST_REST * int(2 ** (letter.tries - 1)), LONGEST_REST)
        wanted = timedelta(seconds=min(retry_after or 0.0, LONGEST_REST.total_seconds()))
        until = self._clock() + max(rest, wanted)
        self._change(lambda mail: mail.outbound.put_off(letter.position, until, problem))

    def give_up(self, letter: Letter, problem: str) -> None:
        """Keep that it will not reach the person; staff see it."""
        self._change(lambda mail: mail.outbound.finish(letter.position, UNDELIVERED, problem=problem))

    def stopped(self, letter: Letter) -> None:
        """Keep what the provider knows: this person wants no messages."""

        def stop(mail: Mail) -> None:
            mail.people.remember(letter.person.id, Reply(stops=True), self._clock())
            mail.outbound.drop(letter.person.id)

        self._change(stop)

    def untold(self) -> List[str]:
        """People for whom there is a message that they did not ask for: of staff, or a reminder."""
        with self._store.reading() as mail:
            return mail.people.untold(self._channel)

    def tell(self, person_id: str, render: Render) -> None:
        """Hand over those messages; an earlier offer stands, unless they hold one."""

        def tell(mail: Mail) -> None:
            messages = mail.people.tell(person_id)
            if messages:
                parts, offer = with_offer(render, messages)
                mail.outbound.add(person_id, parts, self._clock())
                if offer.options:
                    mail.offers.add(person_id, offer)

        self._change(tell)

    def _change(self, what: Callable[[Mail], None]) -> None:
        with self._store.writing() as mail:
            what(mail)
            mail.commit()
