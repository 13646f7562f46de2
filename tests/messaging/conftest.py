"""Somebody with a phone, and the server that all of them write to."""

from __future__ import annotations

from typing import Iterator

import pytest

from tests.support.phones import PHONES, House, Phone


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
