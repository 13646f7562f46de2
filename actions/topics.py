"""Answers that lean on the talk: several wishes, more of the last answer, the same again, "did you mean"."""

from __future__ import annotations

import re
from typing import Any, Dict, List, Optional

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.base import ClinicAction

Events = List[Dict[str, Any]]

_ANSWER = "utter_faq/"
_SIMPLER = re.compile(
    r"\b(?:simpl\w*|easier|easy|plain\w*|shorter|understand|mean|english|confus\w*|lost)\b", re.I
)


class ActionOfferTopics(ClinicAction):
    """Asks "did you mean", or says that it does not know."""

    def name(self) -> str:
        """The name in `domain.yml`."""
        return "action_offer_topics"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]) -> Events:
        """Offers the likeliest topics that can be offered."""
        ranking = tracker.latest_message.get("intent_ranking") or []
        choices = self.services.offers.likeliest([(one["name"], one["confidence"]) for one in ranking])
        if choices:
            buttons = [{"title": title, "payload": f"/{label}"} for label, title in choices]
            dispatcher.utter_message(response="utter_did_you_mean", buttons=buttons)
        else:
            dispatcher.utter_message(response="utter_out_of_scope")
        return []


class ActionAnswerWishes(ClinicAction):
    """Gives each of several wishes its answer, in order."""

    def name(self) -> str:
        """The name in `domain.yml`."""
        return "action_answer_wishes"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]) -> Events:
        """One answer a wish."""
        for label in tracker.latest_message.get("wishes") or []:
            dispatcher.utter_message(response=f"utter_{label}")
        return []


class ActionSayMore(ClinicAction):
    """Says what stands behind the last answer."""

    def name(self) -> str:
        """The name in `domain.yml`."""
        return "action_say_more"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]) -> Events:
        """The longer part of the last answer; the menu when nothing was answered yet."""
        answer = last_answer(tracker)
        if answer is None:
            dispatcher.utter_message(response="utter_capabilities")
        else:
            dispatcher.utter_message(part="more", **answer)
        return []


class ActionRepeat(ClinicAction):
    """Says the last thing again, or in easier words when those were asked for."""

    def name(self) -> str:
        """The name in `domain.yml`."""
        return "action_repeat"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]) -> Events:
        """The last answer's easier part, or every message of the last turn as it was."""
        answer, text = last_answer(tracker), tracker.latest_message.get("text") or ""
        # What is said of a condition has no easier words: it is said again.
        if answer is not None and answer["condition"] is None and _SIMPLER.search(text):
            dispatcher.utter_message(part="simpler", **answer)
            return []
        said = last_turn(tracker)
        if not said:
            dispatcher.utter_message(response="utter_repeat")
        for event in said:
            about = (event.get("metadata") or {}).get("metadata") or {}
            buttons = (event.get("data") or {}).get("buttons") or []
            dispatcher.utter_message(text=event["text"], buttons=buttons, metadata=about)
        return []


def last_answer(tracker: Tracker) -> Optional[Dict[str, Any]]:
    """The response that last answered a question: its name, and the condition it was about."""
    for event in reversed(tracker.events):
        said = event.get("metadata") or {}
        if event.get("event") == "bot" and str(said.get("utter_action")).startswith(_ANSWER):
            condition = (said.get("metadata") or {}).get("condition")
            return {"response": said["utter_action"], "condition": condition}
    return None


def last_turn(tracker: Tracker) -> Events:
    """What the assistant said after the person's message before this one, in order."""
    said: Events = []
    messages = 0
    for event in reversed(tracker.events):
        messages += event.get("event") == "user"
        if event.get("event") == "bot" and messages == 1:
            said.insert(0, event)
        if messages == 2:
            break
    return said
