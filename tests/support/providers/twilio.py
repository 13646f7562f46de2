"""Twilio's API for messages and content, and WhatsApp behind it.

From Twilio's documentation: "Message resource" (1,600 characters, errors 21602, 21610, 21617 and 20429),
"Content API resources", "twilio/quick-reply" (3 buttons of 20 characters in a session, a body of 1,024),
"twilio/list-picker" (10 items of 24 characters, ids of 200) and error 63016 (no free text when the person has
not written for 24 hours). Twilio reports 63016 after it took the message; here it is said at once.
"""

from __future__ import annotations

import base64
import json
import re
from typing import Any, Dict, List, Tuple

from tests.support.providers.base import Answer, Call, Refused, Sent, StandIn, units

LONGEST, LONGEST_WITH_CHOICES = 1600, 1024
MOST_BUTTONS, LONGEST_BUTTON, MOST_ITEMS, LONGEST_ITEM, LONGEST_ID = 3, 20, 10, 24, 200
WHATSAPP = "whatsapp:"
_MESSAGES = re.compile(r"/2010-04-01/Accounts/(\w+)/Messages\.json")


class TwilioStandIn(StandIn):
    """Twilio for one account; `approved` are the ids of templates that WhatsApp lets through at any time."""

    def __init__(self, account_sid: str, auth_token: str, most_a_second: int = 100) -> None:
        super().__init__(most_a_second)
        self.approved: Dict[str, str] = {}
        self._contents: Dict[str, Dict[str, Any]] = {}
        self._account = account_sid
        self._login = "Basic " + base64.b64encode(f"{account_sid}:{auth_token}".encode()).decode()

    def handle(self, call: Call) -> Answer:
        """A message, or what is known of contents."""
        if call.headers.get("Authorization") != self._login:
            return _error(401, 20003, "Authenticate")
        if call.path == "/v1/Content":
            return self._make(call) if call.method == "POST" else self._list()
        found = _MESSAGES.fullmatch(call.path)
        if found is None or found.group(1) != self._account:
            return _error(404, 20404, "The requested resource was not found")
        return self._send(call.fields())

    def too_many(self) -> Answer:
        """Error 20429."""
        return _error(429, 20429, "Too Many Requests")

    def _send(self, fields: Dict[str, str]) -> Answer:
        to = fields["To"]
        if to in self.stopped:
            raise Refused(_error(400, 21610, "unsubscribed recipient"))
        message = self._with_content(fields) if "ContentSid" in fields else Sent(to, fields.get("Body", ""))
        if not message.text.strip():
            raise self.refuse("an empty message", _error(400, 21602, "Message body is required"))
        if units(message.text) > LONGEST:
            raise self.refuse(
                "1,600 characters", _error(400, 21617, "The concatenated message body is too long")
            )
        if to.startswith(WHATSAPP) and not (message.template or self.is_open(to)):
            raise self.refuse("WhatsApp's 24 hours", _error(400, 63016, "outside the allowed window"))
        self.keep(message)
        return 201, {"sid": f"SM{len(self.sent):032x}", "status": "queued", "to": to, "body": message.text}

    def _with_content(self, fields: Dict[str, str]) -> Sent:
        sid, to = fields["ContentSid"], fields["To"]
        if sid in self.approved:
            return Sent(to, self.approved[sid], template=sid)
        if sid not in self._contents:
            raise self.refuse("a content that is known", _error(400, 21656, "The ContentSid is invalid"))
        ((kind, shape),) = self._contents[sid]["types"].items()
        filled = _filled(shape, json.loads(fields.get("ContentVariables", "{}")))
        self._check(kind, filled)
        is_list = kind == "twilio/list-picker"
        choices = [(one["item" if is_list else "title"], one["id"]) for one in _choices(filled)]
        return Sent(to, filled["body"], tuple(choices), is_list)

    def _check(self, kind: str, shape: Dict[str, Any]) -> None:
        most, longest, name = (
            (MOST_ITEMS, LONGEST_ITEM, "item")
            if kind == "twilio/list-picker"
            else (MOST_BUTTONS, LONGEST_BUTTON, "title")
        )
        choices = _choices(shape)
        titles = [one[name] for one in choices]
        wrong: List[Tuple[bool, str]] = [
            (units(shape["body"]) > LONGEST_WITH_CHOICES, "1,024 characters above choices"),
            (not 1 <= len(choices) <= most, f"{most} choices"),
            (any(not title.strip() or units(title) > longest for title in titles), f"titles of {longest}"),
            (len(set(titles)) < len(titles), "titles that differ"),
            (any(not one["id"] or len(one["id"]) > LONGEST_ID for one in choices), "ids of 200"),
            (name == "item" and not 1 <= units(shape["button"]) <= LONGEST_BUTTON, "what opens a list"),
        ]
        for is_wrong, limit in wrong:
            if is_wrong:
                raise self.refuse(limit, _error(400, 21655, "The ContentVariables parameter is invalid"))

    def _make(self, call: Call) -> Answer:
        shape = call.shape()
        shape["sid"] = f"HX{len(self._contents) + 1:032x}"
        self._contents[shape["sid"]] = shape
        return 201, shape

    def _list(self) -> Answer:
        page = {"page": 0, "page_size": 500, "first_page_url": "", "url": "", "key": "contents"}
        return 200, {"contents": list(self._contents.values()), "meta": {**page, "next_page_url": None}}


def _choices(shape: Dict[str, Any]) -> List[Dict[str, str]]:
    choices: List[Dict[str, str]] = shape.get("items") or shape.get("actions") or []
    return choices


def _filled(shape: Any, variables: Dict[str, str]) -> Any:
    if isinstance(shape, str):
        return re.sub(r"{{(\d+)}}", lambda found: variables[found.group(1)], shape)
    if isinstance(shape, list):
        return [_filled(one, variables) for one in shape]
    return {key: _filled(value, variables) for key, value in shape.items()}


def _error(status: int, code: int, text: str) -> Answer:
    return status, {
        "code": code,
        "message": text,
        "status": status,
        "more_info": f"https://www.twilio.com/docs/errors/{code}",
    }
