"""The talk that books an evaluation."""

from __future__ import annotations

import asyncio
import uuid
from typing import Any, Dict, List

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import ClinicAction, answer_of, draft_of, reply_of
from bot.booking.intake import QUESTIONS
from bot.chat.payloads import choice
from bot.errors import TimeTaken

Events = List[Dict[str, Any]]


class ActionStartBooking(ClinicAction):
    """Keeps what the first words already said of the visit."""

    def name(self) -> str:
        """The name in `domain.yml`."""
        return "action_start_booking"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]) -> Events:
        """A new booking has a key of its own; one that was interrupted keeps its answers."""
        changes = self.services.intake.read(None, reply_of(tracker), draft_of(tracker))
        changes["booking_key"] = tracker.get_slot("booking_key") or str(uuid.uuid4())
        return [SlotSet(slot, value) for slot, value in changes.items()]


class ValidateBookingForm(ClinicAction):
    """Reads each reply; what it does not answer is left to the rules, and then asked again."""

    def name(self) -> str:
        """The name that Rasa looks for beside `booking_form`."""
        return "validate_booking_form"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]) -> Events:
        """The slots that the reply changes."""
        asked, reply, draft = tracker.get_slot("requested_slot"), answer_of(tracker), draft_of(tracker)
        if asked is None or reply is None:
            return []
        changes = self.services.intake.read(asked, reply, draft)
        if not changes and self.services.intake.missed(asked, reply):
            dispatcher.utter_message(response=f"utter_unclear_{asked}")
            return [SlotSet(asked, None)]
        if changes.get("booking_confirmed") is False:
            dispatcher.utter_message(response="utter_ask_what_to_change")
            return [SlotSet("booking_confirmed", None), SlotSet("requested_slot", "booking_confirmed")]
        return [SlotSet(slot, value) for slot, value in changes.items()]


class ActionAskVisitTime(ClinicAction):
    """Offers open times as buttons."""

    def name(self) -> str:
        """The name that Rasa looks for to ask for `visit_time`."""
        return "action_ask_visit_time"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]) -> Events:
        """Up to three times that suit the wish, or the soonest ones, and says which."""
        draft, intake = draft_of(tracker), self.services.intake
        offers = await asyncio.to_thread(intake.offers, draft)
        if not offers:
            dispatcher.utter_message(response="utter_no_open_times")
            return [SlotSet("offered_times", [])]
        fits = intake.suits(offers[0], draft)
        dispatcher.utter_message(
            response="utter_offer_times" if fits else "utter_offer_other_times",
            buttons=[
                {"title": intake.button_title(one), "payload": choice(visit_time=one.id)} for one in offers
            ],
        )
        return [SlotSet("offered_times", [one.id for one in offers])]


class ActionAskBookingConfirmed(ClinicAction):
    """Reads everything back before it is booked."""

    def name(self) -> str:
        """The name that Rasa looks for to ask for `booking_confirmed`."""
        return "action_ask_booking_confirmed"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]) -> Events:
        """The draft in words."""
        dispatcher.utter_message(
            response="utter_read_booking_back", **self.services.intake.spoken(draft_of(tracker))
        )
        return []


class ActionBookVisit(ClinicAction):
    """Books the time the person chose, or offers others when it is gone."""

    def name(self) -> str:
        """The name in `domain.yml`."""
        return "action_book_visit"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]) -> Events:
        """The booking is certain when its reference is said."""
        draft, intake = draft_of(tracker), self.services.intake
        request = intake.request(str(tracker.get_slot("booking_key")), draft)
        try:
            appointment = await asyncio.to_thread(self.services.desk.book, request)
        except TimeTaken:
            dispatcher.utter_message(response="utter_time_taken")
            emptied = ("visit_time", "booking_confirmed", "offered_times")
            return [*(SlotSet(slot, None) for slot in emptied), FollowupAction("booking_form")]
        dispatcher.utter_message(
            response="utter_booking_confirmed",
            reference=appointment.reference,
            **intake.spoken(draft),
        )
        forgotten = (*QUESTIONS, "time_wish", "offered_times", "booking_key")
        return [
            SlotSet("appointment_reference", appointment.reference),
            *(SlotSet(slot, None) for slot in forgotten),
        ]
