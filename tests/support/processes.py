"""Servers of the tests' own, which can die, hang and come back."""

from __future__ import annotations

import os
import signal
import subprocess
from contextlib import contextmanager
from pathlib import Path
from typing import Iterator


def family(process: subprocess.Popen[bytes]) -> list[int]:
    """A process and those it started."""
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    return [process.pid, *map(int, children)]


@contextmanager
def hanging(process: subprocess.Popen[bytes]) -> Iterator[None]:
    """Inside the block the server takes connections, and answers nothing."""
    stopped = family(process)
    for pid in stopped:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in stopped:
            os.kill(pid, signal.SIGCONT)
