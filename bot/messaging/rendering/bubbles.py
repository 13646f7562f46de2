"""Messages as the bubbles of a chat application."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any, List, Sequence, Tuple

from bot.chat.message import Message
from bot.messaging.outgoing import Links, Outgoing
from bot.messaging.rendering.text import body, in_parts, is_urgent, pieces_of


def in_bubbles(messages: Sequence[Message], links: Links, longest: int, longest_last: int) -> List[Outgoing]:
    """One bubble or more a message, what is urgent first.

    Args:
        longest: characters of a bubble.
        longest_last: characters of the last one, which carries the choices.
    """
    ordered = sorted(messages, key=lambda one: not is_urgent(one))
    bubbles: List[str] = []
    for message in ordered:
        most = longest_last if message is ordered[-1] else longest
        pieces = pieces_of(body(message, links, between="\n\n"))
        bubbles += in_parts(pieces, partial(_fits, most))
    return [Outgoing(text) for text in bubbles]


def with_last(bubbles: Sequence[Outgoing], **what: Any) -> Tuple[Outgoing, ...]:
    """The bubbles, the last of them with its choices."""
    return (*bubbles[:-1], *(replace(last, **what) for last in bubbles[-1:]))


def _fits(most: int, text: str) -> bool:
    """Counted as the strictest provider does, in UTF-16, where an emoji takes two places."""
    return len(text.encode("utf-16-le")) <= 2 * most
