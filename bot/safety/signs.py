"""Transparent signs of danger: phrases over lemmas that a clinician can read and edit.

`data/safety/signs.yml` says how a phrase is written. A word finds all its forms (its lemma, its stem, a
typing slip), so `face|mouth ... droop` finds "her face is drooping".
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Dict, List, Optional, Sequence, Tuple

from pydantic import Field, validator
from spacy.language import Language
from spacy.tokens import Doc

from bot.content.yaml_files import Strict, parse, read_yaml
from bot.safety.parts import Span, sentence_numbers
from bot.safety.phrases import Found, PhraseReader, Phrases
from bot.safety.spelling import Spelling
from bot.settings import ROOT

PATH = ROOT / "data" / "safety" / "signs.yml"
URGENCY = (
    "emergency_medical",
    "crisis_self_harm",
    "abuse_report",
    "fall_report",
    "medication_question",
    "medical_advice",
)
"""The safety ids, the most urgent first."""

CONTEXTS = (
    "look_alikes",
    "denied",
    "past",
    "long_past",
    "asked_about",
    "supposed",
    "present",
    "prevented",
    "our_work",
    "goes_on",
    "own_head",
)
_ASKS = ("asked_about", "our_work")
_REACH = 5  # words before a sign in which "no" speaks of it


class SignGroup(Strict):
    """Phrases of one kind of danger, and what the words around may say to excuse them."""

    id: str
    kind: Optional[str]
    phrases: List[str] = Field(..., min_items=1)
    excused_by: List[str] = ["denied", "past", "asked_about", "supposed"]

    @validator("id")
    def _known(cls, id: str) -> str:
        if id not in URGENCY:
            raise ValueError(f"{id!r} is not a safety id")
        return id

    @validator("excused_by", each_item=True)
    def _a_context(cls, name: str) -> str:
        if name not in CONTEXTS:
            raise ValueError(f"{name!r} is not one of {', '.join(CONTEXTS)}")
        return name


class SignContent(Strict):
    """The whole file: `words` are the lists that phrases name in capitals."""

    words: Dict[str, List[str]] = {}
    signs: List[SignGroup]
    look_alikes: List[str]
    denied: List[str]
    past: List[str]
    long_past: List[str]
    asked_about: List[str]
    supposed: List[str]
    present: List[str]
    prevented: List[str]
    our_work: List[str]
    goes_on: List[str]
    own_head: List[str]


@dataclass(frozen=True)
class Sign:
    """A danger that was seen: its safety id, its kind (stroke, bleeding…), and the words."""

    id: str
    kind: Optional[str]
    words: str


class Signs:
    """Finds signs in a text that spaCy has read."""

    def __init__(self, content: SignContent, english: Language) -> None:
        read = PhraseReader(content.words)
        self._groups = content.signs
        self._danger = Phrases(
            (read.phrase(one), str(number))
            for number, group in enumerate(content.signs)
            for one in group.phrases
        )
        self._context = Phrases(
            (read.phrase(one), name) for name in CONTEXTS for one in getattr(content, name)
        )
        self._spelling = Spelling(read.words, english)

    def read(self, doc: Doc) -> Tuple[Optional[Sign], List[Found]]:
        """The most urgent sign of a text, if any, and what the words say beside it: `past`, `supposed`…"""
        words, sentences = [self._spelling.forms(token) for token in doc], sentence_numbers(doc)
        context = self._context.found_in(words, sentences)
        around = _Surroundings(context, doc, sentences)
        found = self._danger.found_in(words, sentences)
        standing = [one for one in found if not around.excuse(self._groups[int(one.name)], one)]
        standing = [one for one in standing if not any(_gives_way(one, other) for other in standing)]
        if not standing:
            return None, context
        urgent = min(standing, key=self._urgency)
        group, (start, end) = self._groups[int(urgent.name)], urgent.span
        return Sign(group.id, group.kind, doc[start:end].text), context

    def _urgency(self, found: Found) -> Tuple[int, bool]:
        group = self._groups[int(found.name)]
        return URGENCY.index(group.id), group.kind is None


def read_signs(path: Path = PATH) -> SignContent:
    """The signs of this project.

    Raises:
        ContentError: names the file, and the field that is wrong.
    """
    return parse(path, SignContent, read_yaml(path))


class _Surroundings:
    """The words around a sign, and whether they say that it is no danger now."""

    def __init__(self, context: Sequence[Found], doc: Doc, sentences: Sequence[int]) -> None:
        self._context = [(found.name, found.span) for found in context]
        self._doc = doc
        self._sentences = sentences

    def excuse(self, group: SignGroup, found: Found) -> bool:
        """Whether the sign does not count.

        A question inside the sign itself ("can therapy heal it") is no excuse, and a sign with a "no" of its
        own ("not breathing") is not denied by another one.
        """
        sign = found.span
        if any(name == "look_alikes" and _overlap(span, sign) for name, span in self._context):
            return True
        near = [
            (name, span)
            for name, span in self._context
            if name in group.excused_by and not (name in _ASKS and found.is_whole and _inside(span, sign))
        ]
        if any(name == "denied" and self._is_before(span, sign) for name, span in near):
            return not any(name == "denied" and _overlap(span, sign) for name, span in self._context)
        beside = {name for name, span in near if name != "denied" and self._same_sentence(span, sign)}
        if not beside:
            return False
        return not any(name == "present" and self._same_sentence(span, sign) for name, span in self._context)

    def _is_before(self, denial: Span, sign: Span) -> bool:
        between = self._doc[denial[1] : max(denial[1], sign[0])]
        return (
            denial[1] <= sign[0]
            and len(between) < _REACH
            and not any(token.text in ",.;!?" or token.lower_ == "but" for token in between)
        )

    def _same_sentence(self, one: Span, other: Span) -> bool:
        first, last = self._sentences[other[0]], self._sentences[other[1] - 1]
        return first <= self._sentences[one[0]] <= last


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _inside(small: Span, large: Span) -> bool:
    return large[0] <= small[0] and small[1] <= large[1]


def _gives_way(small: Found, large: Found) -> bool:
    """Whether a sign is a part of a longer one: "wake up" of "hope I never wake up"."""
    return large.is_whole and _inside(small.span, large.span) and small.span != large.span
