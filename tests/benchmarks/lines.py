"""Where the lines of certainty should stand: `python -m tests.benchmarks.lines`.

Ranks each of the project's own examples by a model that has not seen it (five folds), then prints what
different lines would give. Nobody else's texts are used. The last line is one JSON object: the lines that
answer the most rightly while at most `WRONG` are answered wrongly and at most `REFUSED` of what is ours is
refused.
"""

from __future__ import annotations

import itertools
import json
from dataclasses import asdict
from typing import Dict, List, Sequence, Tuple

import numpy as np
from sklearn.model_selection import StratifiedKFold

from bot.content.answers import read_topics
from bot.content.catalogue import read_catalogue
from bot.content.library import read_titles
from bot.understanding.decision import OUT_OF_SCOPE, Lines, decide
from bot.understanding.ranking import Ranking
from bot.understanding.sentences import encode
from bot.understanding.topic_model import TopicModel

WRONG = 0.055
REFUSED = 0.12
"""Wider than what is asked on people's own messages: many examples were written to be hard."""

UPPER = (0.45, 0.5, 0.55, 0.6, 0.65)
UNOFFERED = (0.3, 0.4, 0.5)
LOWER = (0.15, 0.2, 0.25)
OUTSIDE = (0.04, 0.06, 0.09, 0.12)

TITLES = read_titles()


def examples() -> Tuple[List[str], List[str]]:
    """Every example of the project, and its label."""
    pairs = [(text, topic.label) for topic in read_topics().values() for text in topic.utterances]
    return [text for text, _ in pairs], [label for _, label in pairs]


def unseen_rankings(texts: Sequence[str], labels: Sequence[str]) -> List[Ranking]:
    """A ranking of each text by a model that was fitted without it."""
    vectors = encode(texts)
    rankings: List[Ranking] = [[] for _ in texts]
    folds = StratifiedKFold(5, shuffle=True, random_state=0)
    for number, (seen, unseen) in enumerate(folds.split(vectors, labels), 1):
        print(f"fold {number} of 5", flush=True)
        model = TopicModel.fit([texts[i] for i in seen], vectors[seen], [labels[i] for i in seen])
        for i in unseen:
            rankings[i] = model.rank(texts[i], vectors[i])[:5]
    return rankings


def outcome(rankings: Sequence[Ranking], labels: Sequence[str], lines: Lines) -> Dict[str, float]:
    """What these lines would give."""
    decided = [decide(ranking, TITLES, lines) for ranking in rankings]
    ours = [label != OUT_OF_SCOPE for label in labels]
    right = np.mean([one == label for one, label in zip(decided, labels, strict=True)])
    wrong = np.mean(
        [one not in (None, OUT_OF_SCOPE, label) for one, label in zip(decided, labels, strict=True)]
    )
    refused = np.mean([one == OUT_OF_SCOPE for one, our in zip(decided, ours, strict=True) if our])
    recall = np.mean([one == OUT_OF_SCOPE for one, our in zip(decided, ours, strict=True) if not our])
    return {
        "right": round(float(right), 4),
        "wrong": round(float(wrong), 4),
        "in_scope_refused": round(float(refused), 4),
        "out_of_scope_recall": round(float(recall), 4),
    }


def main() -> None:
    """Rank, try, print."""
    safety = set(read_catalogue().safety)
    texts, labels = examples()
    rankings = unseen_rankings(texts, labels)
    kept = [i for i, label in enumerate(labels) if label not in safety]
    rankings, labels = [rankings[i] for i in kept], [labels[i] for i in kept]
    best: Tuple[float, Lines, Dict[str, float]] | None = None
    for shares in itertools.product(UPPER, UNOFFERED, LOWER, OUTSIDE):
        lines = Lines(*shares)
        given = outcome(rankings, labels, lines)
        print(lines, given)
        score = given["right"] + given["out_of_scope_recall"] / 10
        fits = given["wrong"] <= WRONG and given["in_scope_refused"] <= REFUSED
        if fits and (best is None or score > best[0]):
            best = (score, lines, given)
    print(json.dumps({**asdict(best[1]), **best[2]} if best else {}))


if __name__ == "__main__":
    main()
