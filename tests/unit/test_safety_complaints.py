"""What hurts is an answer where it was asked for."""

import pytest

from bot.safety.complaints import is_an_answer
from bot.safety.signs import URGENCY

REASONS = [
    "stiff fingers in the morning",
    "my wrist hurts when I type",
    "can't close my left hand",
    "numb thumb, will not bend",
    "she does not sit by herself yet",
]
QUESTIONS = [
    "is it arthritis",
    "stiff fingers, should I rest them",
    "what exercises help a frozen shoulder",
    "my hand is numb, will it come back",
    "pain in the elbow?",
    "can I take the splint off",
]


@pytest.mark.parametrize("text", REASONS)
def test_a_complaint_says_why_somebody_comes(text: str) -> None:
    assert is_an_answer("visit_reason", "medical_advice", text)


@pytest.mark.parametrize("text", QUESTIONS)
def test_a_question_about_it_wants_to_know(text: str) -> None:
    assert not is_an_answer("visit_reason", "medical_advice", text)


@pytest.mark.parametrize("asked", ["full_name", "visit_needs", None])
def test_where_nobody_asked_it_is_no_answer(asked: str | None) -> None:
    assert not any(is_an_answer(asked, "medical_advice", text) for text in REASONS)


@pytest.mark.parametrize("id", [id for id in URGENCY if id != "medical_advice"])
def test_danger_is_never_an_answer(id: str) -> None:
    assert not any(is_an_answer("visit_reason", id, text) for text in REASONS)
