"""SMS and WhatsApp by Twilio."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Dict, List, Optional, Sequence
from urllib.parse import parse_qsl

from multidict import MultiDict
from sanic import response
from sanic.request import Request
from sanic.response import HTTPResponse
from twilio.request_validator import RequestValidator

from bot.bootstrap import Services
from bot.channels.messaging.base import MessagingChannel
from bot.chat.message import Message
from bot.errors import Unproven
from bot.messaging.incoming import Incoming
from bot.messaging.outgoing import Links, Rendered
from bot.messaging.providers.base import Provider
from bot.messaging.providers.twilio import WHATSAPP, Twilio
from bot.messaging.rendering import sms, whatsapp

_MEDIA = {"image": "picture", "audio": "voice", "video": "video", "text/vcard": "contact"}
_MEDIA_OF_TYPE = {"sticker": "sticker", "location": "place", "contacts": "contact"}


class Sms(MessagingChannel):
    """The clinic's number for text messages."""

    def __init__(self, services: Services, credentials: Dict[str, Any]) -> None:
        super().__init__(services, credentials)
        self._account = self.credential("account_sid")
        self._validator = RequestValidator(self.credential("auth_token"))
        self._sender = self.credential("sender")

    @classmethod
    def name(cls) -> str:
        """The channel's name in the conversation, and in its address."""
        return "sms"

    def provider(self) -> Provider:
        """Twilio's API, or a stand-in of it at `api_url`."""
        return Twilio(
            account_sid=self._account,
            auth_token=self.credential("auth_token"),
            sender=self._sender,
            template=self.credentials.get("template"),
            api_url=self.credentials.get("api_url"),
        )

    def render(self, messages: Sequence[Message], offer_id: str, links: Links) -> Rendered:
        """Numbered lines in one or two segments."""
        return sms.render(messages, offer_id, links)

    def read(self, request: Request) -> List[Incoming]:
        """The message that Twilio delivers.

        Raises:
            Unproven: the signature over the address and every field is missing or wrong.
        """
        try:
            fields = MultiDict(parse_qsl(request.body.decode(), keep_blank_values=True, strict_parsing=True))
        except ValueError as problem:
            raise Unproven() from problem
        query = f"?{request.query_string}" if request.query_string else ""
        given = request.headers.get("X-Twilio-Signature", "")
        signed = self._validator.validate(f"{self.address}{query}", fields, given)
        if not signed or fields.get("AccountSid") != self._account:
            raise Unproven()
        if not fields.get("From") or not fields.get("MessageSid"):
            return []  # a report about something else
        return [_incoming(fields)]

    def acknowledged(self, _request: Request) -> HTTPResponse:
        """Nothing is to be sent in reply: what is said goes out by the API."""
        return response.raw(b"<Response/>", content_type="text/xml")


class WhatsApp(Sms):
    """The clinic's number for WhatsApp."""

    WINDOW = timedelta(hours=24)

    def __init__(self, services: Services, credentials: Dict[str, Any]) -> None:
        super().__init__(services, credentials)
        self._sender = f"{WHATSAPP}{self._sender}"

    @classmethod
    def name(cls) -> str:
        """The channel's name in the conversation, and in its address."""
        return "whatsapp"

    def render(self, messages: Sequence[Message], offer_id: str, links: Links) -> Rendered:
        """Reply buttons, or a list."""
        return whatsapp.render(messages, offer_id, links)


def _incoming(fields: MultiDict[str]) -> Incoming:
    """One message of Twilio's form."""
    return Incoming(
        delivery_id=fields["MessageSid"],
        address=fields["From"].replace(WHATSAPP, "", 1),
        text=fields.get("Body", ""),
        pressed=fields.get("ButtonPayload") or fields.get("ListId") or None,
        unread=_unread(fields),
        answered=bool(fields.get("OptOutType")),
    )


def _unread(fields: MultiDict[str]) -> Optional[str]:
    """What came with it that cannot be read."""
    kind = _MEDIA_OF_TYPE.get(fields.get("MessageType", ""))
    if kind:
        return kind
    if fields.get("Latitude"):
        return "place"
    if fields.get("NumMedia", "0") in ("", "0"):
        return None
    media = fields.get("MediaContentType0", "").lower()
    return _MEDIA.get(media) or _MEDIA.get(media.partition("/")[0], "file")
