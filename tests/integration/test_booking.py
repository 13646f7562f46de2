"""Booking in a real database: whole or not at all, and never two people at one time."""

from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest
from sqlalchemy import delete, func, insert, select, text, update
from sqlalchemy.exc import IntegrityError

from bot.booking.calendar import granules
from bot.booking.desk import Desk
from bot.booking.model import Appointment, BookingRequest, Proof, Step
from bot.booking.schedule import Schedule
from bot.errors import PatientBusy, SealBroken, TimeTaken
from bot.store.booking import StoredBooking
from bot.store.sealing import Vault
from bot.store.tables import appointment, appointment_claim, appointment_step
from tests.support.clocks import MONDAY_MORNING, SetClock
from tests.support.racing import race
from tests.support.vault import SECRET, VAULT

NINE = datetime(2026, 3, 3, 14, 0, tzinfo=timezone.utc)
HOUR = timedelta(hours=1)


@pytest.fixture
def store(engine, profile) -> StoredBooking:
    store = StoredBooking(engine, VAULT)
    store.prepare(Schedule.of(profile))
    return store


@pytest.fixture
def desk(store, profile) -> Desk:
    return Desk(profile, store, SetClock())


def request(
    key: str,
    time_id: str = "2026-03-03T14:00+00:00~stone",
    visit: str = "adult_evaluation",
    contact: str = "jose@example.org",
):
    return BookingRequest(key, visit, time_id, "me", "José Ñáñez", contact, reason="a sore wrist")


def somebody(key: str, *where: str) -> BookingRequest:
    return request(key, *where, contact=f"{key}@example.org".replace(" ", ""))


def visit_at(start: datetime, reference: str = "AAAA-AAAA", clinician: str = "ade", room: str | None = None):
    contact = f"{reference}@example.org"
    return Appointment(
        reference, "adult_evaluation", clinician, start, start + HOUR, "me", "Ana", contact, room_id=room
    )


def add(work, visit: Appointment, at: datetime = MONDAY_MORNING) -> None:
    work.appointments.add(visit, granules(visit.start, visit.end), visit.reference, at, "person")


def count(engine, table) -> int:
    with engine.connect() as connection:
        return connection.execute(select(func.count()).select_from(table)).scalar_one()


def test_a_booked_visit_is_found_by_its_request_as_it_was_made(desk, store):
    made = desk.book(request("key"))
    with store.reading() as work:
        assert work.appointments.with_key("key") == made
        assert work.appointments.with_key("another") is None


def test_a_booking_takes_each_quarter_hour_of_its_clinician(desk, store):
    made = desk.book(request("key"))
    with store.reading() as work:
        taken = work.appointments.busy_between(NINE - HOUR, NINE + 3 * HOUR, MONDAY_MORNING)
    assert taken.clinicians == {"stone": set(granules(made.start, made.end))}
    assert len(taken.clinicians["stone"]) == 4


def test_what_is_not_committed_never_happened(store, engine):
    with store.writing() as work:
        add(work, visit_at(NINE))
    assert count(engine, appointment) == count(engine, appointment_claim) == 0


def test_a_failure_on_the_way_undoes_everything(store, engine):
    def interrupted() -> None:
        with store.writing() as work:
            add(work, visit_at(NINE))
            raise RuntimeError("the power went out")

    with pytest.raises(RuntimeError):
        interrupted()
    assert count(engine, appointment) == count(engine, appointment_claim) == 0


@pytest.mark.parametrize(
    ("second", "problem"),
    [
        (visit_at(NINE + HOUR / 2, "BBBB-BBBB"), TimeTaken),
        (visit_at(NINE + HOUR / 2, "BBBB-BBBB", "stone", "hand_room"), TimeTaken),
        (visit_at(NINE + HOUR / 2, "AAAA-AAAA", "stone"), PatientBusy),
    ],
    ids=["clinician", "room", "patient"],
)
def test_an_overlap_is_refused_by_the_database_though_nobody_looked(store, engine, second, problem):
    with store.writing() as work:
        add(work, visit_at(NINE, room="hand_room"))
        work.commit()
    other = replace(second, reference="BBBB-BBBB")
    with pytest.raises(problem), store.writing() as work:
        add(work, other)
    assert count(engine, appointment) == 1
    assert count(engine, appointment_claim) == 4


def test_visits_may_touch(store, engine):
    with store.writing() as work:
        add(work, visit_at(NINE))
        add(work, visit_at(NINE + HOUR, "BBBB-BBBB"))
        work.commit()
    assert count(engine, appointment) == 2


def test_eight_people_race_for_one_time_and_one_gets_it(desk, engine):
    results = race([lambda key=key: desk.book(somebody(f"person {key}")) for key in range(8)])
    assert len([one for one in results if isinstance(one, Appointment)]) == 1
    assert len([one for one in results if isinstance(one, TimeTaken)]) == 7
    assert count(engine, appointment) == 1


def test_a_long_and_a_short_visit_that_overlap_are_never_both_booked(desk, engine):
    long = "2026-03-03T14:30+00:00~stone"
    results = race(
        [
            lambda: desk.book(somebody("adult")),
            lambda: desk.book(somebody("child", long, "child_evaluation")),
        ]
    )
    assert len([one for one in results if isinstance(one, TimeTaken)]) == 1
    assert count(engine, appointment) == 1


def test_the_same_request_sent_eight_times_at_once_books_once(desk, engine):
    results = race([lambda: desk.book(request("one key"))] * 8)
    assert {one.reference for one in results} == {results[0].reference}
    assert count(engine, appointment) == 1


def test_two_who_swap_their_times_at_once_keep_what_they_have(desk):
    times = ("2026-03-03T14:00+00:00~stone", "2026-03-03T16:00+00:00~ade")
    made = [desk.book(somebody(key, time)) for key, time in zip(("a", "b"), times, strict=True)]
    proofs = [Proof(one.reference, "Ñáñez") for one in made]
    results = race(
        [
            lambda: desk.move(proofs[0], times[1], "move a", "talk a"),
            lambda: desk.move(proofs[1], times[0], "move b", "talk b"),
        ]
    )
    assert [type(one) for one in results] == [TimeTaken, TimeTaken]
    assert [desk.look_up(proof, "talk") for proof in proofs] == made


def test_an_instant_without_a_zone_is_never_stored(store):
    with pytest.raises(Exception, match="without a time zone"), store.writing() as work:
        add(work, visit_at(NINE.replace(tzinfo=None)))


def test_values_do_not_show_in_the_errors_of_the_database(engine):
    row = {"reference": "AAAA-AAAA", "visit_for": "Ana Lopez"}
    with engine.connect() as connection, pytest.raises(IntegrityError) as problem:
        connection.execute(insert(appointment).values(**row))
    assert "Ana Lopez" not in f"{problem.value} {problem.value.__cause__}"


class TestWhatStandsInTheTables:
    def test_no_name_contact_or_reason_can_be_read_there(self, desk, engine):
        desk.book(request("key"))
        with engine.connect() as connection:
            rows = [tuple(row) for row in connection.execute(text("SELECT * FROM appointment"))]
            rows += [tuple(row) for row in connection.execute(text("SELECT * FROM appointment_claim"))]
        for word in ("José", "Ñáñez", "jose", "example.org", "wrist"):
            assert word not in str(rows)

    def test_a_new_key_seals_what_the_old_one_sealed_and_finds_it(self, desk, engine, profile):
        made = desk.book(request("key"))
        rotated = StoredBooking(engine, Vault(["a new key of more than thirty-two signs", SECRET]))
        rotated.prepare(Schedule.of(profile))
        alone = StoredBooking(engine, Vault(["a new key of more than thirty-two signs"]))
        later = Desk(profile, alone, SetClock())
        assert later.look_up(Proof(made.reference, "Ñáñez"), "talk") == made
        with pytest.raises(PatientBusy):
            later.book(request("again", "2026-03-03T14:00+00:00~ade"))

    def test_without_the_key_the_start_fails_and_nothing_is_lost(self, desk, engine, profile):
        made = desk.book(request("key"))
        with pytest.raises(SealBroken):
            StoredBooking(engine, Vault(["another key of more than thirty-two signs"])).prepare(
                Schedule.of(profile)
            )
        assert desk.look_up(Proof(made.reference, "Ñáñez"), "talk") == made


class TestReadingTheProfileAgain:
    def test_the_database_gives_back_the_schedule_of_the_profile(self, desk, profile):
        assert desk.schedule() == Schedule.of(profile)

    def test_bookings_stay_whoever_leaves(self, desk, store, profile):
        made = desk.book(request("key"))
        staff = [one for one in profile.clinicians if one.id != "stone"]
        types = [one for one in profile.visits.types if one.id not in ("child_evaluation", "video_visit")]
        smaller = profile.copy(
            update={"clinicians": staff, "visits": profile.visits.copy(update={"types": types, "rooms": []})}
        )
        store.prepare(Schedule.of(smaller))
        assert desk.look_up(Proof(made.reference, "Ñáñez"), "talk") == made
        assert desk.clinician("stone").name == "Ruth Stone, OTR/L"
        assert desk.visit_type("video_visit").name == "video visit"
        assert desk.schedule().givers(desk.visit_type("adult_evaluation")) == ["ade"]
        with pytest.raises(TimeTaken):
            desk.book(somebody("other", "2026-03-03T16:00+00:00~stone"))
        store.prepare(Schedule.of(profile))
        assert desk.schedule() == Schedule.of(profile)


class TestTheHistoryStands:
    @pytest.fixture
    def steps_taken(self, desk) -> list[Step]:
        made = desk.book(request("key"))
        desk.cancel(Proof(made.reference, "Ñáñez"), "cancel", "talk")
        return desk.history(made.reference)

    @pytest.mark.parametrize(
        "attempt",
        [
            update(appointment_step).values(to_status="booked"),
            update(appointment_step).values(at=MONDAY_MORNING),
            delete(appointment_step),
        ],
        ids=["state", "time", "delete"],
    )
    def test_the_database_refuses_to_change_or_drop_a_step(self, desk, engine, steps_taken, attempt):
        with engine.connect() as connection, pytest.raises(IntegrityError, match="history"):
            connection.execute(attempt)
        with engine.connect() as connection:
            reference = connection.execute(select(appointment.c.reference)).scalar_one()
        assert desk.history(reference) == steps_taken
        assert [one.after for one in steps_taken] == ["booked", "cancelled"]

    def test_postgresql_refuses_to_empty_it_at_a_stroke(self, engine, steps_taken):
        if engine.dialect.name == "sqlite":
            pytest.skip("SQLite knows no TRUNCATE")
        with engine.connect() as connection, pytest.raises(IntegrityError, match="history"):
            connection.execute(text("TRUNCATE appointment_step"))

    def test_it_goes_with_an_appointment_that_the_clinic_removes(self, engine, steps_taken):
        with engine.connect() as connection:
            connection.execute(delete(appointment))
            connection.commit()
        assert count(engine, appointment_step) == 0
