"""Whole conversations over HTTP, as data: each file is one, and its name and first line are its promise."""

import re
from datetime import datetime
from pathlib import Path
from typing import Any, Iterator
from zoneinfo import ZoneInfo

import pytest

from bot.booking.model import Appointment, TimeWish
from bot.content.yaml_files import read_yaml
from tests.support.assistant import Assistant
from tests.support.talk import Reply, Talk

NEW_YORK = ZoneInfo("America/New_York")


def conversations() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every conversation by a name of its own; a file holds one, or a list of short ones."""
    for path in sorted(Path(__file__).parent.glob("*.yml")):
        shape = read_yaml(path)
        for number, one in enumerate(shape.get("conversations", [shape]), 1):
            yield (f"{path.stem}-{number}" if "conversations" in shape else path.stem), one


SHAPES = dict(conversations())


class Teller:
    """One person who talks; remembers the reference that was given last."""

    def __init__(self, talk: Talk) -> None:
        self.talk = talk
        self.reference = ""

    def take(self, turn: dict[str, Any]) -> Reply:
        """What is heard to a turn; `{reference}` in it stands for the last one given."""
        words = str(turn.get("says") or turn["presses"]).replace("{reference}", self.reference)
        id = turn.get("id")
        reply = self.talk.says(words, id) if "says" in turn else self.talk.presses(words, id)
        given = re.search(r"reference is ([2-9A-Z]{4}-[2-9A-Z]{4})", reply.text)
        self.reference = given[1] if given else self.reference
        return reply


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


def check_visit(expected: dict[str, Any], visit: Appointment) -> None:
    """The visit as it stands in the database; `local_hours` are the first and last hour it may start."""
    local = visit.start.astimezone(NEW_YORK)
    for name, value in expected.items():
        if name == "local_hours":
            assert value[0] <= local.hour <= value[1], local
        elif name == "weekday":
            assert f"{local:%A}" == value
        elif name == "days_ahead":
            assert value[0] <= (local.date() - datetime.now(NEW_YORK).date()).days <= value[1], local
        else:
            kept = getattr(visit, name)
            assert (list(kept) if isinstance(kept, tuple) else kept) == value, name


def check_wish(expected: dict[str, Any], wish: TimeWish) -> None:
    """What somebody on the waiting list wished, as it stands in the database."""
    for name, value in expected.items():
        kept = getattr(wish, name)
        assert (sorted(kept) if isinstance(kept, frozenset) else kept) == value, name


@pytest.mark.parametrize("name", SHAPES)
def test_conversation(name: str, assistant: Assistant) -> None:
    shape, before, waiting = SHAPES[name], assistant.appointments(), assistant.waiting()
    teller = Teller(assistant.talk())
    for turn in shape["turns"]:
        check(turn, teller.take(turn))
    then = shape.get("then", {})
    assert assistant.appointments() - before == then.get("appointments", 0)
    assert assistant.waiting() - waiting == then.get("waiting", 0)
    if "visit" in then:
        check_visit(then["visit"], assistant.appointment(teller.reference))
    if "wish" in then:
        check_wish(then["wish"], assistant.wish(teller.reference))
