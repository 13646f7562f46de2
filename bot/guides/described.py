"""Finding the device that somebody describes without its name, by the words of the guides."""

from __future__ import annotations

import re
from typing import List, Mapping, NamedTuple, Optional, Sequence

from sklearn.feature_extraction.text import TfidfVectorizer

from bot.content.guides import Guide
from bot.guides.matching import stems

_NAMES_WEIGH = 2  # as much as that many mentions in the text of a guide
_SURE = 0.12
_CLEARLY_FIRST = 1.3
_STANDS_OUT = 1.5
"""How alike a text must be to a guide, and how many times as much as to the next."""


class Match(NamedTuple):
    """A device, and how alike its guide is to the text, from 0 to 1."""

    device: str
    likeness: float


class Described:
    """Ranks devices by how many telling words a text shares with each guide (tf-idf)."""

    def __init__(self, guides: Mapping[str, Guide]) -> None:
        self._ids = list(guides)
        self._vectors = TfidfVectorizer(analyzer=_words, sublinear_tf=True)
        self._texts = self._vectors.fit_transform(map(_whole, guides.values())) if guides else None

    def ranked(self, text: str) -> List[Match]:
        """The devices whose guides share words with the text, the most alike first."""
        if self._texts is None:
            return []
        alike = (self._texts @ self._vectors.transform([text]).T).toarray().ravel()
        matches = [Match(id, float(score)) for id, score in zip(self._ids, alike, strict=True) if score > 0]
        return sorted(matches, key=lambda match: -match.likeness)

    def surely(self, text: str, likely: Sequence[str | None] = ()) -> Optional[str]:
        """The one device that the text describes; None when it is none, or might be several.

        Args:
            likely: devices that are expected, if any; another one must stand out more.
        """
        first, second = [*self.ranked(text), Match("", 0.0), Match("", 0.0)][:2]
        lead = _STANDS_OUT if likely and first.device not in likely else _CLEARLY_FIRST
        return first.device if first.likeness >= max(_SURE, lead * second.likeness) else None


def _whole(guide: Guide) -> str:
    """Everything in a guide that people may say of the device."""
    names = [guide.name, *guide.names, *guide.misspellings] * _NAMES_WEIGH
    asked = [phrase for one in guide.walkthroughs for phrase in (*one.asked_as, one.title)] * _NAMES_WEIGH
    return " ".join((*names, *asked, *(passage.text for passage in guide.passages())))


def _words(text: str) -> List[str]:
    """Telling words, with doubled letters as one: typing slips there are common."""
    return [re.sub(r"(.)\1+", r"\1", word) for word in stems(text)]
