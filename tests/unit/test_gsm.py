"""How many segments a text takes."""

from __future__ import annotations

import pytest

from bot.messaging.gsm import is_gsm, plain, segments


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("€" * 76 * 2, 2),
        ("€" * 153, 3),  # one that takes two places is not torn: 76 of them a segment
        ("ж" * 70, 1),
        ("ж" * 71, 2),
        ("a" * 69 + "😀", 2),
        ("😀" * 67, 3),  # 33 of them a segment
        ("ñé¿¡ü", 1),
    ],
)
def test_segments_are_counted_as_carriers_do(text: str, count: int) -> None:
    assert segments(text) == count


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("It’s “fine” – really…", 'It\'s "fine" - really...'),
        ("Clínica José Núñez", "Clinica José Nuñez"),
        ("• one\u00a0two", "- one two"),
        ("zero\u200bwidth", "zerowidth"),
        ("½ cup", "½ cup"),
        ("Привет", "Привет"),
    ],
)
def test_what_has_a_like_in_the_alphabet_is_written_with_it(written: str, sent: str) -> None:
    assert plain(written) == sent


def test_one_other_character_turns_the_whole_message() -> None:
    assert is_gsm("a" * 160)
    assert segments("a" * 159 + "“") == 3
    assert segments(plain("a" * 159 + "“")) == 1
