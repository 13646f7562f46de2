"""Several workers over one database and one Redis serve one conversation, and outlive each part's failure."""

from __future__ import annotations

import json
import time
import uuid
from contextlib import contextmanager
from pathlib import Path
from typing import Iterator

import pytest
import requests
from sqlalchemy import select

from bot.bootstrap import build_services
from bot.chat.message import Message
from bot.clock import system_clock
from bot.store.tables import events
from tests.support.assistant import Assistant, environment, serving
from tests.support.postgres import Server
from tests.support.processes import hanging
from tests.support.racing import race
from tests.support.redis import PrivateRedis
from tests.support.streams import stream
from tests.support.talk import Talk

REPLY_SECONDS = 10
PHONE = "212-555-0187"
FACE = "my husband's face is drooping and he can't speak"


@pytest.fixture(scope="module")
def clinic(
    model: Path, tmp_path_factory: pytest.TempPathFactory, postgres: Server, redis: PrivateRedis
) -> Iterator[Assistant]:
    """Two workers on one port; each request is a connection of its own, and goes to either."""
    shared = {
        "DATABASE_URL": postgres.new_database(),
        "REDIS_URL": redis.address,
        "REPLY_SECONDS": str(REPLY_SECONDS),
        "WORKERS": "2",
    }
    with serving(model, environment(tmp_path_factory.mktemp("workers"), **shared)) as both:
        while listeners(both.settings.port) < 2:
            time.sleep(0.2)
        yield both


def listeners(port: int) -> int:
    """How many processes of this machine listen on a port."""
    lines = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    return len([fields for fields in lines if fields[1].endswith(f":{port:04X}") and fields[3] == "0A"])


def is_unavailable(answer: requests.Response) -> bool:
    assert answer.status_code == 503, answer.text
    return answer.json()["error"]["code"] == "unavailable" and PHONE in answer.json()["error"]["message"]


def unharmed(talk: Talk, id: str) -> None:
    """The message of this id is answered now, once, and the talk goes on."""
    answer = talk.says("how much does it cost", id)
    assert answer.topics == ["faq/cost"]
    assert talk.says("how much does it cost", id).messages == answer.messages
    assert [one["id"] for one in talk.history()].count(id) == 1


def test_a_booking_goes_on_at_whichever_worker_comes_next(clinic):
    before, talk = clinic.appointments(), clinic.talk()
    talk.says("book an evaluation for me")
    talk.presses(next(title for title, payload in talk.offered.items() if "visit_time" in payload))
    for words in ("Ana Lopez", "503-555-0142", "no", "no"):
        talk.says(words)
    id = str(uuid.uuid4())
    booked = talk.says("yes", id)
    assert "is booked" in booked.text
    assert talk.says("yes", id).messages == booked.messages
    assert clinic.appointments() == before + 1
    assert [one["sender"] for one in talk.history()][-2:] == ["person", "assistant"]


def test_messages_sent_at_once_to_several_workers_are_all_answered_one_after_the_other(clinic):
    talk = clinic.talk()
    ids = [str(uuid.uuid4()) for _ in range(12)]
    answers = race([lambda id=id: talk.send(id, text="how much does it cost") for id in ids])
    assert [answer.status_code for answer in answers] == [200] * len(ids)
    history = talk.history()[1:]
    assert {one["id"] for one in history if one["sender"] == "person"} == set(ids)
    assert [one["sender"] for one in history] == ["person", "assistant"] * len(ids)
    told = [name for name in said_by(clinic, talk) if name in ("user", "bot")]
    assert told[-2 * len(ids) :] == ["user", "bot"] * len(ids)


def said_by(clinic: Assistant, talk: Talk) -> list[str]:
    """The kinds of events in the dialogue's memory, in order."""
    conversation_id = build_services(clinic.settings).sessions.read(talk.token)
    wanted = select(events.c.type_name).where(events.c.sender_id == conversation_id).order_by(events.c.id)
    with clinic.engine.connect() as connection:
        return list(connection.execute(wanted).scalars())


def test_the_same_message_sent_to_two_workers_at_once_is_answered_once(clinic):
    talk, id = clinic.talk(), str(uuid.uuid4())
    first, second = race([lambda: talk.send(id, text="what is OT")] * 2)
    assert first.json() == second.json()
    assert [one["id"] for one in talk.history()].count(id) == 1


def test_what_is_posted_comes_at_every_worker(clinic):
    talk, services = clinic.talk(), build_services(clinic.settings)
    block = {"type": "text", "text": "See you at 9."}
    with stream(talk) as here, stream(talk) as there:
        posted = Message(str(uuid.uuid4()), "staff", system_clock(), (block,))
        services.conversations.post(services.sessions.read(talk.token), posted)
        assert json.loads(next(here).data) == json.loads(next(there).data) == posted.as_json()


@contextmanager
def stopped(server: Server | PrivateRedis) -> Iterator[None]:
    server.stop()
    try:
        yield
    finally:
        server.start()


@pytest.mark.parametrize("failure", ["stopped", "hanging"])
@pytest.mark.parametrize("part", ["postgres", "redis"])
def test_while_a_part_is_down_people_are_told_in_time_and_nothing_is_lost(clinic, request, part, failure):
    server, talk, id = request.getfixturevalue(part), clinic.talk(), str(uuid.uuid4())
    talk.says("what is OT")
    before = talk.history()
    with stopped(server) if failure == "stopped" else hanging(server.process):
        for _ in range(3):
            assert is_unavailable(talk.send(id, text="how much does it cost"))
        assert "911" in talk.says(FACE).text
        assert requests.get(f"{clinic.url}/chat/health", timeout=REPLY_SECONDS).status_code == 503
    assert talk.history()[: len(before)] == before
    unharmed(talk, id)


def test_a_restart_of_the_database_between_two_messages_is_not_noticed(clinic, postgres):
    talk = clinic.talk()
    talk.says("book an evaluation for me")
    with stopped(postgres):
        pass
    assert "name" in talk.says("the first one").text
