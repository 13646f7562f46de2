"""What messaging asks of the database; `bot/store` gives it."""

from __future__ import annotations

from datetime import datetime
from typing import ContextManager, List, Optional, Protocol, Sequence, Set, Tuple

from bot.chat.message import Message
from bot.messaging.incoming import Incoming
from bot.messaging.model import Offer, Person, Reply, Task, Undelivered
from bot.messaging.outgoing import Outgoing


class People(Protocol):
    """Who writes, inside one unit of work."""

    def find(self, channel: str, address: str, at: datetime) -> str:
        """The id of whoever has this address; somebody new is kept."""

    def heard(self, person_id: str, at: datetime) -> None:
        """Keep that the person wrote."""

    def get(self, person_id: str) -> Optional[Person]:
        """One person; None once they are forgotten."""

    def remember(self, person_id: str, reply: Reply, at: datetime) -> None:
        """Keep what a reply changes about the person: introduced, stopped, come back."""

    def invited(self, person_id: str, at: datetime) -> None:
        """Keep that the person was asked to write again."""

    def stopped(self, channel: str) -> Set[str]:
        """Addresses, as hashes, that nothing may go out to."""

    def untold(self, channel: str) -> List[str]:
        """People of whose conversation a message that they did not ask for has not gone out yet."""

    def tell(self, person_id: str) -> List[Message]:
        """Those messages, oldest first; from now on they count as handed over."""


class Inbound(Protocol):
    """What people sent."""

    def add(self, id: str, person_id: str, said: Incoming, at: datetime) -> bool:
        """Keep one message; whether it was new."""

    def waiting(self, channel: str, now: datetime) -> List[str]:
        """People with a message to answer."""

    def take(self, person_id: str, now: datetime, until: datetime) -> Optional[Tuple[str, Incoming, int]]:
        """The person's first message not yet answered: its id, itself, and which try this is.

        None when there is none, or it is not its time: somebody is at it, or it rests after a failure.
        """

    def put_off(self, id: str, until: datetime) -> None:
        """Let it be taken again then."""

    def finish(self, id: str) -> bool:
        """Keep that it is answered, and drop its text; whether it was still open."""


class Outbound(Protocol):
    """What goes out."""

    def add(
        self, person_id: str, parts: Sequence[Outgoing], at: datetime, confirms_stop: bool = False
    ) -> None:
        """Put messages behind those that wait already; after STOP none goes out but what confirms it."""

    def waiting(self, channel: str, now: datetime) -> List[str]:
        """People with a message to send."""

    def take(self, person_id: str, now: datetime, until: datetime) -> Optional[Tuple[int, Outgoing, int]]:
        """The person's first message not yet sent: its number, itself, which try this is; None as above."""

    def put_off(self, position: int, until: datetime, problem: str) -> None:
        """Let it be taken again then."""

    def finish(
        self, position: int, state: str, provider_id: Optional[str] = None, problem: Optional[str] = None
    ) -> None:
        """Keep what became of it; the text of what was sent is dropped."""

    def drop(self, person_id: str) -> None:
        """Drop everything that waits for this person."""

    def hold_back(self, person_id: str) -> None:
        """Keep everything that waits until the person writes again."""

    def release(self, person_id: str, now: datetime) -> None:
        """Let what was held back go out."""

    def undelivered(self, count: int) -> List[Undelivered]:
        """What did not reach people, or is held back, the latest first."""


class Offers(Protocol):
    """What numbers and buttons stand for."""

    def add(self, person_id: str, offer: Offer) -> None:
        """Keep what is offered from now on."""

    def last(self, person_id: str) -> Optional[Offer]:
        """What was offered last."""

    def get(self, person_id: str, offer_id: str) -> Optional[Offer]:
        """An offer of this person's; None when they were never made it."""


class Tasks(Protocol):
    """What staff must look at."""

    def add(self, person_id: str, kind: str, at: datetime) -> None:
        """Keep one."""

    def latest(self, count: int) -> List[Task]:
        """The last ones, the latest first."""


class Mail(Protocol):
    """One unit of work: only `commit` keeps its changes."""

    @property
    def people(self) -> People:
        """Who writes."""

    @property
    def inbound(self) -> Inbound:
        """What they sent."""

    @property
    def outbound(self) -> Outbound:
        """What goes out to them."""

    @property
    def offers(self) -> Offers:
        """What they were offered."""

    @property
    def tasks(self) -> Tasks:
        """What staff must look at."""

    def commit(self) -> None:
        """Keep every change."""


class MailStore(Protocol):
    """Where units of work come from."""

    def address_hash(self, channel: str, address: str) -> str:
        """What an address is found by; it needs no database."""

    def reading(self) -> ContextManager[Mail]:
        """A unit of work that looks, and stands in nobody's way."""

    def writing(self) -> ContextManager[Mail]:
        """A unit of work that changes something."""
