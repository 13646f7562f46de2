"""Things are found by the names that people use, and by nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import List

import pytest

from bot.errors import ContentError
from bot.understanding.named import Named, read_named

DEVICES = Named(
    {
        "shower_chair": ["shower chair", "bath seat"],
        "wheelchair": ["wheelchair", "chair with wheels"],
        "crutches": ["crutches", "crutch"],
        "reacher": ["reacher", "grabber"],
        "sock_aid": ["sock aid", "sock helper"],
        "walker": ["walker", "FWW"],
        "quad_cane": ["quad cane", "four-point cane"],
        "cane": ["cane"],
    }
)
DOINGS = Named(
    {
        "buttoning": ["buttoning", "shirt buttons"],
        "socks": ["putting on socks", "socks"],
        "cutting": ["cutting food", "cutting meat"],
        "pill_bottles": ["opening pill bottles"],
        "jars": ["opening jars"],
    },
    doings=True,
)


@pytest.fixture(scope="module")
def conditions() -> Named:
    return read_named("condition")


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("grandpa came home after a stroke, left side is weak", ["stroke"]),
        ("her Parkinson's is getting worse and so is the dementia", ["parkinsons", "dementia"]),
        ("alzheimers", ["dementia"]),
        ("is OT any good for rheumatiod arthritis", ["arthritis"]),
        ("brokn arm, out of the cast on friday", ["fracture_surgery"]),
        ("she has multiple sclerosys", ["multiple_sclerosis"]),
        ("two strokes in a year", ["stroke"]),
        ("he is paralyzed on one side", ["stroke"]),
        ("Guillain-Barré, since May", ["als_muscle"]),
        ("wrist fracture", ["hand_injury"]),
        ("HIP REPLACEMENT NEXT WEEK", ["joint_replacement"]),
        ("arthritis, arthritis and more arthritis", ["arthritis"]),
        ("we only want to know the price", []),
        ("", []),
    ],
)
def test_names_are_found_in_plain_talk(conditions: Named, text: str, ids: List[str]) -> None:
    assert conditions.found_in(text) == ids


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("My aunt has MS. Could she come?", ["multiple_sclerosis"]),
        ("my aunt has ms", ["multiple_sclerosis"]),
        ("what about ms?", ["multiple_sclerosis"]),
        ("DOES HE HAVE ADD OR IS HE BORED", ["adhd"]),
        ("kids with cp and their parents", ["cerebral_palsy"]),
        ("OA in both thumbs", ["arthritis"]),
        ("PD, MS and OA", ["parkinsons", "multiple_sclerosis", "arthritis"]),
        ("my nephew lives with m.s. and walks with a cane", ["multiple_sclerosis"]),
        ("diagnosed with PD last spring", ["parkinsons"]),
        ("Ms. Lee gave me your number", []),
        ("I spoke with Ms Lee", []),
        ("can I see MS LEE again", []),
        ("add my brother to the list", []),
        ("please add a note", []),
        ("ADD ME TO THE LIST", []),
        ("mi tia vive aqui", []),
    ],
)
def test_short_names_are_not_taken_from_other_words(conditions: Named, text: str, ids: List[str]) -> None:
    assert conditions.found_in(text) == ids


@pytest.mark.parametrize(
    "text",
    ["cancel my visit", "an artistic child", "my conclusion", "strike that", "parking, son", "a new ship"],
)
def test_words_that_look_alike_name_nothing(conditions: Named, text: str) -> None:
    assert conditions.found_in(text) == []


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("my shower chair wobbles", ["shower_chair"]),
        ("Which comes first, the cane or the walker?", ["cane", "walker"]),
        ("a QUAD CANE, not a cane", ["quad_cane", "cane"]),
        ("his four-point cane", ["quad_cane"]),
        ("two wheelchairs in the hall", ["wheelchair"]),
        ("the wheelchiar is stuck", ["wheelchair"]),
        ("is the crutchs height ok", ["crutches"]),
        ("what about my fww", ["walker"]),
        ("I walked to the store and reached for the milk", []),
        ("he clutches my arm", []),
        ("a chair", []),
    ],
)
def test_devices_are_found(text: str, ids: List[str]) -> None:
    assert DEVICES.found_in(text) == ids


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("I can't button my shirt", ["buttoning"]),
        ("how did she get it buttoned", ["buttoning"]),
        ("one sock is off", ["socks"]),
        ("he cuts meat with a spoon", ["cutting"]),
        ("open a jar with one hand", []),
        ("opening pill bottles hurts, and so does opening jars", ["pill_bottles", "jars"]),
        ("cut it out", []),
    ],
)
def test_doings_are_found_in_any_form(text: str, ids: List[str]) -> None:
    assert DOINGS.found_in(text) == ids


def test_names_stand_in_the_fields_of_each_kind(tmp_path: Path) -> None:
    (tmp_path / "cane.yml").write_text("id: cane\nname: cane\nnames: [walking stick]\nmisspellings: [cain]\n")
    finder = read_named("equipment", tmp_path)
    assert [finder.found_in(name) for name in ("a cane", "her walking stick", "cain")] == [["cane"]] * 3
    (tmp_path / "cane.yml").write_text("- cane\n")
    with pytest.raises(ContentError, match=r"cane\.yml: has no keys"):
        read_named("equipment", tmp_path)


def test_a_kind_without_files_names_nothing(tmp_path: Path) -> None:
    assert read_named("activity", tmp_path).found_in("putting on socks") == []
