"""Rasa's own `socketio` channel: an assistant that has it switched on, and a client."""

from __future__ import annotations

import queue
from pathlib import Path
from typing import Any, Iterator

import pytest
import socketio

from bot.settings import ROOT
from tests.support.assistant import Assistant, environment, serving

PATIENCE = 30


@pytest.fixture(scope="session")
def socket_assistant(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """An assistant whose credentials have the commented entry switched on."""
    folder = tmp_path_factory.mktemp("sockets")
    lines = (ROOT / "credentials.yml").read_text().splitlines()
    start = next(at for at, line in enumerate(lines) if line.startswith("# bot.channels.sockets"))
    entry = lines[start : lines.index("", start)]
    switched_on = [*lines[:start], *(line.removeprefix("# ") for line in entry)]
    (folder / "credentials.yml").write_text("\n".join(switched_on))
    with serving(model, environment(folder, CREDENTIALS=str(folder / "credentials.yml"))) as one:
        yield one


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
