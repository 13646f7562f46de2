"""The talk about which devices may help."""

from __future__ import annotations

from typing import Any, Dict, List

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import ClinicAction, answer_of, reply_of
from actions.guides import asked_of, named_in, say
from bot.guides.advisor import Need
from bot.guides.moves import asks_nothing

Events = List[Dict[str, Any]]


class ActionStartRecommending(ClinicAction):
    """Keeps what the first words say of what is hard."""

    def name(self) -> str:
        """The name in `domain.yml`."""
        return "action_start_recommending"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]) -> Events:
        """When all is known the devices are named at once."""
        need = self.services.advisor.begin(
            asked_of(tracker, reply_of(tracker)), named_in(tracker, "activity")
        )
        if need.answer is not None:
            say(dispatcher, self.services.advisor.advise(need))
            return _need_slots(Need())
        return [*_need_slots(need), FollowupAction("recommend_form")]


class ValidateRecommendForm(ClinicAction):
    """Reads what is hard, and the answer to the question about it."""

    def name(self) -> str:
        """The name that Rasa looks for beside `recommend_form`."""
        return "validate_recommend_form"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]) -> Events:
        """The slots that the reply changes."""
        asked, reply = tracker.get_slot("requested_slot"), answer_of(tracker)
        if asked is None or reply is None:
            return []
        question = asked.replace("need_", "", 1)
        named = named_in(tracker, "activity")
        need = self.services.advisor.read(question, asked_of(tracker, reply), named, need_of(tracker))
        if need is not None:
            return _need_slots(need)
        if not asks_nothing(reply.topic):
            return []
        dispatcher.utter_message(response="utter_need_unread_activity")
        return [SlotSet(asked, None)]


class ActionAskNeedActivity(ClinicAction):
    """Asks what has become hard."""

    def name(self) -> str:
        """The name that Rasa looks for to ask for the slot."""
        return "action_ask_need_activity"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]) -> Events:
        """No slot changes."""
        said = reply_of(tracker).text
        say(dispatcher, [self.services.advisor.ask("activity", need_of(tracker), said)])
        return []


class ActionAskNeedAnswer(ClinicAction):
    """Asks the question that belongs to the activity."""

    def name(self) -> str:
        """The name that Rasa looks for to ask for the slot."""
        return "action_ask_need_answer"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]) -> Events:
        """No slot changes."""
        say(dispatcher, [self.services.advisor.ask("answer", need_of(tracker), "")])
        return []


class ActionRecommend(ClinicAction):
    """Names the devices."""

    def name(self) -> str:
        """The name in `domain.yml`."""
        return "action_recommend"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]) -> Events:
        """What was hard is forgotten, so that the next thing can be asked."""
        say(dispatcher, self.services.advisor.advise(need_of(tracker)))
        return _need_slots(Need())


def need_of(tracker: Tracker) -> Need:
    """What the slots say has become hard."""
    return Need(tracker.get_slot("need_activity"), tracker.get_slot("need_answer"))


def _need_slots(need: Need) -> Events:
    return [SlotSet("need_activity", need.activity), SlotSet("need_answer", need.answer)]
