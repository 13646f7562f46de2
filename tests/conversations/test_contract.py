"""A running server keeps to docs/openapi.yml, whatever the description allows a client to send."""

from __future__ import annotations

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis import Case
from schemathesis.checks import CheckFunction
from schemathesis.specs.openapi.checks import positive_data_acceptance

from tests.support.assistant import Assistant
from tests.support.openapi import PATH
from tests.support.talk import PATIENCE, Talk

# A stream has no end to wait for; `test_posts.py` reads it.
API = schemathesis.openapi.from_path(PATH).exclude(path="/chat/events")
API.config.generation.allow_extra_parameters = False  # a parameter that nobody knows is left aside
API.config.checks.negative_data_rejection.expected_statuses.append("413")
# A text of slashes alone, or a button that was never offered, has the form of the description all the same.
NOT_EXPECTED: list[CheckFunction] = [positive_data_acceptance]
PATIENT = list(HealthCheck)


@pytest.fixture(scope="module")
def talk(assistant: Assistant) -> Talk:
    return assistant.talk()


def keeps_to_the_description(case: Case, assistant: Assistant, talk: Talk) -> None:
    """Whatever this case sends, the answer has a described status, type and shape, and is no failure."""
    token = assistant.talk().token if case.method.upper() == "DELETE" else talk.token
    case.call_and_validate(
        base_url=assistant.url,
        headers={"Authorization": f"Bearer {token}"},
        excluded_checks=NOT_EXPECTED,
        timeout=PATIENCE,
    )


@API.parametrize()
@settings(max_examples=20, suppress_health_check=PATIENT)
def test_what_is_sent_is_answered_as_described(case: Case, assistant: Assistant, talk: Talk):
    keeps_to_the_description(case, assistant, talk)


@pytest.mark.long
@pytest.mark.timeout(3600)
@API.parametrize()
@settings(max_examples=1000, suppress_health_check=PATIENT)
def test_much_that_is_sent_is_answered_as_described(case: Case, assistant: Assistant, talk: Talk):
    keeps_to_the_description(case, assistant, talk)
