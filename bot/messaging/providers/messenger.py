"""Messenger's Send API (Meta, Messenger Platform: "Send API", "Quick Replies", "Common Error Codes")."""

from __future__ import annotations

from typing import Any, Dict, Optional

from bot.errors import PersonStopped, SendFailed, SendRefused
from bot.messaging.outgoing import Outgoing
from bot.messaging.providers.http import post_json

API = "https://graph.facebook.com"
VERSION = "v25.0"
_NOT_AVAILABLE = 551
"""The person has blocked the page, or left."""
_MAY_PASS = (1, 2, 4, 32, 190, 613, 1200)
"""Besides all from 500 on: failures and limits of theirs, and a token that may be about to be repaired."""


class Messenger:
    """Sends as one page."""

    def __init__(self, page_token: str, api_url: Optional[str] = None) -> None:
        self._url = f"{(api_url or API).rstrip('/')}/{VERSION}/me/messages"
        self._headers = {"Authorization": f"Bearer {page_token}"}  # in the address, logs would hold it

    def send(self, address: str, message: Outgoing) -> str:
        """Send one message; Messenger's id of it.

        Raises:
            SendFailed: not now; it may be tried again.
            SendRefused: Messenger will never take it.
            PersonStopped: the person takes no messages of the page.
        """
        status, said = post_json(self._url, _shape(address, message), self._headers)
        if status == 200 and "message_id" in said:
            return str(said["message_id"])
        error = said.get("error") or {}
        if error.get("code") == _NOT_AVAILABLE:
            raise PersonStopped()
        code = f"messenger {error.get('code', status)}"
        if 400 <= status < 500 and status != 429 and error.get("code") not in _MAY_PASS:
            raise SendRefused(code)
        raise SendFailed(code)

    def invite(self, address: str) -> str:
        """Nothing to do: outside the window a page may not ask; what waits goes out once they write."""
        return ""


def _shape(address: str, message: Outgoing) -> Dict[str, Any]:
    said: Dict[str, Any] = {"text": message.text}
    if message.choices:
        said["quick_replies"] = [
            {"content_type": "text", "title": choice.title, "payload": choice.ref}
            for choice in message.choices
        ]
    return {"recipient": {"id": address}, "messaging_type": "RESPONSE", "message": said}
