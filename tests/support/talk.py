"""A person at the chat API."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any, Optional

import requests

PATIENCE = 40


def new_address() -> str:
    """An e-mail address that no other patient of the tests has: nobody is in two visits at once."""
    return f"ana.{uuid.uuid4().hex[:12]}@example.org"


@dataclass(frozen=True)
class Reply:
    """What the assistant said in one turn."""

    messages: list[dict[str, Any]]

    @property
    def text(self) -> str:
        return "\n".join(message["text"] for message in self.messages)

    @property
    def topics(self) -> list[Optional[str]]:
        return [message["topic"] for message in self.messages]

    @property
    def titles(self) -> list[str]:
        return [button["title"] for message in self.messages for button in message["buttons"]]


class Talk:
    """One conversation; `offered` holds every button so far, by its title."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.offered: dict[str, str] = {}
        opened = requests.post(f"{url}/chat/sessions", json={}, timeout=PATIENCE)
        opened.raise_for_status()
        self.token = opened.json()["token"]
        self.greeting = self._heard(opened)

    def call(self, method: str, path: str, **how: Any) -> requests.Response:
        """Any request of this conversation, with whatever comes back."""
        headers = {"Authorization": f"Bearer {self.token}", **how.pop("headers", {})}
        return requests.request(method, f"{self.url}/chat/{path}", headers=headers, timeout=PATIENCE, **how)

    def send(self, id: Optional[str] = None, **said: Any) -> requests.Response:
        """A message with whatever comes back."""
        return self.call("POST", "messages", json={"id": id or str(uuid.uuid4()), **said})

    def says(self, text: str, id: Optional[str] = None) -> Reply:
        """Types a message; the answer must be one."""
        return self._heard(self.send(id, text=text))

    def presses(self, title: str, id: Optional[str] = None) -> Reply:
        """Presses a button that was offered in this conversation."""
        assert title in self.offered, f"no button says {title!r}, only {sorted(self.offered)}"
        return self._heard(self.send(id, payload=self.offered[title]))

    def history(self, after: Optional[str] = None) -> list[dict[str, Any]]:
        """Both sides, oldest first."""
        answer = self.call("GET", "messages", params={"after": after} if after else None)
        answer.raise_for_status()
        return list(answer.json()["messages"])

    def _heard(self, answer: requests.Response) -> Reply:
        assert answer.ok, f"{answer.status_code} {answer.text}"
        reply = Reply(answer.json()["messages"])
        for message in reply.messages:
            self.offered.update({button["title"]: button["payload"] for button in message["buttons"]})
        return reply
