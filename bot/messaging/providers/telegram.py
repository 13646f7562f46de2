"""Telegram's Bot API ("Telegram Bot API": "Making requests", "sendMessage", "ResponseParameters")."""

from __future__ import annotations

from typing import Any, Dict, Optional

from bot.errors import PersonStopped, SendFailed, SendRefused
from bot.messaging.outgoing import Outgoing
from bot.messaging.providers.http import post_json

API = "https://api.telegram.org"
BUTTONS_A_ROW = 2
_BLOCKED = 403
_MAY_PASS = (401, 404, 409, 429)
"""Besides all from 500 on: limits, and a token that somebody may be about to repair."""


class Telegram:
    """Sends as one bot."""

    def __init__(self, token: str, api_url: Optional[str] = None) -> None:
        self._url = f"{(api_url or API).rstrip('/')}/bot{token}"

    def send(self, address: str, message: Outgoing) -> str:
        """Send one message; its number in the chat.

        Raises:
            SendFailed: not now; it may be tried again.
            SendRefused: Telegram will never take it.
            PersonStopped: the person blocked the bot.
        """
        status, said = post_json(f"{self._url}/sendMessage", _shape(address, message))
        if status == 200 and said.get("ok"):
            return str(said["result"]["message_id"])
        if status == _BLOCKED:
            raise PersonStopped()
        code = f"telegram {status}"
        if 400 <= status < 500 and status not in _MAY_PASS:
            raise SendRefused(code)
        raise SendFailed(code, (said.get("parameters") or {}).get("retry_after"))

    def invite(self, address: str) -> str:
        """Nothing to do: who wrote to a bot may be written to at any time."""
        return ""


def _shape(address: str, message: Outgoing) -> Dict[str, Any]:
    shape: Dict[str, Any] = {
        "chat_id": address,
        "text": message.text,
        "link_preview_options": {"is_disabled": True},
    }
    if message.choices:
        buttons = [{"text": choice.title, "callback_data": choice.ref} for choice in message.choices]
        rows = [buttons[at : at + BUTTONS_A_ROW] for at in range(0, len(buttons), BUTTONS_A_ROW)]
        shape["reply_markup"] = {"inline_keyboard": rows}
    return shape
