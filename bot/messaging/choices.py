"""Which of the options that a person was offered a message means."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional

from bot.chat.message import Message
from bot.messaging.inbox import Inbox
from bot.messaging.model import Offer, Received
from bot.messaging.numbers import all_chosen, chosen
from bot.messaging.outgoing import REST


@dataclass(frozen=True)
class Choice:
    """What a person chose; with `rest`, they asked for the rest of a long text.

    Several at once have no payload: their titles are what was said.
    """

    title: str
    payload: Optional[str]
    rest: Optional[Message] = None


class Choices:
    """A pressed button counts by its reference; a number, in whatever words, for the last offer only."""

    def __init__(self, inbox: Inbox) -> None:
        self._inbox = inbox

    def made_in(self, received: Received) -> Optional[Choice]:
        """The choice; None when the message is none of this person's."""
        if received.said.pressed is not None:
            offer_id, _, index = received.said.pressed.rpartition(":")
            offer = self._inbox.offer(received.person, offer_id)
            return _option(offer, int(index)) if offer and index.isascii() and index.isdigit() else None
        offer = self._inbox.last_offer(received.person)
        return _numbered(offer, received.said.text) if offer else None


def _numbered(offer: Offer, text: str) -> Optional[Choice]:
    titles = [one.title for one in offer.options]
    at = chosen(text, titles)
    if at is not None:
        return _option(offer, at)
    several = all_chosen(text, titles)
    return Choice(", ".join(titles[index] for index in several), None) if several else None


def _option(offer: Offer, index: int) -> Optional[Choice]:
    if index >= len(offer.options):
        return None
    option = offer.options[index]
    return Choice(option.title, option.payload, offer.rest if option.payload == REST else None)
