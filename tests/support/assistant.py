"""The assistant as it really runs: trained model, both servers, a database of its own."""

from __future__ import annotations

import subprocess
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import ContextManager, Iterator, Optional

import pytest
import requests
from sqlalchemy import func, select
from sqlalchemy.engine import Engine

from bot.booking.model import Appointment, TimeWish
from bot.booking.states import HELD
from bot.serve import prepare, running, surroundings, wait_until_answering
from bot.settings import ROOT, Settings, read_settings
from bot.store.booking import StoredBooking
from bot.store.engine import make_engine
from bot.store.sealing import Vault
from bot.store.tables import appointment, appointment_claim, waiting_entry
from tests.support.ports import free_port
from tests.support.talk import Talk
from tests.support.vault import SECRET


@dataclass
class Assistant:
    """Both servers, and a look into their database."""

    settings: Settings
    environment: dict[str, str]
    engine: Engine
    processes: list[subprocess.Popen[bytes]]

    @property
    def url(self) -> str:
        return f"http://{self.settings.host}:{self.settings.port}"

    def talk(self) -> Talk:
        """A new conversation."""
        return Talk(self.url)

    def appointments(self) -> int:
        """How many visits are booked, times that are only held left out."""
        agreed = select(func.count()).select_from(appointment).where(appointment.c.status != HELD)
        with self.engine.connect() as connection:
            return int(connection.execute(agreed).scalar_one())

    def waiting(self) -> int:
        """How many people are on the waiting list."""
        with self.engine.connect() as connection:
            return int(connection.execute(select(func.count()).select_from(waiting_entry)).scalar_one())

    def appointment(self, reference: str) -> Appointment:
        """The visit of this reference."""
        with StoredBooking(self.engine, Vault(self.settings.data_secrets)).reading() as work:
            found = work.appointments.with_reference(reference)
        assert found is not None, f"there is no appointment {reference}"
        return found

    def wish(self, reference: str) -> TimeWish:
        """What the person of this place on the waiting list wished."""
        with StoredBooking(self.engine, Vault(self.settings.data_secrets)).reading() as work:
            found = work.waiting.with_reference(reference)
        assert found is not None, f"nobody waits as {reference}"
        return found.wish

    def claims(self, reference: str) -> list[tuple[str, int]]:
        """The quarter hours that a visit takes, with their clinician."""
        columns = (appointment_claim.c.clinician_id, appointment_claim.c.granule)
        wanted = select(*columns).where(appointment_claim.c.reference == reference).order_by(columns[1])
        with self.engine.connect() as connection:
            return [(row.clinician_id, row.granule) for row in connection.execute(wanted)]

    def without_actions(self) -> ContextManager[None]:
        """Inside the block the action server is dead; behind it there is a new one."""
        return self._without(0)

    def without_server(self) -> ContextManager[None]:
        """Inside the block nothing answers; behind it a new server goes on with the same database."""
        return self._without(1)

    @contextmanager
    def _without(self, number: int) -> Iterator[None]:
        killed = self.processes[number]
        killed.kill()
        killed.wait()
        try:
            yield
        finally:
            # By now another assistant may have set the environment of this process.
            own = {**surroundings(self.settings), **self.environment}
            self.processes[number] = subprocess.Popen(killed.args, cwd=ROOT, env=own, start_new_session=True)
            wait_until_answering(self.settings, self.processes)


def environment(folder: Path, **more: str) -> dict[str, str]:
    """Settings for servers that get in nobody's way."""
    return {
        "HOST": "127.0.0.1",
        "PORT": str(free_port()),
        "ACTION_PORT": str(free_port()),
        "DATABASE_URL": f"sqlite:///{folder}/handrail.db",
        "CLINIC_PROFILE": "tests/support/clinic.yml",
        "HANDRAIL_SECRET": SECRET,
        "RATE_LIMIT": "off",
        "ALLOWED_ORIGINS": "https://friend.example",
        "LOG_LEVEL": "WARNING",
        **more,
    }


@pytest.fixture(scope="session")
def assistant(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """One assistant for all conversations; each conversation is a new one, so they do not meet."""
    with serving(model, environment(tmp_path_factory.mktemp("assistant"))) as one:
        yield one


@contextmanager
def serving(model: Path, environment: dict[str, str]) -> Iterator[Assistant]:
    """An assistant with these settings; its servers have ended when the block is left."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in environment.items():
            patch.setenv(name, value)
        settings = read_settings()
        prepare(settings)
        engine = make_engine(settings.database_url)
        with running(settings, model) as processes:
            wait_until_answering(settings, processes)
            yield Assistant(settings, environment, engine, processes)
        engine.dispose()


def wait_for(url: str, seconds: float) -> Optional[requests.Response]:
    """The first answer of an address; None when none comes in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            return requests.get(url, timeout=3)
        except requests.RequestException:
            time.sleep(0.2)
    return None
