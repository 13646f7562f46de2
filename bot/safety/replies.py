"""The written safety replies, ready without model, database or action server."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Dict, Mapping, Optional

from bot.content.yaml_files import read_yaml
from bot.errors import ContentError
from bot.safety.signs import URGENCY, Sign
from bot.settings import ROOT

FOLDER = ROOT / "data" / "safety"
WAY_BACK = "When everyone is safe, we can go on where we were."
"""How a reply ends that leads back; what they were at is put behind it."""

Reply = Dict[str, Any]


class SafetyReplies:
    """One reply for each safety id, and for the kinds that need words of their own."""

    def __init__(self, by_name: Mapping[str, Reply]) -> None:
        self._by_name = by_name

    def name_of(self, id: str, kind: Optional[str]) -> str:
        """The response for this danger: of its kind where there is one."""
        of_kind = f"utter_{id.split('_')[0]}_{kind}"
        return of_kind if kind and of_kind in self._by_name else f"utter_{id}"

    def reply_to(self, sign: Sign) -> Reply:
        """The reply as the dialogue would give it: `text` and `metadata`."""
        return self._by_name[self.name_of(sign.id, sign.kind)]


def with_way_back(text: str, place: Optional[str]) -> str:
    """The text, and at the end of its way back what they were at: "…where we were: Book an evaluation."

    Args:
        place: what a button calls it; None when nothing was going on.
    """
    return text.replace(WAY_BACK, f"{WAY_BACK[:-1]}: {place}.") if place else text


def read_safety_replies(folder: Path = FOLDER) -> SafetyReplies:
    """The replies of this project.

    Raises:
        ContentError: a file or the reply of an id is missing, or cannot be read.
    """
    by_name: Dict[str, Reply] = {}
    for id in URGENCY:
        responses = read_yaml(folder / f"{id}.yml")["responses"]
        by_name.update({name: variants[0] for name, variants in responses.items()})
        if f"utter_{id}" not in by_name:
            raise ContentError(f"{folder / id}.yml: responses: utter_{id} is missing")
    return SafetyReplies(by_name)
