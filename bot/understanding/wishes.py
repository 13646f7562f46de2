"""Several wishes in one message: "what do you charge, and where do I park?"."""

from __future__ import annotations

import re
from typing import Callable, List

from bot.understanding.ranking import Ranking

MOST = 3
SURE = 0.6
"""Share of certainty that each part needs: a part that is only the setting of a story has less."""

_END = re.compile(r"(?<=[?!.;])\s+|\s*\n\s*")
_JOINT = re.compile(r"\s*,?\s+(?:and|also|plus|oh and|&)\s+(?:also\s+)?", re.I)
_ASKS = re.compile(
    r"\?|^(?:what|when|where|who|how|why|which|do|does|did|is|are|can|could|will|would|should|may|please)\b"
    r"|\b(?:wonder\w*|tell me|i'?d like|i need|i want|want to know)\b",
    re.I,
)


def asks(text: str) -> bool:
    """Whether something is wanted."""
    return _ASKS.search(text) is not None


def parts(text: str) -> List[str]:
    """Pieces of a message that could each be a wish; sentences first, then what "and" joins."""
    pieces = [piece for sentence in _END.split(text) for piece in _JOINT.split(sentence)]
    return [piece.strip() for piece in pieces if asks(piece) and len(piece.split()) > 1]


def wishes_in(text: str, rank: Callable[[str], Ranking]) -> List[str]:
    """The labels of several wishes, in order; empty when the message has only one.

    Args:
        rank: what a piece of text is about.
    """
    pieces = parts(text)
    if len(pieces) < 2:
        return []
    sure = [ranking[0][0] for ranking in map(rank, pieces) if ranking[0][1] >= SURE]
    labels = [label for label in dict.fromkeys(sure) if label.startswith("faq/")]
    return labels[:MOST] if len(labels) > 1 else []
