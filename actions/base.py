"""What every action of the clinic shares."""

from __future__ import annotations

import abc
from typing import Any, Dict, List, Optional

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet

from bot.booking.draft import Changes, Draft, Reply
from bot.bootstrap import Services, bootstrap
from bot.chat.labels import label_of
from bot.content.catalogue import read_catalogue

DANGERS = frozenset(read_catalogue().safety)
NEVER_AN_ANSWER = frozenset((*DANGERS, "stop", "delete_my_data"))
"""Danger, and the wish to leave, are not read as the answer to a question, whatever else they say."""


class ClinicAction(Action, abc.ABC):
    """An action over the clinic's services; the SDK makes each without arguments."""

    def __init__(self, services: Optional[Services] = None) -> None:
        self.services = services or bootstrap()

    @abc.abstractmethod
    def name(self) -> str:
        """The name in `domain.yml`; abstract here, so that the SDK leaves this class out."""


def draft_of(tracker: Tracker) -> Draft:
    """The visit that the slots describe so far."""
    slots = tracker.current_slot_values()
    needs = slots.get("visit_needs")
    return Draft(
        visit_for=slots.get("visit_for"),
        visit_type=slots.get("visit_type"),
        visit_time=slots.get("visit_time"),
        full_name=slots.get("full_name"),
        contact=slots.get("contact"),
        visit_needs=None if needs is None else tuple(needs),
        visit_reason=slots.get("visit_reason"),
        booking_confirmed=slots.get("booking_confirmed"),
        time_wish=slots.get("time_wish"),
        day_in_doubt=slots.get("day_in_doubt"),
        offered_times=tuple(slots.get("offered_times") or ()),
        refused_times=tuple(slots.get("refused_times") or ()),
    )


def slots_set(changes: Changes) -> List[Dict[str, Any]]:
    """The events that set these slots."""
    return [SlotSet(slot, value) for slot, value in changes.items()]


def reply_of(tracker: Tracker) -> Reply:
    """What the person sent last."""
    latest: Dict[str, Any] = tracker.latest_message
    choices = [one["value"] for one in latest.get("entities", []) if one["entity"] == "choice"]
    return Reply(latest.get("text") or "", choices[0] if choices else {}, label_of(latest.get("intent", {})))


def answer_of(tracker: Tracker) -> Optional[Reply]:
    """What the person said to a form's question; None when there is nothing that may be read as an answer.

    After an answer to something in between, the form runs again: the same words must not be read again.
    """
    form = (tracker.active_loop or {}).get("name")
    for event in reversed(tracker.events):
        if event.get("event") == "user":
            reply = reply_of(tracker)
            return None if reply.topic in NEVER_AN_ANSWER else reply
        if event.get("event") == "action" and event.get("name") not in (
            None,
            "action_listen",
            "action_extract_slots",
            form,
        ):
            return None
    return None
