"""Messages as running text, and long text in parts that end where a sentence ends."""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import pairwise
from typing import Callable, Iterator, List, Sequence, Tuple

from bot.chat.message import Block, Button, Message, plain_text
from bot.messaging.outgoing import Choice, Links, Option

Fits = Callable[[str], bool]

SHORT_LINE = 160
"""Characters; a question and what to do about it stand in one short line."""

_SENTENCE_END = re.compile(r"[.!?][\"')]*\s+(?=[^\sa-z])")
_DIGITS = re.compile(r"\D+")


def is_urgent(message: Message) -> bool:
    """Whether it tells of danger: then it is said first, and whole."""
    return any(block["type"] == "notice" for block in message.blocks)


def body(message: Message, links: Links, between: str) -> str:
    """All that a message says, its pictures and pages as addresses; sources and buttons are left out.

    Args:
        between: what stands between two blocks.
    """
    said: List[str] = []
    for block in message.blocks:
        line = _line(block, links, said)
        if line:
            said.append(line)
    return between.join(said)


def offered(messages: Sequence[Message]) -> Tuple[Button, ...]:
    """The buttons that count: those of the last message that has any."""
    return next((message.buttons for message in reversed(messages) if message.buttons), ())


def options_of(buttons: Sequence[Button]) -> Tuple[Option, ...]:
    """What the buttons stand for, in their order."""
    return tuple(Option(button.title, button.payload) for button in buttons)


def choices_of(titles: Sequence[str], offer_id: str) -> Tuple[Choice, ...]:
    """Buttons for the options of one offer, in their order."""
    return tuple(Choice(title, f"{offer_id}:{index}") for index, title in enumerate(titles))


def pieces_of(text: str) -> List[str]:
    """What should stay together: lists by their items, short lines, and long ones by their sentences.

    Each has the space that is behind it: together they are the text.
    """
    lines = re.findall(r"[^\n]*\n+|[^\n]+", text)
    whole = [line.startswith("- ") or len(line) <= SHORT_LINE for line in lines]
    return [
        piece
        for line, keep in zip(lines, whole, strict=True)
        for piece in ([line] if keep else _sentences(line))
    ]


def in_parts(pieces: Sequence[str], fits: Fits) -> List[str]:
    """The pieces put together to as few parts as fit, in order; a piece too long for a part is broken."""
    return [part.strip() for part in gathered(pieces, fits) if part.strip()]


def gathered(pieces: Sequence[str], fits: Fits) -> List[str]:
    """The same with all the space between: together the parts are the text."""
    parts: List[str] = []
    for small in (small for piece in pieces for small in _broken(piece, fits)):
        if parts and fits((parts[-1] + small).strip()):
            parts[-1] += small
        else:
            parts.append(small)
    return parts


def _broken(piece: str, fits: Fits) -> Iterator[str]:
    if fits(piece.strip()):
        yield piece
        return
    smaller = _sentences(piece)
    if len(smaller) == 1:
        smaller = re.findall(r"\S+\s*", piece)
    if len(smaller) == 1:
        most = max(1, bisect_left(range(len(piece)), True, key=lambda end: not fits(piece[:end])) - 1)
        smaller = [piece[:most], piece[most:]]
    for one in smaller:
        yield from _broken(one, fits)


def _sentences(text: str) -> List[str]:
    ends = [0, *(found.end() for found in _SENTENCE_END.finditer(text)), len(text)]
    return [text[start:end] for start, end in pairwise(ends) if start < end]


def _line(block: Block, links: Links, said: Sequence[str]) -> str:
    """One block as text; empty for a number to call that was said already."""
    kind = block["type"]
    if kind == "steps":
        return f"Step {block['index']} of {block['of']}: {block['text']}"
    if kind == "image":
        return f"Picture: {links.absolute(block['url'])}"
    if kind == "link":
        return _link(block, links, said)
    return plain_text(block)


def _link(block: Block, links: Links, said: Sequence[str]) -> str:
    title, url = str(block["title"]).partition(":")[0], str(block["url"])
    if not url.startswith("tel:"):
        return f"{title}: {links.absolute(url)}"
    number = _DIGITS.sub("", url)
    # "+1" of an address is mostly not said in a sentence.
    known = number[-10:] in _DIGITS.sub("", " ".join(said))
    return "" if known else f"{title}: {url.replace('tel:', '')}"
