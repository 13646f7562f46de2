"""Real databases, fresh for each test: SQLite always, PostgreSQL where it can be started."""

import uuid
from typing import Iterator

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import Engine

from bot.store.engine import make_engine
from bot.store.migrate import migrate
from tests.support.assistant import VAULT
from tests.support.postgres import NoPostgres, running_postgres


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    try:
        with running_postgres() as address:
            yield address
    except NoPostgres as problem:
        pytest.skip(f"PostgreSQL is left out: {problem}")


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_database(request, tmp_path) -> Iterator[Engine]:
    if request.param == "sqlite":
        yield make_engine(f"sqlite:///{tmp_path}/clinic.db")
        return
    address, name = request.getfixturevalue("postgres"), f"test_{uuid.uuid4().hex}"
    with create_engine(f"{address}/postgres", isolation_level="AUTOCOMMIT").connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine = make_engine(f"{address}/{name}")
    yield engine
    engine.dispose()


@pytest.fixture
def engine(empty_database) -> Engine:
    migrate(empty_database, VAULT)
    return empty_database
