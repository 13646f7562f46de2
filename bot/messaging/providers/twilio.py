"""Twilio's API for messages: SMS and WhatsApp."""

from __future__ import annotations

import json
from threading import Lock
from typing import Any, Dict, List, Optional
from urllib.parse import urlsplit

import requests
from twilio.base.exceptions import TwilioException, TwilioRestException
from twilio.http.http_client import TwilioHttpClient
from twilio.http.response import Response
from twilio.rest import Client

from bot.errors import PersonStopped, SendFailed, SendRefused
from bot.messaging.outgoing import Outgoing
from bot.messaging.providers.base import READ_SECONDS

WHATSAPP = "whatsapp:"
CONTENT = "https://content.twilio.com/v1/Content"
_STOPPED = 21610
_MAY_PASS = (401, 403, 408, 409, 429)
"""Besides all from 500 on: limits, and keys that somebody may be about to repair."""


class Twilio:
    """Sends from one number or messaging service."""

    def __init__(
        self,
        account_sid: str,
        auth_token: str,
        sender: str,
        template: Optional[str] = None,
        api_url: Optional[str] = None,
    ) -> None:
        transport = _Transport(api_url)
        self._client = Client(account_sid, auth_token, http_client=transport)
        self._channel = WHATSAPP if sender.startswith(WHATSAPP) else ""
        self._from = {"messaging_service_sid" if sender.startswith("MG") else "from_": sender}
        self._template = template
        self._contents = _Contents(self._client)

    def send(self, address: str, message: Outgoing) -> str:
        """Send one message; Twilio's id of it.

        Raises:
            SendFailed: not now; it may be tried again.
            SendRefused: Twilio will never take it.
            PersonStopped: the person sent STOP, and Twilio knows.
        """
        try:
            return self._create(
                address, self._content(message) if message.choices else {"body": message.text}
            )
        except TwilioException as problem:
            raise _read(problem) from problem
        except requests.RequestException as problem:
            raise SendFailed(type(problem).__name__) from problem

    def invite(self, address: str) -> str:
        """Ask a person to write again, by the approved template of the credentials.

        Raises:
            SendRefused: there is none.
            SendFailed, PersonStopped: as above.
        """
        if not self._template:
            raise SendRefused("window closed, no template")
        try:
            return self._create(address, {"content_sid": self._template})
        except TwilioException as problem:
            raise _read(problem) from problem
        except requests.RequestException as problem:
            raise SendFailed(type(problem).__name__) from problem

    def _create(self, address: str, what: Dict[str, str]) -> str:
        sent = self._client.messages.create(to=f"{self._channel}{address}", **self._from, **what)
        return str(sent.sid)

    def _content(self, message: Outgoing) -> Dict[str, str]:
        """Buttons and lists go as one of a few prepared shapes, every word of them a variable."""
        sid = self._contents.sid_of(message.as_list, len(message.choices))
        words = [message.text, *([message.list_label] if message.as_list else [])]
        words += [word for choice in message.choices for word in (choice.title, choice.ref)]
        variables = {str(number): word for number, word in enumerate(words, start=1)}
        return {"content_sid": sid, "content_variables": json.dumps(variables)}


class _Contents:
    """The shapes of buttons and lists in the clinic's Twilio account; each is made once."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._sids: Dict[str, str] = {}
        self._one_at_a_time = Lock()

    def sid_of(self, is_list: bool, choices: int) -> str:
        """The id of the shape with so many choices."""
        name = f"handrail_{'list' if is_list else 'buttons'}_{choices}"
        with self._one_at_a_time:
            if name not in self._sids:
                known = self._client.content.v1.contents.list(limit=500)
                self._sids.update({one.friendly_name: one.sid for one in known})
            if name not in self._sids:
                self._sids[name] = self._make(name, is_list, choices)
            return self._sids[name]

    def _make(self, name: str, is_list: bool, choices: int) -> str:
        first = 3 if is_list else 2
        marks = [(f"{{{{{n}}}}}", f"{{{{{n + 1}}}}}") for n in range(first, first + 2 * choices, 2)]
        shape: Dict[str, Any] = {"body": "{{1}}"}
        if is_list:
            shape.update(button="{{2}}", items=[{"item": title, "id": ref} for title, ref in marks])
        else:
            shape.update(actions=[{"title": title, "id": ref} for title, ref in marks])
        samples: List[str] = [str(number) for number in range(1, first + 2 * choices)]
        body = {
            "friendly_name": name,
            "language": "en",
            "variables": {number: f"sample {number}" for number in samples},
            "types": {f"twilio/{'list-picker' if is_list else 'quick-reply'}": shape},
        }
        made = self._client.request(
            "POST", CONTENT, data=json.dumps(body), headers={"Content-Type": "application/json"}
        )
        if made.status_code >= 300:
            raise TwilioRestException(made.status_code, CONTENT)
        return str(json.loads(made.text)["sid"])


class _Transport(TwilioHttpClient):
    """Twilio's own, with a time-out, and for tests with a stand-in of Twilio in place of its hosts."""

    def __init__(self, api_url: Optional[str]) -> None:
        super().__init__(timeout=READ_SECONDS)
        self._api_url = api_url.rstrip("/") if api_url else None

    def request(self, method: str, url: str, *args: Any, **kwargs: Any) -> Response:
        """One request."""
        if self._api_url:
            url = self._api_url + url[len("https://") + len(urlsplit(url).netloc) :]
        return super().request(method, url, *args, **kwargs)


def _read(problem: TwilioException) -> Exception:
    """What a refusal of Twilio means for the message."""
    if not isinstance(problem, TwilioRestException):
        return SendFailed(type(problem).__name__)
    if problem.code == _STOPPED:
        return PersonStopped()
    code = f"twilio {problem.code or problem.status}"
    may_pass = problem.status >= 500 or problem.status in _MAY_PASS
    return SendFailed(code) if may_pass else SendRefused(code)
