"""What all tests share: the same examples in every run, and a clinic of their own."""

import pytest
from hypothesis import settings

from bot.content.profile import Profile, read_profile
from bot.settings import ROOT

pytest_plugins = ["tests.support.assistant"]

settings.register_profile("clinic", derandomize=True, deadline=None)
settings.load_profile("clinic")


@pytest.fixture(scope="session")
def profile() -> Profile:
    return read_profile(ROOT / "tests" / "support" / "clinic.yml")
