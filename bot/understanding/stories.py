"""The wish inside a long story: what the whole hides, a sentence or two may say."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Callable, List, Sequence

from bot.understanding.decision import INFORM, OUT_OF_SCOPE
from bot.understanding.ranking import Ranking
from bot.understanding.wishes import asks

LONG = 60
"""Words: shorter messages are read as a whole."""

SURE_WHEN_ASKING = 0.5
SURE = 0.6
"""Share of certainty that a passage needs to stand for the story, when it asks and when it does not."""

_END = re.compile(r"(?<=[?!.;])\s+|\s*\n\s*")
_FIRST, _LAST = 4, 12  # sentences: people ask at the beginning or, mostly, at the end


def passages(text: str) -> List[str]:
    """Each sentence of a story, and each with the one before it; of a very long story its two ends."""
    sentences = [sentence for sentence in _END.split(text) if len(sentence.split()) > 1]
    if len(sentences) > _FIRST + _LAST:
        sentences = [*sentences[:_FIRST], *sentences[-_LAST:]]
    pairs = [f"{before} {after}" for before, after in pairwise(sentences)]
    return [*sentences, *pairs]


def wish_in_story(text: str, rank_all: Callable[[Sequence[str]], List[Ranking]]) -> Ranking | None:
    """The ranking of the passage that says what is wanted; None when no passage is sure.

    Args:
        rank_all: what each of some texts is about.
    """
    found = passages(text) if len(text.split()) >= LONG else []
    if not found:
        return None
    ranked = [
        (asks(passage), ranking)
        for passage, ranking in zip(found, rank_all(found), strict=True)
        if ranking[0][0] not in (OUT_OF_SCOPE, INFORM)
    ]
    asking = [ranking for is_asking, ranking in ranked if is_asking and ranking[0][1] >= SURE_WHEN_ASKING]
    sure = asking or [ranking for _, ranking in ranked if ranking[0][1] >= SURE]
    return max(sure, key=lambda ranking: ranking[0][1], default=None)
