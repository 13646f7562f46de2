"""Reading which kind of visit is asked for, and what somebody needs on the day."""

from __future__ import annotations

import re
from typing import Optional, Tuple

from bot.booking.desk import Desk
from bot.booking.draft import Draft

_KINDS = (
    (re.compile(r"\bhand (?:therap\w+|clinic|specialist)\b|\bcht\b", re.I), "hand_therapy"),
    (
        re.compile(
            r"\bhome (?:safety )?(?:visit|check|evaluation|assessment)\b|\bhome safety\b"
            r"|\bcome (?:out )?to (?:my|our|her|his|the) (?:home|house|place|apartment)\b",
            re.I,
        ),
        "home_safety_visit",
    ),
    (
        re.compile(r"\bdriv(?:ing|er'?s?) (?:screen\w*|evaluation|eval|test|assessment|check)\b", re.I),
        "driving_screen",
    ),
    (
        re.compile(r"\bvideo\b|\btele-?(?:health|visit|medicine)\b|\bzoom\b|\bonline visit\b", re.I),
        "video_visit",
    ),
)
_NOT = re.compile(r"\b(?:not?|don'?t (?:need|want)|without)\b[\w' ]{0,20}$", re.I)

_NEEDS = (
    (re.compile(r"\bwheel ?-?chairs?\b|\bpower ?chair\b|\bsilla de ruedas\b", re.I), "wheelchair"),
    (
        re.compile(
            r"\btransfer(?:s|ring)?\b|\b(?:two|2)[- ]person\b|\bhoyer\b"
            r"|\bhelp (?:getting|to get|moving) (?:up|in|out|on|off|onto|into|from)\b"
            r"|\bcan(?:'?t|not) stand\b",
            re.I,
        ),
        "transfer_help",
    ),
    (
        re.compile(r"\binterpret(?:er|ing|e)?\b|\btranslat(?:or|ion)\b|\bsign language\b|\basl\b", re.I),
        "interpreter",
    ),
    (
        re.compile(r"\bquiet\b|\b(?:loud )?noises?\b|\bless noise\b|\bsensory (?:room|overload)\b", re.I),
        "quiet_room",
    ),
    (
        re.compile(
            r"\b(?:come|comes|coming) (?:along|with (?:me|us|her|him|them))\b"
            r"|\b(?:bring|bringing|brings) (?:along|my|her|his|someone|somebody)\b"
            r"|\b(?:will|'ll) be with (?:me|her|him)\b|\bcompanion\b|\bsome(?:body|one) comes\b"
            r"|\bdrives? (?:me|her|him)\b",
            re.I,
        ),
        "companion",
    ),
)
_NONE = re.compile(
    r"^\W*(?:no|none|nothing|nope|nah|skip|not really|n/?a|all good|we'?re fine|i'?m fine|rather not"
    r"|i'?d rather not|nada|ninguna?)\b",
    re.I,
)


def read_kind(text: str, draft: Draft, desk: Desk) -> Optional[str]:
    """The id of the visit type that a text asks for by name, if the clinic gives it to this patient."""
    ages = ages_of(draft.visit_for)
    given = {visit.id for visit in desk.profile.visits.types if visit.is_for(ages)}
    for pattern, id in _KINDS:
        match = pattern.search(text)
        if match and id in given and not _NOT.search(text[: match.start()]):
            return id
    return None


def visit_type_id(draft: Draft, desk: Desk) -> str:
    """The kind of visit this draft is about; an evaluation unless another was asked for."""
    ages = ages_of(draft.visit_for)
    if draft.visit_type is not None and desk.visit_type(draft.visit_type).is_for(ages):
        return draft.visit_type
    return desk.evaluation_for(ages).id


def ages_of(visit_for: Optional[str]) -> str:
    """Which of "child" and "adult" comes to the visit."""
    return "child" if visit_for == "child" else "adult"


def read_needs(text: str) -> Tuple[str, ...]:
    """What a text says is needed on the day."""
    found = []
    for pattern, need in _NEEDS:
        match = pattern.search(text)
        if match and not _NOT.search(text[: match.start()]):
            found.append(need)
    return tuple(found)


def needs_nothing(text: str) -> bool:
    """Whether a text says that nothing is needed, or skips the question."""
    return bool(_NONE.search(text))
