"""What a reply in the middle of a walkthrough wants: on, back, again, help, or an end."""

from __future__ import annotations

import re
from typing import FrozenSet, Mapping, Optional

from bot.choosing.reading import read_person
from bot.guides.matching import even

MOVES = ("done", "again", "back", "stuck", "hurts", "stop", "all", "print")
"""What a button may choose as `move`."""

_NO_HARM = re.compile(
    r"\b(?:no|not|doesnt|does not|didnt|isnt|without|never|nothing) (?:\w+ ){0,2}"
    r"(?:hurt\w*|pain\w*|ach\w*|dizz\w*|slip\w*|fall\w*)\b"
)
_HARM = re.compile(
    r"\b(?:hurt(?:s|ing)?|pain(?:s|ful)?|ach(?:e|es|ing)|sore|ouch|ow|dizz\w*|light ?headed|faint\w*|woozy"
    r"|slip(?:s|ped|ping)?|slid|tripped|fell|falling|stumbl\w+|numb|tingl\w+|bleed\w*|burn(?:s|ing|ed)"
    r"|pinch(?:ed|es|ing)|giddy|short of breath|out of breath|blacking out|going to (?:fall|pass out)"
    r"|swell\w*|swollen)\b"
)
_WORDS: Mapping[str, re.Pattern[str]] = {
    "all": re.compile(
        r"\b(?:all (?:of )?(?:the |these )?(?:\w+ )?steps|all at once|everything at once"
        r"|whole (?:list|thing|guide)|full list|list (?:of|all|them|the steps)|just the list)\b"
    ),
    "print": re.compile(
        r"\b(?:print\w*|pdf|on paper|link to (?:it|this)|(?:e ?mail|send|text) (?:it|this) to)\b"
    ),
    "stop": re.compile(r"^(?:please )?(?:stop|quit|exit|cancel|enough|no more|lets stop|i want to stop)\b"),
    "back": re.compile(
        r"^(?:go )?ba(?:ck|kc|k)\b|\b(?:(?:go|went|step|move) back|back (?:one|a step|up a)|previous"
        r"|earlier (?:one|bit|step)|step before|one before|before that|last step)\b"
    ),
    "stuck": re.compile(
        r"\b(?:stuck|cant|cannot|can not|couldnt|wont|unable|not able|(?:doesnt|does not|not|isnt) work\w*"
        r"|too hard|too difficult|struggl\w+|help|afraid|scared|not possible|refuses|no way|how)\b"
    ),
    "again": re.compile(
        r"\b(?:again|repeat|huh|pardon|come again|slower|hold on|say that|(?:didnt|dont|did not|do not) "
        r"(?:\w+ )?(?:get|catch|understand|hear|follow)|confus\w+|lost|simpl\w+|not yet"
        r"|where (?:were|was|am|are) (?:we|i))\b|\bwait\b|(?<!now )\bwhat$"
    ),
    "done": re.compile(
        r"\b(?:done|did (?:it|that|so)|ok|okay|k|next|go on|continue|ready|got (?:it|that)|yes|yep|yeah|yup"
        r"|now what|skip|finished|carry on|keep going|and then|then what|whats next|sure|right|good|check"
        r"|managed|(?:she|he) did|start|begin|go ahead|resume|proceed|all set|shown)\b"
    ),
}
_ASKED_FOR = ("all", "print")
"""Moves that may well be a question: "can I print this?"."""

_BY_TOPIC = {
    "next_step": "done",
    "affirm": "done",
    "thank": "done",
    "feedback_positive": "done",
    "previous_step": "back",
    "repeat": "again",
    "tell_me_more": "again",
    "deny": "stuck",
    "feedback_negative": "stuck",
    "stop": "stop",
}
_NO_ASIDES: FrozenSet[str] = frozenset(
    (*_BY_TOPIC, "", "nlu_fallback", "out_of_scope", "choose_option", "inform")
)
_ASKS = re.compile(
    r"^(?:and |but |so |ok |okay |wait )*(?:what|whats|how|where|wheres|when|why|which|who|is|are|can|could"
    r"|do|does|should|will|would)\b"
)
_SHORT_ASIDES = re.compile(r"^(?:ok |okay |wait )*(?:what|now what|whats next|then what|what now|how)$")
_WHERE_WE_WERE = re.compile(
    r"(?:(?:ok|okay|so|sorry|wait|hi|hello|now|and|um|uh|please|im back|i am back) )*"
    r"(?:(?:where|what step|which step) (?:were|was) (?:we|i)(?: (?:again|at|on|in|up to|before))?"
    r"|(?:where|what step|which step) did (?:we|i) (?:stop|leave off|leave it|get to|get up to)"
    r"|(?:(?:can|could|may|shall|should|lets|let us|id like to|i want to|i would like to) )?(?:we |i )?"
    r"(?:go on|go back|carry on|continue|resume|pick up|start again|back)"
    r" (?:(?:from )?where (?:we|i) (?:were|was|stopped|left(?: it)?(?: off)?)"
    r"|(?:with |to )?(?:the|my|our|those) (?:last )?(?:steps|step|walkthrough|guide)))"
    r"(?: (?:with|of|in|on|for) (?:the|my|our|her|his|that|those) \w+(?: \w+)?)?(?: please| again| now)*"
)
_LONGEST_MOVE = 12
"""Words; a longer text says more than how it goes."""


def read_move(text: str, topic: Optional[str]) -> Optional[str]:
    """The move that a reply makes; None when it asks something else, or cannot be read.

    Harm counts before every other meaning.

    Args:
        topic: what the words were taken for.
    """
    plain = even(text)
    if _HARM.search(_NO_HARM.sub(" ", plain)):
        return "hurts"
    if asks_where_we_were(text):
        return "again"
    said = [move for move, words in _WORDS.items() if words.search(plain)]
    is_short = len(plain.split()) <= _LONGEST_MOVE
    if is_short and said and said[0] in _ASKED_FOR:
        return said[0]
    if _is_aside(plain, topic or ""):
        return None
    return said[0] if is_short and said else _BY_TOPIC.get(topic or "")


def asks_where_we_were(text: str) -> bool:
    """Whether a text wants to go on where something was left: "where were we?"."""
    return _WHERE_WE_WERE.fullmatch(even(text)) is not None


def asks_nothing(topic: Optional[str]) -> bool:
    """Whether a reply of this topic that was not understood has no answer of its own either."""
    return (topic or "") in _NO_ASIDES


def read_who(text: str, asked: bool) -> Optional[str]:
    """Who does it: "person" when the writer uses the device, "caregiver" when the writer helps.

    Args:
        asked: whether this answers the question.
    """
    plain = even(text)
    if asked and _HELPS.search(plain):
        return "caregiver"
    if asked and _ALONE.search(plain):
        return "person"
    whom = read_person(text, asked=asked)
    if whom in ("child", "somebody"):
        return "caregiver"
    return "person" if whom == "me" and (asked or _OWN.search(plain)) else None


_HELPS = re.compile(
    r"\b(?:i (?:help|assist|care)|helping|caregiver|carer|caring|aide|nurse|for (?:him|her|them)"
    r"|somebody|someone|both of us|we)\b"
)
_OWN = re.compile(
    r"\b(?:my own|myself|for me|i (?:had|have|was|broke|live)|since my"
    r"|my (?:\w+ )?(?:leg|knee|hip|foot|ankle|hand|arm|wrist|back|shoulder"
    r"|surgery|stroke|weak|bad|operation))\b"
)
"""Whose trouble it is: "how do I use it" may be asked by a helper."""

_ALONE = re.compile(r"\b(?:me|myself|i do|i am|im|i use|alone)\b")


def _is_aside(plain: str, topic: str) -> bool:
    """Whether this asks about something that has an answer of its own."""
    if topic in _NO_ASIDES or _SHORT_ASIDES.search(plain):
        return False
    return _ASKS.search(plain) is not None
