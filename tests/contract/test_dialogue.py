"""The dialogue gives way to danger, in every form, and knows the catalogue's names."""

from __future__ import annotations

from typing import Any, Iterator

import pytest

from bot.content.catalogue import read_catalogue
from bot.content.library import topic_files
from bot.content.yaml_files import read_yaml
from bot.settings import ROOT
from bot.understanding.decision import INFORM

CATALOGUE = read_catalogue()
DOMAIN = read_yaml(ROOT / "domain.yml")
CONFIG = read_yaml(ROOT / "config.yml")
FORMS = DOMAIN["forms"]
OWN_INTENTS = {"answer_offer", "choose_option", "inform", "several_wishes", "tell_me_more"}
"""Beyond the catalogue: pressed buttons, an answer in a form, several questions, more of the last answer."""

ANSWERS = {("fall_check_form", id) for id in ("fall_report", "medication_question", "medical_advice")}
"""After a fall, that it hurts and which blood thinner it is do answer a question."""

NEEDS_TENSORFLOW = (
    "DIETClassifier",
    "ResponseSelector",
    "TEDPolicy",
    "UnexpecTEDIntentPolicy",
    "ConveRTFeaturizer",
    "LanguageModelFeaturizer",
)

for_every_form = pytest.mark.parametrize("form", FORMS)
for_every_danger = pytest.mark.parametrize("danger", CATALOGUE.safety)


def rules() -> Iterator[dict[str, Any]]:
    for path in sorted((ROOT / "data" / "rules").glob("*.yml")):
        yield from read_yaml(path)["rules"]


def answers_to(intent: str, form: str | None = None) -> list[list[dict[str, Any]]]:
    """What follows an intent: inside this form, or else with no condition."""
    condition = [{"active_loop": form}] if form else []
    return [
        rule["steps"][1:]
        for rule in rules()
        if rule.get("condition", []) == condition and rule["steps"][0].get("intent") == intent
    ]


@for_every_form
@for_every_danger
def test_no_form_takes_danger_for_an_answer(form, danger):
    if (form, danger) in ANSWERS:
        pytest.skip("the questions after a fall are about this")
    assert danger in FORMS[form]["ignored_intents"]


@for_every_form
@for_every_danger
def test_danger_is_answered_first_and_then_the_form_is_left(form, danger):
    if (form, danger) in ANSWERS:
        pytest.skip("the questions after a fall are about this")
    assert answers_to(danger, form) == [
        [{"action": f"utter_{danger}"}, {"action": "action_deactivate_loop"}, {"active_loop": None}]
    ]


@for_every_danger
def test_danger_is_answered_by_a_written_reply_that_needs_no_action_server(danger):
    ((first, *_),) = answers_to(danger)
    assert first == {"action": f"utter_{danger}"}
    replies = read_yaml(ROOT / "data" / "safety" / f"{danger}.yml")["responses"][f"utter_{danger}"]
    assert replies[0]["text"].strip()
    assert "{" not in replies[0]["text"].replace("{contact.phone}", "")


@for_every_form
def test_every_form_can_be_left(form):
    assert "stop" in FORMS[form]["ignored_intents"]
    (steps,) = answers_to("stop", form)
    assert {"action": "action_deactivate_loop"} in steps


def test_the_dialogue_knows_exactly_the_labels_of_the_catalogue():
    assert set(DOMAIN["intents"]) == {*CATALOGUE.plain_labels, "faq", *OWN_INTENTS}


def test_every_label_has_a_file_and_every_file_a_label():
    assert {label for label, _ in topic_files()} == CATALOGUE.labels


@pytest.mark.parametrize("label", CATALOGUE.plain_labels)
def test_every_label_is_answered_outside_of_a_form(label):
    assert len(answers_to(label)) == 1


@pytest.mark.parametrize("intent", sorted({*DOMAIN["intents"], "nlu_fallback"} - {INFORM}))
def test_nothing_that_can_be_decided_on_is_left_without_a_rule(intent):
    assert len(answers_to(intent)) == 1


@for_every_form
def test_nothing_said_in_a_form_leads_straight_back_to_it(form):
    """Rasa takes such a rule for no rule at all."""
    for rule in rules():
        if "intent" in rule["steps"][0]:
            assert rule["steps"][1:] != [{"action": form}], rule["rule"]


def test_when_no_rule_fits_the_message_is_forgotten_and_nothing_goes_round_in_circles():
    """Any other action would be chosen again after itself, until Rasa gives the conversation up."""
    (policy,) = [one for one in CONFIG["policies"] if one["name"] == "RulePolicy"]
    assert policy.get("core_fallback_action_name", "action_default_fallback") == "action_default_fallback"


def test_every_action_of_the_rules_is_known():
    responses = {
        name for path in ROOT.glob("data/**/*.yml") for name in (read_yaml(path) or {}).get("responses", {})
    }
    known = {*DOMAIN["actions"], *FORMS, *responses, "action_deactivate_loop", "utter_faq"}
    spoken = {step["action"] for rule in rules() for step in rule["steps"] if "action" in step}
    assert spoken <= known


def test_no_component_needs_a_neural_framework():
    names = [one["name"] for one in (*CONFIG["pipeline"], *CONFIG["policies"])]
    assert not [name for name in names if name.endswith(NEEDS_TENSORFLOW)]


def test_text_is_made_plain_first_and_danger_is_looked_for_last():
    names = [one["name"] for one in CONFIG["pipeline"]]
    assert names[0] == "bot.nlu.plain_text.PlainText"
    assert names[-1] == "bot.nlu.safety_gate.SafetyGate"


def test_what_people_say_never_steers_the_rules_by_its_words():
    assert not [name for name, slot in DOMAIN["slots"].items() if slot["influence_conversation"]]
    assert not [
        name
        for name, slot in DOMAIN["slots"].items()
        if any(mapping["type"] == "from_text" for mapping in slot["mappings"])
    ]
