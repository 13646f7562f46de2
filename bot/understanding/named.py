"""What a text names: conditions, equipment and activities, by the names that people use for them."""

from __future__ import annotations

import re
from itertools import islice
from pathlib import Path
from typing import Any, Dict, FrozenSet, Iterable, Iterator, List, Mapping, NamedTuple, Sequence, Set, Tuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.content.yaml_files import read_yaml
from bot.errors import ContentError
from bot.settings import ROOT

FOLDERS = {
    "condition": ROOT / "data" / "conditions",
    "equipment": ROOT / "data" / "equipment",
    "activity": ROOT / "data" / "activities",
}
"""Where the things of each kind are: a file a thing."""

_Phrase = Tuple[str, ...]


class Named:
    """Finds things of one kind by their names.

    Args:
        names: of each thing, by its id.
        look_alikes: what holds a name and means something else, such as "shin splints".
        doings: whether the names say what people do, so that "buttoned" is a form of "buttoning".
    """

    def __init__(
        self, names: Mapping[str, Iterable[str]], look_alikes: Iterable[str] = (), doings: bool = False
    ) -> None:
        self._names: Dict[_Phrase, str] = {_phrase(one): _NOTHING for one in look_alikes}
        self._short: Dict[str, str] = {}
        for id, name in ((id, name) for id, some in names.items() for name in some):
            if _is_short(name):
                self._short[name] = id
            else:
                self._names[_phrase(name)] = id
        self._alone = {phrase[0] for phrase in self._names if len(phrase) == 1}
        self._words = sorted({word for phrase in self._names for word in phrase})
        self._forms = _by_form(self._words, doings)
        self._beginnings = {phrase[:end] for phrase in self._names for end in range(1, len(phrase) + 1)}

    def found_in(self, text: str) -> List[str]:
        """The ids of the things that a text names, in its order, each once.

        Names are found in any case and with a slip in a long word; the longest name counts. Short names
        such as MS or ADD are also words: in small letters they count only where a name would stand
        ("he has ms").
        """
        words = _words(text)
        meant = [self._meant(word.even) for word in words]
        shouted = text.upper() == text and len(words) > 1
        found: List[str] = []
        at = 0
        while at < len(words):
            length, id = self._name_at(meant, at)
            if not length and words[at].said.upper() in self._short and _is_named(words, at, shouted):
                length, id = 1, self._short[words[at].said.upper()]
            if length and id not in (_NOTHING, *found):
                found.append(id)
            at += length or 1
        return found

    def _name_at(self, meant: Sequence[FrozenSet[str]], at: int) -> Tuple[int, str]:
        """The longest name that begins here, as its number of words and its id; 0 when there is none."""
        longest = (0, "")
        begun: Set[_Phrase] = {()}
        for length, readings in enumerate(islice(meant, at, None), start=1):
            begun = {(*phrase, word) for phrase in begun for word in readings} & self._beginnings
            if not begun:
                break
            for phrase in sorted(begun & self._names.keys()):
                longest = (length, self._names[phrase])
        return longest

    def _meant(self, word: str) -> FrozenSet[str]:
        """The words of names that this word may stand for."""
        if word in self._forms:
            return self._forms[word]
        if word in _LOOK_ALIKES:
            return frozenset()
        near = process.extract(word, self._words, scorer=OSA.distance, score_cutoff=_MOST_SLIPS, limit=None)
        return frozenset(
            known for known, slips, _ in near if known[0] == word[0] and slips <= self._slips_in(known)
        )

    def _slips_in(self, word: str) -> int:
        """How many wrong letters a word may have: none where it would soon be another word."""
        shortest = 7 if word in self._alone else 5
        return 0 if len(word) < shortest else 1 if len(word) < 12 else 2


def read_named(kind: str, folder: Path | None = None) -> Named:
    """The finder for a kind of `FOLDERS`; what has no file yet is never found.

    Raises:
        ContentError: a file is no mapping, or cannot be read.
    """
    paths = sorted((folder or FOLDERS[kind]).glob("*.yml"))
    shapes = {path.stem: _shape_of(path) for path in paths}
    look_alikes = [str(one) for shape in shapes.values() for one in shape.get("look_alikes") or ()]
    names = {id: _names_in(shape) for id, shape in shapes.items()}
    return Named(names, look_alikes, doings=kind == "activity")


def _shape_of(path: Path) -> Dict[str, Any]:
    shape: Any = read_yaml(path)
    if not isinstance(shape, dict):
        raise ContentError(f"{path}: has no keys")
    return shape


def _names_in(shape: Mapping[str, Any]) -> List[str]:
    alone = [str(shape[key]) for key in ("title", "name", "label") if key in shape]
    return alone + [str(name) for key in ("also", "names", "misspellings") for name in shape.get(key) or ()]


_NOTHING = ""
"""What a look-alike names."""

_MOST_SLIPS = 2
_LOOK_ALIKES = frozenset("artistic buttoned clutches conclusion grabbed reached reaches rotator".split())
"""Words of their own that are one slip away from a name."""

_SHORT = re.compile(r"[A-Z]{2,3}")
_DOTTED = re.compile(r"\b[a-z]\.(?:[a-z]\.)+", re.IGNORECASE)  # "M.S."
_BEFORE = frozenset(
    "has have had having got with w of for about my his her their treat treats treating".split()
)
_AFTER = frozenset(
    "and or but can could does do is so too also who that which since because if in patient patients".split()
)


def _by_form(words: Iterable[str], doings: bool) -> Dict[str, FrozenSet[str]]:
    """The words of names by each form in which people write them."""
    found: Dict[str, Set[str]] = {}
    for word in words:
        for form in (word, f"{word}s", *(_forms_of_doing(word) if doings else ())):
            found.setdefault(form, set()).add(word)
    return {form: frozenset(meant) for form, meant in found.items()}


def _forms_of_doing(word: str) -> Iterator[str]:
    """How a verb is written: "buttoning" as "buttons", "cutting" as "cut", and "socks" as "sock"."""
    stem = re.sub(r"(?:ing|ed|s)$", "", word) if len(word) > 4 else word
    single = stem[:-1] if stem[-2:-1] == stem[-1:] else stem
    for base in {stem, single}:
        yield base
        for ending in ("e", "s", "es", "ed", "ing"):
            yield base + ending
    yield f"{stem}{stem[-1:]}ing"


class _Word(NamedTuple):
    said: str
    gap: str  # the signs behind it, without blanks

    @property
    def ends(self) -> bool:
        """Whether the sentence, or a part of it, ends here."""
        return bool(self.gap)

    @property
    def even(self) -> str:
        return re.sub(r"['’]", "", self.said.lower())


def _words(text: str) -> List[_Word]:
    whole = _DOTTED.sub(lambda match: match.group().replace(".", "").upper(), text)
    return [
        _Word(match.group(1), match.group(2).strip() or ("." if match.end() == len(whole) else ""))
        for match in re.finditer(r"([^\W_]+(?:['’][^\W_]+)*)([^\w]*)", whole)
    ]


def _phrase(name: str) -> _Phrase:
    return tuple(word.even for word in _words(name))


def _is_short(name: str) -> bool:
    """Whether a name is an abbreviation that may be a word, too, when written small."""
    return _SHORT.fullmatch(name) is not None


def _is_named(words: Sequence[_Word], at: int, shouted: bool) -> bool:
    """Whether the short name that stands here is meant as one."""
    word, after = words[at], words[at + 1] if at + 1 < len(words) else None
    led_to = at > 0 and words[at - 1].even in _BEFORE
    if word.said.isupper() and not shouted:
        is_title = after is not None and after.said[0].isupper() and word.gap in ("", ".")  # "MS. Lee"
        return led_to or not is_title
    ends_well = word.ends or (after is not None and after.even in _AFTER)
    return word.said != word.said.title() and (led_to or at == 0) and ends_well
