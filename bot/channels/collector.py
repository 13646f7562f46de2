"""Collects what the dialogue says in one turn, in order."""

from __future__ import annotations

import copy
from typing import Any, Dict, List

from rasa.core.channels.channel import OutputChannel


class Collector(OutputChannel):
    """An output channel that keeps whole replies: text, buttons and metadata together."""

    def __init__(self) -> None:
        self.replies: List[Dict[str, Any]] = []

    @classmethod
    def name(cls) -> str:
        """The channel's name in the conversation."""
        return "chat"

    async def send_response(self, recipient_id: str, message: Dict[str, Any]) -> None:
        """Keep one reply."""
        self.replies.append(copy.deepcopy(message))
