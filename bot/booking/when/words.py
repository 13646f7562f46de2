"""Words about days and hours in one plain form: small letters, English, digits for numbers."""

from __future__ import annotations

import re
import unicodedata
from typing import Dict, List, Tuple

from rapidfuzz import fuzz, process

LONGEST = 2000
"""Signs that are read; nobody needs more to name a time."""

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTH = (
    "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    "|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\b\\.?"
)
HOURS = "one two three four five six seven eight nine ten eleven twelve".split()

_SPANISH_HOURS = "una dos tres cuatro cinco seis siete ocho nueve diez once doce".split()
_SPANISH_MONTHS = (
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split()
)
_MONTHS = "january february march april may june july august september october november december".split()
_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth"
    " fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
).split()
_TENS = {"twenty": 20, "thirty": 30}

_H = rf"(\d{{1,2}}(?::\d\d)?|{'|'.join(_SPANISH_HOURS)})\b"
_DIA = r"(lunes|martes|miercoles|jueves|viernes|sabado|domingo)s?\b"
_SPANISH: Tuple[Tuple[str, str], ...] = (
    (r"\bpasado manana\b", "day after tomorrow"),
    (r"\b(?:por|en|de|a) las? mananas?\b", "in the morning"),
    (r"\b(?:por|en|de|a) las? tardes?\b", "in the afternoon"),
    (r"\b(?:por|en|de) las? noches?\b", "in the evening"),
    (r"\b(?:las|cualquier|todas las) mananas?\b", "mornings"),
    (r"\bcualquier (?:dia|hora)\b", "any time"),
    (r"\b(?:lo antes posible|cuanto antes|lo mas pronto posible)\b", "as soon as possible"),
    (r"\bfin(?:es)? de semana\b", "weekend"),
    (r"\b(?:la )?(?:proxima semana|semana (?:que viene|proxima|entrante))\b", "next week"),
    (r"\besta semana\b", "this week"),
    (r"\bdel (?:proximo mes|mes (?:que viene|proximo|entrante))\b", "of next month"),
    (r"\b(?:el )?(?:proximo mes|mes (?:que viene|proximo|entrante))\b", "next month"),
    (r"\bde este mes\b", "of this month"),
    (r"\beste mes\b", "this month"),
    (r"\bsemana del? (\d{1,2})\b", "week of the {0}th"),
    (r"\bdespues del? (?=\d|el )", "after "),
    (r"\bantes del? (?=\d|el )", "before "),
    (rf"\b(?:el )?{_DIA} (\d{{1,2}})\b(?! de [a-z]|:)", "{0} the {1}th"),
    (rf"\b(?:el )?proximo {_DIA}", "next {0}"),
    (rf"\b(?:el )?{_DIA} (?:que viene|proximo|entrante)\b", "next {0}"),
    (rf"\blos {_DIA}", "{0}s"),
    (rf"\b(?:(?:el|este) )?{_DIA}", "{0}"),
    (r"\b(?:dentro de|en) (\d{1,2}|una?|dos|tres|cuatro) (dia|semana|mes)(?:e?s)?\b", "in {0} {1}"),
    (r"\b(?:el(?: dia)?|dia) (\d{1,2})\b(?! de [a-z])", "the {0}th"),
    (rf"\b(?:el )?(\d{{1,2}}) de ({'|'.join(_SPANISH_MONTHS)})\b(?: del?(?= \d{{4}}))?", "{0} {1}"),
    (rf"\b{_H} y media\b", "{0}:30"),
    (rf"\b{_H} y cuarto\b", "{0}:15"),
    (rf"\b(?:a partir de|despues de|desde) las? {_H}", "after {0}"),
    (rf"\b(?:antes de|hasta) las? {_H}", "before {0}"),
    (rf"\bentre las? {_H} y las? {_H}", "between {0} and {1}"),
    (rf"\bde las? {_H} a las? {_H}", "from {0} to {1}"),
    (rf"\ba las? {_H}", "at {0}"),
    (rf"\b{_H} menos cuarto\b", "quarter to {0}"),
    (r"\bdespues de (?:la escuela|clases)\b", "after school"),
    (r"\bdespues del trabajo\b", "after work"),
    (r"\b(?:al? )?mediodia\b", "noon"),
    (r"\b(?:menos|excepto|salvo)\b", "except"),
    (r"\bno puedo\b", "can't do"),
    (r"\bhoy\b", "today"),
    (r"\bmanana\b", "tomorrow"),
    (r"\btardes?\b", "afternoon"),
)
_RULES = tuple((re.compile(pattern), english) for pattern, english in _SPANISH)
_IN_ENGLISH: Dict[str, str] = {
    **dict(zip("lunes martes miercoles jueves viernes sabado domingo".split(), WEEKDAYS, strict=True)),
    **dict(zip(_SPANISH_MONTHS, _MONTHS, strict=True)),
    **{word: str(number) for number, word in enumerate(_SPANISH_HOURS, 1)},
    "un": "1",
    "dia": "days",
    "semana": "weeks",
    "mes": "months",
}

_ORDINAL = re.compile(
    rf"(?P<before>\b{MONTH} (?:the )?)?\b(?:(?P<tens>twenty|thirty)[ -])?"
    rf"(?P<unit>{'|'.join(_ORDINALS)}|thirtieth)\b(?P<after> of (?:{MONTH}|(?:this|next|the) month\b))?"
)
_LONG_WORD = re.compile(r"\b[a-z]{6,11}\b")
_OFTEN_MISSPELT = (*WEEKDAYS, "tomorrow", "morning", "afternoon", "evening")
_NOT_MISSPELT = frozenset("mourning someday mooring toning leaning turning".split())
_CLOSE = 82


def plain(text: str) -> str:
    """The text in small letters without accents, its words for times in English and spelt right."""
    folded = unicodedata.normalize("NFKD", text[:LONGEST].lower())
    kept = "".join(sign for sign in folded if not unicodedata.combining(sign))
    kept = re.sub(r"[\u2018\u2019\u00b4`\"\u201c\u201d]", "'", re.sub(r"[\u2010-\u2015]", "-", kept))
    kept = " ".join(kept.split())
    for pattern, english in _RULES:
        kept = pattern.sub(lambda match, english=english: english.format(*_english(match)), kept)  # type: ignore[misc]
    return _ORDINAL.sub(_in_digits, _LONG_WORD.sub(_mended, kept))


def _english(match: re.Match[str]) -> List[str]:
    """The parts of a Spanish phrase: hours in digits, names of days and months in English."""
    return [_IN_ENGLISH.get(part, part) for part in match.groups()]


def _in_digits(match: re.Match[str]) -> str:
    """Turn "the fourteenth" into "the 14th"; "the first" may be the first of what was offered, and stays."""
    number = _TENS.get(match["tens"] or "", 0)
    number += 30 if match["unit"] == "thirtieth" else _ORDINALS.index(match["unit"]) + 1
    if number < 4 and not (match["before"] or match["after"]):
        return match.group()
    return f"{match['before'] or ''}{number}th{match['after'] or ''}"


def _mended(match: re.Match[str]) -> str:
    word = match.group()
    if word in _NOT_MISSPELT or word.rstrip("s") in _OFTEN_MISSPELT:
        return word
    close = process.extractOne(word, _OFTEN_MISSPELT, scorer=fuzz.ratio, score_cutoff=_CLOSE)
    return str(close[0]) if close else word
