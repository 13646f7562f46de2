"""Which topic a text is about: linear classification over meaning, words and letters."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Dict, List, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.svm import LinearSVC

from bot.understanding.ranking import Ranking
from bot.understanding.spelling import usual_words

TEMPERATURE = 0.2
"""Of the shares: the smaller, the surer. At this one they are as often right as they say."""

_NGRAM_WEIGHT = 1.0
_LETTERS = {"analyzer": "char_wb", "ngram_range": (2, 5), "sublinear_tf": True, "min_df": 2}
_WORDS = {"analyzer": "word", "ngram_range": (1, 2), "sublinear_tf": True, "min_df": 1}


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
        letters: TfidfVectorizer,
        words: TfidfVectorizer,
        temperature: float,
        usual_words: Sequence[str],
    ) -> None:
        self.labels = list(labels)
        self.usual_words = list(usual_words)
        self._weights = weights  # features x labels: one message reads few rows
        self._offsets = offsets
        self._letters = letters
        self._words = words
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
        letters, words = TfidfVectorizer(**_LETTERS), TfidfVectorizer(**_WORDS)
        even = [text.lower() for text in texts]
        features = hstack(
            [
                csr_matrix(vectors),
                _NGRAM_WEIGHT * letters.fit_transform(even),
                _NGRAM_WEIGHT * words.fit_transform(even),
            ]
        ).tocsr()
        svm = LinearSVC(C=strictness, random_state=0).fit(features, labels)
        weights = np.ascontiguousarray(svm.coef_.T, dtype=np.float32)
        return cls(svm.classes_, weights, svm.intercept_, letters, words, temperature, usual_words(texts))

    def rank(self, text: str, vector: NDArray[Any]) -> Ranking:
        """Every label with its share of certainty."""
        even = [text.lower()]
        margins = vector.reshape(-1) @ self._weights[: vector.size] + self._offsets
        start = vector.size
        for vectorizer in (self._letters, self._words):
            grams = vectorizer.transform(even)
            rows = self._weights[start + grams.indices]
            margins = margins + _NGRAM_WEIGHT * (grams.data @ rows)
            start += len(vectorizer.vocabulary_)
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
            letters_idf=self._letters.idf_,
            words_idf=self._words.idf_,
        )
        vocabularies = {
            "labels": self.labels,
            "temperature": self._temperature,
            "letters": _in_order(self._letters),
            "words": _in_order(self._words),
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
                _restored(_LETTERS, parts["letters"], numbers["letters_idf"]),
                _restored(_WORDS, parts["words"], numbers["words_idf"]),
                parts["temperature"],
                parts["usual_words"],
            )


def _in_order(vectorizer: TfidfVectorizer) -> List[str]:
    vocabulary: Dict[str, int] = vectorizer.vocabulary_
    return sorted(vocabulary, key=vocabulary.__getitem__)


def _restored(shape: Dict[str, Any], grams: List[str], idf: NDArray[Any]) -> TfidfVectorizer:
    vectorizer = TfidfVectorizer(**shape, vocabulary=grams)
    vectorizer.idf_ = idf
    return vectorizer
