"""The private PostgreSQL and Redis of the tests; a test that needs one is left out where it cannot be had."""

from typing import Iterator

import pytest

from tests.support.postgres import NoPostgres, Server, postgres_server
from tests.support.redis import NoRedis, PrivateRedis, running_redis


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    try:
        with postgres_server() as server:
            yield server
    except NoPostgres as problem:
        pytest.skip(f"PostgreSQL is left out: {problem}")


@pytest.fixture(scope="module")
def redis() -> Iterator[PrivateRedis]:
    try:
        with running_redis() as server:
            yield server
    except NoRedis as problem:
        pytest.skip(f"Redis is left out: {problem}")
