"""Finding the part of a guide that a question is about, by the words of the guide itself."""

from __future__ import annotations

import re
from typing import FrozenSet, Iterable, List, Mapping, Optional, Sequence

from bot.content.guides import Guide, Line, Walkthrough

PARTS = ("fit", "check", "never", "care", "stop_if")
"""The parts of a guide that can be asked for by themselves."""

_PART_WORDS: Mapping[str, re.Pattern[str]] = {
    "care": re.compile(
        r"\b(?:clean\w*|wash(?:ing)? (?:it|the|my|out|this)|care for|look after|smell\w*|mold\w*|mildew"
        r"|rust\w*|oil"
        r"|disinfect\w*|wipe (?:it|down)|worn|replac\w+|new tips?|maintain\w*|maintenance|dry it|store)\b"
    ),
    "stop_if": re.compile(
        r"\b(?:when (?:should|do|must) (?:i|we|he|she|they) (?:stop|call|worry)|stop using|what if"
        r"|warning signs?|too tight|goes wrong)\b"
    ),
    "check": re.compile(
        r"\b(?:check\w*|inspect\w*|look over|before (?:each|every|i|we|using) use|wobbl\w*|wiggl\w*"
        r"|rock(?:s|ing|y)|loose|rattl\w*|still safe|is it safe|wont lock)\b"
    ),
    "never": re.compile(
        r"\b(?:(?:is|are) (?:it|that|they|those|this) (?:ok|okay|safe|allowed|alright|all right|bad)"
        r"|allowed|ok to|okay to|safe to|dangerous"
        r"|(?:can|may|could|should|shall|must) (?:i|we|he|she|they|you|one)\b(?! help)"
        r"|shouldnt|should not|never|avoid|mistakes?|dangers?|not do|donts?|do not do)\b"
    ),
    "fit": re.compile(
        r"\b(?:heigh?t|hight|high|tall|low|short|long|length|size\w*|sizing|adjust\w*|fit(?:s|ted|ting)?|measure\w*"
        r"|set (?:it |the )?(?:up|to)|how (?:wide|far apart|big|close|tight)|level with"
        r"|weight limit|which (?:hand|side|way))\b"
    ),
}
_POINTING = frozenset("a an the my your his her its our their this that these those some moms dads".split())
_SMALL = frozenset(
    "a about all always am an and any are as at be by can did do does for from get go goes has have he her "
    "hers him his how i if im in into is it its just know like me mom mum dad mother father my need never "
    "not of off on one or our out over put she should so some step steps take tell that the their "
    "them then there these they this to too up us use used using want was we what when where which "
    "while who why will with would you your ok okay please".split()
)


def even(text: str) -> str:
    """Words in small letters with one blank between; no signs."""
    return " ".join(re.findall(r"[a-z0-9]+", re.sub(r"['’]", "", text.lower())))


def part_asked(text: str) -> Optional[str]:
    """The part of a guide that a question, or its own name, asks for by itself."""
    if text in PARTS:
        return text
    plain = even(text)
    return next((part for part, words in _PART_WORDS.items() if words.search(plain)), None)


def walkthrough_asked(text: str, guide: Guide) -> Optional[Walkthrough]:
    """The walkthrough whose words stand in the text; the longest words count."""
    plain = f" {_bare(text)} "
    found = [
        (len(phrase.split()), len(phrase), -number, walkthrough)
        for number, walkthrough in enumerate(guide.walkthroughs)
        for phrase in map(_bare, (*walkthrough.asked_as, walkthrough.title))
        if phrase and f" {phrase} " in plain
    ]
    return max(found, key=lambda one: one[:3])[3] if found else None


def fit_asked(text: str, guide: Guide) -> List[Line]:
    """The lines on fitting that the text names: "height", "which hand"."""
    plain = f" {even(text)} "
    return [line for line in guide.fit if f" {even(line.what)} " in plain]


def nearest(text: str, lines: Sequence[Line], least: int = 1) -> List[Line]:
    """The lines that share most words with a text, in their order; none below `least` words.

    The words that every line is full of, and those of the device's names, should be taken out before.
    """
    wanted = content_words(text)
    shared = [len(wanted & content_words(line.text)) for line in lines]
    most = max(shared, default=0)
    if most < least:
        return []
    return [line for line, count in zip(lines, shared, strict=True) if count == most][:3]


def content_words(text: str) -> FrozenSet[str]:
    """The words of a text that carry its meaning, without their endings."""
    return frozenset(stems(text))


def stems(text: str) -> List[str]:
    """The words that carry the meaning of a text, in their order, without their endings."""
    return [_stem(word) for word in even(text).split() if word not in _SMALL]


def without_names(text: str, names: Iterable[str]) -> str:
    """The text without what the device is called."""
    plain = f" {even(text)} "
    for name in sorted(map(even, names), key=len, reverse=True):
        plain = plain.replace(f" {name} ", " ")
    return plain.strip()


def best_titled(text: str, choices: Mapping[str, Sequence[str]]) -> List[str]:
    """Keys by how many words their texts share with this one, the most first; those with none left out."""
    wanted = content_words(text)
    shared = {
        key: max((len(wanted & content_words(one)) for one in some), default=0)
        for key, some in choices.items()
    }
    return sorted((key for key, count in shared.items() if count), key=lambda key: -shared[key])


def _bare(text: str) -> str:
    """The words without endings, and without articles: "up the stairs" as "up stair"."""
    return " ".join(_stem(word) for word in even(text).split() if word not in _POINTING)


def _stem(word: str) -> str:
    for ending in ("ing", "es", "ed", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word
