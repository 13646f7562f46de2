"""The short check after a fall."""

from __future__ import annotations

from typing import Any, Dict, List

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import ClinicAction, reply_of
from bot.safety.fall_check import QUESTIONS, FallAnswers

Events = List[Dict[str, Any]]

_MOST_URGENT = ("emergency_medical", "crisis_self_harm", "abuse_report", "stop", "delete_my_data")
"""Never read as an answer. That it hurts, or which blood thinner it is, does answer a question."""


class ActionStartFallCheck(ClinicAction):
    """Every fall is asked about anew."""

    def name(self) -> str:
        """The name in `domain.yml`."""
        return "action_start_fall_check"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]) -> Events:
        """Empty slots."""
        return [SlotSet(question, None) for question in QUESTIONS]


class ValidateFallCheckForm(ClinicAction):
    """Reads each reply; the check ends as soon as it is time to call."""

    def name(self) -> str:
        """The name that Rasa looks for beside `fall_check_form`."""
        return "validate_fall_check_form"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]) -> Events:
        """The slots that the reply changes."""
        asked, reply = tracker.get_slot("requested_slot"), reply_of(tracker)
        if asked is None or reply.topic in _MOST_URGENT or not _just_said(tracker):
            return []
        changes = self.services.fall_check.read(asked, reply.text, reply.choice)
        known = {question: changes.get(question, tracker.get_slot(question)) for question in QUESTIONS}
        events = [SlotSet(slot, value) for slot, value in changes.items()]
        if changes and self.services.fall_check.is_over(FallAnswers(**known)):
            events.append(SlotSet("requested_slot", None))
        return events


class ActionConcludeFallCheck(ClinicAction):
    """Says what the answers call for."""

    def name(self) -> str:
        """The name in `domain.yml`."""
        return "action_conclude_fall_check"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]) -> Events:
        """911, a doctor today, how to get up, or to tell the clinic."""
        answers = FallAnswers(**{question: tracker.get_slot(question) for question in QUESTIONS})
        dispatcher.utter_message(response=f"utter_fall_{self.services.fall_check.outcome(answers)}")
        return [SlotSet(question, None) for question in QUESTIONS]


def _just_said(tracker: Tracker) -> bool:
    """Whether the person spoke since the form last ran: a first report is no answer to a question."""
    for event in reversed(tracker.events):
        if event.get("event") == "user":
            return True
        if event.get("event") == "action" and event.get("name") not in (
            None,
            "action_listen",
            "action_extract_slots",
        ):
            return bool(event.get("name") == "fall_check_form")
    return False
