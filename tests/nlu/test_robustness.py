"""How far understanding falls when the project's own utterances arrive worn."""

from __future__ import annotations

import asyncio
from pathlib import Path
from random import Random
from typing import Dict, Iterable, List

import pytest
from rasa.core.agent import Agent

from bot.content.answers import read_topics
from bot.content.catalogue import read_catalogue
from bot.content.library import read_titles
from bot.understanding.offers import Offers
from tests.benchmarks.understanding import Row, read_message
from tests.support.worn import FORMS

LEAST = 0.94
"""Share of the sample that is answered rightly, or offered, as it was written."""

EVERY = {"long_story": 4}
"""Which messages of the sample a form is tried on (else all): a story takes as long as ten messages."""

MOST_LOST = {
    "typos": 0.08,
    "no_apostrophes": 0.05,
    "capitals": 0.05,
    "emoji": 0.05,
    "spanish": 0.10,
    "long_story": 0.18,
}
"""Share of the sample that each form may lose: two messages or more above what was measured."""


def sample() -> List[Row]:
    """One utterance, the same in every run, of every topic outside of safety that has a button."""
    chance = Random("robustness")
    safety = set(read_catalogue().safety)
    return [
        Row(chance.choice(_sentences(topic.utterances)), label, frozenset([label]), frozenset())
        for label, topic in sorted(read_topics().items())
        if label in read_titles() and label not in safety
    ]


def _sentences(utterances: Iterable[str]) -> List[str]:
    return [one for one in utterances if len(one.split()) > 3]


@pytest.fixture(scope="module")
def understood(model: Path) -> Dict[str, List[bool]]:
    """Whether each message of the sample is answered rightly, or offered, in each form."""
    return asyncio.run(_read_all(model))


async def _read_all(model: Path) -> Dict[str, List[bool]]:
    agent, offers, rows = Agent.load(str(model)), Offers(read_titles()), sample()
    found = {}
    for form, wear in FORMS.items():
        read = rows[:: EVERY.get(form, 1)]
        texts = [wear(row.text, Random(f"{form} {row.text}")) for row in read]
        outcomes = [await read_message(agent, offers, text) for text in texts]
        found[form] = [one.is_right(row) or one.holds(row) for row, one in zip(read, outcomes, strict=True)]
    return found


@pytest.fixture(scope="module", autouse=True)
def shown(understood: Dict[str, List[bool]], request: pytest.FixtureRequest) -> None:
    """Says in the run's output how far each form falls."""
    plugins = request.config.pluginmanager
    reporter = plugins.get_plugin("terminalreporter")
    with plugins.get_plugin("capturemanager").global_and_fixture_disabled():
        reporter.write_line("\nworn messages that are still answered rightly, or offered:")
        for form, truths in understood.items():
            lost = _lost(understood, form)
            reporter.write_line(f"  {form:15s} {sum(truths):3d} of {len(truths)}, {lost:.3f} lost")


def _lost(understood: Dict[str, List[bool]], form: str) -> float:
    """The share of a form's messages that were understood as written, and are not in this form."""
    worn = understood[form]
    whole = understood["as_written"][:: EVERY.get(form, 1)]
    return sum(was and not still for was, still in zip(whole, worn, strict=True)) / len(worn)


def test_nearly_everything_is_understood_as_it_was_written(understood: Dict[str, List[bool]]) -> None:
    assert sum(understood["as_written"]) / len(understood["as_written"]) >= LEAST


@pytest.mark.parametrize(("form", "most"), MOST_LOST.items())
def test_a_worn_message_is_mostly_still_understood(
    understood: Dict[str, List[bool]], form: str, most: float
) -> None:
    lost = _lost(understood, form)
    assert lost <= most, f"{form}: {lost:.3f} of the sample is lost"
