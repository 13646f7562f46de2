"""Repairs of rasa 3.6.21 at run time, each with its reason; another version needs a new look."""

from __future__ import annotations

import logging
from functools import lru_cache
from typing import Any, Dict, MutableMapping, Optional

import rasa
import rasa.core.actions.action
import rasa.server
import sanic.app
import structlog
from jsonschema import Draft7Validator
from rasa.core.actions.action import RemoteAction
from rasa.core.tracker_store import FailSafeTrackerStore
from rasa.shared.core.events import Event
from rasa.shared.core.trackers import DialogueStateTracker
from structlog.tracebacks import ExceptionDictTransformer

from bot.errors import StartError

REPAIRED_VERSION = "3.6.21"
ACTION_SECONDS = 10

_PERSONAL_KEYS = frozenset(
    """text user_text message_text token_text action_text response response_text parse_data_text
    parse_data_entities message messages user_message json_message json_body latest_message
    tracker_latest_message entity entities current_entity next_entity slots slot_values slot_candidates
    prefilled_slots event_list user_event rasa_event rasa_events prediction_events states tracker_states
    current_states old_states successes""".split()
)


def apply_repairs(share_port: bool = False) -> None:
    """Apply them all, once at start.

    Args:
        share_port: whether other servers of this machine listen on the same port.

    Raises:
        StartError: this is not the version that they were written for.
    """
    if rasa.__version__ != REPAIRED_VERSION:
        raise StartError(
            f"bot/channels/repairs.py was written for rasa {REPAIRED_VERSION}, not {rasa.__version__}."
        )
    _check_results_with_a_cached_validator()
    _find_event_classes_once()
    _give_up_on_slow_actions()
    _refuse_to_forget()
    _leave_the_front_page_to_the_clinic()
    _leave_other_sites_to_the_clinic()
    _keep_people_out_of_the_logs()
    if share_port:
        _share_the_port()


def _check_results_with_a_cached_validator() -> None:
    """Rasa re-checks the JSON schema itself at every action call: a third of its time."""
    validator = Draft7Validator(RemoteAction.action_response_format_spec())

    def validate(self: RemoteAction, result: Dict[str, Any]) -> bool:
        validator.validate(result)
        return True

    RemoteAction._validate_action_result = validate


def _find_event_classes_once() -> None:
    """Rasa walks all subclasses for each stored event: long conversations get slow."""
    Event.resolve_by_type = staticmethod(lru_cache(maxsize=None)(Event.resolve_by_type))


def _give_up_on_slow_actions() -> None:
    """The action server may hang for 300 s, a constant; nobody waits that long in a chat."""
    rasa.core.actions.action.DEFAULT_REQUEST_TIMEOUT = ACTION_SECONDS


def _refuse_to_forget() -> None:
    """When the database fails Rasa starts the conversation anew, in memory; an error is better."""

    async def retrieve(self: FailSafeTrackerStore, sender_id: str) -> Optional[DialogueStateTracker]:
        return await self._tracker_store.retrieve(sender_id)

    async def save(self: FailSafeTrackerStore, tracker: DialogueStateTracker) -> None:
        await self._tracker_store.save(tracker)

    FailSafeTrackerStore.retrieve = retrieve
    FailSafeTrackerStore.save = save


def _leave_the_front_page_to_the_clinic() -> None:
    """Rasa answers `/` with its version."""
    rasa.server.add_root_route = lambda app: None


def _leave_other_sites_to_the_clinic() -> None:
    """Rasa's own handling of other origins takes cookies along, and reads origins as patterns."""
    rasa.server.configure_cors = lambda app, origins=None: None


def _share_the_port() -> None:
    """Sanic's own workers are forks, and the encoders' threads do not outlive a fork: they hang.

    So each worker is a server of its own, and the system shares out the connections.
    """
    module = vars(sanic.app)
    serve = module["serve_single"]
    module["serve_single"] = lambda settings: serve({**settings, "reuse_port": True})


def _keep_people_out_of_the_logs() -> None:
    """Rasa logs what people typed, and every local variable of a failed call, at its default level."""
    quiet = structlog.processors.ExceptionRenderer(ExceptionDictTransformer(show_locals=False))
    processors = []
    for one in structlog.get_config()["processors"]:
        if isinstance(one, structlog.dev.ConsoleRenderer):  # in a terminal
            one = type(one)(exception_formatter=structlog.dev.plain_traceback)
        processors.append(quiet if one is structlog.processors.dict_tracebacks else one)
    structlog.configure(processors=[_scrub, *processors], cache_logger_on_first_use=False)
    logging.getLogger().addFilter(_QuietFilter())
    for handler in logging.getLogger().handlers:
        handler.addFilter(_QuietFilter())


def _scrub(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> Dict[str, Any]:
    return {key: "…" if key in _PERSONAL_KEYS else value for key, value in event.items()}


class _QuietFilter(logging.Filter):
    """Drops what Rasa writes with a person's words in a plain sentence."""

    _SPOKEN = ("Failed to parse line", "Parsed an intent", "Issues and duplicates")

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the record may be written."""
        return not str(record.msg).startswith(self._SPOKEN)
