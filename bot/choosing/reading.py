"""Reading answers about danger, the person and the doctor from a person's own words."""

from __future__ import annotations

import re
from typing import Optional

from bot.booking.reading import read_visit_for
from bot.choosing.words import even

_YES = re.compile(
    r"^\W*(?:y|yes|yeah|yep|yup|ya|yea|si|sí|claro|sure|of course|absolutely|definitely|correct"
    r"|(?:i|we) (?:do|have)|(?:he|she) does|one of (?:them|those))\b"
)
_NO = re.compile(
    r"^\W*(?:n|no|nope|nah|none|nothing|neither|never|not (?:that|really|today|any|at all)|i dont think so)\b"
    r"|\b(?:none of (?:them|these|those|that)|(?:of course|absolutely|definitely) not|no to all|all good"
    r"|dont think so|nothing like that)\b"
)
_UNSURE = re.compile(r"\b(?:maybe|perhaps|not sure|unsure|might be|i think so|kind of|sort of|dont know)\b")

_FIRST_PERSON = re.compile(r"\b(?:i|im|ive|id|my|mine|myself)\b")
_THIRD_PERSON = re.compile(r"\b(?:he|she|they|him|his|her|hers|them|their|himself|herself)\b")
_CHILD = re.compile(
    r"\b(?:son|daughter|grandson|granddaughter|kid|kiddo|baby|toddler|boy|girl|teen\w*|months?|grade)\b", re.I
)
_ASIDE = re.compile(
    r"\b(?:for|since|last|past) (?:about )?\d+ ?y\w+|\b\d+ ?y\w+ ago"
    r"|\b(?:since|lift|carry|carrying|after) (?:the|a|my) (?:baby|toddler|kids?)\b",
    re.I,
)
_ASKING_US = re.compile(r"\b(?:help|tell|give|show|let|send|steer|point|advise|ask|suits?|fits?) me\b", re.I)

_DOCTOR = "(?:doctors?|docs?|dr|surgeon|neurologist|physician|gp|pcp|specialist|pediatrician|nurse)"
_NO_RULES = re.compile(r"\b(?:no|without|any) (?:rules|restrictions|limits|precautions)\b")
_RULES = re.compile(
    r"\b(?:rules?|restrictions?|precautions?|limits|weight ?bearing|no weight|no lifting|no bending"
    r"|(?:not|never) (?:allowed|to (?:lift|bend|drive|walk|put|use|move))|not supposed to)\b"
)
_NOT_KNOWN = re.compile(
    r"\b(?:(?:havent|hasnt|have not|has not|didnt|did not|never)"
    r" (?:\w+ ){0,2}(?:seen?|saw|told|tell|asked?|been)"
    rf"|(?:no|without a) {_DOCTOR}|{_DOCTOR} (?:doesnt|does not|dont) know)\b"
)
_TOLD_US = (
    "knows?|said|says|told|sent|wrote|gave|asked|thinks|wants|suggested|ordered|referred|recommended|is aware"
)
_KNOWN = re.compile(
    rf"\b{_DOCTOR} (?:\w+ )?(?:{_TOLD_US})\b|\b(?:told|seen|saw|asked) (?:\w+ ){{0,2}}{_DOCTOR}\b"
    r"|\b(?:referr\w+|(?<!no )diagnos\w+|prescri\w+)\b"
)


def read_yes_or_no(text: str) -> Optional[bool]:
    """Yes, in doubt too; or no; None when it is neither."""
    plain = even(text)
    if _NO.search(plain):
        return False
    return True if _YES.search(plain) or _UNSURE.search(plain) else None


def read_person(text: str, asked: bool = True) -> Optional[str]:
    """Whom it is for: "child", "somebody" (another adult) or "me"; None when not said.

    Args:
        asked: whether this answers the question; otherwise "me" needs the writer's own trouble.
    """
    if asked:
        return read_visit_for(text)
    said = _ASIDE.sub(" ", _ASKING_US.sub(" ", text))
    whom = read_visit_for(said, asked=False)
    if whom == "somebody" and _CHILD.search(said):
        return None  # "my grandson, and what about him": it is not plain enough
    plain = even(said)
    is_own = _FIRST_PERSON.search(plain) and not _THIRD_PERSON.search(plain) and not _CHILD.search(plain)
    return whom or ("me" if is_own else None)


def read_doctor(text: str, asked: bool = True) -> Optional[str]:
    """What a doctor knows: "knows", "rules" (has set some) or "unknown"; None when not said."""
    plain = _NO_RULES.sub(" ", even(text))
    if asked and plain != even(text) and not _NO.search(plain):
        return "knows"
    if _RULES.search(plain) and (asked or re.search(_DOCTOR, plain)):
        return "rules"
    if _NOT_KNOWN.search(plain):
        return "unknown"
    if _KNOWN.search(plain):
        return "knows"
    if not asked:
        return None
    if _NO.search(plain) or _UNSURE.search(plain):
        return "unknown"
    return "knows" if _YES.search(plain) or re.search(r"\bknows?\b", plain) else None
