"""What goes over the air, and how fast a delivery is acknowledged: `python -m tests.benchmarks.channels`.

Everything that can be said is rendered as text messages. A line a kind: how many there are, the segments
they take at first (mean, 95th percentile, most), how many go on only when asked ("MORE"), the mean segments
in all, and the share in the alphabet of 160 characters. Then the longest of each kind.

With `--serve` the assistant runs too, with a stand-in for each provider. The talks of `tests/messaging` are
held by SMS: the segments that 1,000 such conversations take, out and in. Then new people write on every
channel, one after the other: the milliseconds until a delivery is acknowledged, while those before are being
answered. The last line is one JSON object.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Dict, List, Sequence

from bot.content.yaml_files import read_yaml
from bot.messaging.gsm import is_gsm, segments
from bot.messaging.outgoing import Links, Rendered
from bot.messaging.rendering.sms import render
from bot.settings import ROOT
from bot.training import trained_model
from tests.support.everything_said import Said, everything_said
from tests.support.phones import PHONES, House, SmsPhone, open_house
from tests.support.talk import new_address

LINKS = Links("https://chat.riverbend-ot.example")
OFFER = "benchmark-offer-"
TALKS: List[Dict[str, Any]] = read_yaml(ROOT / "tests" / "messaging" / "talks.yml")["talks"]
DELIVERIES = 40
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
    asking = argparse.ArgumentParser()
    asking.add_argument("--serve", action="store_true")
    figures: Dict[str, Any] = {"segments": said_figures()}
    if asking.parse_args().serve:
        with tempfile.TemporaryDirectory() as folder, open_house(trained_model(print), Path(folder)) as house:
            figures["talks"] = talk_figures(house)
            figures["acknowledged_ms"] = {name: acknowledged(house, name) for name in PHONES}
    print(json.dumps(figures))


def said_figures() -> Dict[str, Dict[str, float]]:
    """Print the table and the longest."""
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
    return figures


def talk_figures(house: House) -> Dict[str, float]:
    """Hold every talk by SMS; the segments of a thousand."""
    sent_in = 0
    for shape in TALKS:
        phone = SmsPhone(house)
        for turn in shape["turns"]:
            said = str(turn.get("says", "1")).replace("{contact}", new_address())
            sent_in += segments(said)
            phone.says(said) if "says" in turn else phone.presses(turn["presses"])
    out = sum(segments(sent.text) for sent in house.twilio.sent)
    return {
        "talks": len(TALKS),
        "turns": sum(len(shape["turns"]) for shape in TALKS),
        "segments_out_per_1000": round(1000 * out / len(TALKS)),
        "segments_in_per_1000": round(1000 * sent_in / len(TALKS)),
    }


def acknowledged(house: House, channel: str) -> Dict[str, float]:
    """How long new people's deliveries take until the provider hears that they are kept."""
    took = []
    for _ in range(DELIVERIES):
        phone = PHONES[channel](house)
        phone.provider.heard(phone.address)
        delivery = phone.typed("where are you")
        began = time.perf_counter()
        house.deliver(delivery).raise_for_status()
        took.append(1000 * (time.perf_counter() - began))
    house.settle()
    ordered = sorted(took)
    return {
        "p50": round(ordered[len(ordered) // 2], 1),
        "p95": round(ordered[int(0.95 * (len(ordered) - 1))], 1),
        "most": round(ordered[-1], 1),
    }


if __name__ == "__main__":
    main()
