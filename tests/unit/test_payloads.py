"""What an offered button stands for is certain: nothing about it is guessed."""

from hypothesis import given
from hypothesis import strategies as st

from bot.chat.labels import intent_of, label_of
from bot.chat.payloads import choice, parse_data

words = st.text(st.characters(codec="utf-8"), min_size=1, max_size=30)


@given(st.dictionaries(st.sampled_from(["visit_for", "visit_time", "confirm"]), words, min_size=1))
def test_a_choice_arrives_as_it_was_offered(values):
    data = parse_data(choice(**values), "A button")
    assert data["intent"] == {"name": "choose_option", "confidence": 1.0}
    assert data["entities"] == [{"entity": "choice", "value": values}]
    assert data["text"] == "A button"


def test_a_topic_button_is_that_topic_and_carries_no_choice():
    data = parse_data("/book_evaluation", "Book a visit")
    assert label_of(data["intent"]) == "book_evaluation"
    assert data["entities"] == []
    assert "response_selector" not in data


def test_the_button_of_a_question_brings_its_answer():
    data = parse_data("/faq/cost", "Cost")
    assert data["intent"]["name"] == "faq"
    assert label_of(data["intent"]) == "faq/cost"
    assert data["response_selector"]["faq"]["response"]["utter_action"] == "utter_faq/cost"


@given(st.sampled_from(["faq/cost", "greet", "nlu_fallback"]), st.floats(0, 1))
def test_a_label_survives_rasas_own_form(label, share):
    assert label_of(intent_of(label, share)) == label


def test_a_message_without_an_intent_has_no_label():
    assert label_of({}) == ""
