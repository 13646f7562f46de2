"""The talk that books a visit."""

from __future__ import annotations

import asyncio
import uuid
from typing import Any, Dict, List

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import ClinicAction, answer_of, draft_of, reply_of, slots_set
from actions.times import TIME_SLOTS, hold
from bot.booking.draft import QUESTIONS, WAITING_LIST
from bot.booking.offering import OfferAnswer
from bot.errors import NotFound, PatientBusy, TimeTaken

Events = List[Dict[str, Any]]
_WHAT_TO_CHANGE = "utter_ask_what_to_change"
_CHECKED = ("visit_type", *QUESTIONS[:-1])
"""What is read back."""


class ActionStartBooking(ClinicAction):
    """Keeps what the first words already said of the visit."""

    def name(self) -> str:
        """The name in `domain.yml`."""
        return "action_start_booking"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]) -> Events:
        """A new booking has a key of its own; one that was interrupted keeps its answers."""
        changes = self.services.intake.read(None, reply_of(tracker), draft_of(tracker))
        changes["booking_key"] = tracker.get_slot("booking_key") or str(uuid.uuid4())
        return slots_set(changes)


class ValidateBookingForm(ClinicAction):
    """Reads each reply; what it does not answer is left to the rules, and then asked again."""

    def name(self) -> str:
        """The name that Rasa looks for beside `booking_form`."""
        return "validate_booking_form"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]) -> Events:
        """The slots that the reply changes; a time that is picked is held."""
        asked, reply, draft = tracker.get_slot("requested_slot"), answer_of(tracker), draft_of(tracker)
        if asked is None or reply is None:
            return []
        changes = self.services.intake.read(asked, reply, draft)
        if not changes and self.services.intake.missed(asked, reply):
            return _explain_contact(dispatcher, tracker)
        if changes.get("visit_time") not in (None, WAITING_LIST):
            key, kind = str(tracker.get_slot("booking_key")), self.services.intake.visit_type(draft)
            changes = await hold(self.services.desk, dispatcher, key, kind.id, changes, draft)
        if changes.get("booking_confirmed") is False:
            dispatcher.utter_message(response=_WHAT_TO_CHANGE)
            changes.update(booking_confirmed=None, requested_slot="booking_confirmed")
        return slots_set(changes)


class ActionAskFullName(ClinicAction):
    """Asks for the name of whoever comes."""

    def name(self) -> str:
        """The name that Rasa looks for to ask for `full_name`."""
        return "action_ask_full_name"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]) -> Events:
        """The question, said to the patient, the parent or the caregiver."""
        dispatcher.utter_message(response=f"utter_ask_full_name_{tracker.get_slot('visit_for')}")
        return []


class ActionAskBookingConfirmed(ClinicAction):
    """Reads everything back before it is booked."""

    def name(self) -> str:
        """The name that Rasa looks for to ask for `booking_confirmed`."""
        return "action_ask_booking_confirmed"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]) -> Events:
        """The draft in words; only the question, if it was read back and nothing changed since."""
        if _asked_what_to_change(tracker):
            return []
        draft = draft_of(tracker)
        what = "waiting" if draft.visit_time == WAITING_LIST else "booking"
        if _stands(tracker, f"utter_read_{what}_back"):
            dispatcher.utter_message(response=f"utter_check_{what}_again")
            return []
        if not _was_said(tracker, "utter_readiness"):
            dispatcher.utter_message(response="utter_readiness")
        dispatcher.utter_message(response=f"utter_read_{what}_back", **self.services.intake.spoken(draft))
        return []


class ActionBookVisit(ClinicAction):
    """Books the time the person chose, or offers others when it is gone."""

    def name(self) -> str:
        """The name in `domain.yml`."""
        return "action_book_visit"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]) -> Events:
        """The booking is certain when its reference is said."""
        draft, intake, key = draft_of(tracker), self.services.intake, str(tracker.get_slot("booking_key"))
        forgotten = slots_set(
            dict.fromkeys((*QUESTIONS, *TIME_SLOTS, "visit_type", "booking_key", "contact_tries"))
        )
        if draft.visit_time == WAITING_LIST:
            request = intake.waiting_request(key, draft, tracker.sender_id)
            entry = await asyncio.to_thread(self.services.waiting.join, request)
            dispatcher.utter_message(response="utter_waiting_list_joined", reference=entry.reference)
            return forgotten
        try:
            visit = await asyncio.to_thread(self.services.desk.book, intake.request(key, draft))
        except TimeTaken as problem:
            busy = isinstance(problem, PatientBusy)
            dispatcher.utter_message(response="utter_patient_busy" if busy else "utter_time_taken")
            refused = [*draft.refused_times, draft.visit_time]
            emptied = {"visit_time": None, "booking_confirmed": None, "refused_times": refused}
            return [*slots_set(emptied), FollowupAction("booking_form")]
        dispatcher.utter_message(
            response="utter_booking_confirmed",
            reference=visit.reference,
            calendar_link=self.services.calendar_links.path(visit),
            **intake.spoken(draft),
        )
        return [*forgotten, SlotSet("appointment_reference", visit.reference)]


class ActionAnswerOffer(ClinicAction):
    """Books the time that somebody on the waiting list was offered, or frees it for the next."""

    def name(self) -> str:
        """The name in `domain.yml`."""
        return "action_answer_offer"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]) -> Events:
        """The answer of the button; an offer that ran out may be gone."""
        answer, offering = OfferAnswer.of(reply_of(tracker).choice), self.services.offering
        try:
            if not answer.takes:
                await asyncio.to_thread(offering.decline, answer, tracker.sender_id)
                said = "utter_left_waiting_list" if answer.leaves else "utter_still_waiting"
                dispatcher.utter_message(response=said)
                return []
            visit = await asyncio.to_thread(offering.accept, answer, tracker.sender_id)
        except (NotFound, TimeTaken):
            dispatcher.utter_message(response="utter_offer_is_over")
            return []
        dispatcher.utter_message(
            response="utter_booking_confirmed",
            calendar_link=self.services.calendar_links.path(visit),
            **self.services.changing.spoken(visit),
        )
        return [SlotSet("appointment_reference", visit.reference)]


class ActionReleaseTime(ClinicAction):
    """Frees the time that was held for somebody who stopped."""

    def name(self) -> str:
        """The name in `domain.yml`."""
        return "action_release_time"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]) -> Events:
        """Nothing changes in the talk: what was told stays, in case it goes on."""
        for slot in ("booking_key", "change_key"):
            if tracker.get_slot(slot):
                await asyncio.to_thread(self.services.desk.release, str(tracker.get_slot(slot)))
        return []


def _stands(tracker: Tracker, read_back: str) -> bool:
    """Whether this was read back in the talk that is going on, and nothing of it changed since."""
    for event in reversed(tracker.events):
        if event.get("event") == "active_loop":
            return False
        if event.get("event") == "slot" and event.get("name") in _CHECKED:
            return False
        if _says(event, read_back):
            return True
    return False


def _was_said(tracker: Tracker, response: str) -> bool:
    return any(_says(event, response) for event in tracker.events)


def _says(event: Dict[str, Any], response: str) -> bool:
    said: Dict[str, Any] = event.get("metadata") or {}
    return event.get("event") == "bot" and said.get("utter_action") == response


def _asked_what_to_change(tracker: Tracker) -> bool:
    """Whether that is what was said last; Rasa asks a form's question again even so."""
    said = (one for one in reversed(tracker.events) if one.get("event") in ("user", "bot"))
    return _says(next(said, {}), _WHAT_TO_CHANGE)


def _explain_contact(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Says kindly what is wrong with a contact; from the second time on, that the phone is there too."""
    tries = int(tracker.get_slot("contact_tries") or 0) + 1
    dispatcher.utter_message(response="utter_unclear_contact" if tries < 2 else "utter_unclear_contact_again")
    return slots_set({"contact": None, "contact_tries": tries})
