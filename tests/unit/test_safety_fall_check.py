"""The short check after a fall: what each answer calls for."""

import itertools

import pytest

from bot.safety.fall_check import CHOICES, QUESTIONS, FallAnswers, FallCheck

CHECK = FallCheck()


@pytest.mark.parametrize(
    ("asked", "text", "answer"),
    [
        ("fall_head", "yes", "yes"),
        ("fall_head", "she banged her forehead", "yes"),
        ("fall_head", "no, only the knee", "no"),
        ("fall_head", "didn't hit the head", "no"),
        ("fall_head", "i am not sure", "unsure"),
        ("fall_thinner", "he takes warfarin", "yes"),
        ("fall_thinner", "I don't know", "unsure"),
        ("fall_thinner", "none", "no"),
        ("fall_pain", "it hurts a lot", "yes"),
        ("fall_pain", "no pain", "no"),
        ("fall_pain", "maybe", "yes"),
        ("fall_get_up", "already in a chair", "up"),
        ("fall_get_up", "he can't", "unable"),
        ("fall_get_up", "I could try", "able"),
    ],
)
def test_an_answer_is_read(asked, text, answer):
    assert CHECK.read(asked, text, {})[asked] == answer


@pytest.mark.parametrize("asked", QUESTIONS)
def test_what_is_no_answer_is_asked_again(asked):
    assert CHECK.read(asked, "what do you mean", {}) == {}


def test_a_button_counts_for_its_own_question():
    assert CHECK.read("fall_pain", "Yes", {"fall_get_up": "up"}) == {"fall_get_up": "up"}
    assert CHECK.read("fall_pain", "?", {"fall_get_up": "flying"}) == {}


def test_a_head_that_was_not_hit_ends_the_question_of_blood_thinners():
    assert CHECK.read("fall_head", "no", {}) == {"fall_head": "no", "fall_thinner": "no"}


@pytest.mark.parametrize(
    ("answers", "outcome"),
    [
        (FallAnswers("yes", "yes"), "call_911"),
        (FallAnswers("unsure", "unsure"), "call_911"),
        (FallAnswers("no", "no", "yes"), "call_911"),
        (FallAnswers("no", "no", "no", "unable"), "call_911"),
        (FallAnswers("yes", "no", "no", "up"), "see_doctor"),
        (FallAnswers("unsure", "no", "no", "able"), "see_doctor"),
        (FallAnswers("no", "no", "no", "able"), "get_up"),
        (FallAnswers("no", "no", "no", "up"), "tell_clinic"),
    ],
)
def test_the_careful_outcome_comes_first(answers, outcome):
    assert CHECK.outcome(answers) == outcome
    assert CHECK.is_over(answers)


def test_it_is_over_only_when_all_is_known_or_it_is_time_to_call():
    for values in itertools.product(*((None, *sorted(CHOICES[question])) for question in QUESTIONS)):
        answers = FallAnswers(*values)
        assert CHECK.is_over(answers) == (None not in values or CHECK.outcome(answers) == "call_911")


def test_nobody_is_told_to_get_up_who_may_be_hurt():
    for values in itertools.product(*(sorted(CHOICES[question]) for question in QUESTIONS)):
        answers = FallAnswers(*values)
        if CHECK.outcome(answers) in ("get_up", "tell_clinic"):
            assert (answers.fall_head, answers.fall_pain) == ("no", "no")
            assert answers.fall_get_up != "unable"
