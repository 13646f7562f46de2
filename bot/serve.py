"""Starts the assistant and stops it: `python -m bot.serve`."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, repeat
from pathlib import Path
from typing import Callable, Dict, Iterator, List
from urllib.error import URLError
from urllib.request import urlopen

from redis import Redis
from redis.exceptions import RedisError
from sqlalchemy.exc import SQLAlchemyError

from bot.booking.schedule import Schedule
from bot.bootstrap import Services, build_services
from bot.content.profile import read_profile
from bot.errors import HandrailError, SealBroken, StartError, describe
from bot.settings import ROOT, Settings, read_settings
from bot.store.booking import StoredBooking
from bot.store.engine import make_engine
from bot.store.messaging.mail import StoredMail
from bot.store.migrate import migrate
from bot.store.sealing import Vault
from bot.store.words import Words
from bot.training import QUIET, trained_model

START_SECONDS = 120
STOP_SECONDS = 15
DAY_SECONDS = 24 * 60 * 60
OFFER_SECONDS = 20


def main() -> int:
    """Serve until told to stop; 0 when stopped on purpose, 1 with one clear sentence otherwise."""
    for stopping in (signal.SIGINT, signal.SIGTERM):
        signal.signal(stopping, signal.default_int_handler)
    try:
        settings = read_settings()
        prepare(settings)
        model = trained_model(say)
        with running(settings, model) as processes:
            wait_until_answering(settings, processes)
            say(f"Handrail is ready: http://{settings.host}:{settings.port}/")
            watch(processes, chores(build_services(settings)))
    except KeyboardInterrupt:
        say("\nStopped.")
        return 0
    except HandrailError as problem:
        print(f"Handrail cannot go on: {problem}", file=sys.stderr, flush=True)
        return 1
    return 0


def prepare(settings: Settings) -> None:
    """Look at everything that can be wrong before anything is started.

    Raises:
        StartError: a port is taken, or the database or Redis cannot be reached.
        ContentError: the clinic profile is wrong.
    """
    profile = read_profile(settings.profile_path)
    for name, host, port in (
        ("PORT", settings.host, settings.port),
        ("ACTION_PORT", "127.0.0.1", settings.action_port),
    ):
        if not is_free(host, port):
            raise StartError(
                f"port {port} is taken by another program. Stop that program, or choose another port: "
                f"{name}={port + 1} make run"
            )
    say("Preparing the database.")
    try:
        engine, vault = make_engine(settings.database_url), Vault(settings.data_secrets)
        migrate(engine, vault)
        StoredBooking(engine, vault).prepare(Schedule.of(profile))
        StoredMail(engine, vault).prepare()
        Words(vault).reseal(engine)
    except SealBroken as problem:
        raise StartError(
            "the database holds data sealed with another key. Give the key that was used before in "
            "DATA_KEYS, behind the new one."
        ) from problem
    except SQLAlchemyError as problem:
        raise StartError(
            f"the database cannot be used ({type(problem).__name__}). Check DATABASE_URL, and that it runs."
        ) from problem
    try:
        if settings.redis_url:
            Redis.from_url(settings.redis_url, socket_connect_timeout=3, socket_timeout=3).ping()
    except RedisError as problem:
        raise StartError(
            f"Redis cannot be used ({type(problem).__name__}). Check REDIS_URL, and that it runs."
        ) from problem


def is_free(host: str, port: int) -> bool:
    """Whether a server could listen there."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


@contextmanager
def running(settings: Settings, model: Path) -> Iterator[List[subprocess.Popen[bytes]]]:
    """The action server and the Rasa servers, together; all have ended when the block is left."""
    rasa = ["rasa", "run", "--model", str(model), "--endpoints", "endpoints.yml"]
    rasa += ["--credentials", settings.credentials, "-i", settings.host, "-p", str(settings.port)]
    processes: List[subprocess.Popen[bytes]] = []
    try:
        for module in (["actions"], *[rasa] * settings.workers):
            command = [sys.executable, "-m", *module]
            # A session of their own: Ctrl-C reaches only this process, which then stops them in order.
            processes.append(
                subprocess.Popen(command, cwd=ROOT, env=surroundings(settings), start_new_session=True)
            )
        yield processes
    finally:
        stop(processes)


def surroundings(settings: Settings) -> Dict[str, str]:
    """The environment of all servers."""
    return {
        **os.environ,
        **QUIET,
        "HANDRAIL_SECRET": settings.secret,
        "ACTION_URL": settings.action_url,
        "LOG_LEVEL": settings.log_level,
        "SANIC_REQUEST_MAX_SIZE": str(1024 * 1024),
    }


def stop(processes: List[subprocess.Popen[bytes]]) -> None:
    """Ask them to finish what they are at, the public one first; end those who do not."""
    for process in reversed(processes):
        process.terminate()
    deadline = time.monotonic() + STOP_SECONDS
    for process in reversed(processes):
        try:
            process.wait(timeout=max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def wait_until_answering(settings: Settings, processes: List[subprocess.Popen[bytes]]) -> None:
    """Until a message could be answered.

    Raises:
        StartError: a server ended, or it takes too long.
    """
    say("Starting the servers.")
    address = f"http://{settings.host}:{settings.port}/chat/health"
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        complain_if_ended(processes)
        try:
            with urlopen(address, timeout=3) as answer:
                if answer.status == 200:
                    return
        except (URLError, OSError):
            pass
        time.sleep(0.3)
    raise StartError(f"no answer came within {START_SECONDS} seconds. LOG_LEVEL=INFO make run shows more.")


@dataclass
class Chore:
    """Something to do every so often; what fails is tried again the next time."""

    work: Callable[[], object]
    seconds: float
    complaint: str
    due_at: float = 0.0

    def do_if_due(self, now: float) -> None:
        """Do it, unless it was done lately (`now` in seconds, on a clock that never goes back)."""
        if now < self.due_at:
            return
        self.due_at = now + self.seconds
        try:
            self.work()
        except (SQLAlchemyError, HandrailError) as problem:
            print(f"{self.complaint}: {describe(problem)}", file=sys.stderr, flush=True)


def chores(services: Services) -> List[Chore]:
    """What is done beside serving, by this process alone."""
    return [
        Chore(services.retention.tidy, DAY_SECONDS, "Old chats were not erased"),
        Chore(services.offering.tend, OFFER_SECONDS, "Who waits was not offered a time"),
    ]


def watch(processes: List[subprocess.Popen[bytes]], chores: List[Chore]) -> None:
    """Until a server ends; meanwhile the chores are done.

    Raises:
        StartError: one did; the other is stopped by whoever holds them.
    """
    while True:
        complain_if_ended(processes)
        for chore in chores:
            chore.do_if_due(time.monotonic())
        time.sleep(0.5)


def complain_if_ended(processes: List[subprocess.Popen[bytes]]) -> None:
    """Raise StartError if a server is gone."""
    for name, process in zip(chain(("action server",), repeat("Rasa server")), processes, strict=False):
        if process.poll() is not None:
            raise StartError(f"the {name} ended (code {process.returncode}). Its last lines above say why.")


def say(line: str) -> None:
    """A line of progress, at once."""
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main())
