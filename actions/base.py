"""What every action of the clinic shares."""

from __future__ import annotations

import abc
from typing import Any, Dict, Optional

from rasa_sdk import Action, Tracker

from bot.booking.intake import Draft, Reply
from bot.bootstrap import Services, bootstrap
from bot.chat.labels import label_of


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
    return Draft(
        visit_for=slots.get("visit_for"),
        visit_time=slots.get("visit_time"),
        full_name=slots.get("full_name"),
        contact=slots.get("contact"),
        booking_confirmed=slots.get("booking_confirmed"),
        time_wish=slots.get("time_wish"),
        offered_times=tuple(slots.get("offered_times") or ()),
    )


def reply_of(tracker: Tracker) -> Reply:
    """What the person sent last."""
    latest: Dict[str, Any] = tracker.latest_message
    choices = [one["value"] for one in latest.get("entities", []) if one["entity"] == "choice"]
    return Reply(latest.get("text") or "", choices[0] if choices else {}, label_of(latest.get("intent", {})))
