"""Where the lines of certainty should stand: `python -m tests.benchmarks.lines`.

A fifth of the project's own examples is ranked by a model that was fitted on the rest, so nobody else's texts
are used. Prints how well the shares of certainty tell how often the likeliest topic is right, for some
temperatures, and what different lines would give. The last line is one JSON object: the lines that do best
(`right`, and half as much `out_of_scope_recall`) while at most `WRONG` are answered wrongly and at most
`REFUSED` of what is ours is refused.
"""

from __future__ import annotations

import itertools
import json
from dataclasses import asdict
from typing import Dict, Iterator, List, Sequence, Tuple

import numpy as np
from sklearn.model_selection import train_test_split

from bot.content.answers import read_topics
from bot.content.catalogue import read_catalogue
from bot.content.library import read_titles
from bot.understanding.decision import OUT_OF_SCOPE, Lines, decide
from bot.understanding.ranking import Ranking
from bot.understanding.reader import Reader
from bot.understanding.sentences import encode
from bot.understanding.topic_model import TEMPERATURE, TopicModel

WRONG = 0.08
REFUSED = 0.1
"""Wider than what is asked on people's own messages: many examples were written to be hard."""

TEMPERATURES = (0.15, 0.18, 0.2, 0.22, 0.25, 0.3)
UPPER = (0.45, 0.5, 0.55, 0.6, 0.65)
UNOFFERED = (0.3, 0.4, 0.5)
LOWER = (0.1, 0.15, 0.2)
OUTSIDE = (0.06, 0.1, 0.15, 0.2, 0.25, 0.3)
SURE = (0.6, 0.65, 0.7, 1.01)

TITLES = read_titles()


def held_back() -> Tuple[List[Ranking], List[str]]:
    """The rankings and labels of a fifth of the examples, by a model that has not seen them; safety aside."""
    pairs = [(text, topic.label) for topic in read_topics().values() for text in topic.utterances]
    labels = [label for _, label in pairs]
    seen, unseen = train_test_split(pairs, test_size=0.2, random_state=0, stratify=labels)
    texts = [text for text, _ in seen]
    reader = Reader(TopicModel.fit(texts, encode(texts), [label for _, label in seen]), TITLES)
    safety = set(read_catalogue().safety)
    kept = [(text, label) for text, label in unseen if label not in safety]
    vectors = encode([text for text, _ in kept])
    rankings = [reader.read(text, vector).ranking for (text, _), vector in zip(kept, vectors, strict=True)]
    return rankings, [label for _, label in kept]


def warmed(ranking: Ranking, temperature: float) -> Ranking:
    """The ranking as another temperature of the model would give it."""
    shares = np.array([share for _, share in ranking]) ** (TEMPERATURE / temperature)
    return [(label, float(share)) for (label, _), share in zip(ranking, shares / shares.sum(), strict=True)]


def reliability(rankings: Sequence[Ranking], labels: Sequence[str]) -> List[Tuple[int, float, float]]:
    """In ten steps of certainty: how many examples, their mean share, and how many are right."""
    shares = np.array([ranking[0][1] for ranking in rankings])
    right = np.array([ranking[0][0] == label for ranking, label in zip(rankings, labels, strict=True)])
    steps = np.minimum((shares * 10).astype(int), 9)
    inside = [steps == step for step in sorted(set(steps))]
    return [(int(one.sum()), float(shares[one].mean()), float(right[one].mean())) for one in inside]


def calibration_error(table: Sequence[Tuple[int, float, float]]) -> float:
    """The expected calibration error: how far certainty and rightness are apart, over all examples."""
    total = sum(count for count, _, _ in table)
    return sum(count * abs(share - right) for count, share, right in table) / total


def outcome(rankings: Sequence[Ranking], labels: Sequence[str], lines: Lines) -> Dict[str, float]:
    """What these lines would give."""
    decided = [decide(ranking, TITLES, lines) for ranking in rankings]
    pairs = list(zip(decided, labels, strict=True))
    figures = {
        "right": [one == label for one, label in pairs],
        "wrong": [one not in (None, OUT_OF_SCOPE, label) for one, label in pairs],
        "in_scope_refused": [one == OUT_OF_SCOPE for one, label in pairs if label != OUT_OF_SCOPE],
        "out_of_scope_recall": [one == OUT_OF_SCOPE for one, label in pairs if label == OUT_OF_SCOPE],
    }
    return {name: round(float(np.mean(truths)), 4) for name, truths in figures.items()}


def choices() -> Iterator[Lines]:
    """Every set of lines that is tried."""
    return (Lines(*shares) for shares in itertools.product(UPPER, UNOFFERED, LOWER, OUTSIDE, SURE))


def print_calibration(rankings: Sequence[Ranking], labels: Sequence[str]) -> None:
    """The error at each temperature, and the table at the one in use."""
    for temperature in TEMPERATURES:
        table = reliability([warmed(ranking, temperature) for ranking in rankings], labels)
        print(f"temperature {temperature}: expected calibration error {calibration_error(table):.3f}")
    print("examples  certainty  right")
    for count, share, right in reliability(rankings, labels):
        print(f"{count:8d} {share:10.3f} {right:6.3f}")


def main() -> None:
    """Rank, try, print."""
    rankings, labels = held_back()
    print_calibration(rankings, labels)
    fitting: List[Tuple[float, Lines, Dict[str, float]]] = []
    for lines in choices():
        given = outcome(rankings, labels, lines)
        print(lines, given)
        if given["wrong"] <= WRONG and given["in_scope_refused"] <= REFUSED:
            fitting.append((given["right"] + given["out_of_scope_recall"] / 2, lines, given))
    best = max(fitting, key=lambda one: one[0], default=None)
    print(json.dumps({**asdict(best[1]), **best[2]} if best else {}))


if __name__ == "__main__":
    main()
