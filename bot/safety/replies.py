"""The written safety replies, ready without model, database or action server."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Dict, Mapping

from bot.content.yaml_files import read_yaml
from bot.safety.signs import URGENCY, Sign
from bot.settings import ROOT

FOLDER = ROOT / "data" / "safety"


class SafetyReplies:
    """One reply for each safety id."""

    def __init__(self, by_id: Mapping[str, Dict[str, Any]]) -> None:
        self._by_id = by_id

    def reply_to(self, sign: Sign) -> Dict[str, Any]:
        """The reply as the dialogue would give it: `text` and `metadata`."""
        return self._by_id[sign.id]


def read_safety_replies(folder: Path = FOLDER) -> SafetyReplies:
    """The replies of this project.

    Raises:
        ContentError: a file is missing or cannot be read.
    """
    return SafetyReplies(
        {id: read_yaml(folder / f"{id}.yml")["responses"][f"utter_{id}"][0] for id in URGENCY}
    )
