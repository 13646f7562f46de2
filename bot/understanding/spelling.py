"""Words as they were meant: a slip of the finger is read as the word that people use here."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import Iterable, List

from rapidfuzz import process
from rapidfuzz.distance import OSA

_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?")
_ENDING = re.compile(r"(?:ies|ied|es|s|ed|d|ing|er|ers|ly|able|less)$")
_RUN = re.compile(r"(.)\1+")
_SHORTEST = 5  # shorter words are a slip away from too many others
_LONG = 7  # from here on two slips are forgiven
_USUAL = 4  # a word that is written so often is no slip


class Spelling:
    """Knows the words that people use here, and those of English beside them."""

    def __init__(self, usual: Iterable[str], english: Iterable[str] = ()) -> None:
        self._usual = sorted(word for word in set(usual) if len(word) >= _SHORTEST)
        self._known = {*self._usual, *english}
        self._meant = lru_cache(maxsize=4096)(self._nearest)

    def corrected(self, text: str) -> str:
        """The text in lower case with its slips mended; words that are near no other stay."""
        return _WORD.sub(lambda match: self._mended(match.group()), text.lower())

    def _mended(self, word: str) -> str:
        if len(word) < _SHORTEST or "'" in word or self._knows(word):
            return word
        return self._meant(word)

    def _knows(self, word: str) -> bool:
        """Whether this is a word, or a form of one: "scraped", "bungalows"."""
        stem = _ENDING.sub("", word)
        forms = (word, stem, f"{stem}e", f"{stem}y", stem[:-1] if stem[-2:-1] == stem[-1:] else stem)
        return any(form in self._known for form in forms)

    def _nearest(self, word: str) -> str:
        slips = 2 if len(word) >= _LONG else 1
        for written in (word, _RUN.sub(r"\1\1", word), _RUN.sub(r"\1", word)):
            if self._knows(written):
                return written
            found = process.extract(written, self._usual, scorer=OSA.distance, score_cutoff=slips, limit=3)
            likely = [near for near, _, _ in found if near[0] == word[0]]
            if likely:
                return str(likely[0])
        return word


def usual_words(texts: Iterable[str]) -> List[str]:
    """The words that are written often enough to be no slip, the most frequent first."""
    counts = Counter(word for text in texts for word in set(_WORD.findall(text.lower())))
    return [word for word, count in counts.most_common() if count >= _USUAL]
