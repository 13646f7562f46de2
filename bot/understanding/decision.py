"""What to do about a message: answer, ask "did you mean", or say that it is not ours.

The lines were chosen on rankings of the project's own examples by models that had not seen them:
`python -m tests.benchmarks.lines` prints what each choice gives.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Container, Optional

from bot.understanding.ranking import Ranking

OUT_OF_SCOPE = "out_of_scope"
INFORM = "inform"
"""What only answers a question of a form: outside of one it means nothing."""


@dataclass(frozen=True)
class Lines:
    """Shares of certainty.

    From `upper` on, a topic is answered. Below it, what cannot be offered as a choice (a greeting, a
    yes) is still acted on from `unoffered` on; a message is refused when its likeliest topic has less
    than `lower`, or being out of scope has `outside` or more; and else it is asked about.
    """

    upper: float = 0.55
    unoffered: float = 0.4
    lower: float = 0.2
    outside: float = 0.06


def decide(ranking: Ranking, offered: Container[str], lines: Lines = Lines()) -> Optional[str]:
    """The label to act on; `out_of_scope` to refuse; None to ask which topic was meant.

    Args:
        offered: the labels that a button can name.
    """
    label, share = ranking[0]
    if label == INFORM:
        return None
    if label == OUT_OF_SCOPE or share >= lines.upper:
        return label
    if label not in offered and share >= lines.unoffered:
        return label
    outside = dict(ranking).get(OUT_OF_SCOPE, 0.0)
    return OUT_OF_SCOPE if share < lines.lower or outside >= lines.outside else None
