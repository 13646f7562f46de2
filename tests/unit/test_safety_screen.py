"""The screen: signs and what was learned, together; the more urgent counts."""

from contextlib import contextmanager
from typing import Iterator

import numpy as np
import pytest

from bot.safety.aftercare import CAREFUL_TURNS, goes_on, last_alarm
from bot.safety.detector import Detector
from bot.safety.parts import parts
from bot.safety.screen import Screen, project_signs
from bot.safety.signs import URGENCY, Sign
from bot.safety.verdict import kept
from bot.understanding.english import load_english
from bot.understanding.sentences import encode

DANGERS = {
    "emergency_medical": [
        "the lips went gray",
        "he slumped over",
        "pulse is gone",
        "she turned gray and cold",
    ],
    "crisis_self_harm": [
        "no more mornings for me",
        "i am done here for good",
        "i want it over",
        "let it be over",
    ],
    "abuse_report": ["he hides my cane", "she pulls my hair", "they leave him dirty", "he twists my arm"],
    "fall_report": ["down on the rug again", "landed on my side", "over i went", "on the tiles again"],
    "medication_question": [
        "which drops first",
        "half a tablet or a whole",
        "skip the spray",
        "two or three drops",
    ],
    "medical_advice": ["is it arthritis", "why does it click", "will it mend", "ice or heat on it"],
}
ORDINARY = {
    "faq/cost": ["what is the price", "how much for a visit", "do you take cards", "is there a fee"],
    "faq/clinic_hours": ["when do you open", "open on monday", "what are the hours", "closed on holidays"],
}


@pytest.fixture(scope="module")
def learned() -> Detector:
    examples = [
        (text, label) for of in (DANGERS, ORDINARY) for label, texts in of.items() for text in texts * 4
    ]
    texts, labels = zip(*examples, strict=True)
    return Detector.fit(texts, encode(texts), labels)


def looked(screen: Screen, text: str, **more):
    return screen.look(load_english()(text.lower()), encode([text]), **more)


@contextmanager
def lines_at(learned: Detector, lines: list[float]) -> Iterator[None]:
    """Inside the block these shares are asked for."""
    before, learned.whole.lines = learned.whole.lines, lines
    try:
        yield
    finally:
        learned.whole.lines = before


def test_what_no_sign_knows_is_learned_from_examples(learned):
    screen = Screen(project_signs(), learned)
    assert project_signs().read(load_english()("he slumped over"))[0] is None
    assert looked(screen, "he slumped over").id == "emergency_medical"
    assert looked(screen, "how much for a visit") is None


def test_signs_count_without_anything_learned():
    assert looked(Screen(project_signs()), "he is not breathing").id == "emergency_medical"
    assert Screen(project_signs()).look_at("He is NOT breathing").id == "emergency_medical"


def test_a_topic_that_is_surely_ordinary_is_believed(learned):
    screen = Screen(project_signs(), learned)
    text = "over the rug we went on monday"
    with lines_at(learned, [0.1] * 6):
        assert looked(screen, text, ranking=[("fall_report", 0.9)]) is not None
        assert looked(screen, text, ranking=[("faq/cost", 0.97)]) is None


def test_what_is_certain_needs_no_agreement_of_the_topics_when_it_is_urgent(learned):
    screen, unsure = Screen(project_signs(), learned), [("faq/cost", 0.3), ("greet", 0.2)]
    assert looked(screen, "he slumped over", ranking=unsure).id == "emergency_medical"
    assert looked(screen, "why does it click", ranking=unsure) is None


def test_what_is_urgent_must_be_seen_without_look_alikes_too(learned):
    screen, said = Screen(project_signs(), learned), "the price gave me a heart attack"
    with lines_at(learned, [float(share) * 0.9 for share in learned.of_message(said, encode([said]))]):
        assert looked(screen, said) != Sign("emergency_medical", None, said)
    assert looked(screen, "no more mornings for me, my phone died").id == "crisis_self_harm"


def test_for_a_while_after_an_alarm_less_is_needed_for_the_same_again(learned):
    screen = Screen(project_signs(), learned)
    doc, vector = load_english()("over and done with it"), encode(["over and done with it"])
    above = [float(share) * 1.1 for share in learned.of_message(doc.text, vector)]
    with lines_at(learned, above):
        assert screen.look(doc, vector) is None
        for id in URGENCY:
            assert screen.look(doc, vector, after=Sign(id, None, "")).id == id


def test_after_a_fall_a_blow_to_ones_own_head_tells_of_the_fall():
    screen, fall = Screen(project_signs()), Sign("fall_report", None, "")
    for text in ("yes, she hit her head", "she smacked her head"):
        assert looked(screen, text).id == "abuse_report"
        assert looked(screen, text, after=fall).id == "fall_report"
    for text in ("he hit her head", "my aide slapped her", "she hit her head and now she vomits"):
        assert looked(screen, text, after=fall).id in ("abuse_report", "emergency_medical")


def test_what_was_seen_is_kept_for_whoever_must_answer():
    screen = Screen(project_signs())
    with kept() as seen:
        looked(screen, "what are the hours")
        assert seen == []
        alarm = looked(screen, "he is not breathing")
        assert seen == [alarm]
    looked(screen, "he is not breathing")
    assert seen == [alarm]


def test_what_was_learned_is_kept_as_numbers_only(learned, tmp_path):
    learned.save(tmp_path)
    assert {path.suffix for path in tmp_path.iterdir()} == {".npz", ".json"}
    again, text = Detector.load(tmp_path), "he slumped over"
    assert again.whole.lines == learned.whole.lines
    assert np.allclose(
        again.of_message(text, encode([text])), learned.of_message(text, encode([text])), atol=0.01
    )


def test_a_shout_means_what_is_said():
    assert np.allclose(encode(["HE FELL"]), encode(["he fell"]), atol=1e-5)


def test_a_long_story_is_read_in_parts():
    story = "we came by car today and it rained a lot. " * 3 + "now my father is gray and cold in his chair"
    doc = load_english()(story)
    found = [doc[start:end].text for start, end in parts(doc)]
    assert "now my father is gray and cold in his chair" in found
    assert parts(load_english()("one short sentence")) == []
    assert max(end - start for start, end in parts(load_english()("word " * 200))) <= 28


def test_short_sentences_are_read_together():
    doc = load_english()("we wanted to come on thursday as usual. no voice. no smile. since noon.")
    assert [doc[start:end].text for start, end in parts(doc)][1:] == ["no voice. no smile. since noon."]


def test_a_conversation_stays_careful_for_some_turns():
    alarm, calm = Sign("emergency_medical", "stroke", ""), [Sign("faq/cost", None, "")] * CAREFUL_TURNS
    assert last_alarm([alarm, *calm[1:]]) == alarm
    assert last_alarm([alarm, *calm]) is None
    assert last_alarm([Sign("medical_advice", None, "")]) is None
    assert last_alarm([]) is None


def test_who_goes_on_about_it_hears_it_again(learned):
    screen, alarm = Screen(project_signs(), learned), Sign("emergency_medical", "stroke", "")
    assert goes_on(alarm, "…") == Sign("emergency_medical", "stroke", "…")
    assert goes_on(Sign("fall_report", None, ""), "…") is None
    with lines_at(learned, [9.0] * 6):
        assert looked(screen, "what should I do") is None
        assert looked(screen, "what should I do", after=alarm) == Sign(alarm.id, "stroke", "what should i do")
        assert looked(screen, "how much is it", after=alarm) is None
