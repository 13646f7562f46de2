"""What Twilio delivers is read only when it is proven, whatever it holds."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, Dict
from urllib.parse import urlencode

import pytest
from twilio.request_validator import RequestValidator

from bot.channels.messaging.twilio import Sms, WhatsApp
from bot.errors import StartError, Unproven
from bot.messaging.incoming import Incoming
from bot.settings import Settings

SITE, TOKEN = "https://chat.clinic.example", "the-auth-token"
CREDENTIALS = {"account_sid": "AC1", "auth_token": TOKEN, "sender": "+15035550142"}
HELLO = {"MessageSid": "SM1", "AccountSid": "AC1", "From": "+12125550123", "Body": "hello", "NumMedia": "0"}


def services(public_url: str = SITE) -> Any:
    return SimpleNamespace(settings=Settings(public_url=public_url))


def delivery(
    fields: Dict[str, str],
    signed: Dict[str, str] | None = None,
    token: str = TOKEN,
    url: str = f"{SITE}/webhooks/sms",
    query: str = "",
) -> Any:
    """A request with these fields, signed over others perhaps."""
    signature = RequestValidator(token).compute_signature(url, fields if signed is None else signed)
    body = urlencode(fields).encode()
    return SimpleNamespace(body=body, headers={"X-Twilio-Signature": signature}, query_string=query)


@pytest.fixture
def sms() -> Sms:
    return Sms(services(), CREDENTIALS)


def test_a_signed_message_is_read(sms):
    assert sms.read(delivery(HELLO)) == [Incoming("SM1", "+12125550123", "hello")]


def test_the_address_counts_with_its_port_and_its_query(sms):
    assert sms.read(delivery(HELLO, url=f"{SITE}:443/webhooks/sms"))
    assert sms.read(delivery(HELLO, url=f"{SITE}/webhooks/sms?clinic=1", query="clinic=1"))


def test_an_empty_field_belongs_to_what_is_signed(sms):
    (said,) = sms.read(delivery({**HELLO, "Body": "", "FromCity": "", "NumMedia": "1"}))
    assert (said.text, said.unread) == ("", "file")


@pytest.mark.parametrize(
    "request_",
    [
        delivery(HELLO, token="another"),
        delivery(HELLO, url="http://chat.clinic.example/webhooks/sms"),
        delivery(HELLO, url=f"{SITE}/webhooks/whatsapp"),
        delivery(HELLO, query="clinic=1"),
        delivery({**HELLO, "Body": "bye"}, signed=HELLO),
        delivery({**HELLO, "Extra": "1"}, signed=HELLO),
        delivery({**HELLO, "AccountSid": "AC2"}),
        SimpleNamespace(body=urlencode(HELLO).encode(), headers={}, query_string=""),
        SimpleNamespace(body=b"", headers={"X-Twilio-Signature": "x"}, query_string=""),
        SimpleNamespace(body=b"\xff\xfe", headers={"X-Twilio-Signature": "x"}, query_string=""),
        SimpleNamespace(body=b"hello", headers={"X-Twilio-Signature": "\u00fc"}, query_string=""),
    ],
    ids=str,
)
def test_what_is_not_proven_is_not_read(sms, request_):
    with pytest.raises(Unproven):
        sms.read(request_)


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({"NumMedia": "1", "MediaContentType0": "image/jpeg"}, "picture"),
        ({"NumMedia": "1", "MediaContentType0": "audio/ogg"}, "voice"),
        ({"NumMedia": "2", "MediaContentType0": "video/3gpp"}, "video"),
        ({"NumMedia": "1", "MediaContentType0": "text/vcard"}, "contact"),
        ({"NumMedia": "1", "MediaContentType0": "application/pdf"}, "file"),
        ({"NumMedia": "1", "MediaContentType0": "image/webp", "MessageType": "sticker"}, "sticker"),
        ({"Latitude": "45.5", "Longitude": "-122.6", "MessageType": "location"}, "place"),
        ({"MessageType": "contacts", "NumMedia": "1", "MediaContentType0": "text/vcard"}, "contact"),
        ({}, None),
    ],
)
def test_what_came_beside_the_words_is_named(sms, fields, kind):
    (said,) = sms.read(delivery({**HELLO, **fields}))
    assert said.unread == kind


def test_whatsapp_names_people_by_their_number_and_buttons_by_their_reference():
    channel = WhatsApp(services(), CREDENTIALS)
    for field in ("ButtonPayload", "ListId"):
        fields = {**HELLO, "From": "whatsapp:+12125550123", "Body": "Yes", field: "offer:1"}
        (said,) = channel.read(delivery(fields, url=f"{SITE}/webhooks/whatsapp"))
        assert said == Incoming("SM1", "+12125550123", "Yes", pressed="offer:1")


def test_what_twilio_answered_itself_is_known(sms):
    (said,) = sms.read(delivery({**HELLO, "Body": "STOP", "OptOutType": "STOP"}))
    assert said.answered


def test_what_is_no_message_is_left_alone(sms):
    assert sms.read(delivery({"AccountSid": "AC1", "MessageStatus": "delivered", "SmsSid": "SM1"})) == []


@pytest.mark.parametrize("missing", ["account_sid", "auth_token", "sender"])
@pytest.mark.parametrize("value", [None, "", "  "])
def test_without_its_secrets_the_channel_does_not_start(missing, value):
    with pytest.raises(StartError, match=missing):
        Sms(services(), {**CREDENTIALS, missing: value})


def test_without_its_public_address_the_channel_does_not_start():
    with pytest.raises(StartError, match="PUBLIC_URL"):
        Sms(services(public_url=""), CREDENTIALS)
