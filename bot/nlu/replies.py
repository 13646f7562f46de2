"""Replies: the written responses, filled from the clinic profile at the moment they are said."""

from __future__ import annotations

import re
from typing import Any, Dict, List, Mapping, Optional

from rasa.core.nlg.interpolator import interpolate
from rasa.core.nlg.response import TemplatedNaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from bot.bootstrap import bootstrap
from bot.chat.labels import label_of
from bot.content.catalogue import read_catalogue
from bot.content.conditions import read_conditions
from bot.content.library import read_titles
from bot.content.profile import FIELDS
from bot.guides.cards import Card
from bot.guides.talk import Asked
from bot.nlu.way_back import DangerInDialogue
from bot.safety.replies import read_safety_replies

CONDITIONS = "utter_faq/conditions_treated"
CARE = "utter_faq/equipment_care"
MORE = {"title": "Tell me more", "payload": "/tell_me_more"}
_FIELD = re.compile(r"{([^\n{}]+)}")
_KEPT = ("topic", "notice", "sources", "condition")

Shape = Dict[str, Any]


class ClinicReplies(TemplatedNaturalLanguageGenerator):
    """Rasa's templated responses, with the clinic's facts, next steps and sources added.

    Profile, titles and conditions are read at start, so a changed price is said without training.
    """

    def __init__(self, endpoint_config: Optional[EndpointConfig], domain: Domain) -> None:
        super().__init__(domain.responses)
        services = bootstrap()
        self._facts = services.profile.fields()
        self._guides = services.guides
        self._titles = read_titles()
        self._labels = read_catalogue().labels
        self._conditions = read_conditions()
        self._danger = DangerInDialogue(read_safety_replies(), self._titles)

    async def generate(
        self,
        utter_action: str,
        tracker: DialogueStateTracker,
        output_channel: str,
        part: str = "text",
        **kwargs: Any,
    ) -> Optional[Shape]:
        """The response of this name, filled; None when there is none.

        Args:
            part: "text", or "more" or "simpler" of the same answer.
            kwargs: values for the fields of the response, beside slots and clinic facts; `condition`
                names the condition that an answer is about.
        """
        if utter_action == CARE and part == "text" and (card := self._care(tracker)):
            said = await self.generate(card.response, tracker, output_channel, **card.values)
            about = {**card.about, "topic": CARE.replace("utter_", "", 1)}
            return said and {**said, "buttons": list(card.buttons), "metadata": about}
        utter_action = self._danger.response_for(utter_action, tracker)
        slots = tracker.current_slot_values()
        written = self._random_response_for(utter_action, output_channel, slots)
        if written is None:
            return None
        about = self._about(utter_action, tracker, written, kwargs.get("condition"))
        if part not in about:
            return await self.generate("utter_nothing_more", tracker, output_channel)
        values = {**slots, **self._facts, **kwargs}
        text = about[part]
        if self._lacks(text, values):
            text = about.get("when_unknown", text)
        links = [{**one, "url": interpolate(one["url"], values)} for one in about.get("links", ())]
        items = [interpolate(one, values) for one in about.get("items", ()) if not self._lacks(one, values)]
        said = {
            "text": interpolate(text, values),
            "buttons": [
                *(dict(one) for one in written.get("buttons") or []),
                *([MORE] if part == "text" and "more" in about else []),
                *self._next_steps(about.get("next", [])),
            ],
            "metadata": {
                **{key: about[key] for key in _KEPT if key in about},
                "items": items,
                "links": links,
            },
        }
        return self._danger.led_back(said, tracker)

    def _care(self, tracker: DialogueStateTracker) -> Optional[Card]:
        """The care of the devices that the message names."""
        named = tuple(tracker.get_latest_entity_values("equipment"))
        if tracker.latest_message is None or not named:
            return None
        return self._guides.care(Asked(tracker.latest_message.text or "", named))

    def _about(
        self, name: str, tracker: DialogueStateTracker, written: Shape, condition: Optional[str]
    ) -> Shape:
        """Everything that stands with a response; a named condition has an answer of its own."""
        about = {**(written.get("metadata") or {}), "text": written.get("text", "")}
        about.setdefault("topic", self._topic(name, tracker))
        named = condition or next(tracker.get_latest_entity_values("condition"), None)
        if name == CONDITIONS and named in self._conditions:
            answer = self._conditions[named]
            about.pop("simpler", None)
            about.pop("when_unknown", None)
            about.update(text=answer.answer, more=answer.more, next=answer.next, condition=named)
            about["sources"] = [source.dict() for source in answer.sources]
        return about

    def _topic(self, name: str, tracker: DialogueStateTracker) -> Optional[str]:
        """What the reply is about: the topic it is named for, or else what the person asked."""
        label = name.replace("utter_", "", 1)
        if label in self._labels or tracker.latest_message is None:
            return label
        return label_of(tracker.latest_message.intent) or None

    @staticmethod
    def _lacks(text: str, values: Mapping[str, Any]) -> bool:
        """Whether a clinic fact would stay unfilled."""
        return any(name in FIELDS and name not in values for name in _FIELD.findall(text))

    def _next_steps(self, labels: List[str]) -> List[Dict[str, str]]:
        return [
            {"title": self._titles[label], "payload": f"/{label}"}
            for label in labels
            if label in self._titles
        ]
