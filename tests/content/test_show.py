"""The page for review holds everything that is said, and stands on its own."""

from __future__ import annotations

import re
from html import escape, unescape
from pathlib import Path
from typing import List

import pytest

from bot.content import __main__ as command
from bot.content.collection import Content, read_content
from bot.content.show import review_page


@pytest.fixture(scope="module")
def content() -> Content:
    return read_content()


@pytest.fixture(scope="module")
def page(content: Content) -> str:
    return review_page(content)


def test_every_text_is_on_the_page(content: Content, page: str) -> None:
    words = unescape(re.sub(r"<mark[^>]*>.*?</mark>", "*", page))
    for said in content.said():
        for field, text in said.texts.items():
            assert re.sub(r"{[^}]+}", "*", text) in words, (said.file, field)


def test_every_source_is_on_the_page_with_its_grade(content: Content, page: str) -> None:
    for said in content.said():
        for source in said.about.sources:
            assert f'<a href="{escape(source.url)}">{escape(source.title)}</a> ({source.grade})' in page


def test_the_state_of_the_review_is_on_the_page(page: str) -> None:
    assert "read November 21, 2026, reviewed by: pending" in page


def test_clinic_facts_are_filled_in_and_marked(page: str) -> None:
    assert '<mark title="contact.phone">503-555-0142</mark>' in page


@pytest.mark.parametrize(
    "group",
    [
        "Answers",
        "Conditions",
        "Guides",
        "Activities",
        "Which therapy fits",
        "Tasks",
        "Safety replies",
        "Conversation",
        "Follow-ups",
    ],
)
def test_the_page_is_grouped(page: str, group: str) -> None:
    assert f">{group}</h2>" in page


def test_the_page_needs_nothing_else(page: str) -> None:
    assert not re.search(r"<script|<link|<img|@import|src=", page)


@pytest.mark.parametrize("arguments", [["show"], ["show", "answers.html"]])
def test_the_command_writes_the_page(
    arguments: List[str],
    tmp_path: Path,
    page: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.argv", ["content", *arguments])
    assert command.main() == 0
    to_screen = capsys.readouterr().out
    assert (to_screen or (tmp_path / "answers.html").read_text(encoding="utf-8")) == page


def test_the_command_names_findings_and_fails(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["content", "check"])
    monkeypatch.setattr(command, "check", lambda: ["data/faq/cost.yml: title: is missing"])
    assert command.main() == 1
    assert capsys.readouterr().out == "data/faq/cost.yml: title: is missing\n"


def test_the_command_says_so_when_all_is_well(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["content", "check"])
    monkeypatch.setattr(command, "check", list)
    assert command.main() == 0
    assert capsys.readouterr().out == "The content is in order.\n"
