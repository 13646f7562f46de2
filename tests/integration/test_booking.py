"""Booking in a real database: whole or not at all, and never two people at one time."""

from datetime import datetime, timedelta, timezone

import pytest
from sqlalchemy import func, insert, select
from sqlalchemy.exc import IntegrityError

from bot.booking.calendar import granules
from bot.booking.desk import Desk
from bot.booking.model import Appointment, BookingRequest
from bot.errors import TimeTaken
from bot.store.tables import appointment, appointment_claim
from bot.store.work import UnitOfWork
from tests.support.clocks import MONDAY_MORNING, SetClock
from tests.support.racing import race

NINE = datetime(2026, 3, 3, 14, 0, tzinfo=timezone.utc)
HOUR = timedelta(hours=1)


@pytest.fixture
def desk(engine, profile) -> Desk:
    return Desk(profile, lambda: UnitOfWork(engine), SetClock())


def request(key: str, time_id: str = "2026-03-03T14:00+00:00~stone", visit: str = "adult_evaluation"):
    return BookingRequest(key, visit, time_id, "me", "José Ñáñez", "jose@example.org")


def visit_at(start: datetime, reference: str = "AAAA-AAAA") -> Appointment:
    return Appointment(
        reference, "adult_evaluation", "ade", start, start + HOUR, "me", "Ana", "a@example.org"
    )


def count(engine, table) -> int:
    with engine.connect() as connection:
        return connection.execute(select(func.count()).select_from(table)).scalar_one()


def test_a_booked_visit_is_found_by_its_request_as_it_was_made(desk, engine):
    made = desk.book(request("key"))
    with UnitOfWork(engine) as work:
        assert work.appointments.with_key("key") == made
        assert work.appointments.with_key("another") is None


def test_a_booking_takes_each_quarter_hour_of_its_clinician(desk, engine):
    made = desk.book(request("key"))
    with UnitOfWork(engine) as work:
        taken = work.appointments.claims_between(NINE - HOUR, NINE + 3 * HOUR)
    assert taken == {("stone", granule) for granule in granules(made.start, made.end)}
    assert len(taken) == 4


def test_what_is_not_committed_never_happened(engine):
    with UnitOfWork(engine) as work:
        work.appointments.add(visit_at(NINE), "key", MONDAY_MORNING)
    assert count(engine, appointment) == count(engine, appointment_claim) == 0


def test_a_failure_on_the_way_undoes_everything(engine):
    def interrupted() -> None:
        with UnitOfWork(engine) as work:
            work.appointments.add(visit_at(NINE), "key", MONDAY_MORNING)
            raise RuntimeError("the power went out")

    with pytest.raises(RuntimeError):
        interrupted()
    assert count(engine, appointment) == count(engine, appointment_claim) == 0


def test_a_time_that_is_taken_leaves_nothing_of_the_later_visit(engine):
    with UnitOfWork(engine) as work:
        work.appointments.add(visit_at(NINE), "first", MONDAY_MORNING)
        work.commit()
    with pytest.raises(TimeTaken), UnitOfWork(engine) as work:
        work.appointments.add(visit_at(NINE + HOUR / 2, "BBBB-BBBB"), "second", MONDAY_MORNING)
    assert count(engine, appointment) == 1
    assert count(engine, appointment_claim) == 4


def test_visits_may_touch(engine):
    with UnitOfWork(engine) as work:
        work.appointments.add(visit_at(NINE), "first", MONDAY_MORNING)
        work.appointments.add(visit_at(NINE + HOUR, "BBBB-BBBB"), "second", MONDAY_MORNING)
        work.commit()
    assert count(engine, appointment) == 2


def test_eight_people_race_for_one_time_and_one_gets_it(desk, engine):
    results = race([lambda key=key: desk.book(request(f"person {key}")) for key in range(8)])
    assert len([one for one in results if isinstance(one, Appointment)]) == 1
    assert len([one for one in results if isinstance(one, TimeTaken)]) == 7
    assert count(engine, appointment) == 1


def test_a_long_and_a_short_visit_that_overlap_are_never_both_booked(desk, engine):
    long = "2026-03-03T14:30+00:00~stone"
    results = race(
        [
            lambda: desk.book(request("adult")),
            lambda: desk.book(request("child", long, "child_evaluation")),
        ]
    )
    assert len([one for one in results if isinstance(one, TimeTaken)]) == 1
    assert count(engine, appointment) == 1


def test_the_same_request_sent_eight_times_at_once_books_once(desk, engine):
    results = race([lambda: desk.book(request("one key"))] * 8)
    assert {one.reference for one in results} == {results[0].reference}
    assert count(engine, appointment) == 1


def test_an_instant_without_a_zone_is_never_stored(engine):
    with pytest.raises(Exception, match="without a time zone"), UnitOfWork(engine) as work:
        work.appointments.add(visit_at(NINE.replace(tzinfo=None)), "key", MONDAY_MORNING)


def test_values_do_not_show_in_the_errors_of_the_database(engine):
    row = {"reference": "AAAA-AAAA", "patient_name": "Ana Lopez"}
    with engine.connect() as connection, pytest.raises(IntegrityError) as problem:
        connection.execute(insert(appointment).values(**row))
    assert "Ana Lopez" not in f"{problem.value} {problem.value.__cause__}"
