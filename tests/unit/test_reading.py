"""Reading names, contacts and whom a visit is for, from a person's own words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.booking.reading import NO, YES, read_contact, read_name, read_visit_for, tries_contact


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Ana Lopez", "Ana Lopez"),
        ("Lopez, Ana", "Ana Lopez"),
        ("Will Smith", "Will Smith"),
        ("will smith", "will smith"),
        ("May Wong", "May Wong"),
        ("ana lopez", "ana lopez"),
        ("José Ñáñez-Müller", "José Ñáñez-Müller"),
        ("Jean–Luc Picard", "Jean-Luc Picard"),  # a phone's keyboard makes dashes long
        ("Anne-Marie O'Neill", "Anne-Marie O'Neill"),
        ("D’Angelo Barksdale", "D’Angelo Barksdale"),
        ("Nguyễn Thị Minh Khai", "Nguyễn Thị Minh Khai"),
        ("Maria de la Cruz", "Maria de la Cruz"),
        ("Robert Smith Jr.", "Robert Smith Jr"),
        ("Dr. Amal Haddad", "Dr. Amal Haddad"),
        ("李小龍", "李小龍"),
        ("Cher", "Cher"),
        ("Li", "Li"),
        ("Madonna!", "Madonna"),
        ("My name is Ada Lovelace.", "Ada Lovelace"),
        ("it's Ada Lovelace", "Ada Lovelace"),
        ("her name is Ada Lovelace", "Ada Lovelace"),
        ("my son's name is Leo Park", "Leo Park"),
        ("Name: Ada Lovelace", "Ada Lovelace"),
        ("yes, this is Ada Lovelace", "Ada Lovelace"),
    ],
)
def test_a_name_is_taken_as_it_is_written(said, name):
    assert read_name(said) == name


@pytest.mark.parametrize(
    "said",
    [
        "",
        "?",
        "X",
        "yes",
        "I don't know",
        "what is OT",
        "how much does it cost",
        "can you help me",
        "tomorrow at 10",
        "I want to stop",
        "503-555-0142",
        "ana@example.org",
        "never mind, thank you",
        "what should she bring?",
        "A" * 101,
    ],
)
def test_what_is_no_name_is_not_taken_for_one(said):
    assert read_name(said) is None


@given(st.text(max_size=300))
def test_a_name_that_was_read_fits_the_database_and_holds_no_digits(text):
    name = read_name(text)
    assert name is None or (2 <= len(name) <= 100 and not set("0123456789@") & set(name))


@pytest.mark.parametrize(
    "said",
    [
        "503-555-0142",
        "(503) 555-0142",
        "503.555.0142",
        "503 555 0142",
        "5035550142",
        "1-503-555-0142",
        "+1 503 555 0142",
        "503‑555‑0142",  # with the hyphens that an address book pastes
        "my number is 503 555 0142, thanks",
        "call me at 503-555-0142.",
    ],
)
def test_a_phone_number_is_read_however_it_is_written(said):
    assert read_contact(said) == "+1 503-555-0142"


@pytest.mark.parametrize(
    ("said", "contact"),
    [
        ("503-555-0142 ext 12", "+1 503-555-0142 ext. 12"),
        ("+44 20 7946 0958", "+44 20 7946 0958"),
        ("ana@example.org", "ana@example.org"),
        ("it's Ana.Lopez+ot@example.co.uk.", "Ana.Lopez+ot@example.co.uk"),
        ("503-555-0142 or ana@example.org", "ana@example.org"),
    ],
)
def test_a_contact_is_kept_in_one_form(said, contact):
    assert read_contact(said) == contact


@pytest.mark.parametrize(
    "said",
    [
        "",
        "555-0142",  # no area code
        "503-555-014",
        "123-555-0142",  # no area code begins with 1
        "the 10/12/2026 10:30",
        "ana@",
        "@example.org",
        "no phone",
        f"{'a' * 60}@{'b' * 60}.{'c' * 60}.{'d' * 60}.org",  # longer than there is room for
    ],
)
def test_what_cannot_reach_anybody_is_not_taken_for_a_contact(said):
    assert read_contact(said) is None


@given(st.text(max_size=300))
def test_a_contact_that_was_read_fits_the_database(text):
    contact = read_contact(text)
    assert contact is None or len(contact) <= 200


@pytest.mark.parametrize(
    ("said", "tries"),
    [("503-555-01", True), ("ana@", True), ("what is OT", False), ("my son is 12", False)],
)
def test_a_contact_with_a_slip_is_told_from_a_question(said, tries):
    assert tries_contact(said) is tries


@pytest.mark.parametrize(
    ("said", "whom"),
    [
        ("me", "me"),
        ("for myself", "me"),
        ("I am", "me"),
        ("it's for me, I had a stroke", "me"),
        ("my son", "child"),
        ("our little girl", "child"),
        ("a child", "child"),
        ("my 5 year old", "child"),
        ("my daughter, she is 7 years old", "child"),
        ("he is 9 yrs old", "child"),
        ("my granddaughter", "child"),
        ("my mom", "somebody"),
        ("my husband", "somebody"),
        ("another adult", "somebody"),
        ("somebody else", "somebody"),
        ("my 25 year old son", "somebody"),
        ("a patient of mine", "somebody"),
        ("us", None),
        ("what is OT", None),
        ("", None),
    ],
)
def test_whom_a_visit_is_for(said, whom):
    assert read_visit_for(said) == whom


@pytest.mark.parametrize(
    ("said", "whom"),
    [
        ("I'd like to book an evaluation", None),
        ("can I book a visit", None),
        ("can I book a visit for myself", "me"),
        ("I need an evaluation for my daughter", "child"),
        ("I want to book for my wife", "somebody"),
    ],
)
def test_the_one_who_writes_is_not_taken_for_the_patient_before_it_is_asked(said, whom):
    assert read_visit_for(said, asked=False) == whom


@pytest.mark.parametrize("said", ["yes", "Yep!", "ok", "sure", "that's right", "looks good", "book it"])
def test_a_yes_is_a_yes(said):
    assert YES.search(said)
    assert not NO.search(said)


@pytest.mark.parametrize("said", ["no", "Nope", "wait", "actually, no", "wrong"])
def test_a_no_is_a_no(said):
    assert NO.search(said)
    assert not YES.search(said)


def test_an_address_may_be_written_as_it_is_spoken():
    assert read_contact("ana at example dot com") == "ana@example.com"


@pytest.mark.parametrize(
    ("said", "whom"),
    [
        ("for my son, not me", "child"),
        ("not for my son, for me", "me"),
        ("not me, my mom", "somebody"),
        ("not me", None),
    ],
)
def test_whom_it_is_not_for_is_left_out(said, whom):
    assert read_visit_for(said) == whom
