"""Replies to danger in the dialogue: the one of its kind, and the way back to what was going on."""

from __future__ import annotations

from typing import Any, Dict, List, Mapping, Optional

from rasa.shared.core.events import ActiveLoop, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.chat.labels import label_of
from bot.safety.replies import SafetyReplies, with_way_back
from bot.safety.signs import URGENCY

DANGER = "danger"
"""Where the safety gate keeps what it saw in a message: the `kind`, and the `rest` that was meant too."""

_LED_BACK = ("emergency_medical", "fall_report", "medication_question", "medical_advice")
"""Nobody in crisis, and nobody who is hurt at home, is led back to a form."""


class DangerInDialogue:
    """Knows the replies of each kind, and what a button calls each topic."""

    def __init__(self, replies: SafetyReplies, titles: Mapping[str, str]) -> None:
        self._replies = replies
        self._titles = titles

    def response_for(self, name: str, tracker: DialogueStateTracker) -> str:
        """The response of the kind of danger that was seen; any other response stays."""
        id = name.replace("utter_", "", 1)
        return self._replies.name_of(id, _seen(tracker).get("kind")) if id in URGENCY else name

    def led_back(self, said: Dict[str, Any], tracker: DialogueStateTracker) -> Dict[str, Any]:
        """The reply with the way back to the form that it interrupts, or to the rest of the message."""
        if said["metadata"].get("topic") not in _LED_BACK or not _seen(tracker):
            return said
        label = str(_form_left(tracker) or _seen(tracker).get("rest"))
        if label not in self._titles:
            return said
        title = self._titles[label]
        buttons: List[Dict[str, str]] = [*said["buttons"], {"title": title, "payload": f"/{label}"}]
        return {**said, "text": with_way_back(said["text"], title), "buttons": buttons}


def _seen(tracker: DialogueStateTracker) -> Dict[str, Any]:
    message = tracker.latest_message
    return dict((message.parse_data or {}).get(DANGER) or {}) if message else {}


def _form_left(tracker: DialogueStateTracker) -> Optional[str]:
    """The topic that began the form which is active now."""
    began = False
    for event in reversed(tracker.events):
        if isinstance(event, ActiveLoop) and event.name == tracker.active_loop_name:
            began = event.name is not None
        elif began and isinstance(event, UserUttered):
            return label_of(event.intent)
    return None
