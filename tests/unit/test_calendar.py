"""Which times are open: never two visits at once, never outside the hours, right on every day of the year."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta, timezone
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.booking.calendar import Busy, blocked, choice_of_days, granules, open_times, spread, starts_on
from bot.booking.model import OpenTime, TimeWish
from bot.booking.schedule import Schedule, shared_hours
from bot.content.timetable import DAYS, Clinician, Room, VisitType

NEW_YORK = ZoneInfo("America/New_York")
HOUR = timedelta(hours=1)
WEEK = {day: [(time(9), time(12)), (time(13), time(17))] for day in DAYS[:5]}
VISIT = VisitType(id="visit", name="visit", minutes=60, evaluation=True)
CLINICIANS = ("ade", "stone")
CLINIC = Schedule(
    zone=NEW_YORK,
    lead=timedelta(),
    horizon=timedelta(days=90),
    notice=timedelta(),
    week=WEEK,
    special_days={},
    visit_types=(VISIT,),
    clinicians=tuple(Clinician(id=id, name=id, visit_types=["visit"]) for id in CLINICIANS),
    rooms=(),
)

days = st.dates(date(2026, 1, 1), date(2027, 12, 31))
quarters = st.integers(0, 8).map(lambda number: 15 * number)
visits = st.builds(
    lambda length, before, after: VisitType(
        id="visit", name="visit", minutes=length, minutes_before=before, minutes_after=after
    ),
    st.integers(1, 12).map(lambda number: 15 * number),
    quarters,
    quarters,
)
zones = st.sampled_from([ZoneInfo(name) for name in ("America/New_York", "America/Phoenix", "Europe/London")])


def between(first: date, last: date) -> tuple[datetime, datetime]:
    return (
        datetime.combine(first, time(), timezone.utc),
        datetime.combine(last, time(23, 59), timezone.utc),
    )


def busy(taken, rooms=()) -> Busy:
    found = Busy()
    for id, granule in taken:
        found.clinicians[id].add(granule)
    for id, granule in rooms:
        found.rooms[id].add(granule)
    return found


def open_on(day: date, taken=(), rooms=(), clinic: Schedule = CLINIC, visit: VisitType = VISIT):
    bounds = between(day - timedelta(days=1), day + timedelta(days=1))
    now = busy(taken, rooms)
    return list(open_times(clinic, visit, TimeWish(day, day), bounds, lambda _start, _end: now))


@given(days, visits, zones, st.sets(st.tuples(st.sampled_from(CLINICIANS), st.integers(0, 24 * 4 * 3))))
def test_no_open_time_overlaps_what_is_taken_or_leaves_the_hours(day, visit, zone, offsets):
    bounds = between(day, day + timedelta(days=2))
    first = granules(*bounds)[0]
    taken = {(clinician, first + offset) for clinician, offset in offsets}
    clinic, now = replace(CLINIC, zone=zone), busy(taken)
    for one in open_times(clinic, visit, TimeWish(), bounds, lambda _start, _end: now):
        assert not taken & {(one.clinician_id, granule) for granule in blocked(visit, one.start)}
        assert bounds[0] <= one.start <= bounds[1]
        assert one.end - one.start == timedelta(minutes=visit.minutes)
        start, end = one.start.astimezone(zone), one.end.astimezone(zone)
        assert any(
            opens <= start.time() and end.time() <= closes for opens, closes in WEEK[DAYS[start.weekday()]]
        )


@given(days)
def test_times_come_in_order_and_each_once(day):
    times = [one.start for one in open_on(day)]
    assert times == sorted(set(times))


def test_a_time_is_offered_with_the_first_clinician_who_is_free():
    nine = datetime(2026, 3, 3, 14, 0, tzinfo=timezone.utc)
    taken = [("ade", granule) for granule in granules(nine, nine + HOUR)]
    assert open_on(date(2026, 3, 3), taken)[0] == OpenTime(nine, nine + HOUR, "stone")


def test_a_time_is_gone_when_every_clinician_is_taken():
    nine = datetime(2026, 3, 3, 14, 0, tzinfo=timezone.utc)
    taken = [(who, granule) for who in CLINICIANS for granule in granules(nine, nine + HOUR)]
    assert open_on(date(2026, 3, 3), taken)[0].start == nine + HOUR


def test_a_time_is_gone_when_every_room_for_it_is_taken():
    nine = datetime(2026, 3, 3, 14, 0, tzinfo=timezone.utc)
    rooms = tuple(Room(id=id, name=id, visit_types=["visit"]) for id in ("one", "two"))
    with_rooms, hour = replace(CLINIC, rooms=rooms), granules(nine, nine + HOUR)
    one_taken = [("one", granule) for granule in hour]
    assert open_on(date(2026, 3, 3), rooms=one_taken, clinic=with_rooms)[0].start == nine
    both = one_taken + [("two", granule) for granule in hour]
    assert open_on(date(2026, 3, 3), rooms=both, clinic=with_rooms)[0].start == nine + HOUR


def test_the_time_around_a_visit_must_be_free_too():
    visit = VISIT.copy(update={"minutes_before": 30, "minutes_after": 15})
    ten = datetime(2026, 3, 3, 15, 0, tzinfo=timezone.utc)
    taken = [(who, granule) for who in CLINICIANS for granule in granules(ten, ten + HOUR)]
    local = [one.start.astimezone(NEW_YORK).time() for one in open_on(date(2026, 3, 3), taken, visit=visit)]
    assert local[0] == time(13)  # 9 would end in it, 11 would begin too near
    assert len(blocked(visit, ten)) == 2 + 4 + 1


def test_nothing_is_open_on_a_closed_day_or_a_day_without_hours():
    tuesday, saturday = date(2026, 3, 3), date(2026, 3, 7)
    assert open_on(tuesday)
    assert not open_on(tuesday, clinic=replace(CLINIC, special_days={(None, tuesday): []}))
    assert not open_on(saturday)


def test_a_day_of_ones_own_comes_before_the_clinics():
    tuesday = date(2026, 3, 3)
    away = replace(CLINIC, special_days={("ade", tuesday): [], (None, tuesday): [(time(10), time(11))]})
    assert [(one.clinician_id, one.start.hour) for one in open_on(tuesday, clinic=away)] == [("stone", 15)]


def test_a_special_day_of_the_clinic_bounds_the_usual_hours_of_everybody():
    morning, long = [(time(8), time(12))], [(time(10), time(18))]
    assert shared_hours(morning, long) == [(time(10), time(12))]
    assert shared_hours(morning, [(time(12), time(18))]) == []


def test_what_is_taken_is_asked_for_only_as_far_as_needed():
    asked = []

    def watch(start: datetime, end: datetime) -> Busy:
        asked.append((start, end))
        return Busy()

    times = open_times(CLINIC, VISIT, TimeWish(), between(date(2026, 3, 2), date(2026, 5, 30)), watch)
    assert len({one.start.date() for one in choice_of_days(times, 3, NEW_YORK)}) == 3
    assert len(asked) == 1


def test_a_visit_ends_before_the_lunch_break():
    starts = {one.start.astimezone(NEW_YORK).time() for one in open_on(date(2026, 3, 3))}
    assert time(11) in starts
    assert time(11, 30) not in starts
    assert time(12) not in starts


@pytest.mark.parametrize(
    ("day", "utc_hour"),
    [
        (date(2026, 3, 6), 14),  # Friday before the clocks go forward
        (date(2026, 3, 9), 13),  # Monday after
        (date(2026, 10, 30), 13),  # Friday before they go back
        (date(2026, 11, 2), 14),  # Monday after
    ],
)
def test_nine_in_the_morning_is_the_right_instant_on_both_sides_of_a_clock_change(day, utc_hour):
    assert open_on(day)[0].start == datetime.combine(day, time(utc_hour), timezone.utc)


def test_a_wall_time_that_the_clock_skips_is_never_given():
    night = [(time(1), time(5))]
    walls = [
        start.astimezone(NEW_YORK).time() for start in starts_on(date(2026, 3, 8), night, HOUR, NEW_YORK)
    ]
    assert walls == [time(1), time(1, 30), time(3), time(3, 30), time(4)]


def test_a_wall_time_that_comes_twice_is_given_once():
    night = [(time(1), time(3))]
    starts = starts_on(date(2026, 11, 1), night, timedelta(minutes=30), NEW_YORK)
    assert [start.hour for start in starts] == [5, 5, 7, 7]  # 1:00 and 1:30 (summer time), 2:00 and 2:30


@given(st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1), timezones=st.just(timezone.utc)), quarters)
def test_granules_cover_a_visit_without_a_gap(start, minutes):
    length = timedelta(minutes=15 + minutes)
    covered = granules(start, start + length)
    assert covered == list(range(covered[0], covered[-1] + 1))
    assert covered[0] * 900 <= start.timestamp()
    assert (start + length).timestamp() <= (covered[-1] + 1) * 900


def test_visits_that_only_touch_share_no_granule():
    nine = datetime(2026, 3, 3, 14, 0, tzinfo=timezone.utc)
    assert not set(granules(nine, nine + HOUR)) & set(granules(nine + HOUR, nine + 2 * HOUR))


def test_three_offers_are_the_soonest_and_then_other_days():
    week = [one for number in range(2, 7) for one in open_on(date(2026, 3, number))]
    offers = spread(week, 3, NEW_YORK)
    assert offers[0] == week[0]
    assert len({one.start.date() for one in offers}) == 3


def test_offers_of_one_day_are_hours_apart():
    offers = spread(open_on(date(2026, 3, 3)), 3, NEW_YORK)
    gaps = [after.start - before.start for before, after in pairwise(offers)]
    assert all(gap >= 2 * HOUR for gap in gaps)


@given(st.integers(0, 5), st.integers(0, 5))
def test_a_spread_gives_as_many_as_there_are_and_invents_none(available, wanted):
    times = open_on(date(2026, 3, 3))[:available]
    chosen = spread(times, wanted, NEW_YORK)
    assert len(chosen) == min(available, wanted)
    assert set(chosen) <= set(times)
