"""What the clinic's numbers and pages say of their own: short, plain, easy, and safe to answer."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.content.collection import read_content
from bot.content.messaging import PATH, MessagingTexts, read_messaging_texts
from bot.content.profile import read_profile
from bot.content.reading import reading_grade
from bot.content.yaml_files import parse, read_yaml
from bot.errors import ContentError
from bot.messaging.gsm import plain, segments
from bot.messaging.reserved import Word, reserved

WRITTEN = dict(parse(PATH, MessagingTexts, read_yaml(PATH)).passages())
FACTS = read_profile().fields()
FILLED = dict(read_messaging_texts(FACTS).passages())


@pytest.mark.parametrize("name", WRITTEN)
def test_a_text_is_one_plain_segment_that_everybody_can_read(name):
    assert segments(FILLED[name]) == 1
    assert plain(FILLED[name]) == FILLED[name]
    assert reading_grade(WRITTEN[name], ["STOP", "START", "HELP", "Msg", "emergency", "machine"]) <= 6


def test_who_is_new_hears_what_the_carriers_ask_for():
    for words in (FACTS["clinic.name"], "machine", "Msg rates may apply", "STOP to end", "HELP for help"):
        assert words in FILLED["first_text"]


def test_a_fact_that_the_clinic_left_out_is_no_text(tmp_path):
    path = Path(tmp_path / "messaging.yml")
    path.write_text(PATH.read_text().replace("{contact.phone}", "{contact.fax}"))
    with pytest.raises(ContentError, match=r"help: \{contact.fax\} is no known fact"):
        read_messaging_texts({key: value for key, value in FACTS.items() if key != "contact.fax"}, path)


def test_nobody_is_asked_to_reply_with_a_word_that_stops_everything():
    asked = re.compile(r"\b(?:reply|text|send|type|say|answer)(?: with)?:? \"?(\w+)", re.IGNORECASE)
    answers = [text for said in read_content().said() for text in said.texts.values()]
    for text in (*WRITTEN.values(), *answers):
        for word in asked.findall(text):
            assert reserved(word) not in (Word.STOP, Word.CANCEL), text
