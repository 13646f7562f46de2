"""A complaint that a question of ours asked for is an answer, and no request for advice."""

from __future__ import annotations

import re
from typing import Optional

ADVICE = "medical_advice"
_ASKS_FOR_COMPLAINTS = frozenset(["visit_reason"])
"""Slots whose question is answered by what hurts, or what has become hard."""

_WANTS_TO_KNOW = re.compile(
    r"\?|^\W*(?:what|why|how|which|who|should)\b"
    r"|\b(?:is|are|am|will|would|can|could|should|may|does|did)\s+(?:i|you|he|she|it|we|they|this)\b"
    r"|\bdo\s+(?:i|you|we|they)\b",
    re.I,
)


def is_an_answer(asked: Optional[str], id: str, text: str) -> bool:
    """Whether what looks like a request for advice says why somebody comes.

    "Stiff fingers in the morning" does; "is it arthritis" wants to know, and danger is never an answer.

    Args:
        asked: the slot that a form has just asked for.
        id: the safety id that was seen.
    """
    return id == ADVICE and asked in _ASKS_FOR_COMPLAINTS and _WANTS_TO_KNOW.search(text) is None
