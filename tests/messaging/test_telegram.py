"""What is Telegram's own."""

from __future__ import annotations

import pytest

from tests.support.phones import House, TelegramPhone
from tests.support.providers.telegram import TelegramStandIn


@pytest.fixture
def phone(house: House) -> TelegramPhone:
    return TelegramPhone(house)


def test_a_press_is_answered_by_the_webhook_itself(phone: TelegramPhone) -> None:
    phone.says("how much does it cost")
    answer = phone.house.deliver(phone.pressed("any", "an-offer-that-never-was:0"))
    assert answer.json()["method"] == "answerCallbackQuery"
    assert "not open any more" in phone.hears()[0].text


def test_the_first_touch_of_a_bot_is_a_greeting(phone: TelegramPhone) -> None:
    first, *answer = phone.says("/start")
    assert "machine" in first.text
    assert answer[0].text.startswith("Hello.")


def test_what_cannot_be_read_gets_a_kind_sentence(phone: TelegramPhone) -> None:
    phone.says("hello")
    photo = phone.update(message=phone.message(photo=[{"file_id": "x"}]))
    assert "pictures" in phone.sends(photo)[0].text
    edited = phone.update(edited_message=phone.message(text="hello again"))
    assert "send it as a new one" in phone.sends(edited)[0].text


def test_a_group_hears_nothing(phone: TelegramPhone) -> None:
    group = {"id": -100, "type": "group", "title": "Family"}
    phone.sends(phone.update(message={**phone.message(text="hello"), "chat": group}))
    assert phone.provider.sent_to("-100") == []


def test_who_blocks_the_bot_is_left_alone(phone: TelegramPhone) -> None:
    phone.says("hello")
    assert isinstance(phone.provider, TelegramStandIn)
    phone.provider.stopped.add(phone.address)
    assert phone.says("where are you") == []
    calls = len(phone.provider.calls)
    assert phone.says("how much does it cost") == []
    assert len(phone.provider.calls) == calls
