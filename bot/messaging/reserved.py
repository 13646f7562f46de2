"""The words that carriers and the law reserve: whoever sends one is heard, whatever the talk is about.

STOP, STOPALL, UNSUBSCRIBE, CANCEL, END, QUIT, REVOKE and OPTOUT end all messages, START and UNSTOP let them
begin again, HELP and INFO ask who is writing (Twilio, "Twilio support for opt-out keywords"; US rules of 2024
on consent, 47 CFR 64.1200(a)(10), which let people say it in any reasonable words).
"""

from __future__ import annotations

import re
import unicodedata
from enum import Enum
from typing import Mapping, Optional, Sequence


class Word(Enum):
    """What was asked for; CANCEL stops too, but may have meant a visit."""

    STOP = "stop"
    CANCEL = "cancel"
    START = "start"
    HELP = "help"


_ALONE: Mapping[Word, str] = {
    Word.STOP: (
        "stop|stop ?all|stop now|just stop|unsubscribe(?: me)?|end|quit|revoke|opt ?out|opt me out"
        "|no mas|alto|parar?|basta|baja|darme de baja|dame de baja|no mas (?:mensajes|textos)"
    ),
    Word.CANCEL: "cancel",
    Word.START: "start|un ?stop",
    Word.HELP: "help|info|ayuda",
}
"""Each the whole message, apart from "please" and "thanks"."""

_MESSAGES = r"(?:texts?|texting|messages?|messaging|sms)"
_WRITE = rf"(?:{_MESSAGES}|sending|send|contacting|contact|writing|write|spamming|bothering)"
_ME = r"(?:me|us|this (?:number|phone))"
_THESE = r"(?: (?:all|of|these|the|your|this|my|any|from|getting|receiving|sending|me))*"
_ANY_MORE = rf"(?: any)?(?: {_MESSAGES})?(?: (?:any ?more|again|ever))*"
_SPANISH_WRITE = r"(?:escrib|envi|mand|text)\w+"

_HOW_TO_END: Sequence[str] = (
    rf"\bhow (?:do|can|would) (?:i|we|one) (?:\w+ )?(?:stop|end|opt out|unsubscribe){_THESE} {_MESSAGES}",
    r"^who is (?:this|texting me|writing me)$",
)
_ENDS: Sequence[str] = (
    rf"\b(?:stop|quit|cease) {_WRITE}(?: to)? {_ME}\b",
    rf"\b(?:do not|dont|never) (?:ever )?{_WRITE}(?: to)? {_ME}{_ANY_MORE}$",
    rf"^(?:no more|stop|end|quit|cancel){_THESE} {_MESSAGES}\b",
    rf"\b(?:want|like|wish|need)(?: you)? (?:to )?(?:stop|opt out|unsubscribe){_THESE}(?: {_MESSAGES}|$)",
    r"\b(?:take|remove|delete|drop) (?:me|my (?:number|phone)|this number) (?:off|from)\b",
    r"^(?:leave me alone|lose my number|remove my number|i opt out|i revoke(?: my)? consent)\b",
    rf"\b(?:dej[ae]n?|par[ae]n?) de (?:\w+ )?(?:molest\w+|{_SPANISH_WRITE})",
    rf"\bno (?:me|nos) {_SPANISH_WRITE}(?: \w+)? mas\b",
    rf"\bya no (?:me|nos) {_SPANISH_WRITE}",
    r"\bno (?:quiero|deseo) (?:recibir )?(?:mas )?(?:mensajes|textos)\b",
    r"\b(?:quit|saqu|borr)[ae]n?me de (?:la|su|esta) lista\b",
)
_NOT_MEANT = re.compile(
    r"\b(?:do not|dont|never|didnt|did not) (?:\w+ )?stop\b|\bwhy (?:did|do|have|has|are)\b|\bif i\b"
)
_POLITE = re.compile(r"\b(?:please|pls|plz|thanks|thank you|thx|por favor|gracias)\b")
_WHOLE = {word: re.compile(pattern) for word, pattern in _ALONE.items()}
_WITHIN = {Word.HELP: re.compile("|".join(_HOW_TO_END)), Word.STOP: re.compile("|".join(_ENDS))}
"""Plain wishes, anywhere in a message; a question how to end them is answered, not obeyed."""


def reserved(text: str) -> Optional[Word]:
    """The reserved word that a whole message is, or the plain wish that it holds; None for all other talk.

    "Stop" in the middle of a talk is talk: "how do I stop on stairs", "I want to stop the exercise". START
    means something only to people who have stopped, for others it is talk as well.
    """
    said = " ".join(_POLITE.sub(" ", _even(text)).split())
    for word, pattern in _WHOLE.items():
        if pattern.fullmatch(said):
            return word
    if _NOT_MEANT.search(said):
        return None
    return next((word for word, pattern in _WITHIN.items() if pattern.search(said)), None)


def _even(text: str) -> str:
    """Small letters without accents, apostrophes and signs."""
    bare = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(char for char in bare if not unicodedata.combining(char))
    return " ".join(re.sub(r"[^\w\s]|_", " ", re.sub(r"['’‘`´]", "", letters)).split())
