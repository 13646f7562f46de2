"""Which therapy fits: what each reply tells, and what everything told points to."""

from __future__ import annotations

from dataclasses import asdict

import pytest

from bot.booking.draft import Reply
from bot.choosing.chooser import QUESTIONS, Chooser, Situation
from bot.choosing.reading import read_doctor, read_person, read_yes_or_no
from bot.choosing.words import Words
from bot.content.choosing import read_table
from bot.understanding.named import read_named

SAFE = Situation(danger_signs="none", therapy_for="me")


@pytest.fixture(scope="module")
def chooser() -> Chooser:
    return Chooser(read_table(), read_named("condition"))


def said(text: str, topic: str | None = None) -> Reply:
    return Reply(text, topic=topic)


def pressed(**choice: str) -> Reply:
    return Reply("a button", choice)


def told(**answers: object) -> Situation:
    return Situation(**{**asdict(SAFE), "doctor_knows": "knows", **answers})


class TestTheFirstWords:
    def test_a_whole_story_is_kept(self, chooser):
        first = said("Our girl can't button her coat and won't crawl. OT or PT for my girl?")
        assert chooser.begin(first, Situation()) == {
            "therapy_for": "child",
            "therapy_goals": ["self_care", "child_walking"],
        }

    def test_a_condition_is_kept_and_the_goal_still_asked(self, chooser):
        changes = chooser.begin(said("which therapy does my wife need after her stroke"), Situation())
        assert changes == {"therapy_for": "somebody", "therapy_conditions": ["after_stroke"]}

    def test_danger_is_never_taken_as_answered(self, chooser):
        assert "danger_signs" not in chooser.begin(said("nothing sudden, OT or PT for my back"), Situation())

    def test_asking_for_the_same_person_keeps_the_answers(self, chooser):
        assert chooser.begin(said("so which therapy do I need"), told(therapy_goals=("walking",))) == {
            "therapy_for": "me"
        }

    def test_asking_for_another_person_begins_anew(self, chooser):
        changes = chooser.begin(said("and which therapy for my daughter"), told(therapy_goals=("walking",)))
        assert changes["therapy_for"] == "child"
        assert [changes[field] for field in ("danger_signs", "therapy_goals", "doctor_knows")] == [None] * 3


class TestWhatGoesWellIsNoGoal:
    @pytest.mark.parametrize(
        ("text", "goals"),
        [
            ("the stairs are fine, the tub is terrible", ["self_care"]),
            ("I can walk for miles but I can't cook", ["home_tasks"]),
            ("she can climb, and she cannot dress", ["self_care"]),
            ("legs strong as an ox, can't hold a cup", ["hand_use"]),
            ("so I can walk again", ["walking"]),
            ("who can help me walk", ["walking"]),
            ("my new knee is not the trouble, it's the kitchen", ["home_tasks"]),
            ("I walk the dog and then I forget the way home", ["memory_planning"]),
            ("he fell asleep", []),
        ],
    )
    def test_in_a_story(self, chooser, text, goals):
        assert chooser.begin(said(text), Situation()).get("therapy_goals", []) == goals


class TestDanger:
    @pytest.mark.parametrize(
        "text", ["no", "None of these", "nope, nothing", "not that I know", "No, I'm fine"]
    )
    def test_no_goes_on(self, chooser, text):
        assert chooser.read("danger_signs", said(text), Situation())["danger_signs"] == "none"

    @pytest.mark.parametrize("text", ["yes", "Yes one of them", "maybe", "I'm not sure", "I think so"])
    def test_yes_and_doubt_do_not(self, chooser, text):
        assert chooser.read("danger_signs", said(text), Situation())["danger_signs"] == "yes"

    @pytest.mark.parametrize(
        ("text", "deed"),
        [
            ("yes, my chest", "call_911"),
            ("it is all numb between my legs", "call_911"),
            ("one leg is swollen", "see_doctor"),
            ("yes, I've lost weight", "see_doctor"),
            ("a fever and short breath", "call_911"),
        ],
    )
    def test_a_sign_that_is_named_says_what_to_do(self, chooser, text, deed):
        assert chooser.read("danger_signs", said(text), Situation()) == {"danger_signs": deed}

    def test_a_yes_may_be_guessed_and_a_no_may_not(self, chooser):
        assert chooser.read("danger_signs", said("jawohl", "affirm"), Situation()) == {"danger_signs": "yes"}
        assert chooser.read("danger_signs", said("nein", "deny"), Situation()) == {}

    @pytest.mark.parametrize("text", ["no but one leg is swollen", "what is OT", "blue", ""])
    def test_what_is_neither_is_asked_again(self, chooser, text):
        assert "danger_signs" not in chooser.read("danger_signs", said(text), Situation())

    def test_what_else_is_said_is_kept(self, chooser):
        assert chooser.read("danger_signs", said("no, my dad just can't dress himself"), Situation()) == {
            "danger_signs": "none",
            "therapy_for": "somebody",
            "therapy_goals": ["self_care"],
        }


class TestTheGoal:
    @pytest.mark.parametrize(
        ("text", "goals"),
        [
            ("getting my socks on", ["self_care"]),
            ("stairs", ["walking"]),
            ("the ballance", ["balance"]),
            ("dresing", ["self_care"]),
            ("I dont know", ["unsure"]),
            ("I can get to the bath but not into it", ["self_care"]),
        ],
    )
    def test_everyday_words_name_it(self, chooser, text, goals):
        assert chooser.read("therapy_goals", said(text), SAFE).get("therapy_goals") == goals

    def test_a_button_names_it(self, chooser):
        assert chooser.read("therapy_goals", pressed(therapy_goal="balance"), SAFE) == {
            "therapy_goals": ["balance"]
        }

    def test_a_question_about_something_else_is_left_to_its_answer(self, chooser):
        aside = said("how much is a visit for walking?", "faq/cost")
        assert chooser.read("therapy_goals", aside, SAFE) == {}
        assert not chooser.missed(aside)

    def test_what_nobody_answers_is_missed(self, chooser):
        assert chooser.missed(said("flurb", "nlu_fallback"))


class TestOtherReplies:
    @pytest.mark.parametrize(
        "choice", [{"therapy_for": "horse"}, {"therapy_goal": "fame"}, {"visit_for": "me"}, {}]
    )
    def test_a_choice_nobody_offered_changes_nothing(self, chooser, choice):
        assert chooser.read("doctor_knows", Reply("", choice, "choose_option"), SAFE) == {}

    def test_an_older_button_counts_for_what_it_says(self, chooser):
        assert chooser.read("doctor_knows", pressed(therapy_for="child"), SAFE) == {"therapy_for": "child"}

    def test_the_person_can_be_corrected_at_any_question(self, chooser):
        assert chooser.read("doctor_knows", said("sorry, it's for my daughter"), SAFE) == {
            "therapy_for": "child"
        }


class TestTheVerdict:
    @pytest.mark.parametrize(
        ("goals", "answer"),
        [
            (("self_care",), "ot"),
            (("walking",), "pt"),
            (("walking", "self_care"), "both"),
            (("self_care", "home_tasks"), "ot"),
            (("speech_swallow",), "speech"),
            (("speech_swallow", "self_care"), "ot"),
            (("dizziness", "walking"), "doctor_first"),
            (("unsure",), "either"),
        ],
    )
    def test_goals_decide(self, chooser, goals, answer):
        assert chooser.decide(told(therapy_goals=goals)).answer == answer

    def test_who_cannot_name_a_goal_is_answered_by_the_condition(self, chooser):
        verdict = chooser.decide(told(therapy_goals=("unsure",), therapy_conditions=("after_stroke",)))
        assert (verdict.answer, verdict.named) == ("both", "life after a stroke")

    def test_a_named_goal_counts_more_than_the_condition(self, chooser):
        verdict = chooser.decide(told(therapy_goals=("driving",), therapy_conditions=("after_stroke",)))
        assert verdict.answer == "ot"

    def test_rules_of_a_doctor_come_first_and_the_therapy_is_named_all_the_same(self, chooser):
        verdict = chooser.decide(told(therapy_goals=("walking",), doctor_knows="rules"))
        assert verdict.answer == "doctor_first"
        assert "Ask that doctor" in verdict.reason
        assert "PT" in verdict.reason

    def test_a_stiff_hand_that_no_doctor_knows_of_needs_one_first(self, chooser):
        assert (
            chooser.decide(told(therapy_goals=("hand_use",), doctor_knows="unknown")).answer == "doctor_first"
        )
        assert chooser.decide(told(therapy_goals=("hand_use",))).answer == "ot"

    def test_other_trouble_should_be_told_to_a_doctor(self, chooser):
        verdict = chooser.decide(told(therapy_goals=("self_care",), doctor_knows="unknown"))
        assert verdict.answer == "ot"
        assert "tell a doctor" in verdict.reason

    def test_for_a_child_the_same_words_mean_a_childs_trouble(self, chooser):
        verdict = chooser.decide(told(therapy_for="child", therapy_goals=("walking", "child_walking")))
        assert verdict.named == "sitting, crawling or walking"

    def test_for_an_adult_they_mean_an_adults(self, chooser):
        verdict = chooser.decide(told(therapy_goals=("child_walking",)))
        assert verdict.named == "walking or getting up"

    def test_two_therapies_are_both_given_a_reason(self, chooser):
        verdict = chooser.decide(told(therapy_goals=("self_care", "home_tasks", "walking")))
        assert verdict.answer == "both"
        assert "OT" in verdict.reason
        assert "PT" in verdict.reason

    def test_every_verdict_has_its_sources(self, chooser):
        for goal in read_table().problems:
            verdict = chooser.decide(told(therapy_goals=(goal,)))
            assert verdict.sources, goal


class TestReading:
    @pytest.mark.parametrize(
        ("text", "yes"),
        [
            ("Y", True),
            ("si", True),
            ("of course not", False),
            ("N", False),
            ("I don't think so", False),
            ("red", None),
        ],
    )
    def test_yes_and_no(self, text, yes):
        assert read_yes_or_no(text) is yes

    @pytest.mark.parametrize(
        ("text", "person"),
        [
            ("had MS for 11 years, which therapy do I want", "me"),
            ("help me pick for mum", "somebody"),
            ("tell me which", None),
            ("Which therapy fits me?", None),
            ("our toddler isn't crawling", "child"),
            ("I leak since the baby", "me"),
            ("grandson is clumsy, who sees him", None),
        ],
    )
    def test_the_person_in_a_story(self, text, person):
        assert read_person(text, asked=False) == person

    @pytest.mark.parametrize(
        ("text", "known"),
        [
            ("yes", "knows"),
            ("yes, no rules", "knows"),
            ("my doctor knows", "knows"),
            ("yes but no lifting", "rules"),
            ("I'm not supposed to bend", "rules"),
            ("no", "unknown"),
            ("I haven't seen anybody", "unknown"),
            ("not sure", "unknown"),
            ("me", None),
            ("claro", "knows"),
        ],
    )
    def test_what_a_doctor_knows(self, text, known):
        assert read_doctor(text) == known

    @pytest.mark.parametrize(
        ("text", "known"),
        [
            ("the surgeon sent us", "knows"),
            ("I never saw a doctor", "unknown"),
            ("yes", None),
            ("no rules", None),
        ],
    )
    def test_a_story_tells_of_the_doctor_only_in_so_many_words(self, text, known):
        assert read_doctor(text, asked=False) == known


class TestWords:
    def test_phrases(self):
        words = Words({"a": ["dress*"], "b": ["lift + arm|arms"], "c": ["lost * leg"]})
        assert words.found_in("My arms: I can't lift.") == []
        assert words.found_in("lost his leg, arms won't lift, no dressing") == ["c", "b", "a"]

    def test_a_slip_is_forgiven_in_long_words_only(self):
        words = Words({"a": ["shower*"], "b": ["walk"]})
        assert words.guessed_in("shwoer") == ["a"]
        assert words.guessed_in("work in the tower") == []


def test_every_question_is_a_field_of_the_situation():
    assert set(QUESTIONS) < set(asdict(Situation()))
