"""The safety screen: transparent signs, and what was learned from examples; the more urgent counts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import List, Optional, Sequence, Tuple

import numpy as np
from spacy.tokens import Doc

from bot.safety.aftercare import goes_on
from bot.safety.detector import BRIEF, Detector, Numbers
from bot.safety.parts import Span, parts
from bot.safety.phrases import Found
from bot.safety.signs import URGENCY, Sign, Signs, read_signs
from bot.understanding.english import load_english
from bot.understanding.sentences import encode_briefly

MOST_PARTS = 3
"""Parts of a long message that are read for their meaning: the most suspect ones by their words."""

_WHOLE = 30  # words; so few are understood better as a whole than in parts

_EXCUSES = {
    "emergency_medical": frozenset(["past", "asked_about", "supposed"]),
    "crisis_self_harm": frozenset(["asked_about", "supposed"]),
    "fall_report": frozenset(["long_past", "supposed", "prevented"]),
    "medical_advice": frozenset(["our_work"]),
}
"""What the words around may say, for each id, so that only a sure likeness counts."""

_SURE = 0.6  # the lowest line then
_ORDINARY = 0.6  # share from which an ordinary topic speaks against danger…
_DOUBT = 0.15  # …unless more than this is left for danger
_SURE_IF_ORDINARY = 0.95  # the lowest line of the whole message then
_SURE_PART_IF_ORDINARY = 0.7  # and of a part: a story of something else may hold it
_CAREFUL = 0.8  # of each line, for a while after an alarm
_BRIEF_MESSAGE = 20  # words; in so few the learned half is easily mistaken…
_AGREED = 0.3  # …so the topics must leave this share for that danger, or for a more urgent one


class Screen:
    """Reads one message; keeps nothing."""

    def __init__(self, signs: Signs, learned: Optional[Detector] = None) -> None:
        self._signs = signs
        self._learned = learned

    def look(
        self,
        doc: Doc,
        vector: Optional[Numbers] = None,
        ranking: Sequence[Tuple[str, float]] = (),
        after: Optional[Sign] = None,
    ) -> Optional[Sign]:
        """The most urgent danger in a message, if there is any.

        Args:
            doc: the message in lower case, read by spaCy.
            vector: its meaning; without it only the signs are looked for.
            ranking: the topics that it may be about, with their shares.
            after: the alarm of a short while ago, if there was one.
        """
        seen = self._signs.first_in(doc)
        if self._learned is None or vector is None or (seen and seen.id == URGENCY[0]):
            return seen
        contexts = self._signs.contexts(doc)
        lines = _Lines(contexts, _is_surely_ordinary(ranking), after is not None)
        felt = self._felt(self._learned, doc, vector, lines, _agreed(doc, ranking))
        found = [one for one in (seen, felt) if one is not None]
        if found:
            return min(found, key=lambda one: URGENCY.index(one.id))
        return goes_on(after, doc.text) if after and _say(contexts, "goes_on") else None

    def look_at(self, text: str) -> Optional[Sign]:
        """The danger in a bare text, by its signs alone: for when the model cannot be asked."""
        return self.look(load_english()(text.lower()))

    def _felt(
        self, learned: Detector, doc: Doc, vector: Numbers, lines: _Lines, agreed: Numbers
    ) -> Optional[Sign]:
        """What the learned half sees, in the whole or in one of its parts, of what the topics agree to."""
        shares = [learned.of_message(doc.text, vector)]
        limits = [lines.of((0, len(doc)), learned.whole.lines, _SURE_IF_ORDINARY)]
        spans = parts(doc) if len(doc) > _WHOLE else []
        texts = [doc[start:end].text for start, end in spans]
        suspects = learned.suspects(texts, MOST_PARTS)
        if suspects:
            chosen = [texts[at] for at in suspects]
            shares += list(learned.of_parts(chosen, encode_briefly(chosen)))
            limits += [lines.of(spans[at], learned.part.lines, _SURE_PART_IF_ORDINARY) for at in suspects]
        passed = (np.vstack(shares) >= np.vstack(limits)).any(axis=0) & agreed
        return Sign(URGENCY[int(passed.argmax())], None, doc.text) if passed.any() else None


def as_said(text: str, vector: Numbers) -> Numbers:
    """The meaning of a text; what is shouted is read as if it were said."""
    if not text.isupper():
        return vector
    return np.hstack([encode_briefly([text.lower()])[0], vector.reshape(-1)[BRIEF:]])


@dataclass(frozen=True)
class _Lines:
    """Where the lines stand for one message."""

    contexts: Sequence[Found]
    is_ordinary: bool
    careful: bool

    def of(self, span: Span, lines: Sequence[float], sure_if_ordinary: float) -> List[float]:
        """The lines for one part of the message.

        Lower for a while after an alarm; higher where the words, or the topics, speak against danger.
        """
        care = _CAREFUL if self.careful else 1.0
        said = {one.name for one in self.contexts if one.span[0] < span[1] and span[0] < one.span[1]}
        excused = set() if "present" in said else said
        at_least = sure_if_ordinary if self.is_ordinary else 0.0
        return [
            max(line * care, at_least, _SURE if excused & _EXCUSES.get(id, frozenset()) else 0.0)
            for id, line in zip(URGENCY, lines, strict=True)
        ]


def _say(contexts: Sequence[Found], name: str) -> bool:
    return any(found.name == name for found in contexts)


def _agreed(doc: Doc, ranking: Sequence[Tuple[str, float]]) -> Numbers:
    """For each safety id, whether the topics leave room for it: asked of brief messages only."""
    if len(doc) > _BRIEF_MESSAGE or not ranking:
        return np.ones(len(URGENCY), dtype=bool)
    shares = dict(ranking)
    return np.cumsum([shares.get(id, 0.0) for id in URGENCY]) >= _AGREED


def _is_surely_ordinary(ranking: Sequence[Tuple[str, float]]) -> bool:
    """Whether one ordinary topic is far likelier than all danger together."""
    shares = dict(ranking)
    danger = sum(shares.pop(id, 0.0) for id in URGENCY)
    return max(shares.values(), default=0.0) >= _ORDINARY and danger <= _DOUBT


@lru_cache(maxsize=1)
def project_signs() -> Signs:
    """The signs of this project, read once."""
    return Signs(read_signs(), load_english())


@lru_cache(maxsize=1)
def default_screen() -> Screen:
    """The screen over the signs alone: what stands when nothing trained is at hand."""
    return Screen(project_signs())
