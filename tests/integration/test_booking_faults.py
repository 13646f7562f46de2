"""Whatever dies in the middle, and however many want it: every time is booked once, and everybody is told."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress

import pytest
from sqlalchemy import create_engine, func, select, text
from sqlalchemy.engine import Engine
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from bot.booking.desk import Desk
from bot.booking.model import Appointment, TimeWish
from bot.booking.schedule import Schedule
from bot.errors import CalendarBusy, TimeTaken
from bot.settings import ROOT
from bot.store.booking import StoredBooking
from bot.store.engine import make_engine
from bot.store.migrate import migrate
from bot.store.tables import appointment, appointment_claim, clinic
from tests.support.booker import request
from tests.support.clocks import SetClock
from tests.support.postgres import NoPostgres, postgres_server
from tests.support.racing import race
from tests.support.vault import VAULT

PROFILE = str(ROOT / "tests" / "support" / "clinic.yml")
NINE = "2026-03-03T14:00+00:00~ade"


@pytest.fixture
def desk(engine, profile) -> Desk:
    return prepared_desk(engine, profile)


def prepared_desk(engine: Engine, profile) -> Desk:
    store = StoredBooking(engine, VAULT)
    store.prepare(Schedule.of(profile))
    return Desk(profile, store, SetClock())


def hours(desk: Desk, count: int) -> list[str]:
    """Times that do not overlap, one visit after the other."""
    apart = [
        one
        for who in ("ade", "stone")
        for one in desk.find_open_times("adult_evaluation", TimeWish(), 9999, clinician_id=who)
        if one.start.minute == 0
    ]
    return [one.id for one in sorted(apart, key=lambda one: one.id)[:count]]


def booked(engine: Engine) -> int:
    with engine.connect() as connection:
        return int(connection.execute(select(func.count()).select_from(appointment)).scalar_one())


def address_of(engine: Engine) -> str:
    return str(engine.url.render_as_string(hide_password=False))


def other_process(engine: Engine, end: str, *wishes: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.support.booker", address_of(engine), PROFILE, end, *wishes]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def rush(desk: Desk, engine: Engine, clients: int, count: int) -> None:
    """Everybody wants every time, and each begins with another one; eight share a server process's engine."""
    times, engines = hours(desk, count), [make_engine(address_of(engine)) for _ in range(0, clients, 8)]
    desks = [Desk(desk.profile, StoredBooking(one, VAULT), SetClock()) for one in engines]

    def want(desk: Desk, key: str, time_id: str) -> Appointment | TimeTaken:
        """The answer, which is there at the first try: anything else is an error that a person would see."""
        try:
            return desk.book(request(key, time_id))
        except TimeTaken as told:
            return told

    def want_all(client: int) -> list[Appointment | TimeTaken]:
        own = times[client % count :] + times[: client % count]
        return [want(desks[client // 8], f"{client}-{one[:16]}{one[-3:]}", one) for one in own]

    results = race([lambda client=client: want_all(client) for client in range(clients)])
    for one in engines:
        one.dispose()
    assert not [one for one in results if isinstance(one, Exception)]
    answers = [answer for answers in results for answer in answers]
    won = [one for one in answers if isinstance(one, Appointment)]
    assert len(answers) == clients * count
    assert sorted((one.start, one.clinician_id) for one in won) == sorted(
        {(one.start, one.clinician_id) for one in won}
    )
    assert len(won) == count == booked(engine)


def test_many_race_for_few_times_and_each_is_booked_once(desk, engine):
    rush(desk, engine, clients=8, count=4)


@pytest.mark.long
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("round", range(20))
def test_sixty_four_race_for_twenty_times(desk, engine, round):
    if engine.dialect.name == "sqlite":
        pytest.skip("the race of many connections is for PostgreSQL")
    rush(desk, engine, clients=64, count=20)


@pytest.mark.parametrize("silent", [3.0, 60.0], ids=["slow", "frozen"])
def test_a_change_that_takes_long_or_hangs_keeps_nobody_from_booking(desk, engine, silent):
    if engine.dialect.name == "sqlite":
        pytest.skip("SQLite frees the calendar when the process that hangs is ended")
    done = threading.Event()

    def hang() -> None:
        with engine.connect() as connection, suppress(OperationalError):
            connection.execute(select(clinic.c.id).with_for_update()).all()
            in_turn.set()
            done.wait(silent)

    in_turn = threading.Event()

    def book() -> Appointment:
        in_turn.wait(10)
        try:
            return desk.book(request("ana", NINE))
        finally:
            done.set()

    assert isinstance(race([book, hang])[0], Appointment)


@pytest.mark.parametrize(("end", "kept"), [("before", 0), ("after", 1)])
def test_a_process_that_is_killed_before_it_answers_is_asked_again(desk, engine, end, kept):
    lost = other_process(engine, end, f"ana={NINE}")
    said, _ = lost.communicate(timeout=60)
    assert (lost.returncode, said) == (-signal.SIGKILL, "")
    assert booked(engine) == kept
    again = desk.book(request("ana", NINE))
    assert again == desk.book(request("ana", NINE))
    assert booked(engine) == 1


def test_two_processes_share_one_calendar(desk, engine):
    times = hours(desk, 8)
    processes = [
        other_process(engine, "well", *(f"{who}{number}={one}" for number, one in enumerate(times)))
        for who in ("a", "b")
    ]
    assert desk.find_open_times("adult_evaluation", TimeWish())
    answers = [process.communicate(timeout=60) for process in processes]
    assert [problems for _said, problems in answers] == ["", ""]
    references = [line.split()[1] for said, _ in answers for line in said.splitlines()]
    assert len(references) == 16
    assert references.count("taken") == 8
    assert len(set(references) - {"taken"}) == 8 == booked(engine)


def test_nobody_ever_hears_that_the_database_is_locked(desk, engine):
    times = hours(desk, 6)
    looking = [lambda: [desk.find_open_times("adult_evaluation", TimeWish()) for _ in range(10)]] * 6
    booking = [lambda one=one: desk.book(request(one[:16] + one[-3:], one)) for one in times]
    results = race([*looking, *booking])
    assert not [one for one in results if isinstance(one, Exception)]
    assert booked(engine) == 6


@pytest.mark.parametrize(
    ("clients", "count"),
    [(4, 30), pytest.param(64, 20, marks=[pytest.mark.long, pytest.mark.timeout(600)])],
)
def test_what_was_said_to_be_booked_outlives_a_crash_of_the_database(profile, clients, count):
    try:
        with postgres_server() as server:
            with create_engine(f"{server.address}/postgres", isolation_level="AUTOCOMMIT").connect() as base:
                base.execute(text("CREATE DATABASE clinic"))
            engine = make_engine(f"{server.address}/clinic")
            migrate(engine, VAULT)
            crash_while_booking(prepared_desk(engine, profile), engine, server, clients, count)
            engine.dispose()
    except NoPostgres as problem:
        pytest.skip(f"PostgreSQL is left out: {problem}")


def crash_while_booking(desk: Desk, engine: Engine, server, clients: int, count: int) -> None:
    """The database crashes in a rush and comes back; whoever got no answer asks again."""
    times, half_done = hours(desk, count), threading.Event()
    said: dict[str, str] = {}

    def book_until_answered(key: str, time_id: str) -> None:
        while key not in said:
            try:
                said[key] = desk.book(request(key, time_id)).reference
            except TimeTaken:
                said[key] = "taken"
            except (SQLAlchemyError, CalendarBusy):
                time.sleep(0.05)
        if len(said) > count // 2:
            half_done.set()

    def everything(client: int) -> None:
        for number, one in enumerate(times):
            book_until_answered(f"client{client}time{number}", one)

    def crash() -> None:
        half_done.wait(30)
        server.stop(signal.SIGQUIT)
        server.start()

    results = race([crash, *(lambda client=client: everything(client) for client in range(clients))])
    assert not [one for one in results if isinstance(one, Exception)]
    kept = [reference for reference in said.values() if reference != "taken"]
    assert len(said) == clients * count
    assert len(kept) == len(set(kept)) == len(times) == booked(engine)
    assert {desk.appointment(reference).reference for reference in kept} == set(kept)
    claims = select(func.count()).select_from(appointment_claim)
    with engine.connect() as connection:
        assert connection.execute(claims).scalar_one() == 4 * count
