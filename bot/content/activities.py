"""An activity that has become hard, and what helps with it."""

from __future__ import annotations

from pathlib import Path
from typing import Dict, Iterator, List, Optional, Tuple

from pydantic import Field

from bot.content.guides import KeyedSource, Line, Passage, passages_of
from bot.content.yaml_files import Strict, parse, read_yaml
from bot.settings import ROOT

FOLDER = ROOT / "data" / "activities"


class Option(Strict):
    """An answer to the question, and the devices that it leads to."""

    title: str
    suggests: List[str] = Field(..., min_items=1)


class Question(Strict):
    """What to ask before a device is named."""

    question: str
    options: List[Option] = Field(..., min_items=2, max_items=4)


class Suggestion(Strict):
    """A device that may help; `not_alone` says why nobody should buy it without a therapist."""

    equipment: str
    reason: str
    try_it: str
    not_alone: Optional[str]
    sources: Tuple[str, ...] = ()


class Activity(Strict):
    """One file of data/activities, which is named for the activity's id."""

    id: str
    label: str
    names: List[str] = Field(..., min_items=1)
    ask: Optional[Question]
    suggest: List[Suggestion] = Field(..., min_items=1)
    other_help: Tuple[Line, ...] = ()
    careful: Tuple[Line, ...] = ()
    sources: Tuple[KeyedSource, ...] = ()
    reviewed_by: str = "pending"

    def passages(self) -> Iterator[Passage]:
        """Every text that people read."""
        if self.ask is not None:
            yield Passage("ask.question", self.ask.question)
        for number, one in enumerate(self.suggest):
            for part, text in (("reason", one.reason), ("try_it", one.try_it), ("not_alone", one.not_alone)):
                if text:
                    yield Passage(f"suggest.{number}.{part}", text, one.sources)
        yield from passages_of("other_help", self.other_help)
        yield from passages_of("careful", self.careful)


def read_activities(folder: Path = FOLDER) -> Dict[str, Activity]:
    """The activities of this project, by id.

    Raises:
        ContentError: names the file, and the field that is wrong.
    """
    return {path.stem: read_activity(path) for path in sorted(folder.glob("*.yml"))}


def read_activity(path: Path) -> Activity:
    """One activity.

    Raises:
        ContentError: names the file, and the field that is wrong.
    """
    return parse(path, Activity, read_yaml(path))
