"""How hard a text is to read."""

from __future__ import annotations

import re
from pathlib import Path
from typing import List, Sequence, Tuple

import textstat

from bot.content.profile import SENTENCES
from bot.content.yaml_files import Strict, parse, read_yaml
from bot.settings import ROOT

PATH = ROOT / "data" / "reading_names.yml"

FIELD = re.compile(r"{([^\n{}]+)}")
"""A clinic fact or other value that a text has in braces."""

_ADDRESS = re.compile(r"https?://\S+|\b\w+\.(?:gov|org|com)(?:/\w+)*")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n+")
_NEUTRAL = "it"


class Names(Strict):
    """Names that are left out when a text is graded: nobody can say them in easier words."""

    names: Tuple[str, ...]


def read_names(path: Path = PATH) -> Names:
    """The names of this project.

    Raises:
        ContentError: names the file, and the field that is wrong.
    """
    return parse(path, Names, read_yaml(path))


def sentences(text: str) -> List[str]:
    """The sentences of a text; the end of a line ends one too."""
    return [part.strip() for part in _SENTENCE_END.split(text) if part.strip()]


def reading_grade(text: str, names: Sequence[str] = ()) -> float:
    """The US school grade that a text asks for (Flesch-Kincaid).

    Clinic facts, web addresses and the given names count as one short word each; a fact that is a whole
    sentence does not count.
    """
    plain = _ADDRESS.sub(_NEUTRAL, FIELD.sub(_stand_in, text))
    for name in sorted(names, key=len, reverse=True):
        plain = re.sub(rf"\b{re.escape(name)}\b", _NEUTRAL, plain)
    lines = (line.strip() for line in plain.splitlines() if line.strip())
    ended = " ".join(line if line[-1] in ".?!" else f"{line}." for line in lines)
    return max(0.0, float(textstat.flesch_kincaid_grade(ended)))


def _stand_in(field: re.Match[str]) -> str:
    return "" if field.group(1) in SENTENCES else _NEUTRAL
