"""A guide: how one device is fitted, checked, used, and cared for."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Dict, Iterator, List, Literal, NamedTuple, Optional, Tuple

from pydantic import Field

from bot.content.sources import Source
from bot.content.yaml_files import Strict, parse, read_yaml
from bot.settings import ROOT

FOLDER = ROOT / "data" / "equipment"

Who = Literal["person", "caregiver"]
"""Whose turn a step is: the one who uses the device, or the one who helps."""

Call = Literal[
    "emergency",
    "poison_control",
    "doctor_today",
    "doctor",
    "therapist",
    "speech_therapist",
    "hand_clinic",
    "prosthetist",
    "pharmacist",
    "supplier",
    "installer",
    "plumber",
    "regulator",
]
"""Whom to call; `therapist` is one's own, or the clinic."""


class KeyedSource(Source):
    """A source that lines cite by its key."""

    key: str
    read_on: date


class Line(Strict):
    """One thing to know, and the keys of the sources that say it."""

    text: str = Field(..., min_length=1)
    sources: Tuple[str, ...] = ()


class FitLine(Line):
    """How to size or set one part; `picture` is a name in data/pictures."""

    what: str
    picture: Optional[str]


class Step(Strict):
    """One action of one person."""

    who: Who
    do: str = Field(..., min_length=1)
    picture: Optional[str]


class Walkthrough(Strict):
    """One thing to do with the device, step by step; `asked_as` are words that mean it."""

    id: str = Field(..., regex=r"^[a-z][a-z0-9_]*$")
    title: str = Field(..., min_length=1)
    asked_as: List[str] = Field(..., min_items=1)
    helper: Optional[str]
    before: Tuple[Line, ...] = ()
    steps: List[Step] = Field(..., min_items=1)
    after: Optional[str]
    sources: Tuple[str, ...] = ()
    support: Literal["sourced", "partly", "practice"]


class StopSign(Strict):
    """A sign to stop at, what to do, and whom to call."""

    sign: str
    do: str
    call: List[Call] = Field(..., min_items=1)
    call_when: Optional[str]
    sources: Tuple[str, ...] = ()


class ToldApart(Strict):
    """A device it is taken for, and how to tell."""

    id: str
    how: str


class Care(Strict):
    """Keeping the device clean and sound."""

    clean: Tuple[Line, ...] = ()
    inspect: Tuple[Line, ...] = ()
    replace: Tuple[Line, ...] = ()


class Passage(NamedTuple):
    """A text of a content file: its field, and the keys of the sources that it may rest on."""

    field: str
    text: str
    sources: Tuple[str, ...] = ()


class Guide(Strict):
    """One file of data/equipment, which is named for the device's id.

    `hands_on_first` is what somebody must be shown in person before any step. `look_alikes` hold one of the
    names and mean something else.
    """

    id: str
    name: str = Field(..., min_length=1)
    names: Tuple[str, ...] = ()
    misspellings: Tuple[str, ...] = ()
    look_alikes: Tuple[str, ...] = ()
    told_apart: Tuple[ToldApart, ...] = ()
    what_for: str
    who_fits: str
    hands_on_first: Optional[str]
    before_you_start: Tuple[Line, ...] = ()
    fit: Tuple[FitLine, ...] = ()
    check: Tuple[Line, ...] = ()
    walkthroughs: List[Walkthrough] = Field(..., min_items=1)
    never: List[Line] = Field(..., min_items=1)
    stop_if: List[StopSign] = Field(..., min_items=1)
    caregiver_tips: Tuple[Line, ...] = ()
    care: Care = Care()
    sources: Tuple[KeyedSource, ...] = ()
    reviewed_by: str = "pending"

    def passages(self) -> Iterator[Passage]:
        """Every text of the guide that people read."""
        for field in ("what_for", "who_fits", "hands_on_first"):
            if getattr(self, field) is not None:
                yield Passage(field, getattr(self, field))
        for number, other in enumerate(self.told_apart):
            yield Passage(f"told_apart.{number}", other.how)
        lines: Dict[str, Tuple[Line, ...]] = {
            "before_you_start": self.before_you_start,
            "fit": self.fit,
            "check": self.check,
            "never": tuple(self.never),
            "caregiver_tips": self.caregiver_tips,
            "care.clean": self.care.clean,
            "care.inspect": self.care.inspect,
            "care.replace": self.care.replace,
        }
        for field, some in lines.items():
            yield from passages_of(field, some)
        for number, sign in enumerate(self.stop_if):
            for part, text in (("sign", sign.sign), ("do", sign.do), ("call_when", sign.call_when)):
                if text:
                    yield Passage(f"stop_if.{number}.{part}", text, sign.sources)
        for walkthrough in self.walkthroughs:
            yield from _passages_of_walkthrough(walkthrough)

    def pictures(self) -> Iterator[Tuple[str, str]]:
        """Each field that names a picture, with the picture's name."""
        for number, line in enumerate(self.fit):
            if line.picture is not None:
                yield f"fit.{number}.picture", line.picture
        for walkthrough in self.walkthroughs:
            for number, step in enumerate(walkthrough.steps):
                if step.picture is not None:
                    yield f"walkthroughs.{walkthrough.id}.steps.{number}.picture", step.picture


def passages_of(field: str, lines: Tuple[Line, ...]) -> Iterator[Passage]:
    """The texts of some lines."""
    for number, line in enumerate(lines):
        yield Passage(f"{field}.{number}", line.text, line.sources)


def _passages_of_walkthrough(walkthrough: Walkthrough) -> Iterator[Passage]:
    field = f"walkthroughs.{walkthrough.id}"
    yield from passages_of(f"{field}.before", walkthrough.before)
    for part, text in (("helper", walkthrough.helper), ("after", walkthrough.after)):
        if text:
            yield Passage(f"{field}.{part}", text, walkthrough.sources)
    for number, step in enumerate(walkthrough.steps):
        yield Passage(f"{field}.steps.{number}", step.do, walkthrough.sources)


def read_guides(folder: Path = FOLDER) -> Dict[str, Guide]:
    """The guides of this project, by the device's id.

    Raises:
        ContentError: names the file, and the field that is wrong.
    """
    return {path.stem: read_guide(path) for path in sorted(folder.glob("*.yml"))}


def read_guide(path: Path) -> Guide:
    """One guide.

    Raises:
        ContentError: names the file, and the field that is wrong.
    """
    return parse(path, Guide, read_yaml(path))
