"""What docs/content.md shows and says is so."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from bot.content.check import HARDEST_GRADE, LONGEST_SENTENCE, LONGEST_TITLE, check
from bot.settings import ROOT

DOC = (ROOT / "docs" / "content.md").read_text(encoding="utf-8")
ANSWER, CONDITION, GUIDE, ACTIVITY = (
    next(block for block in re.findall(r"```yaml\n(.*?)```", DOC, re.DOTALL) if sign in block)
    for sign in ("utter_faq/waiting_room", "title: Gout", "id: sock_aid", "id: putting_on_socks")
)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The project's content, with the examples of the page added as the page says."""
    copy = tmp_path / "data"
    shutil.copytree(ROOT / "data", copy)
    catalogue = copy / "catalogue.yml"
    catalogue.chmod(0o644)
    line = re.search(r"`(waiting_room: \{.*\})`", DOC)
    assert line is not None
    catalogue.write_text(catalogue.read_text().replace("faq:\n", f"faq:\n  {line.group(1)}\n", 1))
    (copy / "faq" / "waiting_room.yml").write_text(ANSWER)
    arthritis = copy / "conditions" / "arthritis.yml"
    arthritis.write_text(arthritis.read_text().replace('- "gout"\n', ""))
    (copy / "conditions" / "gout.yml").write_text(CONDITION)
    for folder, text in (("equipment", GUIDE), ("activities", ACTIVITY)):
        (copy / folder).mkdir(exist_ok=True)
        (copy / folder / f"{text.split()[1]}.yml").write_text(text)
    return copy


def test_the_examples_are_in_order(data: Path) -> None:
    assert [str(finding) for finding in check(data)] == []


def test_the_limits_are_those_of_the_checker() -> None:
    assert f"grade {HARDEST_GRADE:.0f} or below" in DOC
    assert f"at most {LONGEST_SENTENCE} words" in DOC
    assert f"at most {LONGEST_TITLE} characters" in DOC


def test_every_file_that_is_named_exists() -> None:
    for name in re.findall(r"`((?:data|docs)/[\w./]+\.\w+)`", DOC):
        assert (ROOT / name).exists() or "waiting_room" in name, name
