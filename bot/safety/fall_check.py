"""The short check after a fall: head, blood thinner, pain, getting up; and what its answers call for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Dict, Mapping, Optional

QUESTIONS = ("fall_head", "fall_thinner", "fall_pain", "fall_get_up")
"""In the order they are asked."""

CALL, SEE_DOCTOR, GET_UP, TELL_CLINIC = "call_911", "see_doctor", "get_up", "tell_clinic"
UP, ABLE, UNABLE = "up", "able", "unable"
YES, NO, UNSURE = "yes", "no", "unsure"
CHOICES: Mapping[str, frozenset[str]] = {
    "fall_head": frozenset([YES, NO, UNSURE]),
    "fall_thinner": frozenset([YES, NO, UNSURE]),
    "fall_pain": frozenset([YES, NO]),
    "fall_get_up": frozenset([UP, ABLE, UNABLE]),
}
"""What a button may say for each question."""

_NO = re.compile(
    r"^\W*(?:n|no|nope|nah|none|nothing|not|never|neither)\b"
    r"|\b(?:(?:did|does|do|has|is|was|were)(?:n'?t| not)|no (?:pain|head)|without|unhurt|fine|okay|ok)\b",
    re.I,
)
_UNSURE = re.compile(
    r"\b(?:not sure|unsure|maybe|might|perhaps|possibly|(?:do|did)n'?t (?:know|see)|no idea)\b", re.I
)
_YES = re.compile(r"^\W*(?:y|yes|yeah|yep|yup|ya|si|sí|she did|he did|i did|a (?:little|bit))\b", re.I)
_SAID: Mapping[str, re.Pattern[str]] = {
    "fall_head": re.compile(r"\b(?:head|forehead|face|skull|temple)\b", re.I),
    "fall_thinner": re.compile(
        r"\b(?:thinners?|warfarin|coumadin|eliquis|apixaban|xarelto|rivaroxaban|plavix|clopidogrel|pradaxa)\b",
        re.I,
    ),
    "fall_pain": re.compile(
        r"\b(?:pain|hurts?|hurting|sore|bleed\w*|blood|broken|swollen|scream\w*)\b", re.I
    ),
}
_UNABLE = re.compile(r"\b(?:can'?t|cannot|can not|unable|not able|won'?t|too heavy|stuck|no way|no)\b", re.I)
_UP = re.compile(
    r"\b(?:already|is up|am up|i'?m up|got up|stood up|standing|walking"
    r"|in (?:a|the|his|her|my) (?:chair|bed))\b",
    re.I,
)
_ABLE = re.compile(r"\b(?:can|could|able|think so|maybe|try|yes|yeah|y)\b", re.I)


@dataclass(frozen=True)
class FallAnswers:
    """What is known so far; None is still to be asked."""

    fall_head: Optional[str] = None
    fall_thinner: Optional[str] = None
    fall_pain: Optional[str] = None
    fall_get_up: Optional[str] = None


class FallCheck:
    """Reads the answers, and says what they call for; keeps nothing."""

    def read(self, asked: str, text: str, choice: Mapping[str, str]) -> Dict[str, str]:
        """The answers that a reply gives; empty when it cannot be read.

        Args:
            asked: the question, one of `QUESTIONS`.
            choice: what a button stands for; an older button counts for its own question.
        """
        for question, values in CHOICES.items():
            if choice.get(question) in values:
                return _with_consequences({question: choice[question]})
        value = _read_get_up(text) if asked == "fall_get_up" else _read_yes_or_no(asked, text)
        return _with_consequences({asked: value}) if value else {}

    def is_over(self, answers: FallAnswers) -> bool:
        """Whether nothing more need be asked: all is known, or it is time to call."""
        return self.outcome(answers) == CALL or None not in vars(answers).values()

    def outcome(self, answers: FallAnswers) -> str:
        """What the answers call for so far, the careful thing first."""
        hit_head = answers.fall_head in (YES, UNSURE)
        if (hit_head and answers.fall_thinner in (YES, UNSURE)) or answers.fall_pain == YES:
            return CALL
        if answers.fall_get_up == UNABLE:
            return CALL
        if hit_head:
            return SEE_DOCTOR
        return GET_UP if answers.fall_get_up == ABLE else TELL_CLINIC


def _with_consequences(answers: Dict[str, str]) -> Dict[str, str]:
    """A head that was not hit needs no question about blood thinners."""
    return {**answers, "fall_thinner": NO} if answers.get("fall_head") == NO else answers


def _read_yes_or_no(asked: str, text: str) -> Optional[str]:
    if _UNSURE.search(text):
        return UNSURE if UNSURE in CHOICES[asked] else YES
    if _YES.search(text):
        return YES
    if _NO.search(text):
        return NO
    return YES if _SAID[asked].search(text) else None


def _read_get_up(text: str) -> Optional[str]:
    if _UP.search(text):
        return UP
    if _UNABLE.search(text):
        return UNABLE
    return ABLE if _ABLE.search(text) else None
