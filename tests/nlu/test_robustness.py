"""How far understanding falls when the project's own utterances arrive worn."""

from __future__ import annotations

import asyncio
from pathlib import Path
from random import Random
from typing import Dict, List

import pytest
from rasa.core.agent import Agent

from bot.content.answers import read_topics
from bot.content.catalogue import read_catalogue
from bot.content.library import read_titles
from bot.understanding.offers import Offers
from tests.benchmarks.understanding import Row, read_message
from tests.support.worn import FORMS

EACH = 1
"""Utterances of each topic: what is bounded is the share of them that a form loses."""

MOST_LOST = {
    "typos": 0.15,
    "no_apostrophes": 0.06,
    "capitals": 0.03,
    "emoji": 0.06,
    "spanish": 0.12,
    "long_story": 0.25,
}


def sample() -> List[Row]:
    """The same utterances in every run, from every topic outside of safety that has a button."""
    chance = Random("robustness")
    safety = set(read_catalogue().safety)
    return [
        Row(text, label, frozenset([label]), frozenset())
        for label, topic in sorted(read_topics().items())
        if label in read_titles() and label not in safety
        for text in chance.sample([one for one in topic.utterances if len(one.split()) > 3], EACH)
    ]


@pytest.fixture(scope="module")
def helped(model: Path) -> Dict[str, float]:
    """The share of the sample that is answered rightly, or offered, in each form."""
    return asyncio.run(_helped(model))


async def _helped(model: Path) -> Dict[str, float]:
    agent, offers, rows = Agent.load(str(model)), Offers(read_titles()), sample()
    shares = {}
    for form, wear in FORMS.items():
        outcomes = [
            (row, await read_message(agent, offers, wear(row.text, Random(f"{form} {row.text}"))))
            for row in rows
        ]
        shares[form] = sum(one.is_right(row) or one.holds(row) for row, one in outcomes) / len(rows)
    return shares


def test_nearly_everything_is_understood_as_it_was_written(helped: Dict[str, float]) -> None:
    assert helped["as_written"] >= 0.95


@pytest.mark.parametrize(("form", "most"), MOST_LOST.items())
def test_a_worn_message_is_mostly_still_understood(helped: Dict[str, float], form: str, most: float) -> None:
    lost = helped["as_written"] - helped[form]
    assert lost <= most, f"{form}: {lost:.3f} of the sample is lost"
