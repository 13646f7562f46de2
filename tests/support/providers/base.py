"""What every stand-in has: a server on this machine, its memory, and days on which it is down."""

from __future__ import annotations

import abc
import json
import threading
import time
from collections import deque
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Deque, Dict, Iterator, List, Mapping, Optional, Set, Tuple
from urllib.parse import parse_qsl, urlsplit

PATIENCE = 30.0


@dataclass(frozen=True)
class Sent:
    """One message as it reached a person.

    Attributes:
        choices: titles and references of the buttons, or of the items of a list.
        template: the id of the approved template, when it is one.
    """

    to: str
    text: str
    choices: Tuple[Tuple[str, str], ...] = ()
    is_list: bool = False
    template: Optional[str] = None


@dataclass(frozen=True)
class Call:
    """One request to the API."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes

    def fields(self) -> Dict[str, str]:
        """The fields of a form."""
        return dict(parse_qsl(self.body.decode(), keep_blank_values=True))

    def shape(self) -> Dict[str, Any]:
        """A JSON object."""
        shape: Dict[str, Any] = json.loads(self.body)
        return shape


Answer = Tuple[int, Dict[str, Any]]


class Refused(Exception):
    """The API does not take a message; `answer` is how it says so."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(str(answer))
        self.answer = answer


class StandIn(abc.ABC):
    """The API of a provider; `broken` are the limits that were not kept, and should stay empty."""

    def __init__(self, most_a_second: int) -> None:
        self.sent: List[Sent] = []
        self.broken: List[str] = []
        self.calls: List[Call] = []
        self.stopped: Set[str] = set()  # people who told the provider that they want nothing
        self._heard: Dict[str, float] = {}
        self._failures: Deque[Answer] = deque()
        self._down = False
        self._latest: Deque[float] = deque()
        self._most_a_second = most_a_second
        self._news = threading.Condition()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})

    @abc.abstractmethod
    def handle(self, call: Call) -> Answer:
        """What the API answers.

        Raises:
            Refused: it does not take the message.
        """

    @abc.abstractmethod
    def too_many(self) -> Answer:
        """How it says that too much was sent within a second."""

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> StandIn:
        self._thread.start()
        return self

    def __exit__(self, *exc_info: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def heard(self, address: str, at: Optional[float] = None) -> None:
        """A person wrote to the clinic: now, or at that second of the clock."""
        self._heard[address] = time.time() if at is None else at

    def fail(self, *answers: Answer) -> None:
        """Give the next requests these answers."""
        self._failures.extend(answers)

    @contextmanager
    def down(self) -> Iterator[None]:
        """Answer nothing but 503 for a while."""
        self._down = True
        try:
            yield
        finally:
            self._down = False

    def sent_to(self, address: str) -> List[Sent]:
        """What reached this person, in order."""
        with self._news:
            return [one for one in self.sent if one.to == address]

    def wait_for(self, address: str, count: int, patience: float = PATIENCE) -> List[Sent]:
        """What reached this person, once it is at least so much.

        Raises:
            AssertionError: it does not get so much.
        """
        with self._news:
            enough = self._news.wait_for(lambda: self._count(address) >= count, patience)
            assert enough, f"{self._count(address)} of {count} messages came"
            return [one for one in self.sent if one.to == address]

    def keep(self, message: Sent) -> None:
        """A message reached its person."""
        with self._news:
            self.sent.append(message)
            self._news.notify_all()

    def refuse(self, limit: str, answer: Answer) -> Refused:
        """A limit was not kept: that fails the test, and is refused as the provider would."""
        self.broken.append(limit)
        return Refused(answer)

    def is_open(self, address: str, hours: float = 24.0) -> bool:
        """Whether the person wrote within so many hours."""
        return time.time() - self._heard.get(address, float("-inf")) < hours * 3600

    def answer(self, call: Call) -> Answer:
        """What a request gets: days on which the API is down, its rate, then its limits."""
        self.calls.append(call)
        if self._down:
            return 503, {}
        if self._failures:
            return self._failures.popleft()
        now = time.monotonic()
        self._latest = deque(one for one in (*self._latest, now) if now - one < 1.0)
        if len(self._latest) > self._most_a_second:
            return self.too_many()
        try:
            return self.handle(call)
        except Refused as refused:
            return refused.answer

    def _count(self, address: str) -> int:
        return sum(one.to == address for one in self.sent)

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        stand_in = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                self._respond()

            def do_POST(self) -> None:
                self._respond()

            def log_message(self, format: str, *args: object) -> None:
                """Nothing is logged."""

            def _respond(self) -> None:
                parts = urlsplit(self.path)
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                query = dict(parse_qsl(parts.query, keep_blank_values=True))
                status, shape = stand_in.answer(
                    Call(self.command, parts.path, query, dict(self.headers.items()), body)
                )
                sent = json.dumps(shape).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(sent)))
                self.end_headers()
                self.wfile.write(sent)

        return Handler


def units(text: str) -> int:
    """Characters as providers count them: an emoji is two."""
    return len(text.encode("utf-16-le")) // 2
