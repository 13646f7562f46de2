"""Whole talks by text message, as data: each on one channel in turn, with `make test-long` on every one."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Dict, Iterator

import pytest

from bot.content.yaml_files import read_yaml
from bot.messaging.gsm import plain
from tests.support.phones import PHONES, Phone
from tests.support.talk import new_address

TALKS: Dict[str, Dict[str, Any]] = {
    shape["talk"]: shape for shape in read_yaml(Path(__file__).with_name("talks.yml"))["talks"]
}


def test_there_are_twenty() -> None:
    assert len(TALKS) >= 20


def on_each_channel() -> Iterator[Any]:
    """Every talk with every channel; all but one of them are `long`."""
    channels = list(PHONES)
    for place, name in enumerate(TALKS):
        for channel in channels:
            in_turn = channel == channels[place % len(channels)]
            yield pytest.param(channel, name, marks=() if in_turn else pytest.mark.long)


@pytest.mark.parametrize(("phone", "name"), on_each_channel(), indirect=["phone"])
def test_talk(phone: Phone, name: str) -> None:
    shape, before = TALKS[name], phone.house.assistant.appointments()
    for turn in shape["turns"]:
        words = str(turn.get("says", "")).replace("{contact}", new_address())
        sent = phone.says(words) if words else phone.presses(turn["presses"])
        heard = plain(" ".join(one.text for one in sent))
        assert sent, f"no answer to {turn}"
        for words in turn.get("hears", []):
            assert words.lower() in heard.lower(), f"{words!r} missing: {turn}\n{heard}"
    booked = phone.house.assistant.appointments() - before
    assert booked == shape.get("then", {}).get("appointments", 0)
