"""Topics as content: what each is called, and where its file is."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Dict, Iterator, Sequence, Tuple

from bot.content.yaml_files import read_yaml
from bot.errors import ContentError
from bot.settings import ROOT

DATA = ROOT / "data"
FOLDERS = ("faq", "tasks", "safety", "conversation")
UNLISTED = ("dialogue",)
"""Folders of what leans on another topic, and has no id in the catalogue."""


def topic_files(data: Path = DATA, folders: Sequence[str] = FOLDERS) -> Iterator[Tuple[str, Path]]:
    """Each label with its file: `faq/cost` is `data/faq/cost.yml`, `greet` `data/conversation/greet.yml`."""
    for folder in folders:
        for path in sorted((data / folder).glob("*.yml")):
            if path.name != "signs.yml":
                yield (f"faq/{path.stem}" if folder == "faq" else path.stem), path


def read_titles(data: Path = DATA) -> Dict[str, str]:
    """What a button calls each topic, by label; topics that are never offered have none.

    Raises:
        ContentError: a file is not as it should be.
    """
    titles: Dict[str, str] = {}
    for label, path in topic_files(data):
        shape: Dict[str, Any] = read_yaml(path)
        if not isinstance(shape, dict):
            raise ContentError(f"{path}: has no keys")
        if "title" in shape:
            titles[label] = shape["title"]
    return titles
