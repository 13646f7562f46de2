"""What is the clinic's own is said as it stands in the profile, and never made up when it is missing."""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import Any, Dict, List, Mapping, Optional

import pytest
from rasa.shared.core.trackers import DialogueStateTracker

from bot.content.answers import Topic, read_topics
from bot.content.facts import Sentence
from bot.content.profile import ALWAYS_KNOWN, FIELDS, PATH, SENTENCES, Profile
from bot.content.reading import FIELD
from bot.content.yaml_files import parse, read_yaml
from bot.nlu import replies
from bot.nlu.replies import ClinicReplies

ANSWERS = [topic for topic in read_topics().values() if topic.is_answer]
RESPONSES = {f"utter_{topic.label}": topic.responses[f"utter_{topic.label}"] for topic in ANSWERS}
USED = {
    field
    for responses in RESPONSES.values()
    for response in responses
    for field in FIELD.findall(response.text)
}
MAY_MISS = sorted(USED & FIELDS - ALWAYS_KNOWN)


def profile_without(*fields: str) -> Profile:
    """The clinic, with these facts left out."""
    shape: Dict[str, Any] = read_yaml(PATH)
    for field in fields:
        section, _, name = field.partition(".")
        shape[section].pop(name, None)
    return parse(PATH, Profile, shape)


async def said(profile: Profile, topic: Topic, monkeypatch: pytest.MonkeyPatch) -> str:
    """What a person reads of this topic at a clinic with this profile."""
    name = f"utter_{topic.label}"
    monkeypatch.setattr(replies, "bootstrap", lambda: SimpleNamespace(profile=profile, guides=None))
    responses = {name: [response.dict() for response in topic.responses[name]]}
    reply: Optional[Mapping[str, Any]] = await ClinicReplies(
        None, SimpleNamespace(responses=responses)
    ).generate(name, DialogueStateTracker("somebody", []), "web")
    assert reply is not None
    return str(reply["text"])


def assert_whole(text: str) -> None:
    assert text.strip()
    assert not re.search(r"[{}]|\bNone\b|\bnull\b|: *\.|  ", text), text


@pytest.mark.parametrize("topic", ANSWERS, ids=lambda topic: topic.label)
async def test_an_answer_is_filled_with_the_clinics_facts(
    topic: Topic, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert_whole(await said(profile_without(), topic, monkeypatch))


@pytest.mark.parametrize("field", MAY_MISS)
async def test_an_answer_whose_fact_is_missing_says_to_call(
    field: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    profile = profile_without(field)
    users: List[Topic] = [one for one in ANSWERS if f"{{{field}}}" in RESPONSES[f"utter_{one.label}"][0].text]
    assert users
    for topic in users:
        text = await said(profile, topic, monkeypatch)
        assert_whole(text)
        assert profile.contact.phone in text


@pytest.mark.parametrize("topic", ANSWERS, ids=lambda topic: topic.label)
async def test_a_clinic_that_tells_nothing_but_its_phone_has_every_answer(
    topic: Topic, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert_whole(await said(profile_without(*(FIELDS - ALWAYS_KNOWN)), topic, monkeypatch))


def test_the_profile_of_the_project_tells_every_fact_that_an_answer_uses() -> None:
    assert set(profile_without().fields()) >= USED


def test_facts_of_the_project_that_are_sentences_are_written_as_such() -> None:
    shape = read_yaml(PATH)
    for field in SENTENCES:
        section, _, name = field.partition(".")
        text = shape[section].get(name)
        assert text is None or text == Sentence.of(text), field


@pytest.mark.parametrize(
    ("written", "said_as"),
    [
        ("we lend tools", "We lend tools."),
        ("We lend tools.", "We lend tools."),
        (" free parking ", "Free parking."),
    ],
)
def test_a_fact_that_stands_alone_is_made_a_sentence(written: str, said_as: str) -> None:
    assert Sentence.of(written) == said_as


def test_the_time_zone_is_said_in_words() -> None:
    assert profile_without().fields()["clinic.timezone"] == "Los Angeles time"


async def test_a_list_leaves_out_an_item_whose_fact_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    items = ["Where: {location.address}", "Call: {contact.phone}"]
    written = {"utter_place": [{"text": "Here it is.", "metadata": {"items": items}}]}
    profile = profile_without("location.address")
    monkeypatch.setattr(replies, "bootstrap", lambda: SimpleNamespace(profile=profile, guides=None))
    reply = await ClinicReplies(None, SimpleNamespace(responses=written)).generate(
        "utter_place", DialogueStateTracker("somebody", []), "web"
    )
    assert reply is not None
    assert reply["metadata"]["items"] == ["Call: 503-555-0142"]
