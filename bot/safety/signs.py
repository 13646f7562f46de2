"""Transparent signs of danger: phrases over lemmas that a clinician can read and edit.

A phrase is written in words. `a|b` is either; `...` is up to four words of any kind; `WHO` stands for
every word of the list of that name. A word finds all its forms (its lemma), so `face|mouth ... droop`
finds "her face is drooping".
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Dict, List, Optional, Tuple

from pydantic import Field
from spacy.language import Language
from spacy.matcher import Matcher
from spacy.tokens import Doc, Span

from bot.content.yaml_files import Strict, parse, read_yaml
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

_GAP = 4
_REACH = 5  # words before a sign in which "no" or "if" speaks of it


class SignGroup(Strict):
    """Phrases of one kind of danger."""

    id: str
    kind: Optional[str]
    phrases: List[str] = Field(..., min_items=1)
    needs_present: bool = True  # false: it counts whenever it happened, and however it is asked


class SignContent(Strict):
    """The whole file: `words` are the lists that phrases name in capitals."""

    words: Dict[str, List[str]] = {}
    signs: List[SignGroup]
    look_alikes: List[str]
    denied: List[str]
    past: List[str]
    asked_about: List[str]
    supposed: List[str]


@dataclass(frozen=True)
class Sign:
    """A danger that was seen: its safety id, its kind (stroke, bleeding…), and the words."""

    id: str
    kind: Optional[str]
    words: str


class Signs:
    """Finds signs in a text that spaCy has read."""

    def __init__(self, content: SignContent, english: Language) -> None:
        self._groups: Dict[str, SignGroup] = {}
        self._danger = Matcher(english.vocab)
        self._context = Matcher(english.vocab)
        read = _PhraseReader(content.words, english)
        for number, group in enumerate(content.signs):
            key = f"sign-{number}"
            self._groups[key] = group
            self._danger.add(key, read.patterns(group.phrases))
        for name in ("look_alikes", "denied", "past", "asked_about", "supposed"):
            self._context.add(name, read.patterns(getattr(content, name)))

    def first_in(self, doc: Doc) -> Optional[Sign]:
        """The most urgent sign of a text; None when there is none."""
        context = [(doc.vocab.strings[key], Span(doc, start, end)) for key, start, end in self._context(doc)]
        found: List[Tuple[int, Sign]] = []
        for key, start, end in self._danger(doc):
            group, words = self._groups[doc.vocab.strings[key]], Span(doc, start, end)
            if not _excused(group, words, context):
                found.append((URGENCY.index(group.id), Sign(group.id, group.kind, words.text)))
        return min(found, key=lambda one: one[0])[1] if found else None


def read_signs(path: Path = PATH) -> SignContent:
    """The signs of this project.

    Raises:
        ContentError: names the file, and the field that is wrong.
    """
    return parse(path, SignContent, read_yaml(path))


def _excused(group: SignGroup, words: Span, context: List[Tuple[str, Span]]) -> bool:
    """Whether the words around a sign say that it is no danger now."""
    for name, around in context:
        if name == "look_alikes":
            if around.start <= words.start and words.end <= around.end:
                return True
        elif not group.needs_present:
            continue
        elif name == "denied":
            if around.end <= words.start and words.start - around.end < _REACH and _same_part(around, words):
                return True
        elif _same_sentence(around, words):
            return True
    return False


def _same_part(before: Span, after: Span) -> bool:
    """No comma, "but" or full stop between the two."""
    between = before.doc[before.end : after.start]
    return not any(token.text in ".,;!?" or token.lower_ == "but" for token in between)


def _same_sentence(one: Span, other: Span) -> bool:
    between = one.doc[min(one.end, other.end) : max(one.start, other.start)]
    return not any(token.text in ".!?;" or token.lower_ == "but" for token in between)


class _PhraseReader:
    """Turns phrases into what spaCy's matcher reads."""

    def __init__(self, lists: Dict[str, List[str]], english: Language) -> None:
        self._lists = lists
        self._english = english

    def patterns(self, phrases: List[str]) -> List[List[Dict[str, Any]]]:
        """Two patterns a phrase: one over lemmas, one over the words as they stand."""
        return [self._pattern(phrase, kind) for phrase in phrases for kind in ("LEMMA", "LOWER")]

    def _pattern(self, phrase: str, kind: str) -> List[Dict[str, Any]]:
        pattern: List[Dict[str, Any]] = []
        for part in phrase.split():
            if part == "...":
                pattern += [{"OP": "?"}] * _GAP
            else:
                pattern.append({kind: {"IN": self._forms(part)}})
        return pattern

    def _forms(self, part: str) -> List[str]:
        words = [word for one in part.split("|") for word in self._lists.get(one, [one])]
        lemmas = [token.lemma_ for word in words for token in self._english(word)[:1]]
        return sorted({*words, *lemmas})
