"""The catalogue: every thing a person may ask, by its stable id."""

from __future__ import annotations

from pathlib import Path
from typing import Dict, FrozenSet, Tuple

from bot.content.yaml_files import Strict, parse, read_yaml
from bot.settings import ROOT

PATH = ROOT / "data" / "catalogue.yml"


class Entry(Strict):
    """One thing a person may ask."""

    asks: str


class Catalogue(Strict):
    """All ids, by section; `labels` are the names the understanding uses."""

    faq: Dict[str, Entry]
    tasks: Dict[str, Entry]
    safety: Dict[str, Entry]
    conversation: Dict[str, Entry]
    equipment: Tuple[str, ...]

    @property
    def faq_labels(self) -> Tuple[str, ...]:
        """`faq/<id>`, in the catalogue's order."""
        return tuple(f"faq/{id}" for id in self.faq)

    @property
    def plain_labels(self) -> Tuple[str, ...]:
        """Every label outside `faq`, in the catalogue's order."""
        return (*self.tasks, *self.safety, *self.conversation)

    @property
    def labels(self) -> FrozenSet[str]:
        """Every label."""
        return frozenset((*self.faq_labels, *self.plain_labels))


def read_catalogue(path: Path = PATH) -> Catalogue:
    """The catalogue of this project."""
    return parse(path, Catalogue, read_yaml(path))
