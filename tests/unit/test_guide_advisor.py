"""Which devices are named for what has become hard."""

from __future__ import annotations

from bot.guides.advisor import ANY, Need
from bot.guides.talk import Asked
from tests.support.small_guides import ADVISOR


def test_an_activity_with_a_question_asks_it() -> None:
    need = ADVISOR.begin(Asked("cooking is hard"), ["cooking"])
    assert need == Need("cooking", None)
    card = ADVISOR.ask("answer", need, "")
    assert card.values["question"] == "Do you tire when you stand?"
    assert [one["title"] for one in card.buttons] == ["Yes, I tire", "No, I must carry"]


def test_one_without_a_question_is_answered_at_once() -> None:
    assert ADVISOR.begin(Asked("shopping"), ["shopping"]) == Need("shopping", ANY)


def test_the_answer_chooses_the_devices() -> None:
    for asked in (Asked("", choice={"answer": "1"}), Asked("no"), Asked("I carry too much")):
        assert ADVISOR.read("answer", asked, [], Need("cooking")) == Need("cooking", "1")
    devices, others = ADVISOR.advise(Need("cooking", "1"))
    assert devices.about["items"] == ["Scooter: It carries. Try it. Ask an OT."]
    assert others.about["items"] == ["Turn off the gas.", "Slide pots."]
    assert [one["title"] for one in others.buttons] == ["Guide: scooter"]


def test_an_answer_that_cannot_be_read_leaves_every_device_in() -> None:
    assert ADVISOR.read("answer", Asked("purple", topic="nlu_fallback"), [], Need("cooking")) == Need(
        "cooking", ANY
    )
    assert ADVISOR.read("answer", Asked("is it free", topic="faq/cost"), [], Need("cooking")) is None


def test_any_answer_leaves_every_device_in() -> None:
    devices, _ = ADVISOR.advise(Need("cooking", ANY))
    assert len(devices.about["items"]) == 2
    assert devices.about["sources"] == [{"title": "A leaflet", "url": "https://example.org/a"}]


def test_what_nobody_knows_is_asked_for_with_the_closest_first() -> None:
    need = ADVISOR.begin(Asked("it is hard at the stove"), [])
    assert need == Need()
    card = ADVISOR.ask("activity", need, "it is hard at the stove")
    assert [one["title"] for one in card.buttons] == ["Cooking", "Shopping"]
    assert ADVISOR.read("activity", Asked("the stove"), [], need) == Need("cooking", None)
    assert ADVISOR.read("activity", Asked("juggling"), [], need) is None
