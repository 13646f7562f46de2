"""The channel of the clinic's website: the chat API over HTTP (`/chat`), and the page."""

from __future__ import annotations

from typing import Any, Dict, Optional

from rasa.core.channels.channel import InputChannel
from sanic import Blueprint, Sanic

from bot.bootstrap import Services, bootstrap
from bot.channels import guides, health, pages
from bot.channels.api import Api
from bot.channels.cors import allow_origins
from bot.channels.http import speak_json_on_errors
from bot.channels.limits import Limits
from bot.channels.locks import conversation_locks
from bot.channels.repairs import apply_repairs
from bot.channels.routes import appointments, events, feedback, messages, sessions
from bot.channels.turns import Handler, Turns
from bot.safety.replies import read_safety_replies
from bot.safety.screen import default_screen

FIRST_WORDS = "hello"


class WebChat(InputChannel):
    """Everything that the website needs."""

    def __init__(self, services: Services) -> None:
        self._services = services

    @classmethod
    def from_credentials(cls, credentials: Optional[Dict[str, Any]]) -> WebChat:
        """The channel; Rasa is repaired before it serves anybody."""
        services = bootstrap()
        apply_repairs(share_port=services.settings.workers > 1)
        return cls(services)

    @classmethod
    def name(cls) -> str:
        """The channel's name in the conversation."""
        return "chat"

    def url_prefix(self) -> str:
        """The API lies at /chat, the page at /."""
        return "/"

    def blueprint(self, on_new_message: Handler) -> Blueprint:
        """All routes."""
        services, locks = self._services, conversation_locks()
        turns = Turns(services, default_screen(), read_safety_replies(), on_new_message, locks, self.name())
        api = Api(services, turns, Limits(services.settings))
        chat = Blueprint("chat")

        @chat.listener("before_server_start")
        async def prepare(app: Sanic, _loop: Any) -> None:
            speak_json_on_errors(app, services.profile.contact.phone)
            allow_origins(app, services.settings.allowed_origins)

        @chat.listener("after_server_start")
        async def read_once(app: Sanic, _loop: Any) -> None:
            if app.ctx.agent.is_ready():  # what is loaded on first use is loaded before anybody waits for it
                await app.ctx.agent.parse_message(FIRST_WORDS)
            app.ctx.has_read = True

        pages.add_routes(chat, services.profile)
        guides.add_routes(chat, services.guide_pages)
        for subject in (sessions, messages, events, feedback, appointments):
            subject.add_routes(chat, api)
        health.add_routes(chat, services, locks)
        return chat
