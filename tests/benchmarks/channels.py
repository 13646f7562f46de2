"""What goes over the air: `python -m tests.benchmarks.channels`.

Everything that can be said is rendered as text messages. A line a kind: how many there are, the segments
they take at first (mean, 95th percentile, most), how many go on only when asked ("MORE"), the mean segments
in all, and the share in the alphabet of 160 characters. Then the longest of each kind. The last line is one
JSON object with the same figures.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from typing import Dict, List, Sequence

from bot.messaging.gsm import is_gsm, segments
from bot.messaging.outgoing import Links, Rendered
from bot.messaging.rendering.sms import render
from tests.support.everything_said import Said, everything_said

LINKS = Links("https://chat.riverbend-ot.example")
OFFER = "benchmark-offer-"
COLUMNS = "{:8}{:>7}{:>7}{:>6}{:>6}{:>7}{:>9}{:>8}"


@dataclass(frozen=True)
class Cost:
    """What one message takes: at first, and with all that is kept for later."""

    name: str
    first: int
    whole: int
    is_gsm: bool

    @property
    def goes_on(self) -> bool:
        """Whether something is kept for later."""
        return self.whole > self.first


def cost_of(said: Said) -> Cost:
    """Render a message to its end."""
    rendered: Rendered = render([said.message], OFFER, LINKS)
    texts = [part.text for part in rendered.parts]
    first = sum(map(segments, texts))
    while rendered.rest is not None:
        rendered = render([rendered.rest], OFFER, LINKS)
        texts += [part.text for part in rendered.parts]
    return Cost(said.name, first, sum(map(segments, texts)), all(map(is_gsm, texts)))


def figures_of(costs: Sequence[Cost]) -> Dict[str, float]:
    """The figures of one kind."""
    first = sorted(cost.first for cost in costs)
    return {
        "messages": len(costs),
        "mean": round(sum(first) / len(first), 2),
        "p95": first[int(0.95 * (len(first) - 1))],
        "most": first[-1],
        "go_on": sum(cost.goes_on for cost in costs),
        "mean_in_all": round(sum(cost.whole for cost in costs) / len(costs), 2),
        "gsm": round(sum(cost.is_gsm for cost in costs) / len(costs), 4),
    }


def main() -> None:
    """Print the table, the longest, and the figures."""
    costs: Dict[str, List[Cost]] = defaultdict(list)
    for said in everything_said():
        costs[said.kind].append(cost_of(said))
    figures = {kind: figures_of(several) for kind, several in costs.items()}
    print(COLUMNS.format("kind", "count", "mean", "p95", "most", "go on", "in all", "gsm"))
    for kind, row in figures.items():
        print(COLUMNS.format(kind, *row.values()))
    for kind, several in costs.items():
        longest = max(several, key=lambda cost: cost.first)
        print(f"longest {kind}: {longest.first} segments, {longest.name}")
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
