"""What goes out, together with what its numbers and buttons stand for."""

from __future__ import annotations

import secrets
from typing import Callable, Sequence, Tuple

from bot.chat.message import Message
from bot.messaging.model import Offer
from bot.messaging.outgoing import Outgoing, Rendered

Render = Callable[[Sequence[Message], str], Rendered]
"""One channel's renderer: the messages of a turn, and the id of the offer in it."""


def with_offer(render: Render, messages: Sequence[Message]) -> Tuple[Tuple[Outgoing, ...], Offer]:
    """The messages as they go out, and the offer in them; it may be empty."""
    offer_id = secrets.token_urlsafe(12)  # short: a provider gives a button's reference 64 bytes
    rendered = render(messages, offer_id)
    return rendered.parts, Offer(offer_id, rendered.options, rendered.rest)
