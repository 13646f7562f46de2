"""Reading when somebody would like to come, on the clinic's own calendar."""

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.booking.model import TimeWish
from bot.booking.when import Doubt, combine, read_when
from bot.booking.when.words import plain
from bot.content.spoken import spoken_time

MONDAY = date(2026, 3, 2)
MORNING, AFTERNOON = (time(0), time(11, 59)), (time(12), time(17))
DAYS = st.dates(date(2026, 1, 1), date(2030, 12, 31))


def march(first: int, last: int | None = None, earliest: time | None = None, latest: time | None = None):
    return TimeWish(date(2026, 3, first), date(2026, 3, last or first), earliest, latest)


def on(*weekdays: int, **more):
    return TimeWish(weekdays=frozenset(weekdays), **more)


def wish(said: str, today: date = MONDAY) -> TimeWish:
    return read_when(said, today).wish


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("today", march(2)),
        ("tomorrow", march(3)),
        ("tommorow", march(3)),
        ("the day after tomorrow", march(4)),
        ("Tuesday", march(3)),
        ("weds", march(4)),
        ("Wensday", march(4)),
        ("Monday", march(9)),  # said on a Monday, it is the next one
        ("this coming Friday", march(6)),
        ("next Tuesday", march(10)),
        ("Thursday next week", march(12)),
        ("next week, maybe Thursday", march(12)),
        ("next week", march(9, 15)),
        ("early next week", march(9, 11)),
        ("this week", march(2, 8)),
        ("the week of the 16th", march(16, 22)),
        ("the week after next", march(16, 22)),
        ("the weekend", march(7, 8)),
        ("in 3 days", march(5)),
        ("ten days from now", TimeWish()),  # only small numbers are read as words
        ("10 days from now", march(12)),
        ("in two weeks", march(16, 22)),
        ("Tuesday in two weeks", march(17)),
        ("a week from Friday", march(13)),
        ("two weeks from tomorrow", march(17)),
        ("the 14th", march(14)),
        ("the fourteenth", march(14)),
        ("on the 14", march(14)),
        ("the 14th of this month", march(14)),
        ("the 1st", TimeWish(date(2026, 4, 1), date(2026, 4, 1))),
        ("the 3rd of next month", TimeWish(date(2026, 4, 3), date(2026, 4, 3))),
        ("March 14", march(14)),
        ("the 14th of March", march(14)),
        ("14 March 2026", march(14)),
        ("3/14", march(14)),
        ("2026-03-14", march(14)),
        ("the second Tuesday of March", march(10)),
        ("Friday the 13th", march(13)),
        ("next month", TimeWish(date(2026, 4, 1), date(2026, 4, 30))),
        ("the end of the month", march(22, 31)),
    ],
)
def test_days(said, meant):
    assert wish(said) == meant


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("on Thursdays", on(3)),
        ("Tuesdays and Thursdays", on(1, 3)),
        ("weekdays", on(0, 1, 2, 3, 4)),
        ("Tuesday or Thursday", on(1, 3, first_day=date(2026, 3, 3), last_day=date(2026, 3, 5))),
        ("Tuesday or Thursday next week", on(1, 3, first_day=date(2026, 3, 9), last_day=date(2026, 3, 15))),
        ("the 9th, 10th or 13th", on(0, 1, 4, first_day=date(2026, 3, 9), last_day=date(2026, 3, 13))),
        ("within two weeks", march(2, 16)),
        ("Monday to Wednesday", march(9, 11)),
        ("March 9 to 13", march(9, 13)),
        ("between the 9th and the 13th", march(9, 13)),
        ("after the 14th", TimeWish(first_day=date(2026, 3, 15))),
        ("not before the 14th", TimeWish(first_day=date(2026, 3, 14))),
        ("before Friday", TimeWish(last_day=date(2026, 3, 5))),
        ("by Friday", TimeWish(last_day=date(2026, 3, 6))),
    ],
)
def test_ranges_and_choices(said, meant):
    assert wish(said) == meant


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("not Monday, Tuesday is fine", march(3)),
        ("Tuesday is no good but Friday works", march(6)),
        ("not Monday or Tuesday", on(2, 3, 4, 5, 6)),
        ("I can't do Fridays", on(0, 1, 2, 3, 5, 6)),
        ("any morning but Friday", on(0, 1, 2, 3, 5, 6, earliest=time(0), latest=time(11, 59))),
        ("not today", TimeWish(first_day=date(2026, 3, 3))),
        ("no mornings", TimeWish(earliest=time(12))),
        ("not before 10 and not after 3", TimeWish(earliest=time(10), latest=time(15))),
        ("no, Thursday", march(5)),  # a correction, no refusal
    ],
)
def test_refusals(said, meant):
    assert wish(said) == meant


@pytest.mark.parametrize(
    ("said", "times"),
    [
        ("at 10", (time(10), time(10))),
        ("10:30", (time(10, 30), time(10, 30))),
        ("10 am", (time(10), time(10))),
        ("at 2", (time(14), time(14))),  # a clinic is not open at two in the night
        ("2 p.m.", (time(14), time(14))),
        ("12 pm", (time(12), time(12))),
        ("14:30", (time(14, 30), time(14, 30))),
        ("2.30pm", (time(14, 30), time(14, 30))),
        ("at 1430", (time(14, 30), time(14, 30))),
        ("at ten", (time(10), time(10))),
        ("half past nine", (time(9, 30), time(9, 30))),
        ("quarter to three", (time(14, 45), time(14, 45))),
        ("ten past four", (time(16, 10), time(16, 10))),
        ("nine thirty", (time(9, 30), time(9, 30))),
        ("3ish", (time(15), time(15))),
        ("ten o'clock", (time(10), time(10))),
        ("8 in the evening", (time(20), time(20))),
        ("afternoon 3", (time(15), time(15))),
        ("noon", (time(12), time(12))),
        ("after 3 pm", (time(15), None)),
        ("8 am or later", (time(8), None)),
        ("not before 10", (time(10), None)),
        ("before 11", (None, time(11))),
        ("no later than 11", (None, time(11))),
        ("between 2 and 4", (time(14), time(16))),
        ("between 10 and noon", (time(10), time(12))),
        ("from 9 to 11", (time(9), time(11))),
        ("10-11:30 am", (time(10), time(11, 30))),
        ("from 9 to 1 pm", (time(9), time(13))),
        ("at 10 or at 2", (time(10), time(14))),
        ("mornings are best", MORNING),
        ("in the afternoon", AFTERNOON),
        ("morning or afternoon", (MORNING[0], AFTERNOON[1])),
        ("after lunch", (time(13), time(17))),
        ("first thing", (time(0), time(9, 59))),
        ("after school", (time(15), None)),
    ],
)
def test_times_of_day(said, times):
    assert wish(said) == TimeWish(None, None, *times)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Tuesday at 10", march(3, None, time(10), time(10))),
        ("10:30 on the 14th", march(14, None, time(10, 30), time(10, 30))),
        ("tomorrow morning", march(3, None, *MORNING)),
        ("Tuesday morning or Wednesday afternoon",
         on(1, 2, first_day=date(2026, 3, 3), last_day=date(2026, 3, 4), earliest=time(0), latest=time(17))),
        ("next week after 2 pm", march(9, 15, time(14))),
        ("3/14 at 9", march(14, None, time(9), time(9))),
        ("this afternoon at 4", march(2, None, time(16), time(16))),
        ("my aunt uses a walker, so any afternoon next week", march(9, 15, *AFTERNOON)),
    ],
)  # fmt: skip
def test_days_and_times_together(said, meant):
    assert wish(said) == meant


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("mañana a las 10", march(3, None, time(10), time(10))),
        ("pasado mañana por la tarde", march(4, None, *AFTERNOON)),
        ("el jueves a las 2 y media", march(5, None, time(14, 30), time(14, 30))),
        ("el próximo lunes a las 4 menos cuarto", march(9, None, time(15, 45), time(15, 45))),
        ("el 14 de marzo", march(14)),
        ("el 14", march(14)),
        ("el viernes 13", march(13)),
        ("después del 10 de marzo", TimeWish(first_day=date(2026, 3, 11))),
        ("el 3 del próximo mes", TimeWish(date(2026, 4, 3), date(2026, 4, 3))),
        ("dentro de dos semanas", march(16, 22)),
        ("la semana que viene, por la mañana", march(9, 15, *MORNING)),
        ("los jueves después de las 4", on(3, earliest=time(16))),
        ("cualquier mañana menos el viernes", on(0, 1, 2, 3, 5, 6, earliest=time(0), latest=time(11, 59))),
        ("entre las 2 y las 4", TimeWish(earliest=time(14), latest=time(16))),
        ("no puedo los lunes", on(1, 2, 3, 4, 5, 6)),
    ],
)
def test_spanish(said, meant):
    assert wish(said) == meant


@pytest.mark.parametrize(
    ("said", "doubt", "day"),
    [
        ("next Friday", Doubt("next", date(2026, 3, 6)), date(2026, 3, 13)),
        ("March 1", Doubt("past"), date(2027, 3, 1)),
        ("3/14/2020", Doubt("past"), date(2026, 3, 14)),
        ("Friday the 14th", Doubt("mismatch", date(2026, 3, 13)), date(2026, 3, 14)),
        ("February 30", Doubt("unknown"), None),
        ("yesterday", Doubt("past"), None),
    ],
)
def test_a_date_in_doubt_is_said_to_be_so_and_read_as_is_likeliest(said, doubt, day):
    reading = read_when(said, MONDAY)
    assert (reading.doubt, reading.wish.first_day) == (doubt, day)
    assert not reading.says_nothing


@pytest.mark.parametrize(
    "said",
    ["next Wednesday", "Friday", "the 1st", "I fell yesterday, is Tuesday free?"],
)
def test_a_plain_date_is_not_in_doubt(said):
    assert read_when(said, date(2026, 3, 6)).doubt is None


@pytest.mark.parametrize(
    "said",
    [
        "", "hello", "my son is 5", "my kids are 2 and 4", "I had a stroke in May", "25:99", "the first one",
        "the 2nd one", "503-555-0142", "3", "5 days of therapy", "she is in 2nd grade",
    ],
)  # fmt: skip
def test_what_names_no_time_says_nothing(said):
    assert read_when(said, MONDAY).says_nothing


@pytest.mark.parametrize(
    "said", ["as soon as possible", "ASAP", "any time", "lo antes posible", "first available"]
)
def test_as_soon_as_possible_leaves_everything_open(said):
    reading = read_when(said, MONDAY)
    assert reading.soonest
    assert reading.wish.is_open


@pytest.mark.parametrize(
    ("first", "then", "meant"),
    [
        ("Tuesday", "in the afternoon", march(3, None, *AFTERNOON)),
        ("in the afternoon", "Tuesday", march(3, None, *AFTERNOON)),
        ("Tuesday morning", "no, Thursday", march(5, None, *MORNING)),
        ("next week", "Thursday", march(12)),
        (
            "next week",
            "not Monday",
            on(1, 2, 3, 4, 5, 6, first_day=date(2026, 3, 9), last_day=date(2026, 3, 15)),
        ),
        ("Tuesday at 10", "as soon as possible", TimeWish()),
        ("any morning but Friday", "the 14th", march(14, None, *MORNING)),
    ],
)
def test_a_wish_that_follows_another_combines_with_it(first, then, meant):
    assert combine(wish(first), read_when(then, MONDAY)) == meant


@given(st.text(max_size=300) | st.text("abdefghinorstuwy 0123456789:/-", max_size=2000), DAYS)
def test_no_text_breaks_the_reading_and_no_span_ends_before_it_begins(text, today):
    read = wish(text, today)
    if read.first_day and read.last_day:
        assert read.first_day <= read.last_day
    if read.earliest and read.latest:
        assert read.earliest <= read.latest
    assert read.weekdays


@given(
    DAYS,
    st.integers(1, 300),
    st.times(),
    st.sampled_from(["{day} at {hour}", "{hour} on {day}", "{day}, {hour} please"]),
)
def test_a_spoken_date_and_time_comes_back_as_itself(today, ahead, hour, form):
    day, hour = today + timedelta(days=ahead), hour.replace(second=0, microsecond=0)
    said = form.format(day=f"{day:%A}, {day:%B} {day.day}", hour=spoken_time(hour))
    assert wish(said, today) == TimeWish(day, day, hour, hour)


@given(
    st.sampled_from(["monday", "tue", "next friday", "tomorrow", "in 3 days", "next week", "the 5th", "7/4"]),
    DAYS,
)
def test_a_wished_day_is_never_in_the_past(said, today):
    last = wish(said, today).last_day
    assert last is not None
    assert last >= today


@given(st.text(max_size=300))
def test_plain_text_stays_plain(text):
    assert "\n" not in plain(text)


WORDS = st.sampled_from("not any but monday the 14th or 10:30 half past - / march 3 at in two weeks".split())


@given(st.lists(WORDS, min_size=1, max_size=40).map(" ".join), st.integers(1, 60))
def test_long_texts_are_read_as_far_as_their_beginning(piece, times):
    text = f"{piece} " * times
    assert read_when(text, MONDAY) == read_when(text[:2000], MONDAY)
