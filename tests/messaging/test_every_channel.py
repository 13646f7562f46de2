"""What holds on SMS, WhatsApp, Telegram and Messenger alike."""

from __future__ import annotations

from dataclasses import replace
from typing import List

import pytest
from sqlalchemy import func, select

from bot.store.tables import inbound, person
from tests.support.phones import PHONES, Delivery, House, Phone
from tests.support.providers.base import Sent
from tests.support.talk import new_address

DROOPS = "my husband's face is drooping and he can't speak"


def text_of(sent: List[Sent]) -> str:
    return "\n".join(one.text for one in sent)


def kept(house: House) -> List[int]:
    """How many messages and people are kept."""
    with house.assistant.engine.connect() as connection:
        return [
            int(connection.execute(select(func.count()).select_from(table)).scalar_one())
            for table in (inbound, person)
        ]


def test_somebody_new_is_told_who_is_writing_once(phone: Phone) -> None:
    first, *answer = phone.says("how much does it cost")
    assert "machine" in first.text
    assert "STOP" in first.text
    assert "$" in text_of(answer)
    assert "machine" not in text_of(phone.says("where are you"))


def test_a_visit_is_booked_by_numbers_and_words_and_canceled(phone: Phone) -> None:
    before = phone.house.assistant.appointments()
    phone.says("I want to book a visit")
    for words in ("1", "the first", "Ida Frost", new_address()):
        phone.says(words)
    phone.says("2 and 5")
    read_back = text_of(phone.says("getting dressed"))
    assert all(words in read_back for words in ("check this", "wheelchair", "quiet room"))
    assert "is booked" in text_of(phone.says("one"))
    assert phone.house.assistant.appointments() == before + 1
    phone.says("cancel my visit please")
    assert "Should I cancel" in text_of(phone.says("Frost"))
    assert "is canceled" in text_of(phone.says("1"))


def test_a_step_is_shown_and_a_press_goes_on(phone: Phone) -> None:
    phone.says("how do I use a cane on stairs")
    before = phone.presses("I use it myself")
    while "MORE" in before[-1].text:  # all that must be known comes before the first step
        before = phone.says("more")
    assert "Step 1 of" in text_of(phone.presses("Start"))
    assert "Step 2 of" in text_of(phone.presses("Done"))


def test_help_comes_first_and_bare(phone: Phone) -> None:
    phone.says("hello")
    first = phone.says(DROOPS)[0]
    assert "911" in first.text[:40]
    assert first.choices == ()


def test_a_delivery_that_comes_again_is_answered_once(phone: Phone) -> None:
    phone.says("hello")
    delivery = phone.typed("where are you")
    sent = phone.sends(delivery, delivery, delivery)
    assert text_of(sent).count("7 Hill Street") == 1
    assert phone.sends(delivery) == []


def test_messages_of_one_person_keep_their_order(phone: Phone) -> None:
    phone.says("hello")
    texts = ("where are you", "how much does it cost", "when are you open")
    answer = text_of(phone.sends(*map(phone.typed, texts)))
    places = [answer.index(mark) for mark in ("Hill Street", "$", "9 am")]
    assert places == sorted(places)


@pytest.mark.parametrize("change", ["no proof", "another body", "another proof"])
def test_who_cannot_prove_it_touches_nothing(phone: Phone, change: str) -> None:
    before = kept(phone.house)
    answer = phone.house.deliver(forged(phone.typed("hello"), change))
    assert answer.status_code == 403
    assert kept(phone.house) == before
    assert phone.hears() == []


def forged(delivery: Delivery, change: str) -> Delivery:
    if change == "another body":
        # Telegram proves who sends, not what: its secret is another one then.
        proof = {name: f"{value}x" for name, value in delivery.headers.items() if "Telegram" in name}
        return replace(
            delivery, body=delivery.body.replace(b"hello", b"hallo"), headers={**delivery.headers, **proof}
        )
    proofs = [name for name in delivery.headers if name.startswith("X-")]
    if change == "no proof":
        return replace(delivery, headers={k: v for k, v in delivery.headers.items() if k not in proofs})
    return replace(delivery, headers={**delivery.headers, **dict.fromkeys(proofs, "sha256=" + "0" * 64)})


@pytest.mark.parametrize("channel", ["sms", "messenger"])
def test_a_provider_that_is_down_for_a_while_gets_it_later(house: House, channel: str) -> None:
    phone = PHONES[channel](house)
    phone.says("hello")
    phone.provider.fail((503, {}))
    assert "Hill Street" in text_of(phone.says("where are you"))


def test_stop_ends_it_and_start_takes_it_up_again(phone: Phone) -> None:
    phone.says("hello")
    (confirmed,) = phone.says("Stop.")
    assert "no more messages" in confirmed.text
    assert phone.says("where are you") == []
    assert phone.says("STOP") == []
    assert "again" in text_of(phone.says("START"))
    assert "Hill Street" in text_of(phone.says("where are you"))


def test_stop_in_the_middle_of_a_talk_is_talk(phone: Phone) -> None:
    phone.says("hello")
    assert phone.says("how do I stop on stairs with a walker")


@pytest.mark.parametrize("channel", ["whatsapp", "telegram", "messenger"])
def test_a_button_of_long_ago_still_counts(house: House, channel: str) -> None:
    phone = PHONES[channel](house)
    phone.says("how much does it cost")
    phone.says("where are you")
    assert phone.presses("Does insurance pay?")
