"""Everything that is said, as it arrives on a phone."""

from __future__ import annotations

import re
from typing import Dict, List

import pytest

from bot.messaging.gsm import is_gsm, segments
from bot.messaging.outgoing import Links
from bot.messaging.rendering import messenger, sms, telegram, whatsapp
from bot.messaging.rendering.text import is_urgent
from bot.messaging.reserved import Word, reserved
from tests.support.everything_said import Said, everything_said

LINKS = Links("https://chat.riverbend-ot.example")
OFFER = "0f0e0d0c-0b0a-4908-8706-050403020100"
MOST = {"answer": 2, "more": 2, "step": 4}
DANGER = re.compile(r"\b(?:911|988|1-800-222-1222)\b")


@pytest.fixture(scope="module")
def by_kind() -> Dict[str, List[Said]]:
    kinds: Dict[str, List[Said]] = {}
    for one in everything_said():
        kinds.setdefault(one.kind, []).append(one)
    return kinds


def test_an_answer_takes_two_segments_and_a_step_four(by_kind: Dict[str, List[Said]]) -> None:
    for kind, most in MOST.items():
        for one in by_kind[kind]:
            parts = sms.render([one.message], OFFER, LINKS).parts
            assert sum(segments(part.text) for part in parts) <= most, one.name


def test_no_text_leaves_the_cheap_alphabet(by_kind: Dict[str, List[Said]]) -> None:
    for one in (one for several in by_kind.values() for one in several):
        assert all(is_gsm(part.text) for part in sms.render([one.message], OFFER, LINKS).parts), one.name


def test_what_is_urgent_is_whole_on_every_channel(by_kind: Dict[str, List[Said]]) -> None:
    urgent = [one for several in by_kind.values() for one in several if is_urgent(one.message)]
    assert len(urgent) > 25
    for one in urgent:
        lines = [line for block in one.message.blocks if "text" in block for line in block["text"].split()]
        for channel in (sms, whatsapp, telegram, messenger):
            rendered = channel.render([one.message], OFFER, LINKS)
            assert rendered.rest is None
            arrived = re.sub(r" \(\d/\d\)", "", " ".join(part.text for part in rendered.parts)).split()
            assert arrived[: len(lines)] == lines, one.name


def test_an_emergency_has_its_number_in_the_first_forty_characters(by_kind: Dict[str, List[Said]]) -> None:
    replies = [one for one in by_kind["safety"] if is_urgent(one.message) and "ask" not in one.name]
    emergencies = [one for one in replies if one.message.blocks[0]["level"] == "emergency"]
    assert len(emergencies) > 10
    for one in emergencies:
        for channel in (sms, whatsapp, telegram, messenger):
            assert DANGER.search(channel.render([one.message], OFFER, LINKS).parts[0].text[:40]), one.name


def test_no_option_is_a_word_that_ends_all_messages(by_kind: Dict[str, List[Said]]) -> None:
    for one in (one for several in by_kind.values() for one in several):
        titles = [option.title for option in sms.render([one.message], OFFER, LINKS).options]
        assert not {reserved(title) for title in titles} & {Word.STOP, Word.CANCEL, Word.HELP}, one.name


def test_every_choice_arrives_where_there_are_buttons(by_kind: Dict[str, List[Said]]) -> None:
    for one in (one for several in by_kind.values() for one in several):
        payloads = [button.payload for button in one.message.buttons]
        for channel in (whatsapp, telegram, messenger):
            rendered = channel.render([one.message], OFFER, LINKS)
            assert [option.payload for option in rendered.options] == payloads, one.name
            assert len(rendered.parts[-1].choices) == len(payloads)
