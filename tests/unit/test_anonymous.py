"""What staff read of a question holds the question, and not the person."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.anonymous import LEFT_OUT, without_names

NAMES = [
    "Ana Lopez", "Jayden", "Miguel Delgado", "Nguyen Phuong", "Oluwaseun", "Dr. Patel", "Mrs. Kowalski",
    "Xiomara", "Siobhan O'Neill", "Aaliyah",
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "said",
    [
        "My name is {} and I want a massage",
        "Can {} come to my home?",
        "is {} allowed to bring his dog",
        "this is {}.",
    ],
)
def test_names_are_left_out(said, name):
    kept = without_names(said.format(name))
    for part in name.replace("Dr. ", "").replace("Mrs. ", "").split():
        assert part.lower() not in kept.lower()
    assert LEFT_OUT in kept


@pytest.mark.parametrize("name", ["ana lopez", "jayden", "miguel"])
def test_a_name_in_small_letters_is_left_out_where_it_is_introduced(name):
    assert name.split()[0] not in without_names(f"my name is {name} and i want a massage")


@pytest.mark.parametrize(
    "secret",
    [
        "503-555-0142",
        "(503) 555 0142",
        "03/04/1951",
        "ana.lopez@example.org",
        "MRN4432",
        "#7781",
        "https://x.example/a",
    ],
)
def test_numbers_and_addresses_are_left_out(secret):
    kept = without_names(f"please write to {secret} about my visit")
    assert not any(sign.isdigit() or sign == "@" for sign in kept)
    assert kept.startswith("please write to …")


@pytest.mark.parametrize(
    "question",
    [
        "do you fix roofs?",
        "can i bring my dog to the visits",
        "what is the capital",
        "does OT help with ADLs?",
    ],
)
def test_plain_english_stays_as_it_was_said(question):
    assert without_names(question) == question


@given(st.text(max_size=80))
def test_no_digit_and_no_address_is_ever_kept(text):
    kept = without_names(text)
    assert "@" not in kept
    assert not any("0" <= sign <= "9" for sign in kept)
