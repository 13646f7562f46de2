"""The decision table: what each trouble points to, and the everyday words that name it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Dict, FrozenSet, Iterator, List, Literal, Mapping, Optional, Tuple

from pydantic import Field, root_validator

from bot.content.sources import Source
from bot.content.yaml_files import Strict, parse, read_yaml
from bot.settings import ROOT

PATH = ROOT / "data" / "choosing" / "table.yml"
UNSURE = "unsure"
"""The problem of those who cannot say."""

Therapy = Literal["ot", "pt", "both", "either", "speech", "doctor_first"]
Words = Tuple[str, ...]


class Answer(Strict):
    """What the talk can end in; `sources` stand under it when a problem has none of its own."""

    then: str = ""
    sources: List[str] = Field(..., min_items=1)


class Problem(Strict):
    """One trouble in the day, or a condition that is known of; what it points to, and why.

    `known_first`: a doctor must know of it before therapy. `child` and `adult`: the problem that the same
    words mean for such a person.
    """

    name: str
    answer: Therapy
    reason: str
    words: Words = ()
    is_condition: bool = False
    conditions: Tuple[str, ...] = ()
    known_first: bool = False
    child: Optional[str]
    adult: Optional[str]
    sources: List[str] = Field(..., min_items=1)


class RedFlag(Strict):
    """A sign of danger that the first question lists, and what it calls for."""

    do: Literal["call_911", "see_doctor"]
    words: List[str] = Field(..., min_items=1)


class Notes(Strict):
    """What is said of the doctor: there are rules, it is not known yet, or should be told."""

    rules: str
    unknown: str
    tell_doctor: str


class Table(Strict):
    """The whole file. `goes_well`: words by which a trouble named beside them is none.

    `other_meanings`: phrases that hold words of a trouble and mean something else.
    """

    read_on: date
    reviewed_by: str
    answers: Dict[Therapy, Answer]
    notes: Notes
    problems: Dict[str, Problem]
    red_flags: Dict[str, RedFlag]
    goes_well: Words
    other_meanings: Words
    sources: Dict[str, Source]

    @root_validator(skip_on_failure=True)
    def _names_are_known(cls, table: Mapping[str, object]) -> Mapping[str, object]:  # noqa: N805
        problems: Mapping[str, Problem] = table["problems"]  # type: ignore[assignment]
        answers: Mapping[str, Answer] = table["answers"]  # type: ignore[assignment]
        if UNSURE not in problems:
            raise ValueError(f"problems lacks {UNSURE!r}, for those who cannot say")
        for id, problem in problems.items():
            for other in filter(None, (problem.child, problem.adult)):
                if other not in problems:
                    raise ValueError(f"problems.{id}: no problem is called {other!r}")
            if problem.answer not in answers:
                raise ValueError(f"problems.{id}.answer: {problem.answer!r} is not among the answers")
        used = [(f"problems.{id}", one.sources) for id, one in problems.items()]
        used += [(f"answers.{id}", one.sources) for id, one in answers.items()]
        for field, keys in used:
            unknown = set(keys) - set(table["sources"])  # type: ignore[call-overload]
            if unknown:
                raise ValueError(f"{field}.sources: no source is called {sorted(unknown)[0]!r}")
        return table

    def texts(self) -> Iterator[Tuple[str, str]]:
        """Every text that people read, with its field."""
        for id, answer in self.answers.items():
            if answer.then:
                yield f"answers.{id}.then", answer.then
        for note, text in self.notes:
            yield f"notes.{note}", text
        for problem_id, problem in self.problems.items():
            yield f"problems.{problem_id}.reason", problem.reason

    def conditions(self) -> FrozenSet[str]:
        """The ids of data/conditions that the table uses."""
        return frozenset(id for problem in self.problems.values() for id in problem.conditions)


def read_table(path: Path = PATH) -> Table:
    """The table of this project.

    Raises:
        ContentError: names the file, and the field that is wrong.
    """
    return parse(path, Table, read_yaml(path))
