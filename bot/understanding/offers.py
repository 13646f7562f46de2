"""What to offer when it is not clear what was meant."""

from __future__ import annotations

from typing import List, Mapping, Tuple

from bot.understanding.ranking import Ranking

MOST = 3
WORTH_OFFERING = 0.02
"""Share of certainty below which a topic is not worth a button."""


class Offers:
    """Knows the topics that a button can name."""

    def __init__(self, titles: Mapping[str, str]) -> None:
        self._titles = titles

    def likeliest(self, ranking: Ranking) -> List[Tuple[str, str]]:
        """Up to three (label, title), the likeliest first; empty when no button can name one."""
        worthy = [label for label, share in ranking if share >= WORTH_OFFERING]
        return [(label, self._titles[label]) for label in worthy if label in self._titles][:MOST]
