"""Each repair of Rasa does what it says, and only to the version it was written for."""

import logging
from typing import Any

import pytest
import rasa
import rasa.server
import structlog
from jsonschema import Draft7Validator, ValidationError
from rasa.core.actions.action import RemoteAction
from rasa.core.channels.channel import CollectingOutputChannel
from rasa.core.nlg import TemplatedNaturalLanguageGenerator
from rasa.core.tracker_store import FailSafeTrackerStore, InMemoryTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig
from rasa.utils.log_utils import HumanConsoleRenderer, configure_structlog

from bot.channels.repairs import ACTION_SECONDS, apply_repairs
from bot.errors import StartError


@pytest.fixture(scope="module", autouse=True)
def repaired():
    configure_structlog(logging.DEBUG)
    apply_repairs()
    yield
    structlog.reset_defaults()


class RecordingEndpoint(EndpointConfig):
    """An action server that gives one answer and remembers how it was asked."""

    def __init__(self, answer: Any) -> None:
        super().__init__(url="in-process")
        self.answer = answer
        self.asked: dict[str, Any] = {}

    async def request(self, **how: Any) -> Any:
        self.asked = how
        return self.answer


class BrokenStore(InMemoryTrackerStore):
    async def retrieve(self, sender_id: str) -> DialogueStateTracker:
        raise ConnectionError("the database is gone")

    async def save(self, tracker: DialogueStateTracker) -> None:
        raise ConnectionError("the database is gone")


async def run(endpoint: RecordingEndpoint) -> list[Event]:
    tracker = DialogueStateTracker.from_events("ana", [])
    nlg = TemplatedNaturalLanguageGenerator({})
    action = RemoteAction("action_x", endpoint)
    return await action.run(CollectingOutputChannel(), nlg, tracker, Domain.empty())


def test_another_version_of_rasa_is_refused(monkeypatch):
    monkeypatch.setattr(rasa, "__version__", "3.6.22")
    with pytest.raises(StartError, match=r"3\.6\.22"):
        apply_repairs()


async def test_what_an_action_gives_is_checked_without_checking_the_schema_again(monkeypatch):
    def refuse(*_: object) -> None:
        raise AssertionError("the schema was checked again")

    monkeypatch.setattr(Draft7Validator, "check_schema", refuse)
    endpoint = RecordingEndpoint({"events": [{"event": "slot", "name": "a", "value": 1}], "responses": []})
    assert await run(endpoint) == [SlotSet("a", 1)]
    with pytest.raises(ValidationError):
        await run(RecordingEndpoint({"events": "none"}))


async def test_nobody_waits_minutes_for_an_action():
    endpoint = RecordingEndpoint({"events": [], "responses": []})
    await run(endpoint)
    assert endpoint.asked["timeout"] == ACTION_SECONDS == 10


def test_the_class_of_an_event_is_looked_up_once():
    assert Event.resolve_by_type("slot") is SlotSet
    known = Event.resolve_by_type.cache_info().hits
    assert Event.resolve_by_type("slot") is SlotSet
    assert Event.resolve_by_type.cache_info().hits == known + 1


async def test_a_conversation_is_never_begun_anew_because_the_database_failed():
    store = FailSafeTrackerStore(BrokenStore(Domain.empty()))
    with pytest.raises(ConnectionError):
        await store.retrieve("ana")
    with pytest.raises(ConnectionError):
        await store.save(DialogueStateTracker.from_events("ana", []))


def test_the_front_page_and_other_sites_are_left_to_the_clinic():
    app = rasa.server.create_app(None)
    assert "/" not in [f"/{route.path}" for route in app.router.routes]
    assert "CORS_SUPPORTS_CREDENTIALS" not in app.config


def test_what_a_person_said_is_not_logged(capsys, caplog):
    structlog.get_logger("rasa.core.processor").warning("processor.said", text="I am Ana", slots={"a": "Ana"})
    logging.getLogger("rasa").warning("Parsed an intent from I am Ana")
    logged = capsys.readouterr().out + capsys.readouterr().err + "".join(caplog.messages)
    assert "processor.said" in logged
    assert "Ana" not in logged


@pytest.mark.parametrize("in_a_terminal", [True, False])
def test_what_a_failed_call_held_is_not_logged(in_a_terminal, caplog):
    if in_a_terminal:
        before = structlog.get_config()["processors"]
        structlog.configure(processors=[*before[:-2], HumanConsoleRenderer()])
        apply_repairs()
    try:
        name = "Ana Lopez"
        raise ValueError(len(name))
    except ValueError:
        structlog.get_logger("rasa.core.processor").exception("processor.failed")
    logged = "".join(caplog.messages)
    assert "ValueError" in logged
    assert "Ana Lopez" not in logged
