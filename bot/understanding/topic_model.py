"""Which topic a text is about: linear classification over meaning, words and letters."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.svm import LinearSVC

from bot.understanding.ngrams import Ngrams
from bot.understanding.ranking import Ranking
from bot.understanding.spelling import usual_words

TEMPERATURE = 0.2
"""Of the shares: the smaller, the surer. At this one they are as often right as they say."""

_LETTERS_IN, _WORDS_IN = 2, 1
"""In how many examples n-grams must stand to count."""


class TopicModel:
    """One linear row a label over a sentence vector, letter n-grams and word n-grams.

    `temperature` turns the margins into shares: the smaller, the surer. `usual_words` are those that
    its examples write often.
    """

    def __init__(
        self,
        labels: Sequence[str],
        weights: NDArray[Any],
        offsets: NDArray[Any],
        ngrams: Ngrams,
        temperature: float,
        usual_words: Sequence[str],
    ) -> None:
        self.labels = list(labels)
        self.usual_words = list(usual_words)
        self._weights = weights  # features x labels: one message reads few rows
        self._offsets = offsets
        self._ngrams = ngrams
        self._temperature = temperature

    @classmethod
    def fit(
        cls,
        texts: Sequence[str],
        vectors: NDArray[Any],
        labels: Sequence[str],
        strictness: float = 0.3,
        temperature: float = TEMPERATURE,
    ) -> TopicModel:
        """Learn from examples; `vectors` has a row a text. The same examples give the same model."""
        ngrams = Ngrams.fit(texts, _LETTERS_IN, _WORDS_IN)
        features = hstack([csr_matrix(vectors), ngrams.of(texts)]).tocsr()
        svm = LinearSVC(C=strictness, random_state=0).fit(features, labels)
        weights = np.ascontiguousarray(svm.coef_.T, dtype=np.float32)
        return cls(svm.classes_, weights, svm.intercept_, ngrams, temperature, usual_words(texts))

    def rank(self, text: str, vector: NDArray[Any]) -> Ranking:
        """Every label with its share of certainty."""
        grams = self._ngrams.of([text])
        margins = (
            vector.reshape(-1) @ self._weights[: vector.size]
            + grams.data @ self._weights[vector.size + grams.indices]
            + self._offsets
        )
        shares = np.exp((margins - margins.max()) / self._temperature)
        shares /= shares.sum()
        order = np.argsort(-shares)
        return [(self.labels[i], float(shares[i])) for i in order]

    def save(self, folder: Path) -> None:
        """Write numbers and JSON only: loading a model runs no code from it."""
        np.savez_compressed(
            folder / "topics.npz",
            weights=self._weights.astype(np.float16),
            offsets=self._offsets,
            **self._ngrams.numbers(),
        )
        vocabularies = {
            "labels": self.labels,
            "temperature": self._temperature,
            **self._ngrams.vocabularies(),
            "usual_words": self.usual_words,
        }
        (folder / "topics.json").write_text(json.dumps(vocabularies), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> TopicModel:
        """The model that `save` wrote."""
        parts = json.loads((folder / "topics.json").read_text(encoding="utf-8"))
        with np.load(folder / "topics.npz") as numbers:
            return cls(
                parts["labels"],
                numbers["weights"].astype(np.float32),
                numbers["offsets"],
                Ngrams.restored(parts, numbers),
                parts["temperature"],
                parts["usual_words"],
            )
