"""Rasa's own `socketio` channel: an assistant that has it switched on, and a client."""

from __future__ import annotations

import queue
from typing import Any

import pytest
import socketio

from tests.support.assistant import Assistant
from tests.support.phones import House

PATIENCE = 30


@pytest.fixture(scope="session")
def socket_assistant(shared_house: House) -> Assistant:
    """An assistant whose credentials have the commented entry switched on."""
    return shared_house.assistant


class Window:
    """A client by polling, as it stands behind a web server that knows no web sockets."""

    def __init__(self, url: str, session_id: str | None = None) -> None:
        self.heard: queue.Queue[dict[str, Any]] = queue.Queue()
        self._client, confirmed = socketio.Client(), queue.Queue()
        self._client.on("bot_uttered", self.heard.put)
        self._client.on("session_confirm", confirmed.put)
        self._client.connect(url, transports=["polling"])
        self._client.emit("session_request", {"session_id": session_id})
        self.session_id = confirmed.get(timeout=PATIENCE)

    def sends(self, text: str) -> None:
        self._client.emit("user_uttered", {"message": text, "session_id": self.session_id})

    def says(self, text: str) -> list[dict[str, Any]]:
        """What comes back, to the last of it: the part that has the buttons."""
        self.sends(text)
        parts = [self.heard.get(timeout=PATIENCE)]
        while not parts[-1]["quick_replies"]:
            parts.append(self.heard.get(timeout=PATIENCE))
        return parts

    def leave(self) -> None:
        self._client.disconnect()
