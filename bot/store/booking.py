"""Units of work of the desk: many may look, one at a time changes the calendar."""

from __future__ import annotations

from contextlib import contextmanager
from typing import Iterator

from sqlalchemy import select
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import OperationalError

from bot.booking.schedule import Schedule
from bot.errors import CalendarBusy
from bot.store.appointments import StoredAppointments
from bot.store.engine import LOOKS_ONLY
from bot.store.schedules import StoredSchedules
from bot.store.sealing import Vault
from bot.store.tables import clinic
from bot.store.tries import StoredTries
from bot.store.waiting import StoredWaiting

_LOCK_NOT_AVAILABLE = "55P03"


class StoredBookingWork:
    """One transaction over all that the desk keeps; without `commit` it never happened."""

    def __init__(self, connection: Connection, vault: Vault) -> None:
        self._connection = connection
        self.appointments = StoredAppointments(connection, vault)
        self.schedules = StoredSchedules(connection)
        self.tries = StoredTries(connection, vault)
        self.waiting = StoredWaiting(connection, vault)

    def commit(self) -> None:
        """Keep every change."""
        self._connection.commit()


class StoredBooking:
    """The desk's part of the database."""

    def __init__(self, engine: Engine, vault: Vault) -> None:
        self._engine = engine
        self._vault = vault

    @contextmanager
    def reading(self) -> Iterator[StoredBookingWork]:
        """A unit of work that looks, and stands in nobody's way."""
        with self._engine.connect().execution_options(**LOOKS_ONLY) as connection:
            yield StoredBookingWork(connection, self._vault)

    @contextmanager
    def writing(self) -> Iterator[StoredBookingWork]:
        """A unit of work that alone changes the calendar: SQLite has one writer, PostgreSQL locks a row.

        Raises:
            CalendarBusy: the turn did not come in time (PostgreSQL; SQLite waits long enough for any line).
        """
        with self._engine.connect() as connection:
            try:
                connection.execute(select(clinic.c.id).with_for_update()).all()
            except OperationalError as problem:
                if getattr(problem.orig, "pgcode", None) == _LOCK_NOT_AVAILABLE:
                    raise CalendarBusy() from problem
                raise
            yield StoredBookingWork(connection, self._vault)

    def prepare(self, schedule: Schedule) -> None:
        """Bring the clinic's schedule and the present key into the database, at the start.

        Raises:
            SealBroken: what is stored was sealed with a key that is not here.
        """
        with self.writing() as work:
            work.schedules.keep(schedule)
            work.appointments.reseal()
            work.waiting.reseal()
            work.commit()
