"""Conditions are found by the names that people use, and by nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import List

import pytest

from bot.content.conditions import Conditions, read_condition, read_conditions
from bot.errors import ContentError


@pytest.fixture(scope="module")
def conditions() -> Conditions:
    return read_conditions()


def test_all_conditions_are_there(conditions: Conditions) -> None:
    assert len(conditions.by_id) == 25


def test_every_name_finds_its_own_condition(conditions: Conditions) -> None:
    for id, condition in conditions.by_id.items():
        for name in (condition.title, condition.name, *condition.also):
            assert conditions.named_in(f"Do you see people with {name}?") == [id], name


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
def test_names_are_found_in_plain_talk(conditions: Conditions, text: str, ids: List[str]) -> None:
    assert conditions.named_in(text) == ids


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
def test_short_names_are_not_taken_from_other_words(
    conditions: Conditions, text: str, ids: List[str]
) -> None:
    assert conditions.named_in(text) == ids


@pytest.mark.parametrize(
    "text",
    ["cancel my visit", "an artistic child", "my conclusion", "strike that", "parking, son", "a new ship"],
)
def test_words_that_look_alike_name_nothing(conditions: Conditions, text: str) -> None:
    assert conditions.named_in(text) == []


def test_a_condition_file_with_a_slip_is_named_with_its_field(tmp_path: Path) -> None:
    path = tmp_path / "gout.yml"
    path.write_text("title: Gout\nname: gout\nalso: [gout]\nanswer: Yes.\nmoor: More.\n")
    with pytest.raises(ContentError, match=r"gout\.yml: more: field required"):
        read_condition(path)


def test_a_condition_file_that_is_a_list_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "gout.yml"
    path.write_text("- title: Gout\n")
    with pytest.raises(ContentError, match="gout"):
        read_condition(path)
