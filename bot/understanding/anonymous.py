"""A person's question without the person in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, FrozenSet

if TYPE_CHECKING:
    from spacy.tokens import Token

LEFT_OUT = "…"

_CONTACT = re.compile(r"\S+@\S+|(?:https?://|www\.)\S+", re.I)
_NUMBER = re.compile(r"[#+(]*\d[\d().,:/\-\s]*\w*")
_INTRODUCTION = re.compile(
    r"\b(?P<said>(?i:(?:my|his|her|their) name is|name's|called|signed|regards|mr|mrs|ms|miss|dr|doctor)"
    r"|(?i:this is|i am|i'm)(?= [A-Z]))"
    r"[\s.,:]+[\w'-]+(?: [A-Z][\w'-]+){0,3}"
)
_TRADE = frozenset(
    "ot otr pt slp adl adls ada cva tbi ms als copd medicare medicaid tricare telehealth".split()
)
"""Words of the trade that no dictionary has."""


def without_names(text: str) -> str:
    """The text with "…" for numbers, addresses, names, and every word that is not plain English.

    Rather too little is kept than too much: what is no word of the dictionary may be a name.
    """
    bare = _INTRODUCTION.sub(rf"\g<said> {LEFT_OUT}", _CONTACT.sub(LEFT_OUT, text))
    bare = _NUMBER.sub(f"{LEFT_OUT} ", bare)
    from bot.understanding.english import english_words, load_english  # seconds, only where it is needed

    known = english_words()
    words = [
        (token.text if _is_plain(token, known) else LEFT_OUT) + token.whitespace_
        for token in load_english()(bare)
    ]
    return re.sub(rf"{LEFT_OUT}(?:[\s,.'-]*{LEFT_OUT})*", LEFT_OUT, " ".join("".join(words).split()))


def _is_plain(token: Token, known: FrozenSet[str]) -> bool:
    """Whether a word is English, and names nobody."""
    if not any(sign.isalpha() for sign in token.text) or token.lower_ in _TRADE:
        return True
    if token.pos_ == "PROPN" or (token.is_title and not token.is_sent_start and token.i > 0):
        return False
    return bool(token.is_stop or {token.lower_, token.lemma_.lower()} & known)
