"""How well people are understood: `python -m tests.benchmarks.understanding FILE…`.

Each file is a YAML list of rows with `text`, `label`, and perhaps `also`, `entity`, `lang`. Rows of another
language, and rows of the safety ids (which have a benchmark of their own), are left out. The trained model
reads every row in process. The last line is one JSON object.

first: share of all rows whose likeliest label is right, whatever came of the message.
right: share of all rows answered with `label` or one of `also`; refusing what is out of scope is right.
wrong: share answered outright with something else.
clarify_hit: share of the "did you mean" offers that hold a right topic.

`--against default` trains Rasa's recommended default pipeline, and Handrail's, on the same examples and
prints both side by side; `--examples 20` takes at most 20 examples of each label for both, as the default
needs hours for all of them.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import time
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from statistics import quantiles
from typing import Any, Dict, List, Sequence, Tuple

from rasa.core.agent import Agent

from bot.chat.labels import label_of
from bot.content.catalogue import read_catalogue
from bot.content.library import read_titles
from bot.content.yaml_files import read_yaml
from bot.training import trained_model
from bot.understanding.named import FOLDERS, Named, read_named
from bot.understanding.offers import Offers
from tests.benchmarks.default_pipeline import chosen_response, compare, peak_mb, print_side_by_side

OUT = "out_of_scope"
FALLBACK = "nlu_fallback"


@dataclass(frozen=True)
class Row:
    """One message, and every label that a right answer may have."""

    text: str
    label: str
    accepted: frozenset[str]
    entities: frozenset[str]
    """Ids of the thing that the row says is named; any of them is right."""


@dataclass(frozen=True)
class Outcome:
    """What came of a message: `answered`, `offered` or `refused`."""

    kind: str
    labels: Sequence[str]
    likeliest: str
    entities: Sequence[str]
    seconds: float

    def is_right(self, row: Row) -> bool:
        """Whether the person got what the message asked for."""
        if self.kind == "refused":
            return row.label == OUT
        return self.kind == "answered" and bool(row.accepted & set(self.labels))

    def holds(self, row: Row) -> bool:
        """Whether a right topic was among the offered choices."""
        return self.kind == "offered" and bool(row.accepted & set(self.labels))


def read_rows(paths: Sequence[Path]) -> List[Row]:
    """English rows outside the safety ids."""
    safety = set(read_catalogue().safety)
    rows = []
    for path in paths:
        for shape in read_yaml(path):
            if shape.get("lang", "en") == "en" and shape["label"] not in safety | {"none"}:
                accepted = frozenset([shape["label"], *(shape.get("also") or [])])
                entities = named_by(str(shape["entity"])) if shape.get("entity") else frozenset()
                rows.append(Row(shape["text"], shape["label"], accepted, entities))
    return rows


@cache
def finders() -> List[Named]:
    """One for each kind of thing that a message may name."""
    return [read_named(kind) for kind in FOLDERS]


def named_by(entity: str) -> frozenset[str]:
    """The ids that a row's entity stands for: it is an id, or a name ("long COVID", "opening jars")."""
    return frozenset([entity, *(id for finder in finders() for id in finder.found_in(entity))])


async def read_message(agent: Agent, offers: Offers, text: str) -> Outcome:
    """What the assistant would make of a message."""
    started = time.perf_counter()
    parsed: Dict[str, Any] = await agent.parse_message(text)
    seconds = time.perf_counter() - started
    entities = [str(one["value"]) for one in parsed.get("entities", [])]
    label = chosen_response(parsed, label_of(parsed["intent"]))
    ranking = [
        (chosen_response(parsed, label_of(one)), one["confidence"])
        for one in parsed["intent_ranking"]
        if one["name"] != FALLBACK
    ]
    outcome = partial(Outcome, likeliest=ranking[0][0], entities=entities, seconds=seconds)
    if label == "several_wishes":
        return outcome("answered", parsed["wishes"])
    if label == FALLBACK:
        offered = [name for name, _ in offers.likeliest(ranking)]
        return outcome("offered" if offered else "refused", offered)
    return outcome("refused" if label == OUT else "answered", [label])


def figures(rows: Sequence[Row], outcomes: Sequence[Outcome]) -> Dict[str, float]:
    """Every figure of the last line."""
    both = list(zip(rows, outcomes, strict=True))
    right = [outcome.is_right(row) for row, outcome in both]
    offered = [(row, outcome) for row, outcome in both if outcome.kind == "offered"]
    outside = [outcome for row, outcome in both if row.label == OUT]
    inside = [outcome for row, outcome in both if row.label != OUT]
    named = [(row, outcome) for row, outcome in both if row.entities]
    milliseconds = [outcome.seconds * 1000 for outcome in outcomes]
    cuts = quantiles(milliseconds, n=20)
    return {
        "rows": len(rows),
        "answered": share(outcome.kind == "answered" for outcome in outcomes),
        "first": share(outcome.likeliest in row.accepted for row, outcome in both),
        "right": share(right),
        "wrong": share(
            outcome.kind == "answered" and not ok for outcome, ok in zip(outcomes, right, strict=True)
        ),
        "right_or_offered": share(
            ok or outcome.holds(row) for (row, outcome), ok in zip(both, right, strict=True)
        ),
        "clarify_hit": share(outcome.holds(row) for row, outcome in offered),
        "out_of_scope_recall": share(outcome.kind == "refused" for outcome in outside),
        "in_scope_refused": share(outcome.kind == "refused" for outcome in inside),
        "entity_right": share(bool(row.entities & set(outcome.entities)) for row, outcome in named),
        "p50_ms": round(cuts[9], 2),
        "p95_ms": round(cuts[18], 2),
    }


def share(truths: Any) -> float:
    """The share of true ones; 0 of none."""
    listed = list(truths)
    return round(sum(listed) / len(listed), 4) if listed else 0.0


def print_table(rows: Sequence[Row], outcomes: Sequence[Outcome]) -> None:
    """A line a label, then what was taken for what."""
    by_label: Dict[str, List[bool]] = defaultdict(list)
    confused: Counter[tuple[str, str]] = Counter()
    for row, outcome in zip(rows, outcomes, strict=True):
        by_label[row.label].append(outcome.is_right(row))
        if outcome.kind == "answered" and not outcome.is_right(row):
            confused[row.label, outcome.labels[0]] += 1
    print(f"{'label':32s} right of rows")
    for label, truths in sorted(by_label.items(), key=lambda one: sum(one[1]) / len(one[1])):
        print(f"{label:32s} {sum(truths):5d} {len(truths):4d}")
    print("\nanswered outright with something else:")
    for (label, taken), count in confused.most_common():
        print(f"{count:4d}  {label} -> {taken}")


def measured(model: Path, rows: Sequence[Row]) -> Tuple[List[Outcome], Dict[str, float]]:
    """What a model makes of the rows, and the figures of it."""
    outcomes, processor = asyncio.run(_read_all(model, rows))
    used = {"cpu_ms": round(processor / len(rows) * 1000, 2), "peak_mb": peak_mb()}
    return outcomes, {**figures(rows, outcomes), **used}


def figures_of(rows: Sequence[Row], model: Path) -> Dict[str, float]:
    """The figures alone."""
    return measured(model, rows)[1]


async def _read_all(model: Path, rows: Sequence[Row]) -> Tuple[List[Outcome], float]:
    """The outcome of each row, and the seconds of the processor that all took."""
    agent, offers = Agent.load(str(model)), Offers(read_titles())
    await agent.parse_message("hello")  # the first message loads what is loaded late
    begun = time.process_time()
    return [await read_message(agent, offers, row.text) for row in rows], time.process_time() - begun


def main() -> None:
    """Read the files, ask the model, print."""
    asking = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    asking.add_argument("files", nargs="+", type=Path)
    asking.add_argument("--against", choices=["default"], help="train Rasa's default pipeline and compare")
    asking.add_argument("--examples", type=int, default=sys.maxsize, help="at most so many a label, for both")
    asked = asking.parse_args()
    rows = read_rows(asked.files)
    if asked.against:
        print(f"Both are trained on at most {asked.examples} examples of each label.")
        both = compare(partial(figures_of, rows), asked.examples)
        print_side_by_side(both)
        print(json.dumps(both))
        return
    outcomes, found = measured(trained_model(print), rows)
    print_table(rows, outcomes)
    print(json.dumps(found))


if __name__ == "__main__":
    main()
