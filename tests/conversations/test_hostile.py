"""Hostile requests: never a failure of ours, never anything internal, never another conversation's words."""

from __future__ import annotations

import json
import random
import uuid
from typing import Any

import pytest
import requests

from tests.support.assistant import Assistant
from tests.support.openapi import validator

SECRET = "my cousin keeps bees in the attic"
KNOWN = {400, 401, 404, 405, 413, 415, 422}
INTERNAL = (
    "Traceback",
    "site-packages",
    ".py",
    "sanic",
    "rasa",
    "sqlalchemy",
    "psycopg",
    "SELECT",
    "Exception",
)
PATHS = ("messages", "feedback", "sessions")
TEXTS = [
    *("", " ", "/restart", '/greet{"a": 1}', "' OR 1=1 --", "<script>alert(1)</script>", "{{7*7}}", "%s%n"),
    *("\x00", "\ud800", "\u202egnp", "😀" * 50, "x" * 2001, "a\n" * 900, "../../etc/passwd", "null"),
]


class Hostile:
    """Bodies that somebody might send who means harm; the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def value(self, depth: int = 0) -> Any:
        kind = self._random.randrange(9 if depth < 3 else 7)
        if kind < 3:
            return self._random.choice(TEXTS)
        if kind == 3:
            return self._random.choice([0, -1, 10**30, 1.5, True, None])
        if kind < 7:
            return str(uuid.UUID(int=self._random.getrandbits(128)))
        if kind == 7:
            return [self.value(depth + 1) for _ in range(self._random.randrange(4))]
        return {self._random.choice(TEXTS): self.value(depth + 1) for _ in range(self._random.randrange(4))}

    def body(self) -> bytes:
        names = ("id", "text", "payload", "message_id", "helpful", "comment", "language", "__proto__")
        shape = {name: self.value() for name in names if self._random.random() < 0.4}
        text = json.dumps(shape if self._random.random() < 0.9 else self.value()).encode()
        if self._random.random() < 0.2:  # broken on the way
            cut = self._random.randrange(len(text) + 1)
            text = text[:cut] + self._random.randbytes(self._random.randrange(8)) + text[cut + 1 :]
        return text

    def headers(self) -> dict[str, str]:
        kinds = ("application/json",) * 8 + ("text/plain", "multipart/form-data", "")
        return {"Content-Type": self._random.choice(kinds)}

    def path(self) -> str:
        return self._random.choice(PATHS)


@pytest.mark.parametrize(
    "count", [500, pytest.param(10_000, marks=[pytest.mark.long, pytest.mark.timeout(3600)])]
)
def test_hostile_bodies_meet_an_error_a_person_can_act_on(assistant: Assistant, count: int):
    other, talk, hostile = assistant.talk(), assistant.talk(), Hostile(count)
    other.says(SECRET)
    with requests.Session() as connection:
        for _ in range(count):
            answer = connection.post(
                f"{assistant.url}/chat/{hostile.path()}",
                data=hostile.body(),
                headers={"Authorization": f"Bearer {talk.token}", **hostile.headers()},
                timeout=40,
            )
            assert answer.status_code in {200, 201, 204} | KNOWN, answer.text
            assert SECRET not in answer.text
            if answer.status_code in KNOWN:
                validator("Error").validate(answer.json())
                assert not [word for word in INTERNAL if word in answer.text]
    assert talk.says("how much does it cost").topics == ["faq/cost"]
