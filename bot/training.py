"""The trained model, kept by the content it was trained from: what has not changed is not trained again."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Callable, Iterator

from bot.errors import StartError
from bot.settings import ROOT

MODELS = ROOT / "models"
_WATCHED = (
    "config.yml",
    "domain.yml",
    "requirements/run.txt",
    "data/**/*.yml",
    "bot/nlu/*.py",
    "bot/understanding/*.py",
    "bot/safety/detector.py",
)
_NOT_TRAINED = (
    "data/clinic.yml",
    "data/catalogue.yml",
    "data/reading_names.yml",
    "data/equipment_words.yml",
    "data/messaging.yml",
    "data/conditions/*.yml",
    "data/choosing/*.yml",
    "data/equipment/*.yml",
    "data/activities/*.yml",
    "data/safety/signs.yml",
)
"""Read when the assistant starts: changing them needs no training."""

QUIET = {
    "RASA_TELEMETRY_ENABLED": "false",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "PYTHONWARNINGS": "ignore",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "CUDA_VISIBLE_DEVICES": "",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MPLCONFIGDIR": str(ROOT / ".cache" / "matplotlib"),
}
"""Surroundings of every Rasa process: no telemetry, one thread for each sum, no foreign chatter."""


def model_path() -> Path:
    """Where the model of the present content is, or will be."""
    digest = hashlib.sha256()
    for path in _watched_files():
        digest.update(str(path.relative_to(ROOT)).encode())
        digest.update(path.read_bytes())
    return MODELS / f"handrail-{digest.hexdigest()[:16]}.tar.gz"


def trained_model(say: Callable[[str], None]) -> Path:
    """The model of the present content; trained now if there is none.

    Args:
        say: told a line of progress now and then.

    Raises:
        StartError: training failed; the text says where its log is.
    """
    path = model_path()
    if path.exists():
        return path
    MODELS.mkdir(exist_ok=True)
    log = MODELS / "training.log"
    say("Training the model. This takes a few minutes, once after each change of content.")
    with log.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "rasa", "train", "--fixed-model-name", path.name, "--out", str(MODELS)],
            cwd=ROOT,
            env={**os.environ, **QUIET, "LOG_LEVEL": "WARNING"},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            _wait(process, say)
        except BaseException:
            process.kill()
            process.wait()
            raise
    if process.returncode != 0 or not path.exists():
        path.unlink(missing_ok=True)
        raise StartError(f"Training failed; {log.relative_to(ROOT)} says why.")
    for older in MODELS.glob("handrail-*.tar.gz"):
        if older != path:
            older.unlink()
    return path


def _wait(process: subprocess.Popen[bytes], say: Callable[[str], None]) -> None:
    started = time.monotonic()
    while True:
        try:
            process.wait(timeout=10)
            return
        except subprocess.TimeoutExpired:
            say(f"  … still training, {time.monotonic() - started:.0f} seconds")


def _watched_files() -> Iterator[Path]:
    untouched = {path for pattern in _NOT_TRAINED for path in ROOT.glob(pattern)}
    for pattern in _WATCHED:
        yield from sorted(path for path in ROOT.glob(pattern) if path not in untouched)
