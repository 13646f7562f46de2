"""The code keeps to its style, and its types fit: `make lint`, beside the training and not before it."""

import subprocess

import pytest

from bot.settings import ROOT


@pytest.mark.timeout(300)
def test_the_code_is_in_order() -> None:
    lint = subprocess.run(["make", "--no-print-directory", "lint"], cwd=ROOT, capture_output=True, text=True)
    assert lint.returncode == 0, lint.stdout + lint.stderr
