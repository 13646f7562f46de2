"""The clients of Telegram and Messenger, against stand-ins that enforce the documented limits."""

from __future__ import annotations

from typing import Iterator

import pytest

from bot.errors import PersonStopped, SendFailed, SendRefused
from bot.messaging.outgoing import Choice, Outgoing
from bot.messaging.providers.messenger import Messenger
from bot.messaging.providers.telegram import Telegram
from tests.support.ports import free_port
from tests.support.providers.messenger import MessengerStandIn
from tests.support.providers.telegram import TelegramStandIn

CHOICES = tuple(Choice(title, f"offer:{index}") for index, title in enumerate(("Yes", "No", "Not sure")))
MESSAGE = Outgoing("Shall I book it?", CHOICES)


@pytest.fixture
def telegram() -> Iterator[TelegramStandIn]:
    with TelegramStandIn("1:abc") as stand_in:
        yield stand_in
        assert stand_in.broken == []


@pytest.fixture
def messenger() -> Iterator[MessengerStandIn]:
    with MessengerStandIn("EAAB") as stand_in:
        stand_in.heard("psid")
        yield stand_in
        assert stand_in.broken == []


def test_telegram_shows_what_was_sent(telegram: TelegramStandIn) -> None:
    assert Telegram("1:abc", telegram.url).send("77", MESSAGE) == "1"
    (sent,) = telegram.sent_to("77")
    assert (sent.text, sent.choices) == (
        "Shall I book it?",
        (("Yes", "offer:0"), ("No", "offer:1"), ("Not sure", "offer:2")),
    )


def test_messenger_shows_what_was_sent(messenger: MessengerStandIn) -> None:
    assert Messenger("EAAB", messenger.url).send("psid", MESSAGE) == "m_1"
    (sent,) = messenger.sent_to("psid")
    assert sent.choices == (("Yes", "offer:0"), ("No", "offer:1"), ("Not sure", "offer:2"))
    assert not any("access_token" in call.query for call in messenger.calls)


@pytest.mark.parametrize(
    "answer", [(500, {}), (502, {}), (401, {}), (429, {"parameters": {"retry_after": 7}})]
)
def test_telegram_may_be_asked_again_after_a_failure(telegram: TelegramStandIn, answer: tuple) -> None:  # type: ignore[type-arg]
    telegram.fail(answer)
    with pytest.raises(SendFailed) as failed:
        Telegram("1:abc", telegram.url).send("77", MESSAGE)
    assert failed.value.retry_after == (7 if answer[0] == 429 else None)
    Telegram("1:abc", telegram.url).send("77", MESSAGE)
    assert len(telegram.sent_to("77")) == 1


@pytest.mark.parametrize(
    "answer", [(500, {}), (400, {"error": {"code": 613}}), (400, {"error": {"code": 190}}), (200, {})]
)
def test_messenger_may_be_asked_again_after_a_failure(messenger: MessengerStandIn, answer: tuple) -> None:  # type: ignore[type-arg]
    messenger.fail(answer)
    with pytest.raises(SendFailed):
        Messenger("EAAB", messenger.url).send("psid", MESSAGE)


def test_what_is_never_taken_is_not_tried_again(
    telegram: TelegramStandIn, messenger: MessengerStandIn
) -> None:
    telegram.fail((400, {"ok": False, "description": "Bad Request: chat not found"}))
    messenger.fail((400, {"error": {"code": 100, "message": "No matching user found"}}))
    with pytest.raises(SendRefused):
        Telegram("1:abc", telegram.url).send("77", MESSAGE)
    with pytest.raises(SendRefused):
        Messenger("EAAB", messenger.url).send("psid", MESSAGE)


def test_somebody_who_blocked_the_clinic_has_stopped(
    telegram: TelegramStandIn, messenger: MessengerStandIn
) -> None:
    telegram.stopped.add("77")
    messenger.stopped.add("psid")
    with pytest.raises(PersonStopped):
        Telegram("1:abc", telegram.url).send("77", MESSAGE)
    with pytest.raises(PersonStopped):
        Messenger("EAAB", messenger.url).send("psid", MESSAGE)


def test_a_failure_does_not_tell_the_token() -> None:
    nobody = f"http://127.0.0.1:{free_port()}"
    with pytest.raises(SendFailed) as failed:
        Telegram("1:secret", nobody).send("77", MESSAGE)
    assert "secret" not in repr(failed.value)
    assert failed.value.__suppress_context__
