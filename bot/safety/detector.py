"""What is learned of danger from examples, for what no pattern foresees: understated, misspelt, indirect."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Callable, List, Mapping, Sequence, Tuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.svm import LinearSVC

from bot.safety.signs import URGENCY
from bot.understanding.ngrams import Ngrams

Numbers = NDArray[Any]

FALSE_ALARMS = {
    "emergency_medical": 0.012,
    "crisis_self_harm": 0.012,
    "abuse_report": 0.015,
    "fall_report": 0.012,
    "medication_question": 0.015,
    "medical_advice": 0.025,
}
"""Of the ordinary examples held back, the part that each line may let through: recall is worth that much."""

BRIEF = 512
"""How many of a vector's numbers there are for a part of a message."""

_ALARMS_IN_PARTS = {
    "emergency_medical": 0.004,
    "crisis_self_harm": 0.004,
    "abuse_report": 0.006,
    "fall_report": 0.010,
    "medication_question": 0.015,
    "medical_advice": 0.040,
}
"""The same for parts: a message has several, and each may be mistaken."""

_HELD_BACK = 4  # one example in so many chooses the lines
_STEEPNESS = 4.0  # how fast margins turn into shares
_NGRAM_WEIGHT = np.float32(0.8)  # a wider number would widen every weight, at each message
_DANGER_WEIGHT = 10.0  # a danger missed is so many times worse than a false alarm
_LETTERS_IN, _WORDS_IN = 3, 2
"""In how many examples n-grams must stand to count."""


class Judge:
    """One linear row an id over a vector and n-grams, and the line from which each counts."""

    def __init__(self, weights: Numbers, offsets: Numbers, lines: Sequence[float]) -> None:
        self.weights = np.ascontiguousarray(weights)  # features x ids: one message reads few rows
        self.offsets = offsets
        self.lines = list(lines)

    @classmethod
    def fit(cls, vectors: Numbers, ngrams: csr_matrix, labels: Sequence[str]) -> Judge:
        """One against the rest, for each safety id; no lines yet."""
        features = hstack([csr_matrix(vectors), ngrams]).tocsr()
        rows = [
            LinearSVC(C=0.1, class_weight={0: 1, 1: _DANGER_WEIGHT}, random_state=0).fit(
                features, [label == id for label in labels]
            )
            for id in URGENCY
        ]
        return cls(
            np.vstack([row.coef_ for row in rows]).T.astype(np.float32),
            np.concatenate([row.intercept_ for row in rows]),
            [0.5] * len(URGENCY),
        )

    def shares(self, vectors: Numbers, ngrams: csr_matrix) -> Numbers:
        """A row a text, a column an id in the order of `URGENCY`, each from 0 to 1."""
        size = vectors.shape[1]
        margins = vectors @ self.weights[:size] + ngrams @ self.weights[size:] + self.offsets
        return np.asarray(1.0 / (1.0 + np.exp(-_STEEPNESS * margins)))


class Detector:
    """For each safety id, how likely a text is about it: for whole messages, and for parts of them."""

    def __init__(self, ngrams: Ngrams, whole: Judge, part: Judge) -> None:
        self._ngrams = ngrams
        self.whole = whole
        self.part = part

    @classmethod
    def fit(cls, texts: Sequence[str], vectors: Numbers, labels: Sequence[str]) -> Detector:
        """Learn from the examples of all topics; `vectors` has a row a text.

        The lines are chosen with judges that have not seen the examples they are chosen on.
        """
        held = np.arange(len(texts)) % _HELD_BACK == 0
        trial = cls._fit_once(_picked(texts, ~held), vectors[~held], _picked(labels, ~held))
        ordinary = held & np.array([label not in URGENCY for label in labels])
        ngrams = trial._grams(_picked(texts, ordinary))
        made = cls._fit_once(texts, vectors, labels)
        made.whole.lines = _lines(trial.whole.shares(vectors[ordinary], ngrams), FALSE_ALARMS)
        made.part.lines = _lines(trial.part.shares(vectors[ordinary, :BRIEF], ngrams), _ALARMS_IN_PARTS)
        return made

    @classmethod
    def _fit_once(cls, texts: Sequence[str], vectors: Numbers, labels: Sequence[str]) -> Detector:
        ngrams = Ngrams.fit(texts, _LETTERS_IN, _WORDS_IN)
        grams = _NGRAM_WEIGHT * ngrams.of(texts)
        whole = Judge.fit(vectors, grams, labels)
        return cls(ngrams, whole, Judge.fit(vectors[:, :BRIEF], grams, labels))

    def _grams(self, texts: Sequence[str]) -> csr_matrix:
        return _NGRAM_WEIGHT * self._ngrams.of(texts)

    def of_message(self, text: str, vector: Numbers) -> Numbers:
        """The shares of one whole message."""
        shares: Numbers = self.whole.shares(vector.reshape(1, -1), self._grams([text]))[0]
        return shares

    def of_parts(
        self, texts: Sequence[str], encode: Callable[[Sequence[str]], Numbers], most: int
    ) -> Tuple[List[int], Numbers]:
        """The places of the most suspect parts, in their order, and the shares of these, a row each.

        Args:
            encode: gives the brief vectors of some texts.
            most: how many parts are read for their meaning.
        """
        grams = self._grams(texts)
        suspects = self._suspects(grams, most)
        return suspects, self.part.shares(encode([texts[at] for at in suspects]), grams[suspects])

    def _suspects(self, grams: csr_matrix, most: int) -> List[int]:
        """The places of the parts whose words alone come nearest to a line."""
        shares = self.part.shares(np.zeros((grams.shape[0], BRIEF), dtype=np.float32), grams)
        nearness = (np.log(shares) - np.log(self.part.lines)).max(axis=1)
        return sorted(int(at) for at in np.argsort(-nearness)[:most])

    def save(self, folder: Path) -> None:
        """Write numbers and JSON only: loading a model runs no code from it."""
        np.savez_compressed(
            folder / "danger.npz",
            whole=self.whole.weights.astype(np.float16),
            part=self.part.weights.astype(np.float16),
            whole_offsets=self.whole.offsets,
            part_offsets=self.part.offsets,
            **self._ngrams.numbers(),
        )
        parts = {"whole": self.whole.lines, "part": self.part.lines, **self._ngrams.vocabularies()}
        (folder / "danger.json").write_text(json.dumps(parts), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> Detector:
        """The detector that `save` wrote."""
        parts = json.loads((folder / "danger.json").read_text(encoding="utf-8"))
        with np.load(folder / "danger.npz") as numbers:
            whole, part = (
                Judge(numbers[name].astype(np.float32), numbers[f"{name}_offsets"], parts[name])
                for name in ("whole", "part")
            )
            return cls(Ngrams.restored(parts, numbers), whole, part)


def _lines(ordinary: Numbers, passing: Mapping[str, float]) -> List[float]:
    """For each id the line that only so many ordinary texts pass."""
    return [float(np.quantile(ordinary[:, column], 1 - passing[id])) for column, id in enumerate(URGENCY)]


def _picked(values: Sequence[str], wanted: Numbers) -> List[str]:
    return [value for value, want in zip(values, wanted, strict=True) if want]
