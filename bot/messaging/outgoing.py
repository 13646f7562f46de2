"""What goes out to a person's phone: what a provider is asked to send, and what its choices mean."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional, Tuple
from urllib.parse import urljoin

from bot.chat.message import Message

REST = ""
"""The payload of the option that asks for the rest of a long text: the dialogue has no part in it."""


@dataclass(frozen=True)
class Choice:
    """A button as the provider shows it.

    `ref` is "<offer id>:<index>", at most 64 bytes; what the button stands for never leaves the house.
    """

    title: str
    ref: str


@dataclass(frozen=True)
class Outgoing:
    """One message as the provider is asked to send it.

    `as_list` asks for a WhatsApp list in place of buttons, and `list_label` is what opens it.
    """

    text: str
    choices: Tuple[Choice, ...] = ()
    as_list: bool = False
    list_label: str = ""


@dataclass(frozen=True)
class Option:
    """What a number or a button stands for."""

    title: str
    payload: str


@dataclass(frozen=True)
class Rendered:
    """The messages of one turn, in the order they go out.

    `options` are what was offered: number 1, and the reference that ends with ":0", is the first. Where a
    text is too long for its channel, one option has the payload REST, and `rest` is the message that it
    asks for, to be rendered in its turn.
    """

    parts: Tuple[Outgoing, ...]
    options: Tuple[Option, ...] = ()
    rest: Optional[Message] = None


@dataclass(frozen=True)
class Links:
    """Makes the addresses of the chat whole, for people who are not on the clinic's site.

    `site` is the public address of this server, such as "https://chat.example.org".
    """

    site: str

    def absolute(self, url: str) -> str:
        """The whole address; one that is whole already stays as it is."""
        return urljoin(f"{self.site.rstrip('/')}/", url)
