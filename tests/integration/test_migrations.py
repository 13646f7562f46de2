"""The migrations make exactly the tables that the code expects."""

from dataclasses import asdict
from datetime import datetime, timedelta, timezone

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import MetaData, Table, insert, inspect, select

from bot.booking.calendar import granules
from bot.booking.desk import Desk
from bot.booking.model import Proof
from bot.booking.schedule import Schedule
from bot.settings import ROOT
from bot.store.booking import StoredBooking
from bot.store.migrate import migrate
from bot.store.tables import events, metadata
from bot.store.words import Words
from tests.support.clocks import SetClock
from tests.support.vault import VAULT


def test_from_nothing_to_the_tables_of_the_code(engine):
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_migrating_again_does_nothing(engine):
    migrate(engine, VAULT)
    assert set(metadata.tables) <= set(inspect(engine).get_table_names())


def test_going_back_leaves_no_table(engine):
    run(engine, command.downgrade, "base")
    assert inspect(engine).get_table_names() == ["alembic_version"]


NINE = datetime(2026, 3, 3, 14, tzinfo=timezone.utc)
ANA = {
    "reference": "AAAA-AAAA",
    "request_key": "ana",
    "visit_type_id": "adult_evaluation",
    "clinician_id": "ade",
    "start_at": NINE,
    "end_at": NINE + timedelta(hours=1),
    "visit_for": "me",
    "patient_name": "Ana López",
    "contact": "ana@example.org",
    "status": "booked",
    "booked_at": NINE - timedelta(days=3),
}
BEN = {**ANA, "reference": "BBBB-BBBB", "request_key": "ben", "clinician_id": "gone", "visit_for": "child"}
"""The same patient at the same time, once with a clinician who has left: the old release allowed it."""


@pytest.fixture
def last_release(empty_database):
    """A database of the last release with two bookings in it."""
    run(empty_database, command.upgrade, "0002")
    with empty_database.connect() as connection:
        for visit in (ANA, BEN):
            connection.execute(insert(table(connection, "appointment")).values(visit))
            claims = [
                {"reference": visit["reference"], "granule": one, "clinician_id": visit["clinician_id"]}
                for one in granules(visit["start_at"], visit["end_at"])
            ]
            connection.execute(insert(table(connection, "appointment_claim")), claims)
        connection.commit()
    return empty_database


def test_bookings_of_the_last_release_are_kept_and_sealed(last_release, profile):
    migrate(last_release, VAULT)
    store = StoredBooking(last_release, VAULT)
    store.prepare(Schedule.of(profile))
    desk = Desk(profile, store, SetClock())
    for old, booked_by in ((ANA, "self"), (BEN, "parent")):
        found = asdict(desk.look_up(Proof(old["reference"], "Lopez"), "talk"))
        kept = (
            "reference",
            "visit_type_id",
            "clinician_id",
            "visit_for",
            "patient_name",
            "contact",
            "status",
        )
        assert {name: found[name] for name in kept} == {name: old[name] for name in kept}
        assert (found["start"], found["end"], found["booked_by"]) == (NINE, old["end_at"], booked_by)
        assert [step.after for step in desk.history(old["reference"])] == ["booked"]
    with store.reading() as work:
        busy = work.appointments.busy_between(NINE, NINE + timedelta(hours=1), NINE)
    assert set(busy.clinicians) == {"ade", "gone"}
    assert desk.clinician("gone")
    with last_release.connect() as connection:
        rows = connection.execute(select(table(connection, "appointment"))).all()
    assert "ana@example.org" not in str(rows)


def test_going_back_to_the_last_release_opens_what_is_booked(last_release):
    migrate(last_release, VAULT)
    run(last_release, command.downgrade, "0002")
    with last_release.connect() as connection:
        visits = table(connection, "appointment")
        rows = connection.execute(select(visits).order_by(visits.c.reference)).all()
        assert [(row.patient_name, row.contact, row.status) for row in rows] == [
            (old["patient_name"], old["contact"], "booked") for old in (ANA, BEN)
        ]
        assert len(connection.execute(select(table(connection, "appointment_claim"))).all()) == 8


def test_what_was_said_before_is_sealed_and_opens_again_on_the_way_back(empty_database):
    run(empty_database, command.upgrade, "0006")
    event = {"sender_id": "ana", "type_name": "user", "data": '{"text": "I am Zdenka"}'}
    with empty_database.begin() as connection:
        connection.execute(insert(events), [event, {**event, "sender_id": "ben"}])
    migrate(empty_database, VAULT)
    with empty_database.connect() as connection:
        rows = connection.execute(select(events.c.data, events.c.sender_id)).all()
    assert "Zdenka" not in str(rows)
    assert [Words(VAULT).open(row.data, events.c.data, row.sender_id) for row in rows] == [event["data"]] * 2
    run(empty_database, command.downgrade, "0006")
    with empty_database.connect() as connection:
        assert list(connection.execute(select(events.c.data)).scalars()) == [event["data"]] * 2


def run(engine, step, revision: str) -> None:
    config = Config(str(ROOT / "alembic.ini"))
    config.set_main_option("script_location", str(ROOT / "bot" / "store" / "migrations"))
    with engine.connect() as connection:
        config.attributes.update(connection=connection, vault=VAULT)
        step(config, revision)
        connection.commit()


def table(connection, name: str) -> Table:
    """A table as it is in the database, whatever the code of today expects."""
    return Table(name, MetaData(), autoload_with=connection)
