"""What a message means: slips, wishes, follow-ups, and the lines of certainty."""

from __future__ import annotations

from pathlib import Path
from typing import List, Sequence

import numpy as np
import pytest

from bot.understanding.decision import OUT_OF_SCOPE, Lines, decide
from bot.understanding.follow_ups import in_context, leans
from bot.understanding.ranking import Ranking
from bot.understanding.sentences import SIZE, encode
from bot.understanding.spelling import Spelling, usual_words
from bot.understanding.stories import passages, wish_in_story
from bot.understanding.topic_model import TopicModel
from bot.understanding.wishes import parts, wishes_in

LINES = Lines(upper=0.5, unoffered=0.2, lower=0.15, outside=0.12, sure=0.75)
OFFERED = {"faq/cost", "faq/insurance"}


@pytest.mark.parametrize(
    ("ranking", "label"),
    [
        ([("faq/cost", 0.7), ("faq/insurance", 0.1)], "faq/cost"),
        ([("faq/cost", 0.4), ("faq/insurance", 0.3)], None),
        ([("faq/cost", 0.1), ("faq/insurance", 0.1)], OUT_OF_SCOPE),
        ([("faq/cost", 0.4), (OUT_OF_SCOPE, 0.2)], OUT_OF_SCOPE),
        ([("faq/cost", 0.7), (OUT_OF_SCOPE, 0.1)], "faq/cost"),
        ([("faq/cost", 0.7), (OUT_OF_SCOPE, 0.2)], OUT_OF_SCOPE),
        ([("faq/cost", 0.8), (OUT_OF_SCOPE, 0.2)], "faq/cost"),
        ([("inform", 0.7), (OUT_OF_SCOPE, 0.2)], None),
        ([(OUT_OF_SCOPE, 0.3), ("faq/cost", 0.2)], OUT_OF_SCOPE),
        ([("thank", 0.3), ("faq/cost", 0.2)], "thank"),
        ([("thank", 0.16), ("faq/cost", 0.1)], None),
    ],
)
def test_each_line_decides(ranking: Ranking, label: str | None) -> None:
    assert decide(ranking, OFFERED, LINES) == label


SPELLING = Spelling(["appointment", "change", "walker", "cancel", "therapist", "yes"], {"scrape", "bungalow"})


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("cancle my apointment", "cancel my appointment"),
        ("chnage it", "change it"),
        ("the wallkerrr", "the walker"),
        ("WALKER", "walker"),
        ("yse", "yes"),
        ("u wanna see my appt", "you want to see my appointment"),
    ],
)
def test_a_slip_is_read_as_the_usual_word(typed: str, meant: str) -> None:
    assert SPELLING.corrected(typed) == meant


@pytest.mark.parametrize(
    "text", ["he scraped the bungalows", "ms. lee", "can't", "zzzzqx", "a b c", "niña", "hepatitis b"]
)
def test_words_that_are_no_slip_stay(text: str) -> None:
    assert SPELLING.corrected(text) == text


def test_a_word_that_is_written_once_is_not_usual() -> None:
    assert usual_words(["walker one", "walker two", "walker", "walker teh"]) == ["walker"]


def test_a_story_without_a_second_question_is_one_part() -> None:
    text = "My mother fell out with her sister and she is sad. What does it cost?"
    assert parts(text) == ["What does it cost?"]


def fixed(rankings: dict[str, Ranking]) -> List[str]:
    return wishes_in("What do you charge, and where do I park?", lambda piece: rankings[piece])


def test_two_sure_questions_are_two_wishes_in_their_order() -> None:
    assert fixed(
        {
            "What do you charge": [("faq/cost", 0.9)],
            "where do I park?": [("faq/clinic_location", 0.9)],
        }
    ) == ["faq/cost", "faq/clinic_location"]


def test_an_unsure_second_part_is_no_wish() -> None:
    assert (
        fixed(
            {
                "What do you charge": [("faq/cost", 0.9)],
                "where do I park?": [("faq/clinic_location", 0.3)],
            }
        )
        == []
    )


@pytest.mark.parametrize("text", ["and for kids?", "what about parking", "is that covered?"])
def test_short_follow_ups_lean(text: str) -> None:
    assert leans(text)


@pytest.mark.parametrize(
    "text", ["kids", "and then my mother told me that she would rather stay at home all day"]
)
def test_other_messages_do_not_lean(text: str) -> None:
    assert not leans(text)


def test_a_follow_up_is_read_together_with_the_last_topic_when_that_is_surer() -> None:
    heard: List[str] = []

    def rank(text: str) -> Ranking:
        heard.append(text)
        return [("faq/ot_for_children", 0.8)]

    alone: Ranking = [("faq/cost", 0.3)]
    assert in_context("and for kids?", alone, "What is OT?", rank)[0][0] == "faq/ot_for_children"
    assert heard == ["What is OT? and for kids?"]
    assert in_context("and for kids?", alone, "", rank) == alone


TEXTS = [
    "how much is it",
    "what does it cost",
    "price please",
    "where are you",
    "what street",
    "your address",
] * 2
TEXTS += ["hello", "good morning", "hi there"] * 2
LABELS = (["faq/cost"] * 3 + ["faq/clinic_location"] * 3) * 2 + ["greet"] * 6


@pytest.fixture(scope="module")
def model() -> TopicModel:
    return TopicModel.fit(TEXTS, encode(TEXTS), LABELS)


def test_a_model_ranks_every_label_and_its_shares_are_one(model: TopicModel) -> None:
    ranking = model.rank("how much does it cost", encode(["how much does it cost"])[0])
    assert ranking[0][0] == "faq/cost"
    assert {label for label, _ in ranking} == set(LABELS)
    assert sum(share for _, share in ranking) == pytest.approx(1)


def test_a_saved_model_ranks_as_before(model: TopicModel, tmp_path: Path) -> None:
    model.save(tmp_path)
    vector = encode(["which street is it on"])[0]
    before, after = (one.rank("which street is it on", vector) for one in (model, TopicModel.load(tmp_path)))
    assert [label for label, _ in before] == [label for label, _ in after]
    assert [share for _, share in before] == pytest.approx([share for _, share in after], abs=1e-3)


def test_a_long_text_and_an_empty_one_have_a_vector() -> None:
    vectors = encode(["word " * 2000, "", "niño 🙂"])
    assert vectors.shape == (3, SIZE)
    assert np.isfinite(vectors).all()


STORY = "The fence is white now, and the cellar was wet all spring. " * 8


def rank_all(texts: Sequence[str]) -> List[Ranking]:
    """Knows two questions and one wish; all else is not ours."""
    known = {
        "What does it cost?": ("faq/cost", 0.7),
        "Take me off the list.": ("cancel_appointment", 0.7),
        "Is it far?": ("faq/clinic_location", 0.4),
    }
    return [[known.get(text, (OUT_OF_SCOPE, 0.9))] for text in texts]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        (f"{STORY}What does it cost? With warm regards.", "faq/cost"),
        (f"{STORY}Take me off the list. What does it cost?", "faq/cost"),
        (f"{STORY}Take me off the list. Is it far?", "cancel_appointment"),
        (f"{STORY}Is it far?", None),
        (STORY, None),
        ("What does it cost?", None),
        ("well.\n" * 80, None),
    ],
)
def test_the_wish_in_a_story_is_found_where_a_passage_is_sure(text: str, label: str | None) -> None:
    ranking = wish_in_story(text, rank_all)
    assert (ranking and ranking[0][0]) == label


def test_of_a_very_long_story_the_two_ends_are_read() -> None:
    sentences = [f"Sentence number {number}." for number in range(40)]
    found = passages(" ".join(sentences))
    assert sentences[0] in found
    assert sentences[-1] in found
    assert sentences[20] not in found
    assert f"{sentences[-2]} {sentences[-1]}" in found
