"""What to do about a message: answer, ask "did you mean", or say that it is not ours.

The lines were chosen on a fifth of the project's own examples, ranked by a model that had not seen them:
`python -m tests.benchmarks.lines` chooses, and prints what each choice gives.
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

    A message is refused when being out of scope has `outside` or more and its likeliest topic less than
    `sure`, or when that topic has less than `lower`. From `upper` on, a topic is answered. What cannot be
    offered as a choice (a greeting, a yes) is acted on from `unoffered` on; else the message is asked about.
    """

    upper: float = 0.55
    unoffered: float = 0.4
    lower: float = 0.1
    outside: float = 0.1
    sure: float = 0.65


def decide(ranking: Ranking, offered: Container[str], lines: Lines = Lines()) -> Optional[str]:
    """The label to act on; `out_of_scope` to refuse; None to ask which topic was meant.

    Args:
        offered: the labels that a button can name.
    """
    label, share = ranking[0]
    if label == INFORM:
        return None
    doubt = share < lines.sure and dict(ranking).get(OUT_OF_SCOPE, 0.0) >= lines.outside
    if label == OUT_OF_SCOPE or share < lines.lower or doubt:
        return OUT_OF_SCOPE
    return label if share >= (lines.upper if label in offered else lines.unoffered) else None
