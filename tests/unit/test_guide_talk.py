"""The talk through a guide, with guides of the tests' own."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.guides.talk import Asked, Place
from tests.support.small_guides import TALK

RIDE = Place(device="scooter", walkthrough="ride", who="person")


def opened(text: str, *equipment: str, place: Place = Place()) -> Place:  # noqa: B008
    turn = TALK.open(Asked(text, equipment), place)
    assert turn.place is not None
    return turn.place


def answered(text: str, *equipment: str, place: Place = Place()) -> list[str]:  # noqa: B008
    return [card.response for card in TALK.open(Asked(text, equipment), place).cards]


def moved(move: str, place: Place) -> Place:
    turn = TALK.read("done", Asked("", choice={"move": move}), place)
    assert turn.place is not None
    return turn.place


# --- what a question opens ---


def test_words_of_a_walkthrough_start_it() -> None:
    place = opened("how do I get the scooter up a ramp", "scooter")
    assert (place.device, place.walkthrough, place.step) == ("scooter", "park", 0)


@pytest.mark.parametrize(
    ("text", "response"),
    [
        ("how high is the scooter", "utter_guide_fit"),
        ("scooter height", "utter_guide_fit"),
        ("is it ok to lock the scooter brake", "utter_guide_lines"),
        ("what must I never do with the scooter", "utter_guide_never"),
        ("how do I clean my scooter", "utter_guide_care"),
        ("what to check on the scooter", "utter_guide_check"),
        ("when should I stop with the scooter", "utter_guide_stop_if"),
    ],
)
def test_one_thing_that_is_asked_is_answered_at_once(text: str, response: str) -> None:
    assert answered(text, "scooter") == [response]


def test_only_the_line_that_answers_is_said() -> None:
    (card,) = TALK.open(Asked("is it ok to lock the scooter brake", ("scooter",)), Place()).cards
    assert card.about["items"] == ["Never lock the brake while it rolls."]


def test_a_line_on_fitting_brings_its_picture_and_source() -> None:
    (card,) = TALK.open(Asked("scooter height", ("scooter",)), Place()).cards
    assert card.about["images"] == [{"url": "/chat/media/grip.svg", "alt": "A hand on a grip"}]
    assert card.about["sources"] == [{"title": "A leaflet", "url": "https://example.org/a"}]


def test_without_a_device_it_is_asked_for_and_the_question_kept() -> None:
    place = opened("what comes next with this")
    assert place.device is None
    assert TALK.ask("device", place)[0].response == "utter_ask_guide_device"
    named = TALK.read("device", Asked("the scooter", ("scooter",)), place).place
    assert named is not None
    assert (named.device, named.question) == ("scooter", "what comes next with this the scooter")


def test_a_device_is_known_by_how_it_is_described() -> None:
    assert opened("the thing with the tires, how do I ride it").device == "scooter"


def test_it_leans_on_the_device_that_was_talked_about() -> None:
    assert answered("and how do I clean it", place=Place(device="scooter")) == ["utter_guide_care"]


def test_care_of_two_devices_names_the_device_in_each_line() -> None:
    card = TALK.care(Asked("how do I clean my scooter and my perch", ("scooter", "perch")))
    assert card is not None
    assert card.values["name"] == "scooter and perch"
    assert card.about["items"] == ["Scooter: Wipe the seat.", "Scooter: Look at the tires.", "Perch: Dry it."]


def test_a_word_that_may_mean_both_devices_names_one() -> None:
    card = TALK.care(Asked("how do I clean the stand", ("scooter", "perch")))
    assert card is not None
    assert card.values["name"] == "scooter"


def test_two_devices_get_both() -> None:
    assert answered("how do I clean the scooter and the perch", "scooter", "perch") == [
        "utter_guide_told_apart",
        "utter_guide_care",
        "utter_guide_care",
    ]


def test_a_device_without_a_guide_is_said_so_with_the_nearest() -> None:
    (card,) = TALK.open(Asked("how do I use the skooter thing"), Place()).cards
    assert card.response == "utter_no_such_guide"
    assert card.buttons[0]["title"] == "Scooter"


def test_an_unclear_word_is_asked_about() -> None:
    place = opened("how does my stand work", "scooter")
    assert place.device is None
    (card,) = TALK.ask("device", place)
    assert card.values["question"] == "Does it have wheels?"
    assert [one["title"] for one in card.buttons] == ["Yes, wheels", "No"]
    told = TALK.read("device", Asked("no", topic="deny"), place).place
    assert told is not None
    assert told.device == "perch"


def test_a_clue_beside_an_unclear_word_is_enough() -> None:
    assert opened("ride my stand with the wheels", "scooter").device == "scooter"


def test_a_full_name_is_not_unclear() -> None:
    assert opened("how do I ride my rolling stand", "scooter").device == "scooter"


def test_what_nobody_can_place_is_shown_as_an_overview() -> None:
    place = opened("scooter", "scooter")
    assert (place.device, place.walkthrough) == ("scooter", None)
    (card,) = TALK.ask("walkthrough", place)
    assert [one["title"] for one in card.buttons] == ["Ride it", "Park it", "How to fit it"]


def test_the_way_of_the_question_says_who_does_it() -> None:
    assert opened("how does my mom ride the scooter", "scooter").who == "caregiver"
    assert opened("how does one ride a scooter", "scooter").who is None


# --- the steps ---


def test_what_must_be_known_comes_before_the_first_step() -> None:
    (card,) = TALK.ask("done", RIDE)
    assert card.response == "utter_guide_start"
    assert card.about["items"] == ["Ask first if you get dizzy.", "One helper walks beside you."]


def test_a_caregiver_hears_tips_too() -> None:
    (card,) = TALK.ask("done", replace(RIDE, who="caregiver"))
    assert card.about["items"][-1] == "Walk on the weaker side."


def test_what_must_be_shown_in_person_is_said_first() -> None:
    (card,) = TALK.ask("done", Place(device="perch", walkthrough="sit", who="person"))
    assert card.response == "utter_guide_start_shown_first"
    assert card.values["hands_on_first"] == "A therapist must show you first."
    assert card.about["notice"] == "warning"


@pytest.mark.parametrize(
    ("who", "step", "response"),
    [
        ("person", 1, "utter_guide_step"),
        ("person", 4, "utter_guide_step_of_helper"),
        ("caregiver", 1, "utter_guide_step_to_say"),
        ("caregiver", 4, "utter_guide_step"),
    ],
)
def test_the_wording_follows_who_reads_it(who: str, step: int, response: str) -> None:
    (card,) = TALK.ask("done", replace(RIDE, who=who, step=step))
    assert card.response == response
    assert (card.about["step"]["index"], card.about["step"]["of"]) == (step, 5)


def test_the_steps_go_on_and_back_and_end() -> None:
    place = moved("done", RIDE)
    assert place.step == 1
    assert moved("again", place) == place
    assert moved("back", moved("done", place)).step == 1
    assert moved("back", RIDE).step == 0
    assert moved("done", replace(RIDE, step=5)).done == "finished"


def test_being_stuck_is_met_and_the_step_stays() -> None:
    turn = TALK.read("done", Asked("she can't", topic="nlu_fallback"), replace(RIDE, step=2))
    assert turn.place == replace(RIDE, step=2)
    assert turn.cards[0].response == "utter_guide_stuck"


def test_pain_ends_the_steps_with_whom_to_call_first() -> None:
    place = moved("hurts", replace(RIDE, step=2))
    turn = TALK.close(place)
    assert turn.cards[0].about["items"][0] == "You faint. Lie down. Call 911."
    assert turn.place is not None
    assert not TALK.can_resume(turn.place)


def test_a_talk_that_was_stopped_can_be_gone_on_with() -> None:
    turn = TALK.close(moved("stop", replace(RIDE, step=3)))
    assert turn.place is not None
    assert turn.place.step == 3
    assert TALK.can_resume(turn.place)


def test_all_steps_come_as_a_list_with_numbers() -> None:
    (card,) = TALK.close(moved("all", RIDE)).cards
    assert card.about["items"][0] == "1. Ride it, part 1."
    assert len(card.about["items"]) == 5


def test_the_end_says_what_comes_after_and_offers_the_rest() -> None:
    (card,) = TALK.close(Place(device="scooter", walkthrough="park", step=5, done="finished")).cards
    assert card.values["after"] == "Take the key."
    assert [one["title"] for one in card.buttons] == ["Ride it"]


def test_a_question_in_the_middle_is_answered_and_the_place_stays() -> None:
    middle = replace(RIDE, step=3)
    turn = TALK.open(Asked("how high should it be"), middle, within=True)
    assert [card.response for card in turn.cards] == ["utter_guide_fit"]


def test_another_walkthrough_in_the_middle_is_gone_over_to() -> None:
    turn = TALK.open(Asked("how do I park it"), replace(RIDE, step=3), within=True)
    assert turn.place is not None
    assert (turn.place.walkthrough, turn.place.step) == ("park", 0)


def test_the_same_question_in_the_middle_does_not_start_anew() -> None:
    assert TALK.open(Asked("how do I ride it"), replace(RIDE, step=3), within=True).place == replace(
        RIDE, step=3
    )


def test_a_button_of_an_older_message_counts_for_what_it_says() -> None:
    turn = TALK.open(Asked("Park it", choice={"equipment": "scooter", "walkthrough": "park"}), RIDE)
    assert turn.place is not None
    assert turn.place.walkthrough == "park"


def test_every_step_costs_the_same_however_long_the_guide() -> None:
    cards = [TALK.ask("done", replace(RIDE, step=step)) for step in range(1, 6)]
    assert {len(one) for one in cards} == {1}
    assert {len(one[0].about) for one in cards} == {3}
