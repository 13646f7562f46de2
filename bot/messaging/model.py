"""The words of messaging, as values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Optional, Tuple

from bot.chat.message import Message
from bot.messaging.incoming import Incoming
from bot.messaging.outgoing import Option, Outgoing

MEANT_THE_VISIT = "meant_the_visit"
"""A task for staff: somebody with a coming visit sent CANCEL, and may have meant the visit."""

DANGER_AFTER_STOP = "danger_after_stop"
"""A task for staff: somebody who wrote STOP sent signs of danger, and no answer could go out."""

DUE, SENT, HELD_BACK, DROPPED, UNDELIVERED = "due", "sent", "held_back", "dropped", "undelivered"
"""States of what goes out: held back until the person writes again; dropped since they wrote STOP."""


@dataclass(frozen=True)
class Person:
    """Somebody who writes to one of the clinic's numbers or pages; `id` is the conversation's, too."""

    id: str
    channel: str
    address: str
    last_heard_at: datetime
    introduced_at: Optional[datetime] = None
    stopped_at: Optional[datetime] = None
    invited_at: Optional[datetime] = None


@dataclass(frozen=True)
class Received:
    """A message that is being answered for the `tries`th time; `id` is the message's in the chat."""

    id: str
    person: Person
    said: Incoming
    tries: int


@dataclass(frozen=True)
class Letter:
    """A message that is being sent for the `tries`th time."""

    position: int
    person: Person
    message: Outgoing
    tries: int


@dataclass(frozen=True)
class Offer:
    """What the numbers and buttons of an answer stand for, in order.

    `rest` is what is still to be said of a long text, for the option whose payload is REST.
    """

    id: str
    options: Tuple[Option, ...]
    rest: Optional[Message] = None


@dataclass(frozen=True)
class Reply:
    """What follows from a message: what goes out, and what is remembered of the person.

    Attributes:
        offer: what stands open from now on; without one, the last offer does.
        introduces: whether the person is told who is writing.
        stops: True when nothing may go out to the person after this, False when it may again.
        task: what staff must look at.
    """

    parts: Tuple[Outgoing, ...] = ()
    offer: Optional[Offer] = None
    introduces: bool = False
    stops: Optional[bool] = None
    task: Optional[str] = None


@dataclass(frozen=True)
class Undelivered:
    """What did not reach a person: since when, on which channel and address, and why."""

    made_at: datetime
    channel: str
    address: str
    state: str
    tries: int
    problem: str
    text: str


@dataclass(frozen=True)
class Task:
    """Something for staff to look at, and the person it is about."""

    at: datetime
    kind: str
    channel: str
    address: str
