"""Typed text is made harmless: never a command, never longer, always readable."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.understanding.plain_text import LONGEST, plain_text

SLASHES = "/／⁄∕⧸"
BLANKS = " \t\n\u00a0\u2003\u3000\u200b\u200e\u202e\u2060\ufeff\x00\x1f"

disguised = st.builds(
    str.__add__, st.text(SLASHES + BLANKS, max_size=8), st.text(st.characters(exclude_categories=[]))
)


@given(disguised)
@example("/restart")
@example("  //choose_option?visit_for=me")
@example("／restart")
@example("\ufeff\u200b/ /restart")
@example("\ud800/restart")
@example("\u00a0/ \u2060/stop")
def test_no_text_begins_with_a_slash_in_any_disguise(text):
    plain = plain_text(text)
    assert not unicodedata.normalize("NFKC", plain).lstrip().startswith("/")


@given(disguised)
def test_text_made_plain_stays_as_it_is(text):
    once = plain_text(text)
    assert plain_text(once) == once


@given(st.text(st.characters(exclude_categories=[])))
@example("ﷺ" * LONGEST)  # one sign that stands for eighteen
@example("x" * (LONGEST + 1))
def test_no_text_grows_past_the_limit(text):
    assert len(plain_text(text)) <= LONGEST


@given(st.text(st.characters(exclude_categories=[])))
def test_plain_text_can_be_stored_and_sent(text):
    plain = plain_text(text)
    assert plain.encode("utf-8").decode("utf-8") == plain
    assert "\x00" not in plain


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("  hello  ", "hello"),
        ("what’s “OT”?", 'what\'s "OT"?'),
        ("line one\nline two", "line one\nline two"),
        ("and/or", "and/or"),
        ("3/14 at 10", "3/14 at 10"),
        ("José Ñáñez", "José Ñáñez"),
        ("/restart", "restart"),
        ("/", ""),
        (" \u200b ", ""),
    ],
)
def test_what_people_mean_stays(typed, plain):
    assert plain_text(typed) == plain
