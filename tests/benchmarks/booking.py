"""How fast and how surely the desk books: `python -m tests.benchmarks.booking [--quick]`.

Booking: each of `clients` threads asks for every time of a list, so that all but one of those who want a time
are told that it is gone. The same is done in the plain way (look whether it is free, then insert), which is
quicker to write and books people twice. Searching: the soonest three of 90 days, with half of the coming
two weeks taken, and with few or many past visits. On SQLite, and on PostgreSQL (without fsync) where it can
be started. The last line is one JSON object with all figures.
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from itertools import islice
from pathlib import Path
from typing import Any, Callable, Dict, Iterator, List, Sequence

from sqlalchemy import (
    Column,
    Integer,
    MetaData,
    String,
    Table,
    create_engine,
    delete,
    func,
    insert,
    select,
    text,
)
from sqlalchemy.engine import Engine

from bot.booking.desk import Desk
from bot.booking.model import BookingRequest, OpenTime, TimeWish
from bot.booking.schedule import Schedule
from bot.content.profile import Profile, read_profile
from bot.content.timetable import Clinician
from bot.errors import TimeTaken
from bot.settings import ROOT
from bot.store.booking import StoredBooking
from bot.store.engine import make_engine
from bot.store.migrate import migrate
from bot.store.sealing import Vault
from bot.store.tables import appointment, appointment_claim
from tests.support.clocks import MONDAY_MORNING, SetClock
from tests.support.postgres import NoPostgres, running_postgres

VAULT = Vault(["a key of the benchmark, forty signs long"])
KIND = "adult_evaluation"
PLAIN = Table(
    "plain_booking",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("start", String(40)),
    Column("clinician_id", String(40)),
    Column("patient", String(60)),
)
Book = Callable[[str, OpenTime], bool]


@contextmanager
def databases() -> Iterator[Dict[str, str]]:
    """The addresses to measure on."""
    with tempfile.TemporaryDirectory() as folder:
        sqlite = {"sqlite": f"sqlite:///{folder}/clinic.db"}
        try:
            with running_postgres() as address:
                with create_engine(f"{address}/postgres", isolation_level="AUTOCOMMIT").connect() as base:
                    base.execute(text("CREATE DATABASE clinic"))
                yield {**sqlite, "postgresql": f"{address}/clinic"}
        except NoPostgres as problem:
            print(f"PostgreSQL is left out: {problem}")
            yield sqlite


def clinic(clinicians: int) -> Profile:
    """A clinic of this size that plans 90 days ahead."""
    profile = read_profile(Path(ROOT / "tests" / "support" / "clinic.yml"))
    staff = [
        Clinician(id=f"clinician{number}", name=f"Clinician {number}", visit_types=[KIND])
        for number in range(clinicians)
    ]
    booking = profile.booking.copy(update={"horizon_days": 90})
    hours = profile.hours.copy(update={"special_days": []})
    return profile.copy(update={"clinicians": staff, "booking": booking, "hours": hours})


def desk_of(engine: Engine, profile: Profile) -> Desk:
    store = StoredBooking(engine, VAULT)
    store.prepare(Schedule.of(profile))
    return Desk(profile, store, SetClock())


def empty(engine: Engine) -> None:
    with engine.connect() as connection:
        for table in (appointment, PLAIN):
            connection.execute(delete(table))
        connection.commit()


def apart(desk: Desk, count: int) -> List[OpenTime]:
    """Times on the hour, so that no two overlap."""
    found = desk.find_open_times(KIND, TimeWish(), 9999)
    return list(islice((one for one in found if one.start.minute == 0), count))


def plain_way(engine: Engine) -> Book:
    """Look, then insert: what the desk is compared with."""

    def book(key: str, wanted: OpenTime) -> bool:
        start = wanted.start.isoformat()
        with engine.connect().execution_options(handrail_looks_only=True) as connection:
            same = select(func.count()).where(
                PLAIN.c.start == start, PLAIN.c.clinician_id == wanted.clinician_id
            )
            if connection.execute(same).scalar_one():
                return False
        with engine.connect() as connection:
            row = {"start": start, "clinician_id": wanted.clinician_id, "patient": key}
            connection.execute(insert(PLAIN).values(row))
            connection.commit()
        return True

    return book


def desks_way(desk: Desk) -> Book:
    def book(key: str, wanted: OpenTime) -> bool:
        try:
            desk.book(BookingRequest(key, KIND, wanted.id, "me", f"Ana {key}", f"{key}@example.org"))
        except TimeTaken:
            return False
        return True

    return book


def rush(books: Sequence[Book], times: Sequence[OpenTime], clients: int) -> Dict[str, Any]:
    """Every client asks for every time, in the same order; eight clients share a server process's engine."""

    def ask(client: int) -> List[tuple[float, bool]]:
        answers = []
        for number, one in enumerate(times):
            began = time.perf_counter()
            got = books[client // 8](f"c{client}t{number}", one)
            answers.append((time.perf_counter() - began, got))
        return answers

    began = time.perf_counter()
    with ThreadPoolExecutor(clients) as pool:
        answers = [one for answers in pool.map(ask, range(clients)) for one in answers]
    seconds = time.perf_counter() - began
    booked = sum(got for _, got in answers)
    return {
        "asked_per_second": round(len(answers) / seconds, 1),
        "booked_per_second": round(booked / seconds, 1),
        "p50_ms": quantile([took for took, _ in answers], 0.5),
        "p95_ms": quantile([took for took, _ in answers], 0.95),
        "times": len(times),
        "booked_twice": booked - len(times),
    }


def quantile(seconds: Sequence[float], share: float) -> float:
    ordered = sorted(seconds)
    return round(1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))], 2)


def fill(engine: Engine, profile: Profile, past: int) -> None:
    """Past visits, an hour each, and every second hour of the coming two weeks."""
    rows, claims = [], []

    def add(start: Any, clinician_id: str) -> None:
        reference = f"{len(rows):09d}"
        rows.append(
            {
                "reference": reference,
                "request_key": reference,
                "visit_type_id": KIND,
                "clinician_id": clinician_id,
                "start_at": start,
                "end_at": start + timedelta(hours=1),
                "status": "booked",
                "changes": 0,
                "visit_for": "me",
                "booked_by": "self",
                "sealed": None,
                "booked_at": start,
            }
        )
        first = int(start.timestamp()) // 900
        claims.extend(
            {"reference": reference, "granule": first + one, "clinician_id": clinician_id} for one in range(4)
        )

    ids = [one.id for one in profile.clinicians]
    for number in range(past):
        back = timedelta(hours=2 * (number // len(ids)) + 2)
        add(MONDAY_MORNING - back, ids[number % len(ids)])
    for hour in range(0, 14 * 24, 2):
        for id in ids:
            add(MONDAY_MORNING + timedelta(hours=hour), id)
    with engine.connect() as connection:
        connection.execute(insert(appointment), rows)
        connection.execute(insert(appointment_claim), claims)
        connection.commit()


def search(desk: Desk, rounds: int) -> Dict[str, float]:
    took = []
    for _ in range(rounds):
        began = time.perf_counter()
        assert len(desk.find_open_times(KIND, TimeWish())) == 3
        took.append(time.perf_counter() - began)
    return {"p50_ms": round(1000 * statistics.median(took), 2), "p95_ms": quantile(took, 0.95)}


def measure(address: str, quick: bool) -> Dict[str, Any]:
    engine = make_engine(address)
    migrate(engine, VAULT)
    PLAIN.create(engine)
    found: Dict[str, Any] = {"booking": {}, "look_then_insert": {}, "search": {}}
    desk = desk_of(engine, clinic(10))
    for clients in (1, 8, 32):
        times = apart(desk, (10 if quick else 60) if clients > 1 else (20 if quick else 200))
        empty(engine)
        engines = [make_engine(address) for _ in range(4)]
        desks = [Desk(desk.profile, StoredBooking(one, VAULT), SetClock()) for one in engines]
        found["booking"][clients] = rush([desks_way(one) for one in desks], times, clients)
        found["look_then_insert"][clients] = rush([plain_way(one) for one in engines], times, clients)
        for one in engines:
            one.dispose()
    for clinicians in (1, 10, 100):
        for past in (200, 2_000 if quick else 20_000):
            empty(engine)
            profile = clinic(clinicians)
            desk = desk_of(engine, profile)
            fill(engine, profile, past)
            figures = search(desk, 5 if quick else 40)
            found["search"][f"{clinicians} clinicians, {past} past"] = figures
    engine.dispose()
    return found


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--quick", action="store_true", help="a small run, to see that it works")
    quick = options.parse_args().quick
    with databases() as addresses:
        found = {name: measure(address, quick) for name, address in addresses.items()}
    for name, figures in found.items():
        for part, rows in figures.items():
            for row, values in rows.items():
                print(f"{name:10}  {part:16}  {row!s:28}  {values}")
    print(json.dumps(found))


if __name__ == "__main__":
    main()
