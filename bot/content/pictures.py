"""Line drawings, and what each says to those who do not see it."""

from __future__ import annotations

from pathlib import Path
from typing import Dict
from xml.etree import ElementTree

from bot.errors import ContentError
from bot.settings import ROOT

FOLDER = ROOT / "data" / "pictures"

_TITLE = "{http://www.w3.org/2000/svg}title"


def read_alt_texts(folder: Path = FOLDER) -> Dict[str, str]:
    """The alt text of each picture, by the picture's name; empty where the drawing has none.

    Raises:
        ContentError: a file is no SVG.
    """
    return {path.stem: read_alt_text(path) for path in sorted(folder.glob("*.svg"))}


def read_alt_text(path: Path) -> str:
    """The drawing's own `<title>`, on one line.

    Raises:
        ContentError: the file is no SVG.
    """
    try:
        drawing = ElementTree.parse(path).getroot()
    except ElementTree.ParseError as problem:
        raise ContentError(f"{path}: drawing: is not SVG: {problem}") from problem
    return " ".join((drawing.findtext(_TITLE) or "").split())
