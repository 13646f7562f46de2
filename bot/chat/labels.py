"""Labels of the catalogue in Rasa's own terms."""

from __future__ import annotations

from typing import Any, Dict

RETRIEVAL_INTENT = "faq"
SEVERAL_WISHES = "several_wishes"
"""The intent of a message that asks for several things; they stand beside it as `wishes`."""


def intent_of(label: str, confidence: float) -> Dict[str, Any]:
    """The intent of a label: `faq/cost` is intent `faq` with its full name beside it."""
    base, _, rest = label.partition("/")
    intent: Dict[str, Any] = {"name": base, "confidence": confidence}
    if rest:
        intent["full_retrieval_intent_name"] = label
    return intent


def label_of(intent: Dict[str, Any]) -> str:
    """The label of an intent as Rasa keeps it."""
    return str(intent.get("full_retrieval_intent_name") or intent.get("name") or "")


def response_selection(label: str) -> Dict[str, Any]:
    """What Rasa's `utter_faq` reads to find its response; empty for a label without one."""
    if not label.startswith(f"{RETRIEVAL_INTENT}/"):
        return {}
    selected = {"intent_response_key": label, "utter_action": f"utter_{label}", "confidence": 1.0}
    return {RETRIEVAL_INTENT: {"response": selected, "ranking": []}}
