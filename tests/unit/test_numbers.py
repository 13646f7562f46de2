"""Which numbered option a reply means."""

from __future__ import annotations

from typing import Optional

import pytest

from bot.messaging.numbers import all_chosen, chosen

TITLES = ("Yes, book it", "Change the time", "Change the name")


@pytest.mark.parametrize(
    "text",
    [
        "2",
        " 2. ",
        "#2",
        "2)",
        "two",
        "Two!",
        "the second",
        "The second one please",
        "2nd",
        "option 2",
        "number two",
        "no. 2",
        "I'd like the second",
        "dos",
        "la segunda",
        "el 2",
        "opción 2",
        "número dos",
        "change the time",
    ],
)
def test_the_second_is_meant_in_many_ways(text: str) -> None:
    assert chosen(text, TITLES) == 1


@pytest.mark.parametrize(
    ("text", "index"), [("1", 0), ("first", 0), ("the last one", 2), ("la última", 2), ("3 thanks", 2)]
)
def test_each_option_has_its_number(text: str, index: int) -> None:
    assert chosen(text, TITLES) == index


@pytest.mark.parametrize(
    "text",
    [
        "",
        "4",
        "0",
        "22",
        "2 pm",
        "in 2 weeks",
        "2 days ago I fell",
        "no",
        "two of them hurt",
        "1 and 2",
        "2:30",
        "at 2",
        "she is 2",
        "-",
        "#",
        "one thing I want to know",
        "second opinion",
    ],
)
def test_a_number_in_a_sentence_is_no_choice(text: str) -> None:
    assert chosen(text, TITLES) is None


@pytest.mark.parametrize("text", ["1", "first", "last", "more"])
def test_where_nothing_was_offered_nothing_is_chosen(text: str) -> None:
    assert chosen(text, ()) is None


def test_a_title_counts_before_a_number() -> None:
    assert chosen("2", ("1", "3", "2")) == 2


def outside(titles: int) -> Optional[int]:
    return chosen(str(titles + 1), ["one more"] * titles)


def test_the_tenth_is_the_last_that_has_a_word() -> None:
    assert chosen("ten", ["any"] * 10) == 9
    assert outside(10) is None


@pytest.mark.parametrize(
    "text", ["1 and 3", "1,3", "1, 3", "1 3", "#1 #3", "one and the last", "1 y 3", "1 & 3"]
)
def test_several_numbers_mean_several_options(text: str) -> None:
    assert all_chosen(text, TITLES) == [0, 2]


@pytest.mark.parametrize(
    "text", ["2", "1 and 9", "2, 3 weeks ago I fell", "1 and my cane", "and", "", "10:30 3"]
)
def test_where_any_of_it_means_something_else_none_is_chosen(text: str) -> None:
    assert all_chosen(text, TITLES) == []
