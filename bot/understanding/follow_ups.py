"""Messages that lean on what was just said: "and for kids?", "what about parking?"."""

from __future__ import annotations

import re
from typing import Callable

from bot.understanding.ranking import Ranking

LONGEST = 7
_LEANS = re.compile(
    r"^\W*(?:and|but|or|so|what about|how about|what if|is (?:it|that)|does (?:it|that)|also|for|with)\b",
    re.I,
)


def leans(text: str) -> bool:
    """Whether a message is short and begins as if it went on from something."""
    return len(text.split()) <= LONGEST and _LEANS.search(text) is not None


def in_context(text: str, ranking: Ranking, about: str, rank: Callable[[str], Ranking]) -> Ranking:
    """The ranking of a message read together with what was talked about.

    Args:
        ranking: of the message alone.
        about: what a button calls the topic of the last answer; empty when there was none.
        rank: what a text is about.
    """
    if not about or not leans(text):
        return ranking
    together = rank(f"{about} {text}")
    return together if together[0][1] > ranking[0][1] else ranking
