"""A PostgreSQL of the tests' own: private, on a free port, gone afterwards."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Iterator

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


@contextmanager
def running_postgres() -> Iterator[str]:
    """The address of a fresh server, without a database's name.

    Raises:
        NoPostgres: it cannot be started here.
    """
    initdb, server, who = program("initdb"), program("postgres"), unprivileged()
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    if who:
        shutil.chown(folder, who["user"], who["group"])
    port = free_port()
    try:
        make = [initdb, "-D", folder / "data", "-U", "clinic", "--auth=trust", "-E", "UTF8", "--no-sync"]
        made = subprocess.run(make, cwd=folder, capture_output=True, text=True, check=False, **who)
        if made.returncode:
            raise NoPostgres(made.stderr.strip().splitlines()[-1])
        run = [server, "-D", folder / "data", "-p", str(port), "-k", folder, "-h", "127.0.0.1", "-F"]
        with (folder / "log").open("w") as log:
            process = subprocess.Popen(run, cwd=folder, stdout=log, stderr=log, **who)
        try:
            address = f"postgresql://clinic@127.0.0.1:{port}"
            wait_until_up(f"{address}/postgres")
            yield address
        finally:
            process.send_signal(signal.SIGINT)  # its fast way: it waits for no client
            process.wait(timeout=30)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


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
