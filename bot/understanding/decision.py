"""What to do about a message: answer, ask "did you mean", or say that it is not ours.

The lines are chosen on out-of-fold rankings of the project's own examples by
`python -m tests.benchmarks.lines`, which prints what each choice would give.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional

from bot.understanding.topic_model import Ranking

OUT_OF_SCOPE = "out_of_scope"


@dataclass(frozen=True)
class Lines:
    """Shares of certainty.

    From `upper` on a topic is answered; below `lower` nothing is offered. A message that is out of
    scope with a share of `outside` or more is refused, even when a topic seems likelier.
    """

    upper: float = 0.42
    lower: float = 0.17
    outside: float = 0.3


def decide(ranking: Ranking, lines: Lines = Lines()) -> Optional[str]:
    """The label to act on; `out_of_scope` to refuse; None to ask which topic was meant."""
    outside = dict(ranking).get(OUT_OF_SCOPE, 0.0)
    label, share = ranking[0]
    if label == OUT_OF_SCOPE or outside >= lines.outside or share < lines.lower:
        return OUT_OF_SCOPE
    return label if share >= lines.upper else None
