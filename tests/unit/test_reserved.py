"""The words that end all messages, and the talk that only sounds like them."""

from __future__ import annotations

import pytest

from bot.messaging.reserved import Word, reserved


@pytest.mark.parametrize(
    "text",
    [
        "STOP",
        "stop",
        " Stop. ",
        "STOP!!!",
        "Stopall",
        "stop all",
        "UNSUBSCRIBE",
        "end",
        "Quit",
        "revoke",
        "OPTOUT",
        "opt out",
        "opt-out",
        "“stop”",
        "stop please",
        "Please stop.",
        "stop texting me",
        "Please stop sending me messages",
        "don't text me anymore",
        "Do not contact me again",
        "no more texts",
        "stop these messages",
        "I want to unsubscribe",
        "I don't want it, stop messaging me now",
        "leave me alone",
        "take me off your list",
        "remove my number from this list",
        "No más",
        "no mas mensajes",
        "ya no me escriban",
        "dejen de mandarme mensajes",
        "no me manden más",
        "I want to stop getting these texts",
        "never text this number",
    ],
)
def test_whoever_wants_no_more_is_heard(text: str) -> None:
    assert reserved(text) is Word.STOP


@pytest.mark.parametrize(
    "text",
    [
        "how do I stop on stairs with a walker",
        "I want to stop the exercise",
        "when should I stop using the cane",
        "the bus stop is far",
        "stop it hurts",
        "I can't stop shaking",
        "don't stop texting me",
        "why did you stop texting me",
        "cancel my appointment",
        "I need to cancel",
        "cancel Tuesday's visit",
        "end of the month",
        "the end of the bed",
        "quit smoking help",
        "can I opt out of one session",
        "please start",
        "how do I start",
        "I need help",
        "help me stand up",
        "info about walkers",
        "what happens if I stop therapy",
        "my hands stop working",
        "no",
        "write me a list",
        "",
        "...",
        "?",
    ],
)
def test_talk_that_only_sounds_like_it_goes_on(text: str) -> None:
    assert reserved(text) in (None, Word.START)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("CANCEL", Word.CANCEL),
        ("cancel!", Word.CANCEL),
        ("Cancel please", Word.CANCEL),
        ("START", Word.START),
        ("unstop", Word.START),
        ("Un stop", Word.START),
        ("HELP", Word.HELP),
        ("help?", Word.HELP),
        ("info", Word.HELP),
        ("Ayuda", Word.HELP),
        ("How do I stop these texts", Word.HELP),
        ("who is this?", Word.HELP),
    ],
)
def test_the_other_words_are_told_apart(text: str, word: Word) -> None:
    assert reserved(text) is word
