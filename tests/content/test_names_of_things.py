"""The names of devices and activities against sentences that mean neither."""

from __future__ import annotations

import pytest

from bot.understanding.named import Named, read_named


@pytest.fixture(scope="module")
def devices() -> Named:
    return read_named("equipment")


@pytest.fixture(scope="module")
def activities() -> Named:
    return read_named("activity")


@pytest.mark.parametrize(
    "text",
    [
        "Could somebody lend me a helping hand with the forms?",
        "I grabbed my coat and came over",
        "Let's stick to Tuesday",
        "She had rotator cuff surgery",
        "He does crunches each morning",
        "My last name is Cain",
        "Do you treat shin splints?",
        "a shin splint from running, what now",
        "Is sugar cane bad for him",
    ],
)
def test_an_ordinary_sentence_names_no_device(devices: Named, text: str) -> None:
    assert devices.found_in(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "What are the steps to book?",
        "My zip code is 60601",
        "Please transfer my records",
        "Can you transfer me to a person?",
        "I cannot get Mom up from the floor",
        "I am writing about the balance of my bill",
        "The splint is too tight",
    ],
)
def test_an_ordinary_sentence_names_no_activity(activities: Named, text: str) -> None:
    assert activities.found_in(text) == []


@pytest.mark.parametrize(
    ("text", "device"),
    [
        ("Dad walks with a stick", "cane"),
        ("shin splints and a thumb splint", "hand_splint"),
        ("she is on crunches", "crutches"),
        ("my cain slips", "cane"),
    ],
)
def test_everyday_names_and_slips_still_count(devices: Named, text: str, device: str) -> None:
    assert devices.found_in(text) == [device]
