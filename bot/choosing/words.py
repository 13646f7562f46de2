"""Finding what a text speaks of by everyday words, and leaving out what it says goes well."""

from __future__ import annotations

import re
from typing import Dict, Iterator, List, Mapping, NamedTuple, Optional, Sequence, Tuple

from rapidfuzz.distance import OSA

_Phrase = Tuple[re.Pattern[str], ...]  # its parts, which may stand in any order

_SHORTEST_MISSPELT = 5  # shorter words are a slip away from too many others

_PARTS = re.compile(
    r"[.,;:!?\n()]+|\s-+\s"
    r"|\b(?:but|though|although|except|while|whereas|only)\b"
    r"|\band(?=\s+(?:i|he|she|they|we|it|cant|cannot|can not|wont|doesnt|dont|is not|isnt|not|still)\b)"
)
_CAN = re.compile(
    r"(?:\b(so|that|until|where|when|how|what|if) )?(?:\b\w+ )?\bcan (?:still )?"
    r"(?!not\b|you|i\b|we\b|u\b|a\b|an\b|my\b|help|teach|show|get|make|ot\b|pt\b|physical|occupational|therap)"
)


class Words:
    """Knows phrases by id: `*` is any ending, or any word; `a|b` is either; `+` joins in any order."""

    def __init__(
        self,
        phrases: Mapping[str, Sequence[str]],
        goes_well: Sequence[str] = (),
        other_meanings: Sequence[str] = (),
    ) -> None:
        self._phrases: Dict[str, List[_Phrase]] = {
            id: [_read(one) for one in several] for id, several in phrases.items()
        }
        self._goes_well = [_read(one) for one in goes_well]
        self._other_meanings = [part for one in other_meanings for part in _read(one)]
        self._known = sorted({one for several in phrases.values() for one in _known_words(several)})

    def found_in(self, text: str) -> List[str]:
        """The ids of what a text names as a trouble, in its order, each once."""
        found: Dict[str, Tuple[int, int]] = {}
        for number, part in enumerate(self._troubled_parts(even(text))):
            for id, phrases in self._phrases.items():
                places = [place for place in (_place(one, part) for one in phrases) if place is not None]
                if places:
                    found.setdefault(id, (number, min(places)))
        return sorted(found, key=found.__getitem__)

    def guessed_in(self, text: str) -> List[str]:
        """The same, where every long word may have a slip: for when nothing is found as it stands."""
        return self.found_in(re.sub(rf"[a-z]{{{_SHORTEST_MISSPELT},}}", self._meant, even(text)))

    def _troubled_parts(self, text: str) -> Iterator[str]:
        for part in _PARTS.split(text):
            if not self._goes_well_in(part):
                for pattern in self._other_meanings:
                    part = pattern.sub(" ", part)
                yield part

    def _goes_well_in(self, part: str) -> bool:
        """Whether this part of a sentence tells of what is no trouble."""
        can = _CAN.search(part)
        return bool(can and not can.group(1)) or any(_place(one, part) is not None for one in self._goes_well)

    def _meant(self, match: re.Match[str]) -> str:
        said = match.group()
        near = (known for known in self._known if known.is_near(said))
        return next((known.start for known in near), said)


class _Known(NamedTuple):
    """A word of the phrases, or the start of one."""

    start: str
    has_endings: bool

    def is_near(self, said: str) -> bool:
        """Whether the word is this one with at most one slip, and not in its first letter."""
        lengths = (len(self.start), len(self.start) + 1) if self.has_endings else (len(said),)
        return said[0] == self.start[0] and any(
            OSA.distance(said[:length], self.start, score_cutoff=1) <= 1 for length in lengths
        )


def even(text: str) -> str:
    """Small letters and single blanks; no apostrophes, and no hyphens inside words."""
    plain = re.sub(r"['’‘`´](?:s\b)?", "", text.lower())
    return re.sub(r"[^\S\n]+", " ", re.sub(r"(?<=\w)[-/](?=\w)", " ", plain))


def _read(phrase: str) -> _Phrase:
    return tuple(_pattern(part) for part in even(phrase).split(" + "))


def _pattern(part: str) -> re.Pattern[str]:
    words = ("|".join(re.escape(one) for one in word.split("|")) for word in part.split())
    return re.compile(" ".join(rf"\b(?:{word})".replace(r"\*", r"\w*") + r"\b" for word in words))


def _known_words(phrases: Sequence[str]) -> Iterator[_Known]:
    for start, ending in re.findall(r"([a-z]+)(\*?)", " ".join(map(even, phrases))):
        if len(start) >= _SHORTEST_MISSPELT:
            yield _Known(start, bool(ending))


def _place(phrase: _Phrase, text: str) -> Optional[int]:
    """Where a phrase begins; None when one of its parts is not there."""
    places = [match.start() for match in (part.search(text) for part in phrase) if match]
    return min(places) if len(places) == len(phrase) else None
