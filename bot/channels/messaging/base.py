"""What the channels of all providers share: prove who sends, keep what came, say yes."""

from __future__ import annotations

import abc
import logging
from datetime import timedelta
from functools import partial
from typing import Any, Dict, List, Optional, Sequence

from rasa.core.channels.channel import InputChannel
from sanic import Blueprint, Sanic, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.bootstrap import Services, bootstrap
from bot.channels.locks import conversation_locks
from bot.channels.turns import Handler, Turns
from bot.chat.message import Message
from bot.errors import StartError, Unproven, describe
from bot.messaging.incoming import Incoming
from bot.messaging.mailroom import Mailroom
from bot.messaging.outgoing import Links, Rendered
from bot.messaging.providers.base import Provider
from bot.safety.replies import read_safety_replies
from bot.safety.screen import default_screen

logger = logging.getLogger(__name__)


class MessagingChannel(InputChannel, abc.ABC):
    """One of the clinic's numbers or pages, at `/webhooks/<name>`."""

    WINDOW: Optional[timedelta] = None
    """How long after a person wrote the channel takes any message; None: always."""

    def __init__(self, services: Services, credentials: Dict[str, Any]) -> None:
        self.services = services
        self.credentials = credentials
        if not services.settings.public_url:
            raise StartError(f"the channel {self.name()} needs PUBLIC_URL: the address people reach this by.")

    @classmethod
    def from_credentials(cls, credentials: Optional[Dict[str, Any]]) -> MessagingChannel:
        """The channel.

        Raises:
            StartError: a secret is missing; without it nobody could be told from anybody.
        """
        return cls(bootstrap(), credentials or {})

    @classmethod
    @abc.abstractmethod
    def name(cls) -> str:
        """The channel's name in the conversation, and in its address."""

    @abc.abstractmethod
    def provider(self) -> Provider:
        """What sends."""

    @abc.abstractmethod
    def render(self, messages: Sequence[Message], offer_id: str, links: Links) -> Rendered:
        """What the provider is asked to send for these messages."""

    @abc.abstractmethod
    def read(self, request: Request) -> List[Incoming]:
        """What a request delivers.

        Raises:
            Unproven: it does not come from the provider.
        """

    def acknowledged(self, _request: Request) -> HTTPResponse:
        """How the provider is told that all of it is kept."""
        return response.empty(200)

    @property
    def address(self) -> str:
        """Where the provider delivers to."""
        return f"{self.services.settings.public_url}/webhooks/{self.name()}"

    def credential(self, key: str) -> str:
        """A value of `credentials.yml`.

        Raises:
            StartError: it is missing or empty.
        """
        value = str(self.credentials.get(key) or "").strip()
        if not value:
            raise StartError(f"credentials.yml: the channel {self.name()} needs {key}.")
        return value

    def blueprint(self, on_new_message: Handler) -> Blueprint:
        """The address that the provider delivers to."""
        mailroom = self._mailroom(on_new_message)
        routes = Blueprint(self.name())

        @routes.listener("after_server_start")
        async def begin(_app: Sanic, _loop: Any) -> None:
            mailroom.start()

        @routes.listener("before_server_stop")
        async def end(_app: Sanic, _loop: Any) -> None:
            await mailroom.stop()

        @routes.post("/", strict_slashes=False)
        async def receive(request: Request) -> HTTPResponse:
            try:
                await mailroom.take_in(self.read(request))
            except Unproven:
                return response.empty(403)
            except Exception as problem:  # it is delivered again
                logger.error("a delivery was not taken: %s", describe(problem))
                return response.empty(503)
            return self.acknowledged(request)

        return routes

    def _mailroom(self, dialogue: Handler) -> Mailroom:
        services, settings = self.services, self.services.settings
        turns = Turns(
            services, default_screen(), read_safety_replies(), dialogue, conversation_locks(), self.name()
        )
        return Mailroom(
            channel=self.name(),
            store=services.mail,
            conversations=services.conversations,
            visits=services.coming_visits,
            texts=services.messaging_texts,
            dialogue=turns,
            render=partial(self.render, links=Links(settings.public_url)),
            provider=self.provider(),
            clock=services.clock,
            longest_turn=timedelta(seconds=settings.reply_seconds),
            window=self.WINDOW,
        )
