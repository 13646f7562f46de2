"""The safety screen: transparent signs, and what was learned from examples; the more urgent counts."""

from __future__ import annotations

from functools import lru_cache
from typing import FrozenSet, List, Optional, Sequence

import numpy as np
from spacy.tokens import Doc

from bot.safety.detector import Detector, Numbers
from bot.safety.parts import parts
from bot.safety.signs import URGENCY, Sign, Signs, read_signs
from bot.understanding.english import load_english
from bot.understanding.sentences import encode_briefly

ACT_NOW = ("emergency_medical", "crisis_self_harm", "abuse_report", "fall_report")
"""What staff must hear of."""

MOST_PARTS = 3
"""Parts of a message that are read for their meaning: the most suspect ones by their words."""

_EXCUSES = frozenset(["past", "asked_about", "supposed"])
_SURE = 0.5  # the lowest line where the words around speak of the past, of a question, of "what if"
_CAREFUL = 0.4  # of each line, for a while after an alarm


class Screen:
    """Reads one message; keeps nothing."""

    def __init__(self, signs: Signs, learned: Optional[Detector] = None) -> None:
        self._signs = signs
        self._learned = learned

    def look(self, doc: Doc, vector: Optional[Numbers] = None, careful: bool = False) -> Optional[Sign]:
        """The most urgent danger in a message, if there is any.

        Args:
            doc: the message in lower case, read by spaCy.
            vector: its meaning; without it only the signs are looked for.
            careful: whether there was an alarm a short while ago.
        """
        seen = self._signs.first_in(doc)
        if self._learned is None or vector is None or (seen and seen.id == URGENCY[0]):
            return seen
        felt = self._felt(self._learned, doc, vector, careful)
        found = [one for one in (seen, felt) if one is not None]
        return min(found, key=lambda one: URGENCY.index(one.id)) if found else None

    def look_at(self, text: str) -> Optional[Sign]:
        """The danger in a bare text, by its signs alone: for when the model cannot be asked."""
        return self.look(load_english()(text.lower()))

    def _felt(self, learned: Detector, doc: Doc, vector: Numbers, careful: bool) -> Optional[Sign]:
        """What the learned half sees, in the whole or in one of its parts."""
        contexts = self._signs.contexts(doc)
        shares = [learned.of_message(doc.text, vector)]
        lines = [_lines(learned.whole.lines, contexts, careful)]
        texts = learned.suspects(parts(doc), MOST_PARTS)
        if texts:
            shares.append(learned.of_parts(texts, encode_briefly(texts)).max(axis=0))
            lines.append(_lines(learned.part.lines, contexts, careful))
        passed = (np.vstack(shares) >= np.vstack(lines)).any(axis=0)
        return Sign(URGENCY[int(passed.argmax())], None, doc.text) if passed.any() else None


def _lines(lines: Sequence[float], contexts: FrozenSet[str], careful: bool) -> List[float]:
    if careful:
        return [line * _CAREFUL for line in lines]
    if contexts & _EXCUSES and "present" not in contexts:
        return [max(line, _SURE) for line in lines]
    return list(lines)


@lru_cache(maxsize=1)
def project_signs() -> Signs:
    """The signs of this project, read once."""
    return Signs(read_signs(), load_english())


@lru_cache(maxsize=1)
def default_screen() -> Screen:
    """The screen over the signs alone: what stands when nothing trained is at hand."""
    return Screen(project_signs())
