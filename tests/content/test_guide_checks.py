"""The checker names each kind of slip in guides, activities and pictures."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

from bot.content.check import check
from bot.content.guides import Call
from bot.settings import ROOT

DOC = (ROOT / "docs" / "content.md").read_text(encoding="utf-8")
CLINIC = ROOT / "tests" / "support" / "clinic.yml"
GUIDE, ACTIVITY = (
    next(block for block in re.findall(r"```yaml\n(.*?)```", DOC, re.DOTALL) if block.startswith(f"id: {id}"))
    for id in ("sock_aid", "putting_on_socks")
)
REACHER, SHOEHORN = (
    GUIDE.replace("sock_aid", id)
    .replace("sock aid", name)
    .replace("sock helper, stocking aid", name)
    .replace("sockaid, sock ade", name)
    for id, name in (("reacher", "reacher"), ("long_handled_shoehorn", "shoehorn"))
)
CALLS = "".join(f"  {code}: Call.\n" for code in get_args(Call))
WORDS = f"""\
ambiguous:
- words: [stick]
  ask: What is it for?
  meanings:
  - {{title: To reach, equipment: reacher}}
  - {{title: Something else}}
calls:
{CALLS}first_offered: [sock_aid]
"""
SVG = '<svg xmlns="http://www.w3.org/2000/svg"><title>A sock</title></svg>'
STEP = "Put the sock aid on your lap with the cords near you."
LONG = " ".join(["Go on."] * 13)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder with one device more than its guides, one activity and one picture."""
    files = {
        "catalogue.yml": "faq: {}\ntasks: {}\nsafety: {}\nconversation: {}\n"
        "equipment: [sock_aid, reacher, long_handled_shoehorn]\n",
        "reading_names.yml": "names: []\n",
        "clinic.yml": CLINIC.read_text(),
        "equipment/sock_aid.yml": GUIDE,
        "activities/putting_on_socks.yml": ACTIVITY,
        "equipment/reacher.yml": REACHER,
        "equipment/long_handled_shoehorn.yml": SHOEHORN,
        "equipment_words.yml": WORDS,
        "choosing/table.yml": (ROOT / "data" / "choosing" / "table.yml").read_text(),
        "pictures/sock.svg": SVG,
    }
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    return tmp_path


def test_sound_guides_have_no_finding(data: Path) -> None:
    assert check(data) == []


@pytest.mark.parametrize(
    ("file", "old", "new", "finding"),
    [
        ("equipment/sock_aid.yml", "who: caregiver", "who: nurse", "who: unexpected value"),
        ("equipment/sock_aid.yml", "call: [doctor]", "call: [mother]", "stop_if.0.call.0: unexpected value"),
        ("equipment/sock_aid.yml", "grade: A", "grade: C", "sources.0.grade: unexpected value"),
        ("equipment/sock_aid.yml", "id: sock_aid", "id: sock", "id: is 'sock', but the file is named"),
        ("equipment/sock_aid.yml", STEP, LONG, "steps.0: has 26 words; at most 25"),
        ("equipment/sock_aid.yml", STEP, "Pull it 3 inches.", "no finding"),
        (
            "equipment/sock_aid.yml",
            "smooth.}",
            "smooth for two inches.}",
            "check.0: has a number (two in",
        ),
        ("equipment/sock_aid.yml", "smooth.}", "smooth. Call 911.}", "no finding"),
        ("equipment/sock_aid.yml", "sources: [duke]}", "sources: [yale]}", "no source is called 'yale'"),
        ("equipment/sock_aid.yml", "[duke]", "[]", "sources: 'duke' is cited nowhere"),
        ("equipment/sock_aid.yml", "id: long_handled_shoehorn", "id: sofa", "sofa is no equipment"),
        ("equipment/sock_aid.yml", "title: Put on a sock", f"title: {'Socks ' * 7}", "at most 40"),
        ("equipment/sock_aid.yml", STEP, f"{STEP}, picture: sock", "no finding"),
        ("equipment/sock_aid.yml", STEP, f"{STEP}, picture: shoe", "there is no data/pictures/shoe.svg"),
        ("equipment/sock_aid.yml", "The edge is smooth.", "Individualized therapeutics.", "reads at grade"),
        ("equipment/sock_aid.yml", "The edge is smooth.", "The edge is smooth!", "an exclamation mark"),
        ("pictures/sock.svg", "A sock", " ", "pictures/sock.svg: title: is missing"),
        ("pictures/sock.svg", "</svg>", "", "is not SVG"),
        ("catalogue.yml", "reacher, ", "reacher, walker, ", "equipment.walker: has no guide"),
        ("equipment_words.yml", "first_offered: [sock_aid]", "first_offered: [sofa]", "sofa is no equipment"),
        ("equipment_words.yml", "equipment: reacher", "equipment: sofa", "sofa is no equipment"),
        ("equipment_words.yml", "  plumber: Call.\n", "", "calls: plumber is missing"),
        ("choosing/table.yml", "strong colors", "strong colors!", "low_vision.reason: has an exclamation"),
        ("activities/putting_on_socks.yml", "id: putting_on_socks", "id: socks", "id: is 'socks'"),
        ("activities/putting_on_socks.yml", "equipment: reacher", "equipment: sofa", "sofa is no equipment"),
        (
            "activities/putting_on_socks.yml",
            "suggests: [sock_aid]",
            "suggests: [walker]",
            "leads to walker, which is not suggested",
        ),
    ],
)
def test_each_slip_is_named(data: Path, file: str, old: str, new: str, finding: str) -> None:
    text = (data / file).read_text()
    assert old in text
    (data / file).write_text(text.replace(old, new))
    found = [str(one) for one in check(data)]
    assert any(finding in one for one in found) if finding != "no finding" else not found, found


def test_a_walkthrough_has_enough_steps(data: Path) -> None:
    (data / "equipment" / "sock_aid.yml").write_text(re.sub(r"  - {who.*(?:lap|still).*\n", "", GUIDE))
    assert [one.what for one in check(data)] == ["are 4; 5 to 10 will do"]


def test_a_device_to_be_shown_in_person_says_so(data: Path) -> None:
    (data / "catalogue.yml").write_text((data / "catalogue.yml").read_text().replace("[", "[wheelchair, "))
    text = REACHER.replace("id: reacher", "id: wheelchair").replace("reacher", "wheeled chair")
    (data / "equipment" / "wheelchair.yml").write_text(text)
    assert [(one.field, one.what) for one in check(data)] == [
        ("hands_on_first", "is missing; this device must be shown in person first")
    ]


def test_no_two_devices_share_a_name(data: Path) -> None:
    path = data / "equipment" / "reacher.yml"
    path.write_text(path.read_text().replace("name: reacher", "name: sock helper"))
    assert {one.what for one in check(data)} == {"'sock helper' is also a name in data/equipment/reacher.yml"}
