"""Single words as they were meant: their lemma, their stem, and the sign words behind a typing slip."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import FrozenSet, Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA
from spacy.language import Language
from spacy.tokens import Token

NUMBER = "#"
"""The form that every number has."""

_ENDING = re.compile(r"(?:ing|ed|s)$")
_RUN = re.compile(r"(.)\1+")
_SHORTEST_STEM = 4
_SHORTEST_MISSPELT = 4  # shorter words are a slip away from too many others
_MOST_MEANT = 4
_LONG = 8  # from here on two slips are forgiven


class Spelling:
    """Knows English words, and the words that signs are made of."""

    def __init__(self, sign_words: Iterable[str], english: Language) -> None:
        self._sign_words = sorted(word for word in sign_words if len(word) >= _SHORTEST_MISSPELT)
        index = english.get_pipe("lemmatizer").lookups.get_table("lemma_index")  # type: ignore[attr-defined]
        self._known = {word for words in index.values() for word in words} | set(self._sign_words)
        self._nearest = lru_cache(maxsize=4096)(self._look_up)

    def forms(self, token: Token) -> FrozenSet[str]:
        """The forms under which a sign may know this word."""
        word, lemma = token.lower_, token.lemma_.lower()
        forms = {word, lemma, stem(word)}
        if token.like_num:
            forms.add(NUMBER)
        if (
            len(word) >= _SHORTEST_MISSPELT
            and word.isalpha()
            and not (_is_small(token) or forms & self._known)
        ):
            forms.update(self._nearest(word))
        return frozenset(forms)

    def _look_up(self, word: str) -> FrozenSet[str]:
        """The sign words a slip away that begin alike, and their stems."""
        slips = 2 if len(word) >= _LONG else 1
        found = process.extract(
            word, self._sign_words, scorer=OSA.distance, score_cutoff=slips, limit=_MOST_MEANT
        )
        meant = {choice for choice, _, _ in found if choice[0] == word[0]}
        return frozenset(meant | {stem(one) for one in meant})


def _is_small(token: Token) -> bool:
    """Whether this is one of the small words of English, or one with a letter too many: "dooes"."""
    return bool(token.is_stop or token.vocab[_RUN.sub(r"\1", token.lower_)].is_stop)


def stem(word: str) -> str:
    """A word without its ending: "drooping" and "droops" are both "droop"; short words stay."""
    short = _ENDING.sub("", word)
    if len(short) < _SHORTEST_STEM or not re.search("[aeiouy]", short):
        return word
    if len(short) > 3 and short[-1] == short[-2] and short[-1] not in "lsz":
        short = short[:-1]
    return short
