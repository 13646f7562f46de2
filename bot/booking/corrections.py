"""What a person takes back or changes in the middle of a booking, whatever was asked."""

from __future__ import annotations

import re
from typing import Optional

from bot.booking.draft import Changes, Draft, Reply
from bot.booking.reading import read_contact, read_name, read_visit_for

_ABOUT = {
    "visit_time": re.compile(r"\b(?:time|day|date|hour|when)\b", re.I),
    "full_name": re.compile(r"\b(?:name|spell\w*|misspel\w*)\b", re.I),
    "contact": re.compile(r"\b(?:phone|number|e-?mail|contact)\b", re.I),
    "visit_for": re.compile(r"\b(?:who|whom|person|patient)\b", re.I),
    "visit_needs": re.compile(r"\b(?:needs?|wheelchair|interpreter)\b", re.I),
    "visit_reason": re.compile(r"\breason\b", re.I),
}
_CHANGE = re.compile(
    r"\b(?:change|wrong|different|another|other|fix|correct|edit|misspel\w*|not right)\b", re.I
)
_FOR_WHOM = re.compile(
    r"\bfor (?:me|myself|him|her|my|our|an?|the|another|some(?:one|body))\b"
    r"|\bnot (?:for )?me\b|\b(?:my|our) \w+ (?:is|will be) the patient\b",
    re.I,
)
_NOT_ME = re.compile(r"\bnot (?:for )?me\b", re.I)
_NAME_SAID = re.compile(r"\bname(?:'?s| is)\b", re.I)
_ONLY_NAMED = re.compile(r"\W*(?:the |my |your )?\w+(?: (?:it is|it's) for)?[ .!]*", re.I)


def only_named(text: str) -> Optional[str]:
    """The question that a reply names and says nothing else of: "the name", "who it is for"."""
    if not _ONLY_NAMED.fullmatch(text):
        return None
    return next((question for question, pattern in _ABOUT.items() if pattern.search(text)), None)


def asked_to_change(text: str) -> Optional[str]:
    """The question that somebody wants to answer anew, by its name."""
    if not _CHANGE.search(text):
        return None
    return next((question for question, pattern in _ABOUT.items() if pattern.search(text)), None)


def ask_again(question: str) -> Changes:
    """Empty what this question filled; another person may need another kind of visit, name and time."""
    emptied: Changes = {question: None, "booking_confirmed": None}
    if question in ("visit_for", "visit_time"):
        emptied.update(visit_time=None, time_wish=None, day_in_doubt=None, refused_times=[])
    if question == "visit_for":
        emptied.update(visit_type=None)
    return emptied


def corrected(asked: Optional[str], reply: Reply, draft: Draft) -> Changes:
    """What this reply corrects, or says of another question than the one that was asked."""
    change = asked_to_change(reply.text)
    if asked is not None and change is not None and change != asked:
        return ask_again(change)
    return {**_whom(asked, reply, draft), **_name(asked, reply), **_contact(asked, reply)}


def _whom(asked: Optional[str], reply: Reply, draft: Draft) -> Changes:
    """Somebody else comes: a child's visit differs, and the name was another person's."""
    if asked == "visit_for" or not (asked is None or _FOR_WHOM.search(reply.text)):
        return {}
    whom = read_visit_for(reply.text, asked=False)
    if whom is None and draft.visit_for == "me" and _NOT_ME.search(reply.text):
        return {**ask_again("visit_for"), "full_name": None}
    if whom is None or whom == draft.visit_for:
        return {}
    changes: Changes = {"visit_for": whom}
    if draft.visit_for is not None:
        changes.update(full_name=None, booking_confirmed=None)
        if "child" in (whom, draft.visit_for):
            changes.update(visit_time=None, visit_type=None)
    return changes


def _name(asked: Optional[str], reply: Reply) -> Changes:
    if asked == "full_name" or not _NAME_SAID.search(reply.text):
        return {}
    name = read_name(reply.text)
    return {} if name is None else {"full_name": name}


def _contact(asked: Optional[str], reply: Reply) -> Changes:
    contact = None if asked == "contact" else read_contact(reply.text)
    return {} if contact is None else {"contact": contact}
