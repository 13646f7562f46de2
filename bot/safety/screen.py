"""The safety screen: transparent signs, and what was learned from examples; the more urgent counts."""

from __future__ import annotations

from functools import lru_cache
from typing import List, Optional, Sequence, Tuple

import numpy as np
from spacy.tokens import Doc

from bot.safety import verdict
from bot.safety.aftercare import ACT_NOW, goes_on
from bot.safety.complaints import is_an_answer
from bot.safety.detector import Detector, Numbers
from bot.safety.parts import Span, parts
from bot.safety.phrases import Found
from bot.safety.signs import URGENCY, Sign, Signs, read_signs
from bot.understanding.english import load_english
from bot.understanding.sentences import encode, encode_briefly

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
_MOST_URGENT = slice(3)  # of `URGENCY`: what a look-alike may be mistaken for
_AGREED = 0.3  # …so the topics must leave this share for that danger, or for a more urgent one…
_CERTAIN = 0.5  # …unless it has this share itself, is one to act on, and the topics see no other danger


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
        asked: Optional[str] = None,
    ) -> Optional[Sign]:
        """The most urgent danger in a message, if there is any.

        Args:
            doc: the message in lower case, read by spaCy.
            vector: its meaning; without it only the signs are looked for.
            ranking: the topics that it may be about, with their shares.
            after: the alarm of a short while ago, if there was one.
            asked: the slot that a form has just asked for, if one is going on.
        """
        seen, contexts = self._signs.read(doc)
        found = [seen] if seen else []
        if self._learned is not None and vector is not None and (seen is None or seen.id != URGENCY[0]):
            lines = _Lines(contexts, ranking, doc, after)
            found += self._felt(self._learned, doc, vector, lines, _without_look_alikes(doc, contexts))
        standing = (one for one in found if not is_an_answer(asked, one.id, doc.text))
        sign = min(standing, key=lambda one: URGENCY.index(one.id), default=None)
        if sign is None and after is not None and _say(contexts, "goes_on"):
            sign = goes_on(after, doc.text)
        if sign is not None:
            sign = _after_a_fall(sign, contexts, after)
            verdict.keep(sign)
        return sign

    def look_at(self, text: str) -> Optional[Sign]:
        """The danger in a bare text, by its signs alone: for when the model cannot be asked."""
        return self.look(load_english()(text.lower()))

    def _felt(self, learned: Detector, doc: Doc, vector: Numbers, lines: _Lines, bare: str) -> List[Sign]:
        """What the learned half sees, in the whole or in one of its parts.

        Args:
            bare: the message without its look-alikes; what is urgent must be seen in that, too.
        """
        limits = lines.of_whole(learned.whole.lines)
        passed = learned.of_message(doc.text, vector) >= limits
        if bare != doc.text and passed[_MOST_URGENT].any():
            passed[_MOST_URGENT] &= (learned.of_message(bare, encode([bare])) >= limits)[_MOST_URGENT]
        spans = parts(doc) if len(doc) > _WHOLE else []
        if spans:
            texts = [doc[start:end].text for start, end in spans]
            suspects, shares = learned.of_parts(texts, encode_briefly, MOST_PARTS)
            part_limits = [lines.of_part(spans[at], learned.part.lines) for at in suspects]
            passed |= (shares >= np.vstack(part_limits)).any(axis=0)
        return [Sign(id, None, doc.text) for id, one in zip(URGENCY, passed, strict=True) if one]


class _Lines:
    """Where the lines stand for one message.

    Lower for the danger of a while ago; higher where the words, or the topics, speak against danger.
    """

    def __init__(
        self, contexts: Sequence[Found], ranking: Sequence[Tuple[str, float]], doc: Doc, after: Optional[Sign]
    ) -> None:
        self._contexts = contexts
        self._words = len(doc)
        self._care = np.array([_CAREFUL if after and after.id == id else 1.0 for id in URGENCY])
        self._is_ordinary = _is_surely_ordinary(ranking)
        self._least = _least(doc, ranking)

    def of_whole(self, lines: Sequence[float]) -> Numbers:
        """The lines for the whole message."""
        return np.maximum(self._raised((0, self._words), lines, _SURE_IF_ORDINARY), self._least)

    def of_part(self, span: Span, lines: Sequence[float]) -> Numbers:
        """The lines for a part of it."""
        return self._raised(span, lines, _SURE_PART_IF_ORDINARY)

    def _raised(self, span: Span, lines: Sequence[float], sure_if_ordinary: float) -> Numbers:
        said = {one.name for one in self._contexts if one.span[0] < span[1] and span[0] < one.span[1]}
        excused = set() if "present" in said else said
        words = [_SURE if excused & _EXCUSES.get(id, frozenset()) else 0.0 for id in URGENCY]
        least = np.maximum(words, sure_if_ordinary if self._is_ordinary else 0.0)
        return np.maximum(np.asarray(lines) * self._care, least)


def _without_look_alikes(doc: Doc, contexts: Sequence[Found]) -> str:
    """The words of a message that are no part of a look-alike ("over my dead body")."""
    spans = [one.span for one in contexts if one.name == "look_alikes"]
    kept = [token for token in doc if not any(start <= token.i < end for start, end in spans)]
    return doc.text if len(kept) == len(doc) else "".join(token.text_with_ws for token in kept).strip()


def _say(contexts: Sequence[Found], name: str) -> bool:
    return any(found.name == name for found in contexts)


def _after_a_fall(sign: Sign, contexts: Sequence[Found], after: Optional[Sign]) -> Sign:
    """After a fall, "she hit her head" tells of the fall, and answers the question about the head."""
    is_told = after is not None and after.id == "fall_report" and sign.id == "abuse_report"
    return Sign("fall_report", None, sign.words) if is_told and _say(contexts, "own_head") else sign


def _least(doc: Doc, ranking: Sequence[Tuple[str, float]]) -> Numbers:
    """The lowest line of each safety id that the topics leave: of brief messages only."""
    shares = dict(ranking)
    agreed = np.cumsum([shares.get(id, 0.0) for id in URGENCY]) >= _AGREED
    if len(doc) > _BRIEF_MESSAGE or not ranking:
        agreed[:] = True
    certain = [_CERTAIN if id in ACT_NOW and not agreed.any() else np.inf for id in URGENCY]
    return np.where(agreed, 0.0, certain)


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
