"""Collects what the dialogue says in one turn, in order."""

from __future__ import annotations

import copy
from typing import Any, Dict, List

from rasa.core.channels.channel import OutputChannel


class Collector(OutputChannel):
    """An output channel that keeps whole replies: text, buttons and metadata together."""

    def __init__(self, channel: str) -> None:
        self._channel = channel
        self.replies: List[Dict[str, Any]] = []

    def name(self) -> str:
        """The channel's name in the conversation."""
        return self._channel

    async def send_response(self, recipient_id: str, message: Dict[str, Any]) -> None:
        """Keep one reply."""
        self.replies.append(copy.deepcopy(message))
