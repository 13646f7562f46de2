"""Button payloads: `/faq/cost`, or `/choose_option?visit_for=me`."""

from __future__ import annotations

from typing import Any, Dict
from urllib.parse import parse_qsl, urlencode

from bot.chat.labels import intent_of, response_selection

CHOOSE = "choose_option"


def choice(**values: str) -> str:
    """The payload of a button that answers a question of a form."""
    return f"/{CHOOSE}?{urlencode(values)}"


def parse_data(payload: str, title: str) -> Dict[str, Any]:
    """What Rasa is told when an offered button was pressed: the meaning is certain, nothing is guessed."""
    label, _, values = payload[1:].partition("?")
    data: Dict[str, Any] = {
        "text": title,
        "intent": intent_of(label, 1.0),
        "intent_ranking": [{"name": label, "confidence": 1.0}],
        "entities": [{"entity": "choice", "value": dict(parse_qsl(values))}] if values else [],
    }
    selection = response_selection(label)
    if selection:
        data["response_selector"] = selection
    return data
