"""People with a phone: what their messages look like when providers deliver them, and what reaches them."""

from __future__ import annotations

import abc
import hashlib
import hmac
import itertools
import json
import re
import time
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Dict, Iterator, List, Mapping, Optional
from urllib.parse import urlencode

import pytest
import requests
from ruamel.yaml import YAML
from sqlalchemy import func, select
from twilio.request_validator import RequestValidator

from bot.settings import ROOT
from bot.store.tables import inbound, outbound
from tests.support.assistant import Assistant, environment, serving
from tests.support.providers.base import Sent, StandIn
from tests.support.providers.messenger import MessengerStandIn
from tests.support.providers.telegram import TelegramStandIn
from tests.support.providers.twilio import WHATSAPP, TwilioStandIn

PATIENCE = 40.0
PUBLIC_URL = "https://chat.clinic.example"
ACCOUNT, AUTH_TOKEN = "AC" + "1" * 32, "the-auth-token-of-the-account"
NUMBER = "+15035550142"
BOT_TOKEN, BOT_SECRET = "123456:bot-token", "a-secret-of-the-bot"
APP_SECRET, PAGE_TOKEN, VERIFY_TOKEN = "the-secret-of-the-app", "EAAB", "a-verify-token"
_COUNT = itertools.count(1)


@dataclass(frozen=True)
class Delivery:
    """One request of a provider."""

    path: str
    body: bytes
    headers: Mapping[str, str]


@dataclass
class House:
    """The assistant with all four channels on, and a stand-in for each provider."""

    assistant: Assistant
    twilio: TwilioStandIn
    telegram: TelegramStandIn
    messenger: MessengerStandIn

    def deliver(self, delivery: Delivery) -> requests.Response:
        """What a provider is answered."""
        url = f"{self.assistant.url}{delivery.path}"
        return requests.post(url, data=delivery.body, headers=dict(delivery.headers), timeout=PATIENCE)

    def settle(self) -> None:
        """Wait until all that came is answered, and all that goes out is sent."""
        deadline = time.monotonic() + PATIENCE
        while self.open() and time.monotonic() < deadline:
            time.sleep(0.02)
        assert not self.open(), "messages are left"

    def open(self) -> int:
        """How many messages are still to be answered or sent."""
        counts = [
            select(func.count()).select_from(table).where(table.c.due_at.isnot(None))
            for table in (inbound, outbound)
        ]
        with self.assistant.engine.connect() as connection:
            return sum(int(connection.execute(count).scalar_one()) for count in counts)

    def limits_kept(self) -> None:
        """No provider had to refuse anything that its documentation forbids."""
        for stand_in in (self.twilio, self.telegram, self.messenger):
            assert stand_in.broken == []


class Phone(abc.ABC):
    """Somebody who writes to the clinic."""

    channel: str

    def __init__(self, house: House) -> None:
        self.house = house
        self.number = next(_COUNT)
        self._read = 0

    @property
    @abc.abstractmethod
    def address(self) -> str:
        """What the provider sends to."""

    @property
    @abc.abstractmethod
    def provider(self) -> StandIn:
        """What sends to it."""

    @abc.abstractmethod
    def typed(self, text: str, id: Optional[str] = None) -> Delivery:
        """The delivery of a message."""

    @abc.abstractmethod
    def pressed(self, title: str, ref: str) -> Delivery:
        """The delivery of a press."""

    def says(self, text: str) -> List[Sent]:
        """Type a message; what comes back."""
        return self.sends(self.typed(text))

    def presses(self, title: str) -> List[Sent]:
        """Press a button that was shown in this talk, the latest of that title; what comes back."""
        shown = [choice for sent in self.provider.sent_to(self.address) for choice in sent.choices]
        refs = [ref for name, ref in shown if title.startswith(name.removesuffix("…"))]
        assert refs, f"no button says {title!r}: {shown}"
        return self.sends(self.pressed(title, refs[-1]))

    def sends(self, *deliveries: Delivery) -> List[Sent]:
        """What comes back after these deliveries, all of which are taken."""
        self.provider.heard(self.address)
        for delivery in deliveries:
            answer = self.house.deliver(delivery)
            assert answer.ok, f"{answer.status_code} {answer.text}"
        return self.hears()

    def hears(self) -> List[Sent]:
        """What came since the last look, once all is said."""
        self.house.settle()
        all_sent = self.provider.sent_to(self.address)
        self._read, since = len(all_sent), self._read
        return all_sent[since:]


class SmsPhone(Phone):
    """A phone with text messages."""

    channel = "sms"
    _mark = ""

    @property
    def address(self) -> str:
        """The number, as Twilio writes it."""
        return f"{self._mark}+1503555{self.number:04d}"

    @property
    def provider(self) -> StandIn:
        """Twilio."""
        return self.house.twilio

    def typed(self, text: str, id: Optional[str] = None) -> Delivery:
        """A form, signed as Twilio signs it."""
        return self.form(id, Body=text)

    def pressed(self, title: str, ref: str) -> Delivery:
        """A reply button's press."""
        return self.form(None, Body=title, ButtonPayload=ref, ButtonText=title)

    def presses(self, title: str) -> List[Sent]:
        """Reply with the number of a line that was shown in this talk, the latest of that title."""
        lines = "\n".join(sent.text for sent in self.provider.sent_to(self.address))
        numbers = re.findall(rf"^(\d+) {re.escape(title)}$", lines, re.MULTILINE)
        assert numbers, f"no line says {title!r}: {lines}"
        return self.says(numbers[-1])

    def form(self, id: Optional[str] = None, **fields: str) -> Delivery:
        """What Twilio posts for one message."""
        whole = {
            "MessageSid": id or f"SM{next(_COUNT):032x}",
            "AccountSid": ACCOUNT,
            "From": self.address,
            "To": f"{self._mark}{NUMBER}",
            "NumMedia": "0",
            "NumSegments": "1",
            "ApiVersion": "2010-04-01",
            **fields,
        }
        path = f"/webhooks/{self.channel}"
        signature = RequestValidator(AUTH_TOKEN).compute_signature(f"{PUBLIC_URL}{path}", whole)
        headers = {"Content-Type": "application/x-www-form-urlencoded", "X-Twilio-Signature": signature}
        return Delivery(path, urlencode(whole).encode(), headers)


class WhatsAppPhone(SmsPhone):
    """A phone with WhatsApp."""

    channel = "whatsapp"
    _mark = WHATSAPP
    presses = Phone.presses


class TelegramPhone(Phone):
    """A phone with Telegram."""

    channel = "telegram"

    @property
    def address(self) -> str:
        """The id of the chat."""
        return str(7_000_000 + self.number)

    @property
    def provider(self) -> StandIn:
        """Telegram."""
        return self.house.telegram

    def typed(self, text: str, id: Optional[str] = None) -> Delivery:
        """An update with a message."""
        return self.update(id, message=self.message(text=text))

    def pressed(self, title: str, ref: str) -> Delivery:
        """An update with a press."""
        press = {"id": f"q{next(_COUNT)}", "from": self._sender(), "message": self.message(), "data": ref}
        return self.update(None, callback_query=press)

    def message(self, **fields: Any) -> Dict[str, Any]:
        """A message of this chat."""
        chat = {"id": int(self.address), "type": "private", "first_name": "Ana"}
        at = int(time.time())
        return {"message_id": next(_COUNT), "from": self._sender(), "chat": chat, "date": at, **fields}

    def update(self, id: Optional[str] = None, **what: Any) -> Delivery:
        """What Telegram posts."""
        body = json.dumps({"update_id": int(id or next(_COUNT)), **what}).encode()
        headers = {"Content-Type": "application/json", "X-Telegram-Bot-Api-Secret-Token": BOT_SECRET}
        return Delivery("/webhooks/telegram", body, headers)

    def _sender(self) -> Dict[str, Any]:
        return {"id": int(self.address), "is_bot": False, "first_name": "Ana", "language_code": "en"}


class MessengerPhone(Phone):
    """A phone with Messenger."""

    channel = "messenger"

    @property
    def address(self) -> str:
        """The id of the person for this page."""
        return f"{10**15 + self.number}"

    @property
    def provider(self) -> StandIn:
        """Messenger."""
        return self.house.messenger

    def typed(self, text: str, id: Optional[str] = None) -> Delivery:
        """A batch of one message."""
        return self.batch(self.event(message={"mid": id or f"m_{next(_COUNT)}", "text": text}))

    def pressed(self, title: str, ref: str) -> Delivery:
        """A batch of one quick reply."""
        said = {"mid": f"m_{next(_COUNT)}", "text": title, "quick_reply": {"payload": ref}}
        return self.batch(self.event(message=said))

    def event(self, **what: Any) -> Dict[str, Any]:
        """One event of this person."""
        at = int(time.time() * 1000)
        return {"sender": {"id": self.address}, "recipient": {"id": "page"}, "timestamp": at, **what}

    def batch(self, *events: Dict[str, Any]) -> Delivery:
        """What Meta posts, signed over its exact bytes."""
        entry = {"id": "page", "time": int(time.time() * 1000), "messaging": list(events)}
        body = json.dumps({"object": "page", "entry": [entry]}, indent=1).encode()
        signature = hmac.new(APP_SECRET.encode(), body, hashlib.sha256).hexdigest()
        headers = {"Content-Type": "application/json", "X-Hub-Signature-256": f"sha256={signature}"}
        return Delivery("/webhooks/messenger", body, headers)


PHONES = {one.channel: one for one in (SmsPhone, WhatsAppPhone, TelegramPhone, MessengerPhone)}


def commented(channel: str) -> Dict[str, Any]:
    """An entry of `credentials.yml`, switched on."""
    lines = (ROOT / "credentials.yml").read_text(encoding="utf-8").splitlines()
    start = lines.index(f"# {channel}:")
    entry = [line.removeprefix("# ") for line in lines[start : lines.index("", start)]]
    return dict(YAML(typ="safe").load("\n".join(entry)))


@contextmanager
def open_house(model: Path, folder: Path, **more: str) -> Iterator[House]:
    """The assistant with every channel on."""
    with ExitStack() as stack:
        twilio = stack.enter_context(TwilioStandIn(ACCOUNT, AUTH_TOKEN))
        telegram = stack.enter_context(TelegramStandIn(BOT_TOKEN))
        messenger = stack.enter_context(MessengerStandIn(PAGE_TOKEN))
        account = {"account_sid": ACCOUNT, "auth_token": AUTH_TOKEN, "sender": NUMBER, "api_url": twilio.url}
        channels: Dict[str, Any] = {
            "bot.channels.web.WebChat": None,
            **commented("bot.channels.sockets.SocketChat"),
            "bot.channels.messaging.twilio.Sms": account,
            "bot.channels.messaging.twilio.WhatsApp": account,
            "bot.channels.messaging.telegram.Telegram": {
                "bot_token": BOT_TOKEN,
                "secret_token": BOT_SECRET,
                "api_url": telegram.url,
            },
            "bot.channels.messaging.messenger.Messenger": {
                "app_secret": APP_SECRET,
                "page_token": PAGE_TOKEN,
                "verify_token": VERIFY_TOKEN,
                "api_url": messenger.url,
            },
        }
        credentials = folder / "credentials.yml"
        credentials.write_text(json.dumps(channels))  # JSON is YAML, too
        settings = environment(folder, CREDENTIALS=str(credentials), PUBLIC_URL=PUBLIC_URL, **more)
        yield House(stack.enter_context(serving(model, settings)), twilio, telegram, messenger)


@pytest.fixture(scope="session")
def shared_house(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """One server for all tests that need more channels than the web chat, or a calendar of many months."""
    folder = tmp_path_factory.mktemp("house")
    profile = (ROOT / "tests" / "support" / "clinic.yml").read_text(encoding="utf-8")
    far = folder / "clinic.yml"
    far.write_text(profile.replace("horizon_days: 60", "horizon_days: 300"), encoding="utf-8")
    with open_house(model, folder, CLINIC_PROFILE=str(far)) as house:
        yield house
