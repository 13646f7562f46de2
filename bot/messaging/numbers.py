"""Which of the numbered options a reply means: "2", "two", "the second", "#2", "option 2", "la segunda"."""

from __future__ import annotations

import re
import unicodedata
from typing import Dict, List, Optional, Sequence

_NUMBERS: Sequence[str] = (
    "one|first|1st|uno|una|primer[oa]?",
    "two|second|2nd|dos|segund[oa]",
    "three|third|3rd|tres|tercer[oa]?",
    "four|fourth|4th|cuatro|cuart[oa]",
    "five|fifth|5th|cinco|quint[oa]",
    "six|sixth|6th|seis|sext[oa]",
    "seven|seventh|7th|siete|septim[oa]",
    "eight|eighth|8th|ocho|octav[oa]",
    "nine|ninth|9th|nueve|noven[oa]",
    "ten|tenth|10th|diez|decim[oa]",
)
_LAST = re.compile(r"last|ultim[oa]")
_VALUES: Dict[int, re.Pattern[str]] = {
    value: re.compile(f"0?{value}|{words}") for value, words in enumerate(_NUMBERS, start=1)
}
_BETWEEN = re.compile(r"\s*(?:[,;&+]|\b(?:and|y)\b)+\s*|\s+(?=#?\d)", re.IGNORECASE)
_AROUND = re.compile(
    r"^(?:(?:i (?:would like|want|choose|pick|take|ll take|ll have|d like)|lets (?:do|go with|take)|give me"
    r"|quiero|quisiera|elijo) )?"
    r"(?:the |el |la |lo )?(?:number |numero |num |no |nr |n |option |opcion |choice |answer |reply )?"
    r"(?:the |el |la )?(?P<number>\w+)(?: (?:one|option|opcion|choice))?(?: (?:please|pls|thanks|thank you"
    r"|por favor|gracias))?$"
)


def chosen(text: str, titles: Sequence[str]) -> Optional[int]:
    """The index of the option that a whole reply means; None when it means none of them.

    Args:
        titles: what the options of the last offer are called, in their order; to type one chooses it too.
    """
    said = _even(text)
    for index, title in enumerate(titles):
        if said and said == _even(title):
            return index
    found = _AROUND.match(said)
    if found is None or not titles:
        return None
    number = found["number"]
    if _LAST.fullmatch(number):
        return len(titles) - 1
    value = next((value for value, pattern in _VALUES.items() if pattern.fullmatch(number)), None)
    return value - 1 if value is not None and value <= len(titles) else None


def all_chosen(text: str, titles: Sequence[str]) -> List[int]:
    """The indexes that a reply of several numbers means, such as "2 and 5"; none when not all of it does."""
    found = [chosen(part, titles) for part in _BETWEEN.split(text.strip())]
    indexes = [index for index in found if index is not None]
    return indexes if len(indexes) == len(found) > 1 else []


def _even(text: str) -> str:
    """Small letters without accents and signs, "#2." as "2"."""
    bare = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(char for char in bare if not unicodedata.combining(char))
    return " ".join(re.sub(r"[^\w\s]|_", " ", letters).split())
