"""Words as they were meant: a slip of the finger, or shorthand, is read as the word that people use here."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import Dict, Iterable, List

from rapidfuzz import process
from rapidfuzz.distance import OSA

_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?")
_ENDING = re.compile(r"(?:ies|ied|es|s|ed|d|ing|er|ers|ly|able|less)$")
_RUN = re.compile(r"(.)\1+")
_SHORTEST = 5  # shorter words are a slip away from too many others
_LONG = 7  # from here on two slips are forgiven
_SWAPPED = (3, 4)  # of shorter words only two letters that changed places are mended: "yse"
_USUAL = 4  # a word that is written so often is no slip
_SHORTHAND = dict(
    pair.split(":")
    for pair in """
    appt:appointment appts:appointments apptment:appointment aptment:appointment bc:because bldg:building
    coz:because cud:could cuz:because cya:bye dat:that dnt:don't doc:doctor doin:doing dr:doctor
    dunno:don't_know eval:evaluation evals:evaluations evry:every gimme:give_me gonna:going_to gotta:got_to
    gud:good hav:have hlp:help hosp:hospital hr:hour hrs:hours hubby:husband idk:I_don't_know im:I'm
    info:information insur:insurance kno:know lemme:let_me luv:love meds:medicines mins:minutes n:and
    nite:night nxt:next ofc:of_course pls:please plz:please ppl:people prob:probably rly:really
    rx:prescription sched:schedule shud:should thanx:thanks thnx:thanks thru:through tht:that thx:thanks
    til:until tho:though tmrw:tomorrow tmr:tomorrow tks:thanks tonite:tonight u:you ur:your urs:yours
    wanna:want_to wat:what wen:when wht:what whn:when whr:where wich:which wk:week wks:weeks wnt:want
    wud:would wut:what wuz:was yr:year yrs:years yrself:yourself
    """.split()
)
"""How people shorten words when they text; "_" stands for a blank."""


class Spelling:
    """Knows the words that people use here, and those of English beside them."""

    def __init__(self, usual: Iterable[str], english: Iterable[str] = ()) -> None:
        self._usual = sorted(word for word in set(usual) if len(word) >= _SHORTEST)
        self._known = {*self._usual, *english}
        self._swapped = _by_swap(word for word in usual if len(word) in _SWAPPED)
        self._meant = lru_cache(maxsize=4096)(self._nearest)

    def corrected(self, text: str) -> str:
        """The text in lower case with its slips mended; words that are near no other stay."""
        return _WORD.sub(lambda match: self._mended(match.group()), text.lower())

    def _mended(self, word: str) -> str:
        if word in _SHORTHAND:
            return _SHORTHAND[word].replace("_", " ").lower()
        if "'" in word or self._knows(word):
            return word
        if len(word) < _SHORTEST:
            return self._swapped.get(word, word)
        return self._meant(word)

    def _knows(self, word: str) -> bool:
        """Whether this is a word, or a form of one: "scraped", "bungalows"."""
        stem = _ENDING.sub("", word)
        forms = (word, stem, f"{stem}e", f"{stem}y", stem[:-1] if stem[-2:-1] == stem[-1:] else stem)
        return any(form in self._known for form in forms)

    def _nearest(self, word: str) -> str:
        slips = 2 if len(word) >= _LONG else 1
        ways = (word, _RUN.sub(r"\1\1", word), _RUN.sub(r"\1", word))
        known = next(filter(self._knows, ways), None)
        if known is not None:
            return known
        for written in ways:
            found = process.extract(written, self._usual, scorer=OSA.distance, score_cutoff=slips, limit=3)
            likely = [near for near, _, _ in found if near[0] == word[0]]
            if likely:
                return str(likely[0])
        return word


def _by_swap(words: Iterable[str]) -> Dict[str, str]:
    """The word behind each that comes of it when two letters change places; the first letter stays."""
    meant: Dict[str, str] = {}
    short = list(words)
    for word in short:
        for at in range(1, len(word) - 1):
            meant.setdefault(word[:at] + word[at + 1] + word[at] + word[at + 2 :], word)
    return {slip: word for slip, word in meant.items() if slip not in short}


def usual_words(texts: Iterable[str]) -> List[str]:
    """The words that are written often enough to be no slip, the most frequent first."""
    counts = Counter(word for text in texts for word in set(_WORD.findall(text.lower())))
    return [word for word, count in counts.most_common() if count >= _USUAL]
