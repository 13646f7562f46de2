"""Messenger's Send API.

From Meta's Messenger Platform: "Send API" (a text is not empty and at most 2,000 characters; replies within
24 hours), "Quick Replies" (13, titles of 20 and payloads of 1,000 characters), "Common Error Codes" (10 with
subcode 2018278 outside the window, 100, 190, 551, 613) and the 640 characters of a text with buttons.
"""

from __future__ import annotations

import re
from typing import Any, Dict, List, Optional, Tuple

from tests.support.providers.base import Answer, Call, Refused, Sent, StandIn, units

LONGEST = 640
MOST_REPLIES, LONGEST_TITLE, LONGEST_PAYLOAD = 13, 20, 1000
_PATH = re.compile(r"/v\d+\.\d+/me/messages")


class MessengerStandIn(StandIn):
    """Messenger for one page."""

    def __init__(self, page_token: str, most_a_second: int = 100) -> None:
        super().__init__(most_a_second)
        self._token = page_token

    def handle(self, call: Call) -> Answer:
        """One message."""
        if not _PATH.fullmatch(call.path) or call.method != "POST":
            return _error(400, 2500, "Unknown path components")
        if call.headers.get("Authorization") != f"Bearer {self._token}" or "access_token" in call.query:
            return _error(401, 190, "Invalid OAuth access token.")
        return self._send(call.shape())

    def too_many(self) -> Answer:
        """Error 613."""
        return _error(400, 613, "Calls to this API have exceeded the rate limit.")

    def _send(self, shape: Dict[str, Any]) -> Answer:
        to, message = shape["recipient"]["id"], shape["message"]
        if to in self.stopped:
            raise Refused(_error(400, 551, "This person isn't available."))
        if not self.is_open(to):
            raise self.refuse("24 hours", _error(400, 10, "sent outside of allowed window", 2018278))
        text = message["text"]
        wrong: List[Tuple[bool, str]] = [
            (shape.get("messaging_type") != "RESPONSE", "the type of a reply"),
            (not text.strip(), "an empty message"),
            (units(text) > LONGEST, "640 characters"),
            *self._wrong_with(message.get("quick_replies", [])),
        ]
        for is_wrong, limit in wrong:
            if is_wrong:
                raise self.refuse(limit, _error(400, 100, f"Invalid parameter: {limit}"))
        choices = [(one["title"], one["payload"]) for one in message.get("quick_replies", [])]
        self.keep(Sent(to, text, tuple(choices)))
        return 200, {"recipient_id": to, "message_id": f"m_{len(self.sent)}"}

    @staticmethod
    def _wrong_with(replies: List[Dict[str, str]]) -> List[Tuple[bool, str]]:
        titles = [one["title"] for one in replies]
        return [
            (len(replies) > MOST_REPLIES, "13 quick replies"),
            (any(one["content_type"] != "text" for one in replies), "replies of text"),
            (any(not title.strip() or units(title) > LONGEST_TITLE for title in titles), "titles of 20"),
            (len(set(titles)) < len(titles), "titles that differ"),
            (any(len(one["payload"]) > LONGEST_PAYLOAD for one in replies), "payloads of 1,000"),
        ]


def _error(status: int, code: int, text: str, subcode: Optional[int] = None) -> Answer:
    error = {"message": text, "type": "OAuthException", "code": code, "fbtrace_id": "A"}
    return status, {"error": error if subcode is None else {**error, "error_subcode": subcode}}
