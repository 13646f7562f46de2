"""Whole conversations over HTTP, as data: each file is one, and its name and first line are its promise."""

from pathlib import Path
from typing import Any

import pytest

from bot.content.yaml_files import read_yaml
from tests.support.assistant import Assistant
from tests.support.talk import Reply, Talk

FILES = sorted(Path(__file__).parent.glob("*.yml"))


def take(talk: Talk, turn: dict[str, Any]) -> Reply:
    return talk.says(turn["says"]) if "says" in turn else talk.presses(turn["presses"])


def check(turn: dict[str, Any], reply: Reply) -> None:
    what = f"{turn}\nheard {reply.topics}: {reply.text}\nbuttons {reply.titles}"
    if "topic" in turn:
        assert turn["topic"] in reply.topics, what
    for words in turn.get("hears", []):
        assert words.lower() in reply.text.lower(), f"{words!r} missing: {what}"
    for words in turn.get("hears_not", []):
        assert words.lower() not in reply.text.lower(), f"{words!r} said: {what}"
    for title in turn.get("offers", []):
        assert title in reply.titles, f"{title!r} not offered: {what}"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_conversation(path: Path, assistant: Assistant) -> None:
    shape = read_yaml(path)
    before = assistant.appointments()
    talk = assistant.talk()
    for turn in shape["turns"]:
        check(turn, take(talk, turn))
    assert assistant.appointments() - before == shape.get("then", {}).get("appointments", 0)
