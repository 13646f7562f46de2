"""Rasa's own `socketio` channel, for chat windows made for Rasa; `credentials.yml` says what its trust is."""

from __future__ import annotations

import asyncio
import logging
import uuid
from typing import Any, Dict, Optional

from rasa.core.channels.channel import UserMessage
from rasa.core.channels.socketio import SocketIOInput, SocketIOOutput
from rasa.shared.core.events import BotUttered
from sanic import Blueprint, Sanic

from bot.bootstrap import bootstrap
from bot.channels.http import Unavailable
from bot.channels.turns import Handler
from bot.chat.message import from_reply
from bot.chat.payloads import parse_data
from bot.errors import describe

logger = logging.getLogger(__name__)

LONGEST_ID = 64


class WholeReplies(SocketIOOutput):
    """Sends every part of a reply as text: Rasa's own drops lists, steps and links."""

    async def send_response(self, recipient_id: str, message: Dict[str, Any]) -> None:
        """Send one reply, its buttons behind the last paragraph."""
        said = from_reply(message, str(uuid.uuid4()), bootstrap().clock())
        buttons = [{"title": one.title, "payload": one.payload} for one in said.buttons]
        await self.send_text_with_buttons(recipient_id, said.text, buttons)


class SocketChat(SocketIOInput):
    """A window sends a button's payload as if it was typed; only one that was offered here counts."""

    def blueprint(self, on_new_message: Handler) -> Blueprint:
        """Rasa's routes, with a reader between them and the dialogue."""
        services = bootstrap()

        async def hear(message: UserMessage) -> None:
            conversation_id = message.sender_id
            if len(conversation_id) > LONGEST_ID or await asyncio.to_thread(
                services.conversations.exists, conversation_id
            ):
                return  # a conversation of the web chat is opened by its token alone
            output = WholeReplies(self.sio, self.bot_message_evt)
            try:
                said = await self._read(conversation_id, message.text, output)
                await asyncio.wait_for(on_new_message(said), services.settings.reply_seconds)
            except Exception as problem:
                logger.error("a turn failed: %s", describe(problem))
                sorry = Unavailable(services.profile.contact.phone).message
                await output.send_text_message(conversation_id, sorry)

        routes: Blueprint = super().blueprint(hear)

        @routes.listener("before_server_start")
        async def remember(app: Sanic, _loop: Any) -> None:
            self._app = app  # its agent comes later

        return routes

    async def _read(self, conversation_id: str, text: str, output: WholeReplies) -> UserMessage:
        """What was typed, or the button that was pressed; what else a client sends along is left out."""
        title = await self._title_of(conversation_id, text)
        return UserMessage(
            text if title is None else title,
            output,
            conversation_id,
            parse_data=None if title is None else parse_data(text, title),
            input_channel=self.name(),
        )

    async def _title_of(self, conversation_id: str, payload: str) -> Optional[str]:
        """What the button with this payload said; None when this conversation was never offered it."""
        tracker = await self._app.ctx.agent.tracker_store.retrieve(conversation_id)
        for event in reversed(tracker.events if tracker else ()):
            if isinstance(event, BotUttered):
                for button in event.data.get("buttons") or ():
                    if button["payload"] == payload:
                        return str(button["title"])
        return None
