"""One server with all channels on for all tests of this folder."""

from __future__ import annotations

from pathlib import Path
from typing import Iterator

import pytest

from tests.support.phones import PHONES, House, Phone, open_house


@pytest.fixture(scope="session")
def shared_house(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with open_house(model, tmp_path_factory.mktemp("house")) as house:
        yield house


@pytest.fixture
def house(shared_house: House) -> Iterator[House]:
    """The same server for everybody; behind each test, nothing is left and no limit was broken."""
    yield shared_house
    shared_house.settle()
    shared_house.limits_kept()


@pytest.fixture(params=PHONES)
def phone(request: pytest.FixtureRequest, house: House) -> Phone:
    """Somebody new, on each channel in turn."""
    return PHONES[request.param](house)
