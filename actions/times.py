"""Offering times, and holding the one that is picked."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import Any, Dict, List, Mapping

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.base import ClinicAction, draft_of, slots_set
from bot.booking.desk import Desk
from bot.booking.draft import WAITING_LIST, Changes, Draft
from bot.booking.wording import short_date
from bot.chat.payloads import choice
from bot.errors import TimeTaken

Events = List[Dict[str, Any]]

TIME_SLOTS = ("visit_time", "time_wish", "day_in_doubt", "offered_times", "refused_times")
"""What is known of the time."""

_OTHER_TIMES = {"title": "Other times", "payload": choice(times="others")}
_WAIT = {"title": "Join the waiting list", "payload": choice(visit_time=WAITING_LIST)}


class ActionAskVisitTime(ClinicAction):
    """Offers open times as buttons, or asks which day was meant."""

    def name(self) -> str:
        """The name that Rasa looks for to ask for `visit_time`."""
        return "action_ask_visit_time"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]) -> Events:
        """Up to three times that suit the wish, or the nearest ones, and says which."""
        draft, intake = draft_of(tracker), self.services.intake
        if draft.day_in_doubt and "day" in draft.day_in_doubt:
            _ask_day(dispatcher, draft.day_in_doubt)
            return []
        if draft.day_in_doubt:
            dispatcher.utter_message(response=f"utter_day_{draft.day_in_doubt['kind']}")
        moving = (tracker.active_loop or {}).get("name") == "move_visit_form"
        kind = str(tracker.get_slot("found_visit_type")) if moving else intake.visit_type(draft).id
        offer = await asyncio.to_thread(intake.times.offer, kind, draft)
        ids = [one.id for one in offer.times]
        buttons = [{"title": intake.button_title(id), "payload": choice(visit_time=id)} for id in ids]
        buttons += [_OTHER_TIMES] if offer.times else []
        buttons += [] if offer.fits or moving else [_WAIT]
        missing = "utter_no_open_times" if not offer.times else "utter_offer_other_times"
        dispatcher.utter_message(response="utter_offer_times" if offer.fits else missing, buttons=buttons)
        return slots_set({"offered_times": ids, "day_in_doubt": None})


async def hold(
    desk: Desk, dispatcher: CollectingDispatcher, key: str, visit_type_id: str, changes: Changes, draft: Draft
) -> Changes:
    """Holds the time that was picked; when it is gone, says so and leaves everything else as it was."""
    picked = changes["visit_time"]
    try:
        await asyncio.to_thread(desk.hold, key, visit_type_id, picked)
    except TimeTaken:
        dispatcher.utter_message(response="utter_time_taken")
        return {**changes, "visit_time": None, "refused_times": [*draft.refused_times, picked]}
    return changes


def _ask_day(dispatcher: CollectingDispatcher, doubt: Mapping[str, str]) -> None:
    days = dict.fromkeys((doubt["day"], doubt["other"]))
    titles = {day: short_date(date.fromisoformat(day)) for day in days}
    dispatcher.utter_message(
        response="utter_ask_which_day",
        day=titles[doubt["day"]],
        buttons=[{"title": title, "payload": choice(visit_day=day)} for day, title in titles.items()],
    )
