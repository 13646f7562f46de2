"""What replies in the middle of a walkthrough want."""

from __future__ import annotations

import pytest

from bot.guides.moves import asks_where_we_were, read_move, read_who


@pytest.mark.parametrize(
    ("text", "topic", "move"),
    [
        ("ok done", "next_step", "done"),
        ("Done!", None, "done"),
        ("now what?", "nlu_fallback", "done"),
        ("skip this one", "nlu_fallback", "done"),
        ("she did it", "affirm", "done"),
        ("wait what", "nlu_fallback", "again"),
        ("can you say that again", "repeat", "again"),
        ("I don't understand", "nlu_fallback", "again"),
        ("where were we?", "repeat", "again"),
        ("where did we leave off", "next_step", "again"),
        ("not yet", "deny", "again"),
        ("go back one", "previous_step", "back"),
        ("bakc", "previous_step", "back"),
        ("she can't", "nlu_fallback", "stuck"),
        ("I'm stuck", "nlu_fallback", "stuck"),
        ("it won't go", "nlu_fallback", "stuck"),
        ("no", "deny", "stuck"),
        ("it hurts", "nlu_fallback", "hurts"),
        ("ow my knee", "nlu_fallback", "hurts"),
        ("she's dizzy now", "nlu_fallback", "hurts"),
        ("my foot slipped", "nlu_fallback", "hurts"),
        ("done but my back hurts", "next_step", "hurts"),
        ("it does not hurt, done", "next_step", "done"),
        ("give me all the steps at once", "nlu_fallback", "all"),
        ("can I print it", "nlu_fallback", "print"),
        ("stop please", "nlu_fallback", "stop"),
        ("what does it cost", "faq/cost", None),
        ("how high should it be", "equipment_how_to", None),
        ("purple", "nlu_fallback", None),
    ],
)
def test_a_reply_makes_its_move(text: str, topic: str | None, move: str | None) -> None:
    assert read_move(text, topic) == move


@pytest.mark.parametrize(
    ("text", "asked", "who"),
    [
        ("me", True, "person"),
        ("I use it myself", True, "person"),
        ("my mom", True, "caregiver"),
        ("I help him", True, "caregiver"),
        ("I'm her aide", True, "caregiver"),
        ("purple", True, None),
        ("how do I get mom up the stairs", False, "caregiver"),
        ("how do you fold a walker", False, None),
    ],
)
def test_who_does_it(text: str, asked: bool, who: str | None) -> None:
    assert read_who(text, asked) == who


@pytest.mark.parametrize(
    "text",
    [
        "where were we?",
        "ok, where was I",
        "Which step were we on?",
        "where did we leave off",
        "can we go on with the steps",
        "continue where we stopped",
        "back to the steps please",
        "where were we with the crutches",
    ],
)
def test_the_place_is_asked_for(text: str) -> None:
    assert asks_where_we_were(text)


@pytest.mark.parametrize(
    "text",
    [
        "where are you",
        "where were we supposed to park",
        "how do I go back to work",
        "go on",
    ],
)
def test_another_place_is_meant(text: str) -> None:
    assert not asks_where_we_were(text)
