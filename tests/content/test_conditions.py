"""The condition files are whole, and each name leads to its own condition."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.content.conditions import read_condition, read_conditions
from bot.errors import ContentError
from bot.understanding.named import read_named


def test_all_conditions_are_there() -> None:
    assert len(read_conditions()) == 25


def test_every_name_finds_its_own_condition() -> None:
    finder = read_named("condition")
    for id, condition in read_conditions().items():
        for name in (condition.title, condition.name, *condition.also):
            assert finder.found_in(f"Do you see people with {name}?") == [id], name


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
