"""The trained model. Training takes minutes: it begins at once, beside the tests that need no model."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bot.settings import ROOT
from bot.training import model_path, trained_model

LONGEST_TRAINING = 900
TRAINING = pytest.StashKey["subprocess.Popen[bytes]"]()


@pytest.fixture(scope="session")
def model(request: pytest.FixtureRequest) -> Path:
    """The model of the present content; if its training failed, it is tried once more, and says why."""
    training = request.config.stash.get(TRAINING, None)
    if training:
        training.wait()
    reporter = request.config.pluginmanager.get_plugin("terminalreporter")
    return trained_model(lambda line: reporter.write_line(f"\n{line}", flush=True))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests of the model come last; whichever is first waits for the training."""
    items.sort(key=_needs_model)
    for item in filter(_needs_model, items):
        item.add_marker(pytest.mark.timeout(LONGEST_TRAINING))


def pytest_collection_finish(session: pytest.Session) -> None:
    """Begin to train, if these tests need it and there is no such model yet."""
    needed = any(map(_needs_model, session.items)) and not session.config.option.collectonly
    if needed and not model_path().exists():
        code = "from bot.training import trained_model; trained_model(lambda line: None)"
        command = [sys.executable, "-c", code]
        session.config.stash[TRAINING] = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL)


def pytest_unconfigure(config: pytest.Config) -> None:
    """A run that ends early leaves no training behind."""
    training = config.stash.get(TRAINING, None)
    if training and training.poll() is None:
        training.send_signal(signal.SIGINT)
        training.wait()


def _needs_model(item: pytest.Item) -> bool:
    return "model" in getattr(item, "fixturenames", ())
