"""Real databases, fresh for each test: SQLite always, PostgreSQL where it can be started."""

from typing import Iterator

import pytest
from sqlalchemy.engine import Engine

from bot.store.engine import make_engine
from bot.store.migrate import migrate
from tests.support.vault import VAULT


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_database(request, tmp_path) -> Iterator[Engine]:
    if request.param == "sqlite":
        yield make_engine(f"sqlite:///{tmp_path}/clinic.db")
        return
    engine = make_engine(request.getfixturevalue("postgres").new_database())
    yield engine
    engine.dispose()


@pytest.fixture
def engine(empty_database) -> Engine:
    migrate(empty_database, VAULT)
    return empty_database
