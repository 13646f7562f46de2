"""The talks that look at a booked visit, move it or cancel it."""

from __future__ import annotations

import asyncio
import uuid
from typing import Any, Dict, List, Tuple

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction
from rasa_sdk.executor import CollectingDispatcher

from actions.base import ClinicAction, answer_of, draft_of, reply_of, slots_set
from actions.times import TIME_SLOTS, hold
from bot.booking.draft import Changes
from bot.booking.model import Proof
from bot.errors import CannotChange, NotFound, TimeTaken, TooManyTries

Events = List[Dict[str, Any]]

_FORGOTTEN = (
    "visit_reference",
    "visit_known",
    "change_confirmed",
    "change_key",
    "found_visit_type",
    *TIME_SLOTS,
)


class ActionStartChange(ClinicAction):
    """Begins the talk about a booked visit."""

    def name(self) -> str:
        """The name in `domain.yml`."""
        return "action_start_change"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]) -> Events:
        """Nothing is kept of an earlier talk but the reference of a visit that was booked in this chat."""
        begun: Changes = dict.fromkeys(_FORGOTTEN)
        begun["visit_reference"] = tracker.get_slot("appointment_reference")
        begun.update(self.services.changing.read(None, reply_of(tracker), draft_of(tracker)))
        begun["change_key"] = str(uuid.uuid4())
        return slots_set(begun)


class ValidateChange(ClinicAction):
    """Reads each reply of the three talks; a visit is shown only to who knows enough of it."""

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]) -> Events:
        """The slots that the reply changes."""
        asked, reply, draft = tracker.get_slot("requested_slot"), answer_of(tracker), draft_of(tracker)
        if asked is None or reply is None:
            return []
        changes = self.services.changing.read(asked, reply, draft)
        missed = None if changes else self.services.changing.missed(asked, reply)
        if missed is not None:
            dispatcher.utter_message(response=missed)
            return slots_set({asked: None})
        if "visit_known" in changes:
            return await self._prove(dispatcher, tracker, str(changes["visit_known"]))
        if changes.get("visit_time") is not None:
            key, kind = str(tracker.get_slot("change_key")), str(tracker.get_slot("found_visit_type"))
            changes = await hold(self.services.desk, dispatcher, key, kind, changes, draft)
        return slots_set(changes)

    async def _prove(self, dispatcher: CollectingDispatcher, tracker: Tracker, known: str) -> Events:
        """The visit's kind, if the proof is right; what is said of a wrong one tells nothing."""
        changing, reference = self.services.changing, str(tracker.get_slot("visit_reference"))
        try:
            visit = await asyncio.to_thread(changing.find, reference, known, tracker.sender_id)
        except NotFound:
            dispatcher.utter_message(response="utter_visit_not_found")
            return slots_set({"visit_reference": None, "visit_known": None})
        except TooManyTries as problem:
            minutes = changing.minutes_until(problem.again_at)
            dispatcher.utter_message(response="utter_too_many_tries", wait_minutes=minutes)
            return slots_set({"visit_reference": None, "visit_known": None, "requested_slot": None})
        if not changing.can_change(visit) and self.name() != "validate_check_visit_form":
            dispatcher.utter_message(response="utter_visit_is_over", **changing.spoken(visit))
            return slots_set({"visit_known": None, "requested_slot": None})
        return slots_set({"visit_known": known, "found_visit_type": visit.visit_type_id})


class ValidateCheckVisitForm(ValidateChange):
    """Reads the replies of the talk that looks at a visit."""

    def name(self) -> str:
        """The name that Rasa looks for beside `check_visit_form`."""
        return "validate_check_visit_form"


class ValidateMoveVisitForm(ValidateChange):
    """Reads the replies of the talk that moves a visit."""

    def name(self) -> str:
        """The name that Rasa looks for beside `move_visit_form`."""
        return "validate_move_visit_form"


class ValidateCancelVisitForm(ValidateChange):
    """Reads the replies of the talk that cancels a visit."""

    def name(self) -> str:
        """The name that Rasa looks for beside `cancel_visit_form`."""
        return "validate_cancel_visit_form"


class ActionAskChangeConfirmed(ClinicAction):
    """Asks whether to move or to cancel, with everything that follows from it."""

    def name(self) -> str:
        """The name that Rasa looks for to ask for `change_confirmed`."""
        return "action_ask_change_confirmed"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]) -> Events:
        """The visit as it is, and the new time if there is one."""
        visit = await asyncio.to_thread(self.services.changing.find, *_proof(tracker), tracker.sender_id)
        words = self.services.changing.spoken(visit)
        picked = tracker.get_slot("visit_time")
        if picked is None:
            dispatcher.utter_message(response="utter_ask_cancel", **words)
        else:
            words.update(self.services.changing.spoken_time(str(picked)))
            dispatcher.utter_message(response="utter_ask_move", **words)
        return []


class ActionShowVisit(ClinicAction):
    """Says when and where a visit is."""

    def name(self) -> str:
        """The name in `domain.yml`."""
        return "action_show_visit"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]) -> Events:
        """Nothing, when the proof was wrong too often."""
        if tracker.get_slot("visit_known") is not None:
            visit = await asyncio.to_thread(self.services.changing.find, *_proof(tracker), tracker.sender_id)
            changeable = self.services.changing.can_change(visit)
            dispatcher.utter_message(
                response="utter_visit_shown" if changeable else "utter_visit_is_over",
                **self.services.changing.spoken(visit),
            )
        return slots_set(dict.fromkeys(_FORGOTTEN))


class ActionCancelVisit(ClinicAction):
    """Cancels the visit, if that was confirmed."""

    def name(self) -> str:
        """The name in `domain.yml`."""
        return "action_cancel_visit"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]) -> Events:
        """Says that it is done, and what a late cancellation means."""
        if tracker.get_slot("change_confirmed"):
            proof, key = Proof(*_proof(tracker)), str(tracker.get_slot("change_key"))
            try:
                done = await asyncio.to_thread(self.services.desk.cancel, proof, key, tracker.sender_id)
                said = "utter_visit_cancelled_late" if done.is_late else "utter_visit_cancelled"
            except CannotChange:
                said = "utter_cannot_change"
            dispatcher.utter_message(response=said)
        elif tracker.get_slot("change_confirmed") is False:
            dispatcher.utter_message(response="utter_visit_stays")
        return slots_set(dict.fromkeys(_FORGOTTEN))


class ActionMoveVisit(ClinicAction):
    """Moves the visit, if that was confirmed; the old time stays until the new one is certain."""

    def name(self) -> str:
        """The name in `domain.yml`."""
        return "action_move_visit"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]) -> Events:
        """Says the new time, or offers others when it is gone."""
        forgotten = slots_set(dict.fromkeys(_FORGOTTEN))
        if not tracker.get_slot("change_confirmed"):
            if tracker.get_slot("change_confirmed") is False:
                dispatcher.utter_message(response="utter_visit_stays")
            return forgotten
        proof, key, picked = (
            Proof(*_proof(tracker)),
            str(tracker.get_slot("change_key")),
            tracker.get_slot("visit_time"),
        )
        try:
            visit = await asyncio.to_thread(
                self.services.desk.move, proof, str(picked), key, tracker.sender_id
            )
        except TimeTaken:
            dispatcher.utter_message(response="utter_time_taken")
            refused = [*draft_of(tracker).refused_times, picked]
            emptied = {"visit_time": None, "change_confirmed": None, "refused_times": refused}
            return [*slots_set(emptied), FollowupAction("move_visit_form")]
        except CannotChange:
            dispatcher.utter_message(response="utter_cannot_change")
            return forgotten
        words = self.services.changing.spoken(visit)
        words["calendar_link"] = self.services.calendar_links.path(visit)
        dispatcher.utter_message(response="utter_visit_moved", **words)
        return forgotten


def _proof(tracker: Tracker) -> Tuple[str, str]:
    return str(tracker.get_slot("visit_reference")), str(tracker.get_slot("visit_known"))
