"""Text messages: short, plain, numbered, in parts of at most two segments.

Carriers put the segments of one message together again, and Twilio advises to stay under 320 characters a
message ("Message Segment Calculator"; "What is GSM-7 Character Encoding?"). What a number stands for is kept
by the caller.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import List, Sequence, Tuple

from bot.chat.message import Button, Message
from bot.messaging.gsm import plain, segments
from bot.messaging.outgoing import REST, Links, Outgoing, Rendered
from bot.messaging.rendering.text import (
    body,
    gathered,
    in_parts,
    is_urgent,
    offered,
    options_of,
    pieces_of,
)
from bot.messaging.reserved import Word, reserved

SEGMENTS_A_PART = 2
GUIDES = "equipment_how_to"
MORE = Button("More", REST)
_ASK_MORE = "\nReply MORE for the rest."
_LEAVE = "Leave this"
_WIDEST_MARK = " (9/9)"


def render(messages: Sequence[Message], offer_id: str, links: Links) -> Rendered:
    """The turn as text messages: what is urgent first and whole, then the rest with its numbered options.

    An answer takes one part, a question or what belongs to a guide two. Where that is not enough, options
    that open another topic are left out from the last on; where it still is not, the text stops at a
    sentence, and "More" is the only option.
    """
    urgent = _pieces([one for one in messages if is_urgent(one)], links)
    calm = [one for one in messages if not is_urgent(one)]
    buttons = tuple(_without_reserved(button) for button in offered(messages))
    if not calm:
        return Rendered(_marked(in_parts([*urgent, *_menu(buttons)], _fits_marked)), options_of(buttons))
    before = in_parts(urgent, _fits_marked)
    pieces, room = _pieces(calm, links), Room(_parts_for(calm, buttons), alone=not before)
    for fewer in _leaving_out(buttons):
        parts = room.packed([*pieces, *_menu(fewer)])
        if parts:
            return Rendered(_marked([*before, *parts]), options_of(fewer))
    parts, rest = _cut(pieces, room)
    if not rest:
        parts = in_parts([*pieces, *_menu(buttons)], _fits_marked)
        return Rendered(_marked([*before, *parts]), options_of(buttons))
    return Rendered(_marked([*before, *parts]), options_of([MORE]), _message(rest, calm[-1], buttons))


@dataclass(frozen=True)
class Room:
    """How many parts there are for a text, and whether they are the only ones of the turn."""

    parts: int
    alone: bool

    def packed(self, pieces: Sequence[str]) -> List[str]:
        """The pieces in parts; none when they need more than there are."""
        packed = in_parts(pieces, _fits)
        if len(packed) > 1 or not self.alone:
            packed = in_parts(pieces, _fits_marked)
        return packed if len(packed) <= self.parts else []


def _parts_for(messages: Sequence[Message], buttons: Sequence[Button]) -> int:
    guide = any(one.topic == GUIDES for one in messages)
    return 2 if guide or any(_answers(button) for button in buttons) else 1


def _answers(button: Button) -> bool:
    """Whether it answers the question above it; others open a topic, which can be asked for in words."""
    return "?" in button.payload


def _pieces(messages: Sequence[Message], links: Links) -> List[str]:
    """The text of the messages in pieces, without empty lines."""
    text = "\n".join(body(one, links, between="\n") for one in messages)
    return pieces_of(re.sub(r"\s*\n\s*", "\n", plain(text)))


def _menu(buttons: Sequence[Button]) -> List[str]:
    """The numbered options, to stay in one piece; nothing when there are none."""
    if not buttons:
        return []
    lines = [f"{number} {plain(button.title)}" for number, button in enumerate(buttons, start=1)]
    numbers = [str(number) for number in range(1, len(lines) + 1)]
    asked = " or ".join(filter(None, (", ".join(numbers[:-1]), numbers[-1])))
    return ["\n" + "\n".join([*lines, f"Reply {asked}."])]


def _without_reserved(button: Button) -> Button:
    """A title that is no word that ends all messages, since people type what they read."""
    return Button(_LEAVE, button.payload) if reserved(button.title) in (Word.STOP, Word.CANCEL) else button


def _leaving_out(buttons: Tuple[Button, ...]) -> List[Tuple[Button, ...]]:
    """The buttons, then ever fewer of them: one that only opens another topic may go, the last one first."""
    choices = [buttons]
    for button in reversed(buttons):
        if not _answers(button):
            choices.append(tuple(one for one in choices[-1] if one is not button))
    return choices


def _cut(pieces: Sequence[str], room: Room) -> Tuple[List[str], str]:
    """As much as fits with the offer of more behind it, and the text of the rest; empty when all fits."""
    parts = gathered(pieces, lambda part: _fits_marked(part + _ASK_MORE))
    first, rest = [part.strip() for part in parts[: room.parts]], "".join(parts[room.parts :])
    if rest:
        first[-1] += _ASK_MORE
    return first, rest


def _message(text: str, like: Message, buttons: Tuple[Button, ...]) -> Message:
    """The rest of a text as a message of its own."""
    return Message(like.id, like.sender, like.sent_at, ({"type": "text", "text": text},), buttons, like.topic)


def _marked(parts: Sequence[str]) -> Tuple[Outgoing, ...]:
    """Each part with its place in the order, where there are several; a number to call stands before it."""
    if len(parts) == 1:
        return (Outgoing(parts[0]),)
    return tuple(Outgoing(f"{part} ({number}/{len(parts)})") for number, part in enumerate(parts, start=1))


def _fits(part: str) -> bool:
    return segments(part) <= SEGMENTS_A_PART


def _fits_marked(part: str) -> bool:
    return _fits(part + _WIDEST_MARK)
