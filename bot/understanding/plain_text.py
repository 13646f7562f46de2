"""Making typed text harmless and even before anything reads it."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 2000
"""Characters; the chat API refuses longer texts, other edges cut them."""

_INVISIBLE = re.compile(
    r"[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
_COMMAND_SIGNS = re.compile(r"^[\s/]+")
_EVEN = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "´": "'", "`": "'"})


def plain_text(text: str) -> str:
    """The text with even quotes, without invisible signs, and never a command.

    Rasa obeys any text of the form `/intent{…}`, so a leading slash goes, in whatever disguise.
    """
    even = unicodedata.normalize("NFKC", text[:LONGEST])[:LONGEST]  # one sign can stand for eighteen
    even = _INVISIBLE.sub("", even).encode("utf-8", "ignore").decode("utf-8").translate(_EVEN)
    return _COMMAND_SIGNS.sub("", even).strip()
