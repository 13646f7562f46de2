"""Ten o'clock is ten o'clock on the clinic's wall, on both sides of a clock change."""

import re
from datetime import date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from bot.booking.wording import spoken_when
from tests.support.talk import new_address

NEW_YORK = ZoneInfo("America/New_York")


def days_to_come() -> list[date]:
    """The clinic's days from today on, for most of a year."""
    today = datetime.now(NEW_YORK).date()
    return [today + timedelta(days=ahead) for ahead in range(300)]


def offset(day: date) -> timedelta:
    """How far the clinic's clock is from UTC at ten in the morning."""
    return datetime.combine(day, time(10), NEW_YORK).utcoffset()


def test_a_visit_behind_the_next_clock_change_is_at_the_hour_that_was_wished(shared_house):
    days = days_to_come()
    change = next(day for day in days if offset(day) != offset(days[0]))
    wished = next(day for day in days if day > change and f"{day:%A}" == "Wednesday")
    talk = shared_house.assistant.talk()
    talk.says("book an evaluation for me")
    talk.says(f"{wished:%B} {wished.day}, {wished.year} at 10 am")
    for words in ("the first one", "Ana Lopez", new_address(), "nothing", "skip"):
        read_back = talk.says(words)
    booked = talk.says("yes")
    visit = shared_house.assistant.appointment(re.search(r"reference is (\S{9})", booked.text)[1])
    right = datetime.combine(wished, time(10)) - offset(wished)
    assert visit.start == right.replace(tzinfo=timezone.utc)
    zone = f"{datetime.combine(wished, time(10), NEW_YORK):%Z}"
    for said in (read_back, booked):
        assert spoken_when(visit.start, NEW_YORK) in said.text
        assert f"at 10 am ({zone})" in said.text
