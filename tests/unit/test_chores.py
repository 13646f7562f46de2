"""Beside serving, old chats are erased and the waiting list is looked after; what fails is tried again."""

from types import SimpleNamespace

import pytest

from bot.errors import CalendarBusy, StartError
from bot.serve import Chore, chores, watch


class Process:
    """A server that answers so many looks, and has ended then."""

    def __init__(self, looks: int) -> None:
        self.looks, self.returncode = looks, 1

    def poll(self) -> int | None:
        self.looks -= 1
        return None if self.looks >= 0 else self.returncode


def test_a_chore_is_done_at_once_and_again_when_it_is_due():
    done = []
    chore = Chore(lambda: done.append("it"), 20, "")
    for now in (100.0, 101.0, 119.9, 120.0, 121.0):
        chore.do_if_due(now)
    assert len(done) == 2


def test_what_fails_is_said_without_a_word_of_its_text_and_tried_again(capsys):
    def fail() -> None:
        raise CalendarBusy("Ana Lopez waits")

    chore = Chore(fail, 20, "Who waits was not offered a time")
    chore.do_if_due(100.0)
    chore.do_if_due(120.0)
    said = capsys.readouterr().err
    assert said.count("Who waits was not offered a time: CalendarBusy") == 2
    assert "Ana Lopez" not in said


def test_whoever_watches_the_servers_does_the_chores_until_one_ends():
    done = []
    services = SimpleNamespace(
        retention=SimpleNamespace(tidy=lambda: done.append("old chats")),
        offering=SimpleNamespace(tend=lambda: done.append("waiting list")),
    )
    with pytest.raises(StartError, match="action server ended"):
        watch([Process(looks=2)], chores(services))
    assert done == ["old chats", "waiting list"]
