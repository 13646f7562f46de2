"""Replies: the written responses, filled from the clinic profile at the moment they are said."""

from __future__ import annotations

import re
from typing import Any, Dict, List, Optional

from rasa.core.nlg.interpolator import interpolate
from rasa.core.nlg.response import TemplatedNaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from bot.bootstrap import bootstrap
from bot.chat.labels import label_of
from bot.content.library import read_titles
from bot.content.profile import FIELDS

_FIELD = re.compile(r"{([^\n{}]+)}")
_KEPT = ("topic", "notice", "items", "links", "sources")


class ClinicReplies(TemplatedNaturalLanguageGenerator):
    """Rasa's templated responses, with the clinic's facts, next steps and sources added.

    The profile is read at start, so a changed price is said without training.
    """

    def __init__(self, endpoint_config: Optional[EndpointConfig], domain: Domain) -> None:
        super().__init__(domain.responses)
        self._facts = bootstrap().profile.fields()
        self._titles = read_titles()

    async def generate(
        self,
        utter_action: str,
        tracker: DialogueStateTracker,
        output_channel: str,
        **kwargs: Any,
    ) -> Optional[Dict[str, Any]]:
        """The response of this name, filled; None when there is none.

        Args:
            kwargs: values for the fields of the response, beside slots and clinic facts.
        """
        values = {**self._facts, **kwargs}
        reply = await super().generate(utter_action, tracker, output_channel, **values)
        if reply is None:
            return None
        about = reply.get("metadata") or {}
        if self._missing(reply, values) and "when_unknown" in about:
            reply = self._fill_response(
                {**reply, "text": about["when_unknown"]}, tracker.current_slot_values(), **values
            )
        buttons = [*(reply.get("buttons") or []), *self._next_steps(about.get("next", []))]
        return {
            "text": reply.get("text", ""),
            "buttons": buttons,
            "metadata": self._about(about, tracker, values),
        }

    def _about(
        self, about: Dict[str, Any], tracker: DialogueStateTracker, values: Dict[str, Any]
    ) -> Dict[str, Any]:
        """What a channel needs to know of the reply; the topic is what the person asked about."""
        kept = {key: about[key] for key in _KEPT if key in about}
        if "items" in kept:
            kept["items"] = interpolate(list(kept["items"]), values)
        if "topic" not in kept and tracker.latest_message:
            kept["topic"] = label_of(tracker.latest_message.intent) or None
        return kept

    def _missing(self, reply: Dict[str, Any], values: Dict[str, Any]) -> bool:
        """Whether a clinic fact stayed unfilled in the text."""
        return any(name in FIELDS and name not in values for name in _FIELD.findall(str(reply.get("text"))))

    def _next_steps(self, labels: List[str]) -> List[Dict[str, str]]:
        return [
            {"title": self._titles[label], "payload": f"/{label}"}
            for label in labels
            if label in self._titles
        ]
