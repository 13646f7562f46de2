"""What is Messenger's own."""

from __future__ import annotations

import pytest
import requests

from tests.support.phones import VERIFY_TOKEN, House, MessengerPhone


@pytest.fixture
def phone(house: House) -> MessengerPhone:
    return MessengerPhone(house)


def handshake(house: House, **query: str) -> requests.Response:
    asked = {f"hub.{name}": value for name, value in query.items()}
    return requests.get(f"{house.assistant.url}/webhooks/messenger", params=asked, timeout=10)


def test_meta_is_told_that_it_is_meant(house: House) -> None:
    answer = handshake(house, mode="subscribe", verify_token=VERIFY_TOKEN, challenge="1158201444")
    assert (answer.status_code, answer.text) == (200, "1158201444")


@pytest.mark.parametrize(
    "query",
    [
        {"mode": "subscribe", "verify_token": "wrong", "challenge": "1"},
        {"mode": "unsubscribe", "verify_token": VERIFY_TOKEN, "challenge": "1"},
        {"mode": "subscribe", "challenge": "1"},
        {},
    ],
)
def test_nobody_else_is(house: House, query: dict[str, str]) -> None:
    assert handshake(house, **query).status_code == 403


def test_several_people_in_one_batch_are_all_answered(house: House, phone: MessengerPhone) -> None:
    other = MessengerPhone(house)
    events = [
        one.event(message={"mid": f"m_{one.address}", "text": "where are you"}) for one in (phone, other)
    ]
    house.messenger.heard(other.address)
    assert "Hill Street" in phone.sends(phone.batch(*events))[-1].text
    assert "Hill Street" in other.hears()[-1].text


def test_its_own_words_and_receipts_are_left_alone(phone: MessengerPhone) -> None:
    echo = phone.event(message={"mid": "m_echo", "text": "where are you", "is_echo": True})
    assert phone.sends(phone.batch(echo, phone.event(read={"watermark": 1}))) == []


def test_a_picture_gets_a_kind_sentence(phone: MessengerPhone) -> None:
    phone.says("hello")
    image = {"type": "image", "payload": {"url": "https://cdn.example.org/x"}}
    sent = phone.sends(phone.batch(phone.event(message={"mid": "m_image", "attachments": [image]})))
    assert "pictures" in sent[0].text
