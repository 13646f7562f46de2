"""When the assistant is not sure what was meant."""

from __future__ import annotations

from typing import Any, Dict, List

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.base import ClinicAction


class ActionOfferTopics(ClinicAction):
    """Asks "did you mean", or says that it does not know."""

    def name(self) -> str:
        """The name in `domain.yml`."""
        return "action_offer_topics"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]
    ) -> List[Dict[str, Any]]:
        """Offers the likeliest topics that can be offered."""
        ranking = tracker.latest_message.get("intent_ranking") or []
        choices = self.services.offers.likeliest([(one["name"], one["confidence"]) for one in ranking])
        if choices:
            buttons = [{"title": title, "payload": f"/{label}"} for label, title in choices]
            dispatcher.utter_message(response="utter_did_you_mean", buttons=buttons)
        else:
            dispatcher.utter_message(response="utter_out_of_scope")
        return []
