"""The action server answers Rasa only, and its errors repeat nobody's words."""

import os
import subprocess
import sys
import time
import zlib

import pytest
import requests

from actions.__main__ import TOKEN_HEADER
from bot.settings import ROOT
from bot.training import QUIET
from tests.support.ports import free_port

SECRET = "a secret of more than thirty-two characters"
NAME = "Ana Lopez"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    port, log = free_port(), tmp_path_factory.mktemp("actions") / "log"
    settings = {
        "HANDRAIL_SECRET": SECRET,
        "ACTION_PORT": str(port),
        "DATABASE_URL": f"sqlite:///{log.parent}/clinic.db",
    }
    with log.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "actions"],
            cwd=ROOT,
            env={**os.environ, **QUIET, **settings},
            stdout=output,
            stderr=output,
        )
    address = f"http://127.0.0.1:{port}"
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            if requests.get(f"{address}/health", timeout=1).ok:
                break
        except requests.ConnectionError:
            time.sleep(0.1)
    yield address, log
    process.terminate()
    assert process.wait(timeout=15) == 0


def call(address: str, token: str | None = SECRET, **how):
    headers = {**how.pop("headers", {}), **({TOKEN_HEADER: token} if token is not None else {})}
    return requests.post(f"{address}/webhook", headers=headers, timeout=5, **how)


@pytest.mark.parametrize("token", [None, "", "guess", SECRET[:-1], f"{SECRET}x", "señor"])
def test_a_stranger_is_refused(server, token):
    given = token.encode() if token else token
    answer = call(server[0], given, json={"next_action": "action_book_visit"})
    assert answer.status_code == 401
    assert answer.json() == {"error": "unauthorized"}


def test_a_stranger_does_not_even_learn_what_it_can_do(server):
    assert requests.get(f"{server[0]}/actions", timeout=5).status_code == 401


def test_whether_it_runs_is_no_secret(server):
    assert requests.get(f"{server[0]}/health", timeout=5).json() == {"status": "ok"}


def test_packed_bodies_are_refused_because_they_unpack_to_any_size(server):
    body = zlib.compress(b"0" * 1_000_000)
    assert call(server[0], data=body, headers={"Content-Encoding": "deflate"}).status_code == 415


def test_a_failure_is_quiet(server):
    address, log = server
    broken = call(address, data=f'{{"said": "{NAME}"'.encode())
    assert broken.status_code >= 400
    failing = call(address, json={"next_action": "action_book_visit", "tracker": {"sender_id": NAME}})
    assert failing.status_code == 500
    unknown = call(address, json={"next_action": "action_fly", "tracker": {"sender_id": NAME}})
    assert unknown.status_code == 404
    for answer in (broken, failing):
        assert answer.json() == {"error": "internal"}
    written = log.read_text()
    assert "an action failed" in written
    assert NAME not in written + broken.text + failing.text + unknown.text
