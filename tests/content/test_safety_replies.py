"""Every reply to danger: the number first, short, easy, complete, and with its source."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.chat.message import from_reply
from bot.content.reading import read_names, reading_grade
from bot.content.yaml_files import read_yaml
from bot.safety.replies import WAY_BACK, read_safety_replies, with_way_back
from bot.safety.screen import project_signs
from bot.safety.signs import URGENCY, Sign, read_signs
from bot.settings import ROOT
from tests.support.clocks import MONDAY_MORNING

REPLIES = read_safety_replies()
SAID = {
    name: variants[0]
    for id in URGENCY
    for name, variants in read_yaml(ROOT / "data" / "safety" / f"{id}.yml")["responses"].items()
}
ANSWERS = {name: reply for name, reply in SAID.items() if "notice" in reply["metadata"]}
NUMBERS = {
    "emergency_medical": "911",
    "crisis_self_harm": "988",
    "abuse_report": "911",
    "fall_report": "911",
    "medication_question": "1-800-222-1222",
    "medical_advice": "911",
}
KINDS = sorted({(group.id, group.kind) for group in read_signs().signs}, key=str)
LONGEST = 130  # words
HARDEST_GRADE = 5.0

for_each_answer = pytest.mark.parametrize("name", ANSWERS)


@for_each_answer
def test_the_number_to_act_on_is_in_the_first_lines(name):
    reply = ANSWERS[name]
    first = reply["text"].split("\n\n")[0]
    if name == "utter_fall_see_doctor":
        assert "doctor today" in first
    else:
        number = NUMBERS[reply["metadata"]["topic"]]
        assert number in first or reply["metadata"]["topic"] == "medical_advice"


@pytest.mark.parametrize("id", URGENCY)
def test_the_number_is_in_the_very_first_sentence_of_what_is_urgent(id):
    first = SAID[f"utter_{id}"]["text"].split(".")[0]
    assert NUMBERS[id] in first or id == "medical_advice"


@for_each_answer
def test_it_is_short_and_easy(name):
    text = ANSWERS[name]["text"]
    assert len(text.split()) <= LONGEST
    assert reading_grade(text, read_names().names) <= HARDEST_GRADE


@for_each_answer
def test_it_can_be_tapped_and_is_a_bare_number_as_text(name):
    links = ANSWERS[name]["metadata"]["links"]
    assert any(link["url"].startswith("tel:") for link in links)
    message = from_reply(ANSWERS[name], "1", MONDAY_MORNING)
    assert "tel:" not in message.text


@for_each_answer
def test_it_says_who_says_so(name):
    about = ANSWERS[name]["metadata"]
    assert about["sources"]
    assert about["read_on"]


@pytest.mark.parametrize("name", SAID)
def test_it_has_no_dose_no_diagnosis_and_no_promise(name):
    text = SAID[name]["text"]
    assert not re.search(r"\d\s?(?:mg|ml|tablets?|pills?)\b", text)
    assert not re.search(r"help is on|you (?:are having|have) a|will be (?:fine|all right)", text, re.I)
    assert "!" not in text


@pytest.mark.parametrize(("id", "kind"), KINDS)
@settings(max_examples=20)
@given(st.one_of(st.none(), st.text(max_size=24).filter(lambda title: not set(title) & set("{}"))))
def test_no_reply_contains_an_unfilled_field(id, kind, place):
    reply = REPLIES.reply_to(Sign(id, kind, words=""))
    text = with_way_back(reply["text"], place)
    message = from_reply({**reply, "text": text}, "1", MONDAY_MORNING)
    assert not re.search("[{}]", message.text)
    assert message.topic == id
    if place and WAY_BACK in reply["text"]:
        assert f": {place}." in text


@pytest.mark.parametrize(("id", "kind"), KINDS)
def test_every_kind_of_sign_has_a_reply(id, kind):
    assert REPLIES.name_of(id, kind) in SAID


def test_a_kind_without_words_of_its_own_gets_the_general_reply():
    assert REPLIES.name_of("emergency_medical", "stroke") == "utter_emergency_stroke"
    assert REPLIES.name_of("emergency_medical", "hiccups") == "utter_emergency_medical"
    assert REPLIES.name_of("crisis_self_harm", None) == "utter_crisis_self_harm"


def test_every_emergency_reply_of_a_kind_is_reached_by_a_sign():
    named = {REPLIES.name_of(id, kind) for id, kind in KINDS}
    assert {name for name in SAID if name.startswith("utter_emergency_")} <= named


def test_nobody_who_is_hurt_at_home_is_left_without_a_quick_way_out():
    reply = SAID["utter_abuse_report"]
    assert any(link["title"].startswith("Leave") for link in reply["metadata"]["links"])
    assert "unless you say that it is safe" in reply["text"]


def test_the_signs_of_the_project_can_be_read():
    assert project_signs() is project_signs()
