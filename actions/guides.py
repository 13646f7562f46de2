"""The talk through a guide."""

from __future__ import annotations

import abc
from typing import Any, Dict, Iterable, List, Optional

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import ClinicAction, answer_of, reply_of
from bot.booking.draft import Reply
from bot.guides.cards import Card
from bot.guides.moves import asks_nothing
from bot.guides.talk import Asked, Place

Events = List[Dict[str, Any]]


class ActionUseEquipment(ClinicAction):
    """Answers a question about a device, or begins the steps that it asks for."""

    def name(self) -> str:
        """The name in `domain.yml`."""
        return "action_use_equipment"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]) -> Events:
        """An answer in the middle of a walkthrough leaves its place as it was."""
        before = place_of(tracker)
        walking = (tracker.active_loop or {}).get("name") == "guide_form"
        turn = self.services.guides.open(asked_of(tracker, reply_of(tracker)), before, within=walking)
        say(dispatcher, turn.cards)
        if turn.cards:
            return [] if walking else slots_of(turn.place or before)
        events = slots_of(turn.place or before)
        return events if walking else [*events, FollowupAction("guide_form")]


class ActionResumeGuide(ClinicAction):
    """Goes on with a walkthrough that was left; says so when none is open."""

    def name(self) -> str:
        """The name in `domain.yml`."""
        return "action_resume_guide"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]) -> Events:
        """The step where it was left."""
        if self.services.guides.can_resume(place_of(tracker)):
            return [SlotSet("guide_done", None), FollowupAction("guide_form")]
        dispatcher.utter_message(response=f"utter_{reply_of(tracker).topic}")
        return []


class ValidateGuideForm(ClinicAction):
    """Reads each reply; what it does not answer is left to the rules, and then the step comes back."""

    def name(self) -> str:
        """The name that Rasa looks for beside `guide_form`."""
        return "validate_guide_form"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]) -> Events:
        """The slots that the reply changes; what was answered without steps ends the form."""
        asked, reply = tracker.get_slot("requested_slot"), answer_of(tracker)
        if asked is None or reply is None:
            return []
        question, before = asked.replace("guide_", "", 1), place_of(tracker)
        turn = self.services.guides.read(question, asked_of(tracker, reply), before)
        if turn.place is None:
            if asks_nothing(reply.topic):
                dispatcher.utter_message(response=f"utter_guide_unread_{question}")
                return [SlotSet("guide_question", before.question)]
            return []
        say(dispatcher, turn.cards)
        events = slots_of(turn.place)
        return [*events, SlotSet("requested_slot", None)] if turn.place.done else events


class _ActionAsk(ClinicAction, abc.ABC):
    """Says what settles one question; `name` is the one that Rasa looks for to ask for its slot."""

    question: str

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]) -> Events:
        """No slot changes."""
        say(dispatcher, self.services.guides.ask(self.question, place_of(tracker)))
        return []


class ActionAskGuideDevice(_ActionAsk):
    """Asks which device is meant."""

    question = "device"

    def name(self) -> str:
        """The name in `domain.yml`."""
        return "action_ask_guide_device"


class ActionAskGuideWalkthrough(_ActionAsk):
    """Asks what to do with the device."""

    question = "walkthrough"

    def name(self) -> str:
        """The name in `domain.yml`."""
        return "action_ask_guide_walkthrough"


class ActionAskGuideWho(_ActionAsk):
    """Asks who does it."""

    question = "who"

    def name(self) -> str:
        """The name in `domain.yml`."""
        return "action_ask_guide_who"


class ActionAskGuideDone(_ActionAsk):
    """Says the present step."""

    question = "done"

    def name(self) -> str:
        """The name in `domain.yml`."""
        return "action_ask_guide_done"


class ActionCloseGuide(ClinicAction):
    """Says what ends a walkthrough, or the one thing that was asked."""

    def name(self) -> str:
        """The name in `domain.yml`."""
        return "action_close_guide"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]) -> Events:
        """The device and who uses it stay known; the place does when it was only stopped."""
        turn = self.services.guides.close(place_of(tracker))
        say(dispatcher, turn.cards)
        return slots_of(turn.place or Place())


def say(dispatcher: CollectingDispatcher, cards: Iterable[Card]) -> None:
    """Say each card as a message."""
    for card in cards:
        dispatcher.utter_message(
            response=card.response, buttons=list(card.buttons), metadata=dict(card.about), **card.values
        )


def place_of(tracker: Tracker) -> Place:
    """Where the slots say that the talk through a guide is."""
    slots = tracker.current_slot_values()
    return Place(
        device=slots.get("guide_device"),
        walkthrough=slots.get("guide_walkthrough"),
        step=int(slots.get("guide_step") or 0),
        who=slots.get("guide_who"),
        done=slots.get("guide_done"),
        question=slots.get("guide_question") or "",
    )


def slots_of(place: Place) -> Events:
    """The place as slots."""
    return [SlotSet(f"guide_{field}", value) for field, value in place.as_dict().items()]


def asked_of(tracker: Tracker, reply: Reply) -> Asked:
    """What was sent, with the devices that it names."""
    return Asked(reply.text, tuple(named_in(tracker, "equipment")), reply.choice, reply.topic)


def named_in(tracker: Tracker, kind: str) -> List[str]:
    """The ids of what the latest message names, of one kind of entity."""
    entities: Optional[Events] = tracker.latest_message.get("entities")
    return [one["value"] for one in entities or [] if one["entity"] == kind]
