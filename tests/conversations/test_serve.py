"""One command serves the assistant, says what is wrong in one sentence, and leaves nothing behind."""

from __future__ import annotations

import os
import queue
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest
import requests

from bot.serve import is_free
from bot.settings import ROOT
from tests.support.assistant import environment, wait_for
from tests.support.streams import stream
from tests.support.talk import Talk


class Served:
    """`python -m bot.serve` as a process, with its lines."""

    def __init__(self, settings: dict[str, str]) -> None:
        self.settings = settings
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bot.serve"],
            cwd=ROOT,
            env={**os.environ, **settings},
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self.lines: queue.Queue[str] = queue.Queue()
        threading.Thread(target=self._listen, daemon=True).start()

    def wait_until_ready(self) -> str:
        """The last line, which has the address."""
        while True:
            line = self.lines.get(timeout=120)
            if "http://" in line:
                return line

    def children(self) -> list[int]:
        """The processes it started."""
        pid = self.process.pid
        return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]

    def _listen(self) -> None:
        for line in self.process.stdout:
            self.lines.put(line)


@pytest.mark.parametrize("stopping", [signal.SIGINT, signal.SIGTERM])
def test_it_serves_within_its_limits_until_it_is_told_to_stop(model, tmp_path, stopping):
    served = Served(environment(tmp_path, RATE_LIMIT="3/minute", ADDRESS_RATE_LIMIT="9/minute"))
    try:
        address = f"http://127.0.0.1:{served.settings['PORT']}"
        assert served.wait_until_ready().strip() == f"Handrail is ready: {address}/"
        assert wait_for(f"{address}/chat/health", 1).json()["status"] == "ok"
        children = served.children()
        assert len(children) == 2

        talk = Talk(address)
        with stream(talk) as events:
            keeps_its_limits(address, talk)
            served.process.send_signal(stopping)
            assert list(events) == []  # it ends in order, and is not cut off
        code = served.process.wait(timeout=30)
    finally:
        served.process.kill()
    assert code == 0
    assert not [pid for pid in children if Path(f"/proc/{pid}").exists()]
    assert is_free("127.0.0.1", int(served.settings["PORT"]))
    assert is_free("127.0.0.1", int(served.settings["ACTION_PORT"]))


def keeps_its_limits(address: str, talk: Talk) -> None:
    """Three messages of a chat, and nine requests of an address; a session and a stream were two of them."""
    assert [talk.send(text="hello").status_code for _ in range(4)] == [200, 200, 200, 429]
    refused = talk.send(text="hello")
    assert refused.json()["error"]["code"] == "too_many_requests"
    assert int(refused.headers["Retry-After"]) > 0
    for _ in range(2):
        assert requests.post(f"{address}/chat/sessions", json={}, timeout=10).status_code == 201
    assert requests.post(f"{address}/chat/sessions", json={}, timeout=10).status_code == 429


def refusal(settings: dict[str, str]) -> str:
    """What it says when it cannot start; it must be one sentence, and exit 1."""
    ended = subprocess.run(
        [sys.executable, "-m", "bot.serve"],
        cwd=ROOT,
        env={**os.environ, **settings},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode == 1
    assert len(ended.stderr.strip().splitlines()) == 1, ended.stderr
    return ended.stderr


@pytest.mark.parametrize("name", ["PORT", "ACTION_PORT"])
def test_a_busy_port_is_said_with_what_to_do(tmp_path, name):
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        port = busy.getsockname()[1]
        said = refusal(environment(tmp_path, **{name: str(port)}))
    assert f"port {port} is taken" in said
    assert f"{name}={port + 1} make run" in said


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"PORT": "http"}, "PORT does not work"),
        ({"CLINIC_PROFILE": "nowhere.yml"}, "nowhere.yml: cannot be read"),
        ({"DATABASE_URL": "sqlite:////nowhere/clinic.db"}, "database cannot be used"),
        ({"DATABASE_URL": "postgresql://clinic:hush@127.0.0.1:1/clinic"}, "database cannot be used"),
        ({"REDIS_URL": "redis://:hush@127.0.0.1:1/0"}, "Redis cannot be used"),
        ({"WORKERS": "2"}, "WORKERS=2 needs REDIS_URL"),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence(tmp_path, settings, words):
    said = refusal(environment(tmp_path, **settings))
    assert words in said
    assert "hush" not in said
