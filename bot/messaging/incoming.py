"""One message as every channel hands it over, whatever its provider's form."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Optional

_DELIVERIES = uuid.UUID("6f1d8f0e-5d0b-4f7c-9a55-0d9c7a7b4a10")

UNREAD = ("picture", "voice", "video", "file", "place", "contact", "sticker", "edited", "other")
"""What people send that the assistant cannot read."""


@dataclass(frozen=True)
class Incoming:
    """What somebody sent to one of the clinic's numbers or pages.

    Attributes:
        delivery_id: the provider's id of it, the same however often it is delivered.
        address: the number or id that an answer goes to.
        text: what was typed; beside a pressed button, what the button says.
        pressed: the reference of a button (`Choice.ref`).
        unread: one of UNREAD, when something came that cannot be read.
        answered: whether the provider itself has answered it already (a carrier's STOP or HELP).
        sent_at: when it was sent, if the provider says so.
    """

    delivery_id: str
    address: str
    text: str = ""
    pressed: Optional[str] = None
    unread: Optional[str] = None
    answered: bool = False
    sent_at: Optional[datetime] = None

    def id_in(self, channel: str) -> str:
        """The id of the message in its conversation: the same for the same delivery."""
        return str(uuid.uuid5(_DELIVERIES, f"{channel} {self.delivery_id}"))
