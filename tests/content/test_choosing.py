"""The decision table: its shape, its words, and how easily its verdicts read."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.booking.draft import Reply
from bot.choosing.chooser import CHOICES, Chooser, Situation
from bot.content.answers import read_topics
from bot.content.check import HARDEST_GRADE, LONGEST_SENTENCE
from bot.content.choosing import PATH, UNSURE, Table, read_table
from bot.content.conditions import read_conditions
from bot.content.reading import read_names, reading_grade, sentences
from bot.errors import ContentError
from bot.understanding.named import read_named

TABLE = read_table()
RESPONSES = read_topics()["choose_therapy"].responses
CHOOSER = Chooser(TABLE, read_named("condition"))

for_every_problem = pytest.mark.parametrize("problem", TABLE.problems)


def chosen_by_buttons() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for variants in RESPONSES.values():
        for button in variants[0].buttons:
            question, _, value = button.payload.replace("/choose_option?", "").partition("=")
            found.setdefault(question, set()).add(value)
    return found


@for_every_problem
@pytest.mark.parametrize("doctor", CHOICES["doctor_knows"])
@pytest.mark.parametrize("person", ["me", "child"])
def test_every_verdict_is_easy_and_short(problem, doctor, person):
    verdict = CHOOSER.decide(Situation("none", person, (problem,), (), doctor))
    text = RESPONSES[f"utter_therapy_{verdict.answer}"][0].text
    text = text.replace("{named}", verdict.named).replace("{reason}", verdict.reason)
    assert reading_grade(text, read_names().names) <= HARDEST_GRADE
    assert max(len(sentence.split()) for sentence in sentences(text)) <= LONGEST_SENTENCE
    assert not set("!*_`{}’“”") & set(text)


@pytest.mark.parametrize("answer", TABLE.answers)
def test_every_verdict_says_that_a_professional_decides_and_offers_a_person(answer):
    after = RESPONSES[f"utter_after_therapy_{answer}"][0]
    for text in filter(None, (after.text, after.metadata.when_unknown)):
        assert "decides with you" in text
    assert "talk_to_human" in after.metadata.next
    assert f"utter_therapy_{answer}" in RESPONSES


@for_every_problem
def test_every_problem_can_be_named(problem):
    entry = TABLE.problems[problem]
    assert entry.words or entry.conditions


@pytest.mark.parametrize("sign", RESPONSES["utter_ask_danger_signs"][0].metadata.items)
def test_every_sign_that_is_listed_is_known_when_somebody_types_it(sign):
    changes = CHOOSER.read("danger_signs", Reply(f"yes, {sign}"), Situation())
    listed = RESPONSES["utter_ask_danger_signs"][0].metadata.items
    assert changes["danger_signs"] == ("call_911" if listed.index(sign) < 4 else "see_doctor")


def test_every_button_chooses_what_is_known():
    by_question = chosen_by_buttons()
    assert by_question.pop("therapy_goal") <= set(TABLE.problems)
    assert by_question == {question: set(values) for question, values in CHOICES.items()}


def test_every_goal_on_a_button_is_also_found_by_its_title():
    for name in ("me", "child"):
        for button in RESPONSES[f"utter_ask_therapy_goals_{name}"][0].buttons:
            goal = button.payload.rpartition("=")[2]
            situation = Situation("none", name)
            assert goal in CHOOSER.read("therapy_goals", Reply(button.title), situation)["therapy_goals"]


def test_conditions_are_ids_of_conditions():
    assert TABLE.conditions() <= set(read_conditions())


def test_every_source_is_used():
    entries = (*TABLE.problems.values(), *TABLE.answers.values())
    assert {key for entry in entries for key in entry.sources} == set(TABLE.sources)


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("answer: ot", "answer: magic", "answer"),
        ("known_first: true", "known_last: true", "known_last: extra fields not permitted"),
        ("sources: [rheum]", "sources: [gossip]", "no source is called 'gossip'"),
        ("child: writing_school", "child: nobody", "no problem is called 'nobody'"),
        (f"  {UNSURE}:\n", "  certain:\n", "lacks 'unsure'"),
        ("grade: B", "grade: C", "grade"),
    ],
)
def test_a_slip_in_the_table_is_named(tmp_path: Path, old: str, new: str, complaint: str) -> None:
    path = tmp_path / "table.yml"
    written = PATH.read_text(encoding="utf-8")
    assert old in written
    path.write_text(written.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ContentError, match=complaint):
        read_table(path)


def test_the_table_is_read_as_it_stands() -> None:
    assert isinstance(TABLE, Table)
