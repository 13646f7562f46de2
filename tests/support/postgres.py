"""A PostgreSQL of the tests' own: private, on a free port, gone afterwards."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
import uuid
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Iterator, Optional

from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError

from tests.support.ports import free_port


class NoPostgres(Exception):
    """It cannot be started here; the text says why."""


def program(name: str) -> Path:
    installed = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    found = shutil.which(name) or (installed[-1] if installed else None)
    if found is None:
        raise NoPostgres("PostgreSQL is not installed")
    return Path(found)


def unprivileged() -> dict[str, Any]:
    """Whom to run it as: PostgreSQL refuses to run as root."""
    if os.getuid() != 0:
        return {}
    try:
        somebody = pwd.getpwnam("nobody")
    except KeyError:
        raise NoPostgres("PostgreSQL does not run as root, and there is no user 'nobody'") from None
    return {"user": somebody.pw_uid, "group": somebody.pw_gid, "extra_groups": []}


class Server:
    """A PostgreSQL on files of its own, started and stopped as often as a test likes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._port = free_port()
        self.process: Optional[subprocess.Popen[bytes]] = None
        self.address = f"postgresql://clinic@127.0.0.1:{self._port}"
        """Without a database's name."""

    def make(self) -> None:
        """Lay out its files."""
        data = self._folder / "data"
        make = [program("initdb"), "-D", data, "-U", "clinic", "--auth=trust", "-E", "UTF8", "--no-sync"]
        made = subprocess.run(
            make, cwd=self._folder, capture_output=True, text=True, check=False, **unprivileged()
        )
        if made.returncode:
            raise NoPostgres(made.stderr.strip().splitlines()[-1])

    def start(self) -> None:
        """Run it until it answers."""
        place = ["-D", self._folder / "data", "-p", str(self._port), "-k", self._folder, "-h", "127.0.0.1"]
        with (self._folder / "log").open("a") as log:
            self.process = subprocess.Popen(
                [program("postgres"), *place, "-F"],
                cwd=self._folder,
                stdout=log,
                stderr=log,
                **unprivileged(),
            )
        wait_until_up(f"{self.address}/postgres")

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """SIGINT is its fast way: it waits for no client. SIGQUIT is its crash: it recovers when started."""
        if self.process is not None:
            self.process.send_signal(how)
            self.process.wait(timeout=30)

    def new_database(self) -> str:
        """The address of an empty database."""
        name = f"test_{uuid.uuid4().hex}"
        with create_engine(f"{self.address}/postgres", isolation_level="AUTOCOMMIT").connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
        return f"{self.address}/{name}"


@contextmanager
def postgres_server() -> Iterator[Server]:
    """A fresh server, running.

    Raises:
        NoPostgres: it cannot be started here.
    """
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    if who := unprivileged():
        shutil.chown(folder, who["user"], who["group"])
    server = Server(folder)
    try:
        server.make()
        try:
            server.start()
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def running_postgres() -> Iterator[str]:
    """The address of a fresh server, without a database's name.

    Raises:
        NoPostgres: it cannot be started here.
    """
    with postgres_server() as server:
        yield server.address


def wait_until_up(address: str) -> None:
    engine = create_engine(address)
    deadline = time.monotonic() + 30
    while True:
        try:
            with engine.connect() as connection:
                connection.execute(text("SELECT 1"))
            engine.dispose()
            return
        except OperationalError as problem:
            if time.monotonic() > deadline:
                raise NoPostgres("PostgreSQL did not start in 30 seconds") from problem
            time.sleep(0.1)
