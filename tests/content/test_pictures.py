"""Every drawing is used, says what it shows, runs nothing, asks for nothing from outside, and is small."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Set
from xml.etree import ElementTree

import pytest

from bot.content.collection import Content, read_content
from bot.content.pictures import FOLDER, read_alt_text

DRAWINGS = sorted(FOLDER.glob("*.svg"))
DRAWN_WITH = {"svg", "title", "rect", "path", "circle", "text", "g"}
SAFE = re.compile(r"(?!.*url\()[^:&]*")
"""What an attribute may hold: no address."""

each_drawing = pytest.mark.parametrize("path", DRAWINGS, ids=lambda path: path.stem)


@pytest.fixture(scope="module")
def content() -> Content:
    return read_content()


def test_every_drawing_is_used_and_every_device_has_one(content: Content) -> None:
    used: Set[str] = {name for guide in content.guides.values() for _, name in guide.pictures()}
    assert used == {path.stem for path in DRAWINGS}
    assert [device for device, guide in content.guides.items() if not list(guide.pictures())] == []


@each_drawing
def test_a_drawing_says_what_it_shows(path: Path) -> None:
    words = read_alt_text(path).split()
    assert 6 <= len(words) <= 50
    assert words[-1].endswith(".")


@each_drawing
def test_a_drawing_has_only_shapes_and_words(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert "<!" not in source
    assert "<?" not in source
    for element in ElementTree.fromstring(source).iter():
        assert element.tag.partition("}")[2] in DRAWN_WITH
        for name, value in element.attrib.items():
            assert not re.match(r"on|style$|.*href", name)
            assert SAFE.fullmatch(value)


@each_drawing
def test_a_drawing_is_small_and_can_be_read(path: Path) -> None:
    assert path.stat().st_size < 6144
    drawing = ElementTree.parse(path).getroot()
    assert drawing.get("viewBox") == "0 0 320 240"
    sizes = [float(text.attrib["font-size"]) for text in drawing.iter("{http://www.w3.org/2000/svg}text")]
    assert all(size >= 16 for size in sizes)
