"""The talk that finds out which therapy fits."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Dict, List

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import DANGERS, ClinicAction, answer_of, reply_of
from bot.booking.draft import Reply
from bot.choosing.chooser import ALL_CLEAR, TOLD, Situation

Events = List[Dict[str, Any]]

_DANGER_REPLIES = {
    "call_911": "utter_emergency_medical",
    "see_doctor": "utter_see_doctor_today",
    "yes": "utter_danger_not_named",
}


class ActionStartChoosing(ClinicAction):
    """Keeps what the first words already said."""

    def name(self) -> str:
        """The name in `domain.yml`."""
        return "action_start_choosing"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]) -> Events:
        """A talk that was left goes on with its answers; danger is asked about anew after an alarm."""
        changes = self.services.chooser.begin(_first_words(tracker), situation_of(tracker))
        if _alarm_since_all_clear(tracker):
            changes["danger_signs"] = None
        return [SlotSet(slot, value) for slot, value in changes.items()]


class ValidateChooseTherapyForm(ClinicAction):
    """Reads each reply; what it does not answer is left to the rules, and then asked again."""

    def name(self) -> str:
        """The name that Rasa looks for beside `choose_therapy_form`."""
        return "validate_choose_therapy_form"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]) -> Events:
        """The slots that the reply changes; a sign of danger ends the questions."""
        asked, reply = tracker.get_slot("requested_slot"), answer_of(tracker)
        if asked is None or reply is None:
            return []
        changes = self.services.chooser.read(asked, reply, situation_of(tracker))
        if not changes and self.services.chooser.missed(reply):
            again = "_again" if tracker.get_slot("therapy_unread") else ""
            dispatcher.utter_message(response=f"utter_therapy_unread{again}")
            return [SlotSet("therapy_unread", True)]
        events = [SlotSet(slot, value) for slot, value in changes.items()]
        if changes.get("danger_signs") in _DANGER_REPLIES:
            events.append(SlotSet("requested_slot", None))
        return [*events, SlotSet("therapy_unread", None)] if events else []


class ActionAskTherapyGoals(ClinicAction):
    """Asks for the goal, with the likeliest ones of a child or an adult as buttons."""

    def name(self) -> str:
        """The name that Rasa looks for to ask for `therapy_goals`."""
        return "action_ask_therapy_goals"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]) -> Events:
        """The question, said to the one who writes."""
        dispatcher.utter_message(response=f"utter_ask_therapy_goals_{tracker.get_slot('therapy_for')}")
        return []


class ActionSayTherapy(ClinicAction):
    """Says where to start, and why; or, after a sign of danger, where to get help."""

    def name(self) -> str:
        """The name in `domain.yml`."""
        return "action_say_therapy"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]) -> Events:
        """After danger the other answers stay, so that the talk can go on when everyone is safe."""
        situation = situation_of(tracker)
        if situation.danger_signs != ALL_CLEAR:
            dispatcher.utter_message(response=_DANGER_REPLIES[str(situation.danger_signs)])
            return [SlotSet("danger_signs", None)]
        verdict = self.services.chooser.decide(situation)
        sources = [source.dict() for source in verdict.sources]
        dispatcher.utter_message(
            response=f"utter_therapy_{verdict.answer}",
            named=verdict.named,
            reason=verdict.reason,
            metadata={"topic": "choose_therapy", "sources": sources},
        )
        dispatcher.utter_message(
            response=f"utter_after_therapy_{verdict.answer}",
            buttons=[
                {
                    "title": "Book an OT visit",
                    "payload": f"/book_evaluation?visit_for={situation.therapy_for}",
                },
            ],
        )
        return [SlotSet(slot, None) for slot in TOLD]


def situation_of(tracker: Tracker) -> Situation:
    """What the slots say so far."""
    slots = tracker.current_slot_values()
    return Situation(
        danger_signs=slots.get("danger_signs"),
        therapy_for=slots.get("therapy_for"),
        therapy_goals=tuple(slots.get("therapy_goals") or ()),
        therapy_conditions=tuple(slots.get("therapy_conditions") or ()),
        doctor_knows=slots.get("doctor_knows"),
    )


def _first_words(tracker: Tracker) -> Reply:
    """What began the talk; words that first had to be asked about ("did you mean") belong to it."""
    said: List[str] = []
    for event in reversed(tracker.events):
        if event.get("event") == "user":
            said.insert(0, event.get("text") or "")
        if len(said) == 2 or (event.get("event") == "bot" and not _asks_what_was_meant(event)):
            break
    return replace(reply_of(tracker), text="\n".join(said))


def _asks_what_was_meant(event: Dict[str, Any]) -> bool:
    return (event.get("metadata") or {}).get("utter_action") == "utter_did_you_mean"


def _alarm_since_all_clear(tracker: Tracker) -> bool:
    """Whether danger was seen, or a new session began, after the person said that there are no signs."""
    alarm = spoke = False
    for event in tracker.events:
        if event.get("event") == "session_started":
            alarm, spoke = True, False  # what it carries over was not said today
        elif event.get("event") == "user":
            intent = (event.get("parse_data") or {}).get("intent") or {}
            alarm, spoke = alarm or intent.get("name") in DANGERS, True
        elif event.get("name") == "danger_signs" and event.get("value") and spoke:
            alarm = False
    return alarm
