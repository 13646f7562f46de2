"""The desk gives one open time to one person, whole or not at all."""

from datetime import date, timedelta

import pytest

from bot.booking.desk import REFERENCE_SIGNS, Desk, new_reference
from bot.booking.model import Appointment, BookingRequest, TimeWish
from bot.errors import TimeTaken, UnknownVisitType
from tests.support.clocks import SetClock
from tests.support.fakes import MemoryWork

TUESDAY_AT_NINE = "2026-03-03T14:00+00:00~ade"


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def work() -> MemoryWork:
    return MemoryWork()


@pytest.fixture
def desk(profile, work, clock) -> Desk:
    return Desk(profile, lambda: work, clock)


def request(key: str = "first", time_id: str = TUESDAY_AT_NINE, visit: str = "adult_evaluation"):
    return BookingRequest(key, visit, time_id, "me", "Ana Lopez", "ana@example.org")


def test_a_booking_keeps_everything_that_was_asked_for(desk, work):
    made = desk.book(request())
    assert work.appointments.kept == {"first": made}
    assert work.commits == 1
    assert (made.patient_name, made.contact, made.visit_for) == ("Ana Lopez", "ana@example.org", "me")
    assert made.clinician_id == "ade"
    assert made.start.isoformat() == "2026-03-03T14:00:00+00:00"
    assert made.end - made.start == timedelta(minutes=60)
    assert made.status == "booked"


def test_the_same_request_books_once(desk, work):
    assert desk.book(request()) == desk.book(request())
    assert len(work.appointments.kept) == 1


def test_the_same_request_is_answered_even_when_its_time_has_come_near(desk, clock):
    made = desk.book(request())
    clock.forward(timedelta(hours=20))
    assert desk.book(request()) == made


def test_a_time_that_somebody_has_is_not_given_twice(desk, work):
    desk.book(request("first"))
    with pytest.raises(TimeTaken):
        desk.book(request("second"))
    assert list(work.appointments.kept) == ["first"]


def test_the_other_clinician_is_free_at_the_same_time(desk, work):
    desk.book(request("first"))
    desk.book(request("second", TUESDAY_AT_NINE.replace("ade", "stone")))
    assert len(work.appointments.kept) == 2


def test_of_two_who_are_quick_with_one_time_the_later_is_told(desk, work):
    rival = Appointment("RIVA-LRIV", "adult_evaluation", "ade", *times(desk), "me", "Ben", "ben@example.org")
    work.appointments.arriving_first = [("rival", rival)]
    with pytest.raises(TimeTaken):
        desk.book(request("late"))


def test_a_request_that_meets_its_own_twin_gets_the_twins_appointment(desk, work):
    twin = Appointment("TWIN-TWIN", "adult_evaluation", "ade", *times(desk), "me", "Ana", "ana@example.org")
    work.appointments.arriving_first = [("first", twin)]
    assert desk.book(request("first")) == twin


@pytest.mark.parametrize(
    "time_id",
    [
        "2026-03-03T12:00+00:00~ade",  # 7 am: before the clinic opens
        "2026-03-03T14:15+00:00~ade",  # a quarter past
        "2026-03-03T21:30+00:00~ade",  # would end after closing
        "2026-03-06T16:30+00:00~ade",  # would run into the lunch break
        "2026-03-07T15:00+00:00~ade",  # a Saturday
        "2026-03-02T19:00+00:00~ade",  # today: sooner than the clinic plans
        "2026-05-05T13:00+00:00~ade",  # farther ahead than the clinic plans
        "2026-02-24T14:00+00:00~ade",  # the past
        "2026-03-03T14:00+00:00~nobody",
        "2026-03-03T14:00~ade",  # no time zone
        "2026-03-03T14:00+00:00",
        "tomorrow~ade",
        "",
    ],
)
def test_a_time_the_clinic_does_not_give_is_refused(desk, work, time_id):
    with pytest.raises(TimeTaken):
        desk.book(request(time_id=time_id))
    assert not work.appointments.kept


def test_a_clinician_is_not_given_a_visit_of_another_kind(desk):
    with pytest.raises(TimeTaken):
        desk.book(request(visit="child_evaluation"))


def test_an_unknown_kind_of_visit_is_refused(desk):
    with pytest.raises(UnknownVisitType):
        desk.book(request(visit="massage"))
    with pytest.raises(UnknownVisitType):
        desk.evaluation_for("horse")


def test_every_offered_time_can_be_booked(desk):
    for number, one in enumerate(desk.find_open_times("child_evaluation", TimeWish(), count=6)):
        booked = desk.book(request(f"request {number}", one.id, "child_evaluation"))
        assert (booked.start, booked.clinician_id) == (one.start, "stone")


def test_offers_stay_within_the_wish_and_the_clinics_own_bounds(desk, clock, profile):
    wednesday = date(2026, 3, 4)
    offers = desk.find_open_times("adult_evaluation", TimeWish(wednesday, wednesday))
    assert {one.start.astimezone(profile.zone).date() for one in offers} == {wednesday}
    assert not desk.find_open_times("adult_evaluation", TimeWish(last_day=clock().date()))
    assert not desk.find_open_times("adult_evaluation", TimeWish(date(2026, 7, 1), date(2026, 7, 2)))


def test_a_booked_time_is_offered_no_more(desk):
    first = desk.find_open_times("child_evaluation", TimeWish())[0]
    desk.book(request(time_id=first.id, visit="child_evaluation"))
    assert first not in desk.find_open_times("child_evaluation", TimeWish(), count=50)


def test_references_are_easy_to_read_aloud_and_hard_to_guess():
    references = {new_reference() for _ in range(500)}
    assert len(references) == 500
    for reference in references:
        left, right = reference.split("-")
        assert len(left) == len(right) == 4
        assert set(left + right) <= set(REFERENCE_SIGNS)
    assert not set("01ILO") & set(REFERENCE_SIGNS)


def times(desk: Desk):
    one = desk.find_open_times("adult_evaluation", TimeWish())[0]
    assert one.id == TUESDAY_AT_NINE
    return one.start, one.end
