"""What to offer when it is not clear what was meant."""

from __future__ import annotations

from typing import List, Mapping, Sequence, Tuple

MOST = 3
LOWER_LINE = 0.12
"""Share of certainty below which nothing is offered: the message is about something else."""

WORTH_OFFERING = 0.05


class Offers:
    """Knows the topics that a button can name."""

    def __init__(self, titles: Mapping[str, str]) -> None:
        self._titles = titles

    def likeliest(self, ranking: Sequence[Tuple[str, float]]) -> List[Tuple[str, str]]:
        """Up to three (label, title), the likeliest first; empty when there is nothing to offer.

        Args:
            ranking: labels with their shares of certainty.
        """
        known = [(label, share) for label, share in ranking if label != "nlu_fallback"]
        if not known or known[0][0] == "out_of_scope" or known[0][1] < LOWER_LINE:
            return []
        worthy = [label for label, share in known if share >= WORTH_OFFERING]
        return [(label, self._titles[label]) for label in worthy if label in self._titles][:MOST]
