"""Telegram's Bot API.

From "Telegram Bot API": "Making requests", "sendMessage" (1-4096 characters), "InlineKeyboardButton"
(callback_data of 1-64 bytes), "answerCallbackQuery", "setWebhook" (secret_token of 1-256 characters) and
"ResponseParameters" (retry_after); from "Bots FAQ": about 30 messages a second.
"""

from __future__ import annotations

import re
from typing import Any, Dict, List, Tuple

from tests.support.providers.base import Answer, Call, Refused, Sent, StandIn, units

LONGEST = 4096
LONGEST_DATA = 64
MOST_BUTTONS = 100


class TelegramStandIn(StandIn):
    """Telegram for one bot; `answered` are the ids of answered presses, `hook` where it delivers."""

    def __init__(self, token: str, most_a_second: int = 30) -> None:
        super().__init__(most_a_second)
        self.answered: List[str] = []
        self.hook: Dict[str, Any] = {}
        self._path = re.compile(rf"/bot{re.escape(token)}/(\w+)")

    def handle(self, call: Call) -> Answer:
        """One method of the API."""
        found = self._path.fullmatch(call.path)
        if found is None:
            return _error(401, "Unauthorized")
        shape = call.shape()
        if found.group(1) == "sendMessage":
            return self._send(shape)
        if found.group(1) == "answerCallbackQuery":
            self.answered.append(shape["callback_query_id"])
            return 200, {"ok": True, "result": True}
        if found.group(1) == "setWebhook":
            return self._set_hook(shape)
        return _error(404, "Not Found")

    def too_many(self) -> Answer:
        """Error 429 with the seconds to wait."""
        status, shape = _error(429, "Too Many Requests: retry after 1")
        return status, {**shape, "parameters": {"retry_after": 1}}

    def _send(self, shape: Dict[str, Any]) -> Answer:
        to, text = str(shape["chat_id"]), shape["text"]
        if to in self.stopped:
            raise Refused(_error(403, "Forbidden: bot was blocked by the user"))
        if not text.strip():
            raise self.refuse("an empty message", _error(400, "Bad Request: message text is empty"))
        if units(text) > LONGEST:
            raise self.refuse("4,096 characters", _error(400, "Bad Request: message is too long"))
        choices = self._choices(shape.get("reply_markup") or {})
        self.keep(Sent(to, text, choices))
        message = {"message_id": len(self.sent), "date": 1, "chat": {"id": shape["chat_id"]}, "text": text}
        return 200, {"ok": True, "result": message}

    def _choices(self, markup: Dict[str, Any]) -> Tuple[Tuple[str, str], ...]:
        buttons = [button for row in markup.get("inline_keyboard", []) for button in row]
        if any(not 1 <= len(one["callback_data"].encode()) <= LONGEST_DATA for one in buttons):
            raise self.refuse("64 bytes of data", _error(400, "Bad Request: BUTTON_DATA_INVALID"))
        if len(buttons) > MOST_BUTTONS or any(not one["text"].strip() for one in buttons):
            raise self.refuse("buttons with a text", _error(400, "Bad Request: REPLY_MARKUP_INVALID"))
        return tuple((one["text"], one["callback_data"]) for one in buttons)

    def _set_hook(self, shape: Dict[str, Any]) -> Answer:
        if not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", shape.get("secret_token", "")):
            raise self.refuse("a secret token", _error(400, "Bad Request: secret token is invalid"))
        self.hook = shape
        return 200, {"ok": True, "result": True}


def _error(status: int, text: str) -> Answer:
    return status, {"ok": False, "error_code": status, "description": text}
