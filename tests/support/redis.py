"""A Redis of the tests' own: private, on a free port, gone afterwards."""

from __future__ import annotations

import shutil
import subprocess
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Iterator

import redis

from tests.support.ports import free_port


class NoRedis(Exception):
    """It cannot be started here; the text says why."""


@dataclass
class PrivateRedis:
    """One server; it keeps nothing on disk."""

    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        program = shutil.which("redis-server")
        if program is None:
            raise NoRedis("Redis is not installed")
        options = ["--bind", "127.0.0.1", "--port", str(self.port), "--save", "", "--appendonly", "no"]
        self.process = subprocess.Popen([program, *options], stdout=subprocess.DEVNULL)
        wait_until_up(self.address)

    def stop(self) -> None:
        assert self.process is not None
        self.process.kill()
        self.process.wait()


@contextmanager
def running_redis() -> Iterator[PrivateRedis]:
    """A fresh server.

    Raises:
        NoRedis: it cannot be started here.
    """
    server = PrivateRedis()
    server.start()
    try:
        yield server
    finally:
        server.stop()


def wait_until_up(address: str) -> None:
    client = redis.Redis.from_url(address)
    deadline = time.monotonic() + 30
    while True:
        try:
            client.ping()
            return
        except redis.ConnectionError as problem:
            if time.monotonic() > deadline:
                raise NoRedis("Redis did not start in 30 seconds") from problem
            time.sleep(0.05)
