"""Conditions: what is said of each, and the names that people use for it."""

from __future__ import annotations

from pathlib import Path
from typing import Dict, List, Tuple

from pydantic import Field

from bot.content.sources import Reviewed
from bot.content.yaml_files import parse, read_yaml
from bot.settings import ROOT

FOLDER = ROOT / "data" / "conditions"


class Condition(Reviewed):
    """One condition: `also` are its everyday names and common misspellings; the file's name is its id."""

    id: str
    title: str
    name: str
    also: List[str] = Field(..., min_items=1)
    answer: str
    more: str
    next: Tuple[str, ...] = ()


def read_conditions(folder: Path = FOLDER) -> Dict[str, Condition]:
    """The conditions of this project, by id.

    Raises:
        ContentError: names the file, and the field that is wrong.
    """
    return {path.stem: read_condition(path) for path in sorted(folder.glob("*.yml"))}


def read_condition(path: Path) -> Condition:
    """One condition.

    Raises:
        ContentError: names the file, and the field that is wrong.
    """
    shape = read_yaml(path)
    return parse(path, Condition, {**shape, "id": path.stem} if isinstance(shape, dict) else shape)
