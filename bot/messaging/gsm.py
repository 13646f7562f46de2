"""How many segments a text message takes, and how to make it take fewer.

A segment carries 160 characters of the GSM 03.38 alphabet, or 70 of any other; a longer message carries 153
or 67 in each, since every segment then says where it belongs. One character outside the alphabet turns the
whole message (Twilio, "What is GSM-7 Character Encoding?" and "What the heck is a segment?").
"""

from __future__ import annotations

import unicodedata

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = frozenset("^{}\\[~]|€\f")
"""These take two places: a sign that the next one is of the second table, and the character."""

_PLAIN = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′`´", "'"),
        **dict.fromkeys("“”„‟″«»", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys("•‣▪·", "-"),
        **dict.fromkeys("\u00a0\u2002\u2003\u2009\u202f\t", " "),
        **dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\ufe0f", None),
        "…": "...",
        "×": "x",
        "÷": "/",
    }
)


def plain(text: str) -> str:
    """The text with every sign of the alphabet that says the same; what has no like is left as it is."""
    return "".join(_nearest(char) for char in text.translate(_PLAIN))


def is_gsm(text: str) -> bool:
    """Whether the whole text is in the alphabet."""
    return all(char in _BASIC or char in _EXTENDED for char in text)


def segments(text: str) -> int:
    """How many segments the text takes, and so what it costs; 0 when there is no text."""
    if is_gsm(text):
        return _counted([2 if char in _EXTENDED else 1 for char in text], alone=160, each=153)
    return _counted([2 if ord(char) > 0xFFFF else 1 for char in text], alone=70, each=67)


def _nearest(char: str) -> str:
    """An accent goes where the alphabet has only the bare letter."""
    if char in _BASIC or char in _EXTENDED:
        return char
    bare = "".join(part for part in unicodedata.normalize("NFKD", char) if not unicodedata.combining(part))
    return bare if bare and is_gsm(bare) else char


def _counted(places: list[int], alone: int, each: int) -> int:
    """Segments of characters that take one place or two; one that takes two is never torn apart."""
    if sum(places) <= alone:
        return 1 if places else 0
    count, room = 1, each
    for taken in places:
        if taken > room:
            count, room = count + 1, each
        room -= taken
    return count
