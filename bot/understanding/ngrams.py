"""Letters and words of a text as sparse numbers."""

from __future__ import annotations

from typing import Any, Dict, List, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer

_LETTERS = {"analyzer": "char_wb", "ngram_range": (2, 5)}
_WORDS = {"analyzer": "word", "ngram_range": (1, 2)}
_BOTH: Dict[str, Any] = {"sublinear_tf": True, "dtype": np.float32}


class Ngrams:
    """TF-IDF of two to five letters inside words, and of single words and pairs, side by side."""

    def __init__(self, letters: TfidfVectorizer, words: TfidfVectorizer) -> None:
        self._letters = letters
        self._words = words

    @classmethod
    def fit(cls, texts: Sequence[str], letters_in: int, words_in: int) -> Ngrams:
        """The n-grams of these texts that at least so many of them hold."""
        return cls(
            TfidfVectorizer(**_LETTERS, **_BOTH, min_df=letters_in).fit(_even(texts)),
            TfidfVectorizer(**_WORDS, **_BOTH, min_df=words_in).fit(_even(texts)),
        )

    def of(self, texts: Sequence[str]) -> csr_matrix:
        """A row a text, float32."""
        even = _even(texts)
        return hstack([self._letters.transform(even), self._words.transform(even)]).tocsr()

    def vocabularies(self) -> Dict[str, List[str]]:
        """The n-grams in order, as JSON can hold them."""
        return {"letters": _in_order(self._letters), "words": _in_order(self._words)}

    def numbers(self) -> Dict[str, NDArray[Any]]:
        """How much each n-gram counts."""
        return {"letters_idf": self._letters.idf_, "words_idf": self._words.idf_}

    @classmethod
    def restored(cls, vocabularies: Mapping[str, Any], numbers: Mapping[str, Any]) -> Ngrams:
        """From what `vocabularies` and `numbers` gave."""
        return cls(
            _restored(_LETTERS, vocabularies["letters"], numbers["letters_idf"]),
            _restored(_WORDS, vocabularies["words"], numbers["words_idf"]),
        )


def _even(texts: Sequence[str]) -> List[str]:
    return [text.lower() for text in texts]


def _in_order(vectorizer: TfidfVectorizer) -> List[str]:
    vocabulary: Dict[str, int] = vectorizer.vocabulary_
    return sorted(vocabulary, key=vocabulary.__getitem__)


def _restored(shape: Dict[str, Any], grams: List[str], idf: NDArray[Any]) -> TfidfVectorizer:
    vectorizer = TfidfVectorizer(**shape, **_BOTH, vocabulary=grams)
    vectorizer.idf_ = idf
    return vectorizer
