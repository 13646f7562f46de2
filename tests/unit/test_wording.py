"""Days and times as people say them, on the clinic's own calendar."""

from datetime import datetime, time, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.booking.wording import short_when, spoken_when
from bot.chat.message import LONGEST_TITLE
from bot.content.spoken import spoken_time, spoken_week

NEW_YORK = ZoneInfo("America/New_York")


def test_an_instant_is_said_on_the_clinics_clock():
    winter = datetime(2026, 3, 4, 2, 30, tzinfo=timezone.utc)  # still the day before in New York
    assert spoken_when(winter, NEW_YORK) == "Tuesday, March 3 at 9:30 pm (EST)"
    assert short_when(winter, NEW_YORK) == "Tue, Mar 3, 9:30 pm"


def test_the_name_of_the_zone_follows_the_clock_change():
    summer = datetime(2026, 3, 9, 13, 0, tzinfo=timezone.utc)
    assert spoken_when(summer, NEW_YORK) == "Monday, March 9 at 9 am (EDT)"


@given(st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(timezone.utc)))
def test_a_button_has_room_for_every_time(instant):
    assert len(short_when(instant, NEW_YORK)) <= LONGEST_TITLE


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (time(0), "12 am"),
        (time(8), "8 am"),
        (time(11, 59), "11:59 am"),
        (time(12), "12 pm"),
        (time(14, 30), "2:30 pm"),
    ],
)
def test_times_are_said_with_twelve_hours(moment, words):
    assert spoken_time(moment) == words


def test_days_with_the_same_hours_are_said_together():
    day, short, split = (
        [(time(9), time(17))],
        [(time(9), time(12))],
        [(time(9), time(12)), (time(13), time(17))],
    )
    weekly = {"monday": day, "tuesday": day, "wednesday": day, "thursday": split, "saturday": short}
    days = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    assert spoken_week(weekly, days) == (
        "Monday to Wednesday 9 am to 5 pm, Thursday 9 am to 12 pm and 1 pm to 5 pm, "
        "closed Friday, Saturday 9 am to 12 pm, closed Sunday"
    )
