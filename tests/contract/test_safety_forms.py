"""Danger at every step of every form, through the trained dialogue."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.shared.core.events import ActionExecuted, ActiveLoop, SlotSet, UserUttered
from rasa.utils.endpoints import EndpointConfig

from bot.channels.collector import Collector
from bot.chat.labels import intent_of
from bot.content.yaml_files import read_yaml
from bot.safety.replies import read_safety_replies
from bot.safety.signs import URGENCY, Sign
from bot.settings import ROOT

FORMS = read_yaml(ROOT / "domain.yml")["forms"]
STEPS = [(form, slot) for form, shape in FORMS.items() for slot in shape.get("required_slots") or [None]]
ANSWERS = {"fall_check_form": ("fall_report", "medication_question", "medical_advice")}
"""That it hurts, or which blood thinner it is, does answer a question after a fall."""

NOWHERE = EndpointConfig("http://127.0.0.1:9/webhook")


class ReadsNothing(EndpointConfig):
    """An action server to which danger answers no question, as `actions.base.answer_of` has it."""

    async def request(self, *args: Any, **kwargs: Any) -> dict[str, list[Any]]:
        return {"events": [], "responses": []}


REPLIES = read_safety_replies()


def dialogue(model: Path, actions: EndpointConfig) -> Agent:
    replies = EndpointConfig(type="bot.nlu.replies.ClinicReplies")
    return Agent.load(str(model), action_endpoint=actions, generator=replies)


@pytest.fixture(scope="module")
def agent(model: Path) -> Agent:
    return dialogue(model, NOWHERE)


@pytest.fixture(scope="module")
def in_forms(model: Path) -> Agent:
    """Rasa asks the form first, whatever was said: only with its answer do the rules speak."""
    return dialogue(model, ReadsNothing("in-process"))


def said(agent: Agent, conversation: str, danger: str, kind: str | None = None) -> list[dict[str, Any]]:
    """What the dialogue says to a message about this danger."""
    collector = Collector("chat")
    understood = {
        "text": "…",
        "intent": intent_of(danger, 1.0),
        "intent_ranking": [intent_of(danger, 1.0)],
        "entities": [],
        "danger": {"kind": kind, "rest": None},
    }
    asyncio.run(
        agent.handle_message(
            UserMessage("…", collector, conversation, parse_data=understood, input_channel="chat")
        )
    )
    return collector.replies


async def stand_at(agent: Agent, conversation: str, form: str, slot: str | None) -> None:
    """Put a conversation into a form, where it asks for this slot."""
    tracker = await agent.processor.fetch_tracker_and_update_session(conversation)
    tracker.update(UserUttered("let us begin", {"name": "greet", "confidence": 1.0}))
    for event in (ActionExecuted(form), ActiveLoop(form), SlotSet("requested_slot", slot)):
        tracker.update(event)
    tracker.update(ActionExecuted("action_listen"))
    await agent.processor.save_tracker(tracker)


@pytest.mark.parametrize("danger", URGENCY)
@pytest.mark.parametrize(("form", "slot"), STEPS)
def test_danger_at_any_step_is_answered_at_once_and_the_form_is_left(in_forms, form, slot, danger):
    if danger in ANSWERS.get(form, ()):
        pytest.skip("it answers a question of this form")
    conversation = f"{form} {slot} {danger}"
    asyncio.run(stand_at(in_forms, conversation, form, slot))
    first, *others = said(in_forms, conversation, danger)
    assert first["text"].startswith(REPLIES.reply_to(Sign(danger, None, ""))["text"][:40])
    assert first["metadata"]["topic"] == danger
    assert not others
    tracker = asyncio.run(in_forms.tracker_store.retrieve(conversation))
    assert tracker.active_loop_name is None


@pytest.mark.parametrize("danger", URGENCY)
def test_danger_outside_of_a_form_is_answered_without_an_action_server(agent, danger):
    first, *_ = said(agent, f"outside {danger}", danger)
    assert first["metadata"]["topic"] == danger
    assert "911" in first["text"] or "988" in first["text"]


def test_the_reply_is_the_one_of_its_kind(agent):
    first, *_ = said(agent, "a kind", "emergency_medical", "stroke")
    assert 'Say the word "stroke"' in first["text"]


def test_the_reply_leads_back_to_the_form_it_interrupts(in_forms):
    asyncio.run(stand_at(in_forms, "back", "booking_form", "full_name"))
    tracker = asyncio.run(in_forms.tracker_store.retrieve("back"))
    assert tracker.active_loop_name == "booking_form"
    first, *_ = said(in_forms, "back", "emergency_medical")
    assert "When everyone is safe, we can go on where we were" in first["text"]
