"""What all tests share: the same examples in every run, a clinic of their own, and its desk."""

import shutil
from pathlib import Path

import pytest
from hypothesis import settings
from sqlalchemy.engine import Engine

from bot.booking.desk import Desk
from bot.booking.schedule import Schedule
from bot.content.profile import Profile, read_profile
from bot.settings import ROOT
from bot.store.booking import StoredBooking
from bot.store.engine import make_engine
from bot.store.migrate import migrate
from tests.support.clocks import SetClock
from tests.support.vault import VAULT

pytest_plugins = [
    "tests.support.assistant",
    "tests.support.databases",
    "tests.support.phones",
    "tests.support.sockets",
    "tests.support.training",
]

settings.register_profile("clinic", derandomize=True, deadline=None)
settings.load_profile("clinic")


@pytest.fixture(scope="session")
def profile() -> Profile:
    return read_profile(ROOT / "tests" / "support" / "clinic.yml")


@pytest.fixture(scope="session")
def prepared_file(tmp_path_factory: pytest.TempPathFactory, profile: Profile) -> Path:
    """A database with the clinic's schedule and nothing else, to copy."""
    path = tmp_path_factory.mktemp("prepared") / "clinic.db"
    engine = make_engine(f"sqlite:///{path}")
    migrate(engine, VAULT)
    StoredBooking(engine, VAULT).prepare(Schedule.of(profile))
    return path


@pytest.fixture
def small_database(tmp_path: Path, prepared_file: Path) -> Engine:
    """A SQLite database of the test's own."""
    shutil.copy(prepared_file, tmp_path / "clinic.db")
    return make_engine(f"sqlite:///{tmp_path}/clinic.db")


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def small_desk(profile: Profile, small_database: Engine, clock: SetClock) -> Desk:
    """The desk over a SQLite database of the test's own."""
    return Desk(profile, StoredBooking(small_database, VAULT), clock)
