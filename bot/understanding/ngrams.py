"""Letters and words of a text as sparse numbers."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Dict, Iterable, List, Mapping, Sequence, Tuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer

_LETTERS: Dict[str, Any] = {"analyzer": "char_wb", "ngram_range": (2, 5)}
_WORDS: Dict[str, Any] = {"analyzer": "word", "ngram_range": (1, 2)}
_REMEMBERED = 8192
"""Words whose places are kept: the letters of a word are the same in every text."""

_Row = Tuple[NDArray[np.int32], NDArray[np.float32]]
"""The places that are not zero, and what stands there."""


class Ngrams:
    """TF-IDF of two to five letters inside words, and of single words and pairs, side by side."""

    def __init__(self, letters: _Grams, words: _Grams) -> None:
        self._letters = letters
        self._words = words
        self._letters_in = lru_cache(maxsize=_REMEMBERED)(letters.places)

    @classmethod
    def fit(cls, texts: Sequence[str], letters_in: int, words_in: int) -> Ngrams:
        """The n-grams of these texts that at least so many of them hold."""
        return cls(_Grams.fit(_LETTERS, texts, letters_in), _Grams.fit(_WORDS, texts, words_in))

    def of(self, texts: Sequence[str]) -> csr_matrix:
        """A row a text, float32."""
        rows = [half for text in texts for half in self._halves(text.lower())]
        ends = np.cumsum([0, *(places.size for places, _ in rows)])[::2]
        places, numbers = (np.concatenate(one) for one in zip(*rows, strict=True))
        return csr_matrix((numbers, places, ends), shape=(len(texts), self._letters.size + self._words.size))

    def _halves(self, text: str) -> Iterable[_Row]:
        inside = [self._letters_in(word) for word in text.split()]
        yield self._letters.weighed(np.concatenate(inside) if inside else _NOWHERE)
        places, numbers = self._words.weighed(self._words.places(text))
        yield places + np.int32(self._letters.size), numbers

    def vocabularies(self) -> Dict[str, List[str]]:
        """The n-grams in order, as JSON can hold them."""
        return {"letters": self._letters.in_order, "words": self._words.in_order}

    def numbers(self) -> Dict[str, NDArray[Any]]:
        """How much each n-gram counts."""
        return {"letters_idf": self._letters.idf, "words_idf": self._words.idf}

    @classmethod
    def restored(cls, vocabularies: Mapping[str, Any], numbers: Mapping[str, Any]) -> Ngrams:
        """From what `vocabularies` and `numbers` gave."""
        return cls(
            _Grams(_LETTERS, vocabularies["letters"], numbers["letters_idf"]),
            _Grams(_WORDS, vocabularies["words"], numbers["words_idf"]),
        )


class _Grams:
    """The n-grams of one kind, and how much each counts."""

    def __init__(self, shape: Mapping[str, Any], in_order: List[str], idf: NDArray[Any]) -> None:
        self.in_order = in_order
        self.idf = np.asarray(idf, dtype=np.float32)
        self.size = len(in_order)
        self._pieces = CountVectorizer(**shape).build_analyzer()
        self._place = {gram: place for place, gram in enumerate(in_order)}

    @classmethod
    def fit(cls, shape: Mapping[str, Any], texts: Sequence[str], least: int) -> _Grams:
        """Those that at least so many texts hold."""
        fitted = TfidfVectorizer(**shape, min_df=least).fit([text.lower() for text in texts])
        return cls(shape, list(fitted.get_feature_names_out()), fitted.idf_)

    def places(self, text: str) -> NDArray[np.int32]:
        """Where the n-grams of a text stand in the order, each as often as it is there."""
        known = map(self._place.get, self._pieces(text))
        return np.array([place for place in known if place is not None], dtype=np.int32)

    def weighed(self, places: NDArray[np.int32]) -> _Row:
        """Each place once, with the weight of its n-gram; all weights together have the length 1."""
        once, counts = np.unique(places, return_counts=True)
        weights = (1.0 + np.log(counts)).astype(np.float32) * self.idf[once]
        return once, weights / max(float(np.linalg.norm(weights)), 1e-9)


_NOWHERE = np.array([], dtype=np.int32)
