"""Server-sent events, as a client reads them."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Iterator

from tests.support.talk import Talk


@dataclass
class Event:
    """One event: its fields by name."""

    fields: dict[str, str] = field(default_factory=dict)

    def __getattr__(self, name: str) -> str:
        return self.fields[name]


@contextmanager
def stream(talk: Talk, after: str | None = None, **headers: str) -> Iterator[Iterator[Event]]:
    """The events of a conversation as they come; the stream is open when the block is entered."""
    with talk.call(
        "GET", "events", params={"after": after} if after else None, headers=headers, stream=True
    ) as answer:
        assert answer.status_code == 200, answer.text
        assert answer.headers["Content-Type"].startswith("text/event-stream")
        lines = answer.iter_lines(chunk_size=1, decode_unicode=True)
        assert next(lines) == ": connected"
        yield events(lines)


def events(lines: Iterator[str]) -> Iterator[Event]:
    event = Event()
    for line in lines:
        if line == "" and event.fields:
            yield event
            event = Event()
        elif line and not line.startswith(":"):
            name, _, value = line.partition(": ")
            event.fields[name] = value
