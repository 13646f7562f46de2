"""The calendar file: any calendar reads it, keeps it up to date, and learns nothing of the patient."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from bot.booking.links import CalendarLinks
from bot.booking.model import BookingRequest, Proof
from bot.errors import BadLink

NINE = "2026-03-03T14:00+00:00~ade"
AFTER_THE_CLOCK_CHANGE = "2026-03-10T13:00+00:00~ade"


@pytest.fixture
def links(small_desk, clock) -> CalendarLinks:
    return CalendarLinks("a secret", small_desk, clock)


@pytest.fixture
def visit(small_desk):
    return booked(small_desk)


def booked(desk, key: str = "key", time_id: str = NINE, visit: str = "adult_evaluation"):
    contact = f"{key}@example.org"
    return desk.book(BookingRequest(key, visit, time_id, "me", "Ana Lopez", contact, reason="wrist"))


def token(links, visit) -> str:
    return links.path(visit).rpartition("/")[2].removesuffix(".ics")


def read(links, visit):
    calendar = Calendar.from_ical(links.file(token(links, visit)))
    (event,) = calendar.walk("VEVENT")
    return calendar, event


def test_it_says_when_where_with_whom_and_how_to_cancel(links, visit):
    calendar, event = read(links, visit)
    assert calendar["METHOD"] == "PUBLISH"
    assert event["UID"] == f"{visit.reference}@handrail"
    assert (event["SEQUENCE"], event["STATUS"]) == (0, "CONFIRMED")
    assert event["DTSTART"].dt == visit.start
    assert event["DTEND"].dt - event["DTSTART"].dt == timedelta(minutes=60)
    assert event["LOCATION"] == "7 Hill Street, Hillside, New York 10999"
    for words in ("Bola Ade", visit.reference, "insurance card", "10 minutes early", "212-555-0187"):
        assert words in event["DESCRIPTION"]


def test_nothing_of_the_patient_is_in_it(links, visit):
    file = links.file(token(links, visit)).decode()
    for words in ("Ana", "Lopez", "example.org\r", "wrist", "key@"):
        assert words not in file


def test_times_are_on_the_clinics_clock_with_its_changes_described(links, small_desk):
    visit = booked(small_desk, time_id=AFTER_THE_CLOCK_CHANGE)
    calendar, event = read(links, visit)
    assert event["DTSTART"].to_ical() == b"20260310T090000"
    assert event["DTSTART"].params["TZID"] == "America/New_York"
    (zone,) = calendar.walk("VTIMEZONE")
    described, true = zone.to_tz(), ZoneInfo("America/New_York")
    for instant in (visit.start, visit.start - timedelta(days=7)):
        assert instant.astimezone(described).utcoffset() == instant.astimezone(true).utcoffset()


def test_lines_are_folded_and_end_as_calendars_expect(links, visit):
    lines = links.file(token(links, visit)).split(b"\r\n")
    assert max(len(line) for line in lines) <= 75
    assert not any(b"\n" in line for line in lines)


def test_a_change_raises_the_sequence_and_keeps_the_uid(links, small_desk, visit):
    old, proof = token(links, visit), Proof(visit.reference, "Lopez")
    moved = small_desk.move(proof, AFTER_THE_CLOCK_CHANGE, "move", "talk")
    _calendar, event = read(links, moved)
    assert (event["UID"], event["SEQUENCE"]) == (f"{visit.reference}@handrail", 1)
    assert event["DTSTART"].dt == moved.start
    assert links.file(old) == links.file(token(links, moved))
    gone = small_desk.cancel(proof, "cancel", "talk").appointment
    calendar, event = read(links, gone)
    assert (calendar["METHOD"], event["STATUS"], event["SEQUENCE"]) == ("CANCEL", "CANCELLED", 2)


@pytest.mark.parametrize(
    ("kind", "time_id", "place"),
    [
        ("home_safety_visit", "2026-03-03T15:00+00:00~okoro", "At your home"),
        ("video_visit", NINE.replace("ade", "stone"), "By video"),
    ],
)
def test_a_visit_elsewhere_says_where(links, small_desk, kind, time_id, place):
    _calendar, event = read(links, booked(small_desk, "elsewhere", time_id, kind))
    assert event["LOCATION"] == place
    assert "minutes early" not in event["DESCRIPTION"]


def test_a_link_that_is_forged_or_too_old_opens_nothing(links, small_desk, visit, clock):
    good = token(links, visit)
    stranger = CalendarLinks("another secret", small_desk, clock)
    for bad in ("", "x", good[:-1], good + "x", token(stranger, visit)):
        with pytest.raises(BadLink):
            links.file(bad)
    assert links.file(good)
    clock.now = visit.end + timedelta(days=1)
    with pytest.raises(BadLink):
        links.file(good)
