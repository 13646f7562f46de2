"""Reading when somebody would like to come, on the clinic's own calendar."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.booking.model import TimeWish
from bot.booking.when import read_wish

MONDAY = date(2026, 3, 2)


def march(first: int, last: int | None = None, earliest: time | None = None, latest: time | None = None):
    return TimeWish(date(2026, 3, first), date(2026, 3, last or first), earliest, latest)


@pytest.mark.parametrize(
    ("said", "wish"),
    [
        ("today", march(2)),
        ("tomorrow", march(3)),
        ("tommorow", march(3)),
        ("the day after tomorrow", march(4)),
        ("Tuesday", march(3)),
        ("weds", march(4)),
        ("on Thursdays", march(5)),
        ("Monday", march(9)),  # said on a Monday, it is the next one
        ("next Tuesday", march(10)),
        ("next week", march(9, 15)),
        ("this week", march(2, 8)),
        ("the weekend", march(7, 8)),
        ("in 3 days", march(5)),
        ("in two weeks", march(16, 22)),
        ("the 14th", march(14)),
        ("March 14", march(14)),
        ("the 14th of March", march(14)),
        ("3/14", march(14)),
        ("3/14/2026", march(14)),
        ("Feb 1", TimeWish(date(2027, 2, 1), date(2027, 2, 1))),  # the next one, not the last one
        ("not Monday, Tuesday is fine", march(3)),
    ],
)
def test_days(said, wish):
    assert read_wish(said, MONDAY) == wish


@pytest.mark.parametrize(
    ("said", "earliest", "latest"),
    [
        ("at 10", time(10), time(10)),
        ("10:30", time(10, 30), time(10, 30)),
        ("10 am", time(10), time(10)),
        ("at 2", time(14), time(14)),  # a clinic is not open at two in the night
        ("2 p.m.", time(14), time(14)),
        ("12 pm", time(12), time(12)),
        ("at ten", time(10), time(10)),
        ("half past nine", time(9, 30), time(9, 30)),
        ("ten o'clock", time(10), time(10)),
        ("noon", time(12), time(12)),
        ("after 3 pm", time(15), None),
        ("not before 10", time(10), None),
        ("before 11", None, time(11)),
        ("between 2 and 4", time(14), time(16)),
        ("from 9 to 11", time(9), time(11)),
        ("10-11:30 am", time(10), time(11, 30)),
        ("mornings are best", None, time(11, 59)),
        ("in the afternoon", time(12), None),
        ("after work", time(15), None),
    ],
)
def test_times_of_day(said, earliest, latest):
    assert read_wish(said, MONDAY) == TimeWish(None, None, earliest, latest)


@pytest.mark.parametrize(
    ("said", "wish"),
    [
        ("Tuesday at 10", march(3, None, time(10), time(10))),
        ("10:30 on the 14th", march(14, None, time(10, 30), time(10, 30))),
        ("tomorrow morning", march(3, None, None, time(11, 59))),
        ("next week after 2 pm", march(9, 15, time(14))),
        ("3/14 at 9", march(14, None, time(9), time(9))),
    ],
)
def test_days_and_times_together(said, wish):
    assert read_wish(said, MONDAY) == wish


@pytest.mark.parametrize(
    "said",
    [
        "",
        "hello",
        "any time",
        "my son is 5",
        "my kids are 2 and 4",
        "I had a stroke in May",
        "not Monday",
        "Feb 30",
        "25:99",
    ],
)
def test_what_names_no_time_leaves_the_wish_open(said):
    assert read_wish(said, MONDAY).is_open


@given(st.text(max_size=200), st.dates(date(2026, 1, 1), date(2030, 12, 31)))
def test_no_text_breaks_the_reading_and_no_span_ends_before_it_begins(text, today):
    wish = read_wish(text, today)
    if wish.first_day and wish.last_day:
        assert wish.first_day <= wish.last_day
    if wish.earliest and wish.latest:
        assert wish.earliest <= wish.latest


@given(
    st.sampled_from(["monday", "tue", "next friday", "tomorrow", "in 3 days", "next week", "the 5th", "7/4"]),
    st.dates(date(2026, 1, 1), date(2030, 12, 31)),
)
def test_a_wished_day_is_never_in_the_past(said, today):
    wish = read_wish(said, today)
    assert wish.last_day is not None
    assert wish.last_day >= today
