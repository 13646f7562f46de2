"""Which device a text is about: named, unclear, unknown, or only hinted at."""

from __future__ import annotations

import re
from typing import List, Mapping, Optional, Sequence

from rapidfuzz import fuzz, process

from bot.content.equipment_words import Ambiguity, EquipmentWords
from bot.content.guides import Guide
from bot.guides.described import Described
from bot.guides.matching import even, without_names

MOST_OFFERED = 4
_LIKE_ENOUGH = 70
_NAMES_ONE = re.compile(
    r"\b(?:use|using|with|fit|adjust|put on|work|operate|set up|on|for|into|off) "
    r"(?:a|an|the|my|her|his|their|our|this|that|moms|dads) (?P<thing>[a-z]+(?: [a-z]+){0,2})"
)
_NO_DEVICE = frozenset(
    "equipment thing things device gadget tool aid aids it one way house home stairs step steps bed "
    "chair floor toilet  shower bath tub bathroom car kitchen walk night day morning left right weak "
    "bad good other same side leg arm hand  foot feet knee hip back head mother father mom dad wife "
    "husband son daughter person patient doctor hospital time  first next new old".split()
)


class Devices:
    """Knows the devices by their guides, and the words that may mean several of them."""

    def __init__(self, guides: Mapping[str, Guide], words: EquipmentWords) -> None:
        self._guides = guides
        self._words = words
        self._names = {id: _names(guide) for id, guide in guides.items()}
        self._described = Described(guides)

    def meant(self, text: str, named: Sequence[str], known: Optional[str]) -> Optional[str]:
        """The device that a text is about, by name, clue or description; None when unsure."""
        unclear = self.unclear(text, named, known)
        if unclear is None:
            clear = [id for id in named if id in self._guides]
            return clear[0] if clear else self._described.surely(text)
        rest = without_names(text, unclear.words)
        options = [one.equipment for one in unclear.meanings]
        return self.told_by_clues(text, unclear) or self._described.surely(rest, options)

    def best_guess(self, text: str, named: Sequence[str]) -> Optional[str]:
        """The likeliest device, sure or not."""
        unclear = self.unclear(text, named, None)
        options = [one.equipment for one in unclear.meanings] if unclear else list(self._guides)
        described = [match.device for match in self._described.ranked(text) if match.device in options]
        return next(filter(None, (self.meant(text, named, None), *named, *described)), None)

    def unclear(self, text: str, named: Sequence[str], known: Optional[str]) -> Optional[Ambiguity]:
        """The word of the text that may mean several devices, if nothing tells which.

        Args:
            named: the devices that were found in the text.
            known: the device that is talked about.
        """
        plain = f" {even(text)} "
        for one in self._words.ambiguous:
            word = next((word for word in one.words if f" {word} " in plain), None)
            meant = [meaning.equipment for meaning in one.meanings]
            if (
                word is None
                or (known and known in meant)
                or any(self._is_said(id, plain, word) for id in named)
            ):
                continue
            return one
        return None

    def told_by_clues(self, text: str, unclear: Ambiguity) -> Optional[str]:
        """The one device that the words beside it tell; None when none or several do."""
        plain = f" {even(text)} "
        told = [
            one.equipment
            for one in unclear.meanings
            if one.equipment in self._guides and any(f" {clue} " in plain for clue in one.clues)
        ]
        return told[0] if len(told) == 1 else None

    def several(self, text: str, named: Sequence[str]) -> List[str]:
        """The devices that a text means when it names more than one.

        A word that may mean all of them names one: "rollator walker".
        """
        unclear = self.unclear(text, (), None)
        same = {one.equipment for one in unclear.meanings} if unclear else set()
        known = [id for id in named if id in self._guides]
        return known if len(known) > 1 and not set(known) <= same else []

    def names_another(self, text: str) -> bool:
        """Whether the text speaks of a device, and it is none of ours."""
        match = _NAMES_ONE.search(even(text))
        return match is not None and match.group("thing").split()[0] not in _NO_DEVICE

    def nearest(self, text: str) -> List[str]:
        """The devices that come closest to a text: by name, by description, then the usual."""
        names = {(id, name): name for id, some in self._names.items() for name in some}
        alike = process.extract(
            even(text),
            names,
            scorer=fuzz.partial_token_set_ratio,
            score_cutoff=_LIKE_ENOUGH,
            limit=MOST_OFFERED,
        )
        described = [match.device for match in self._described.ranked(text)]
        close = [key[0] for _, _, key in alike]
        usual = [id for id in self._words.first_offered if id in self._guides]
        return list(dict.fromkeys((*close, *described, *usual)))[:MOST_OFFERED]

    def _is_said(self, id: str, plain: str, word: str) -> bool:
        """Whether a name of this device stands in the text that is not just the unclear word."""
        names, bare = self._names.get(id, []), {word, word.rstrip("s")}
        return not bare & set(names) or any(f" {name} " in plain for name in names if name not in bare)


def _names(guide: Guide) -> List[str]:
    return [even(name) for name in (guide.name, *guide.names, *guide.misspellings)]
