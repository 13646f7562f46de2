"""The talk about a booking: what each reply changes, whatever was asked."""

from dataclasses import replace

import pytest

from bot.booking.intake import QUESTIONS, Draft, Intake, Reply
from bot.booking.model import BookingRequest

TUESDAY = "2026-03-03T14:00+00:00~ade"  # 9 am
WEDNESDAY = "2026-03-04T14:30+00:00~ade"  # 9:30 am
WEDNESDAY_LATE = "2026-03-04T20:00+00:00~stone"  # 3 pm
OFFERED = Draft(visit_for="me", offered_times=(TUESDAY, WEDNESDAY, WEDNESDAY_LATE))
COMPLETE = replace(OFFERED, visit_time=WEDNESDAY, full_name="Ana Lopez", contact="+1 503-555-0142")


@pytest.fixture
def intake(small_desk, clock) -> Intake:
    return Intake(small_desk, clock)


def said(text: str, topic: str | None = None) -> Reply:
    return Reply(text, topic=topic)


def pressed(**choice: str) -> Reply:
    return Reply("a button", choice)


class TestTheWordsThatBeginABooking:
    def test_what_they_already_say_is_not_asked_again(self, intake):
        changes = intake.read(None, said("book an evaluation for my son next Tuesday"), Draft())
        assert changes == {"visit_for": "child", "time_wish": "book an evaluation for my son next Tuesday"}

    def test_who_is_writing_is_not_taken_for_the_patient(self, intake):
        assert intake.read(None, said("I'd like to book an evaluation"), Draft()) == {}


class TestWhomTheVisitIsFor:
    @pytest.mark.parametrize(
        ("text", "whom"), [("me", "me"), ("I am", "me"), ("my daughter", "child"), ("my dad", "somebody")]
    )
    def test_words_answer_it(self, intake, text, whom):
        assert intake.read("visit_for", said(text), Draft()) == {"visit_for": whom}

    def test_a_time_said_with_it_is_kept(self, intake):
        assert intake.read("visit_for", said("me, on Friday"), Draft()) == {
            "visit_for": "me",
            "time_wish": "me, on Friday",
        }

    def test_a_button_answers_it_and_the_wish_for_a_time_stays(self, intake):
        assert intake.read("visit_for", pressed(visit_for="child"), Draft(time_wish="Friday")) == {
            "visit_for": "child"
        }

    @pytest.mark.parametrize("text", ["what is OT", "hmm", ""])
    def test_what_does_not_answer_changes_nothing(self, intake, text):
        assert intake.read("visit_for", said(text), Draft()) == {}


class TestTheTime:
    @pytest.mark.parametrize(
        ("text", "picked"),
        [
            ("the first one", TUESDAY),
            ("1", TUESDAY),
            ("second please", WEDNESDAY),
            ("the last one", WEDNESDAY_LATE),
            ("Tuesday", TUESDAY),
            ("Wednesday at 3", WEDNESDAY_LATE),
            ("9:30", WEDNESDAY),
        ],
    )
    def test_words_pick_one_of_the_offers(self, intake, text, picked):
        assert intake.read("visit_time", said(text), OFFERED) == {"visit_time": picked}

    @pytest.mark.parametrize("text", ["Wednesday", "Thursday", "in the afternoon", "Tuesday at 4 pm"])
    def test_what_fits_none_or_several_is_a_new_wish(self, intake, text):
        assert intake.read("visit_time", said(text), OFFERED) == {"time_wish": text, "visit_time": None}

    def test_a_button_picks_only_what_was_offered(self, intake):
        assert intake.read("visit_time", pressed(visit_time=TUESDAY), OFFERED) == {"visit_time": TUESDAY}
        foreign = "2026-03-05T14:00+00:00~ade"
        assert intake.read("visit_time", pressed(visit_time=foreign), OFFERED) == {}

    def test_third_means_nothing_when_two_are_offered(self, intake):
        two = replace(OFFERED, offered_times=(TUESDAY, WEDNESDAY))
        assert intake.read("visit_time", said("the third one"), two) == {}

    @pytest.mark.parametrize("text", ["what should I wear", "yes", ""])
    def test_what_does_not_answer_changes_nothing(self, intake, text):
        assert intake.read("visit_time", said(text), OFFERED) == {}


class TestNameAndContact:
    def test_a_name_answers(self, intake):
        assert intake.read("full_name", said("it's Ana Lopez"), OFFERED) == {"full_name": "Ana Lopez"}

    def test_a_question_is_not_taken_for_a_name(self, intake):
        assert intake.read("full_name", said("what is OT"), OFFERED) == {}

    def test_a_contact_answers(self, intake):
        assert intake.read("contact", said("503 555 0142"), OFFERED) == {"contact": "+1 503-555-0142"}

    def test_a_contact_with_a_slip_is_noticed(self, intake):
        assert intake.read("contact", said("503-555-01"), OFFERED) == {}
        assert intake.missed("contact", said("503-555-01"))
        assert not intake.missed("contact", said("why do you need it"))
        assert not intake.missed("full_name", said("503-555-01"))


class TestTheLastCheck:
    @pytest.mark.parametrize("reply", [said("yes"), said("go ahead"), said("claro", topic="affirm")])
    def test_a_yes_confirms(self, intake, reply):
        assert intake.read("booking_confirmed", reply, COMPLETE) == {"booking_confirmed": True}

    @pytest.mark.parametrize("reply", [said("no"), said("nope"), said("nein", topic="deny")])
    def test_a_plain_no_confirms_nothing(self, intake, reply):
        assert intake.read("booking_confirmed", reply, COMPLETE) == {"booking_confirmed": False}

    @pytest.mark.parametrize(
        ("text", "emptied"),
        [
            ("the name is wrong", "full_name"),
            ("yes, but change the phone number", "contact"),
            ("I need another time", "visit_time"),
            ("no, it's not for me", "visit_for"),
        ],
    )
    def test_what_is_wrong_is_asked_again_and_nothing_else(self, intake, text, emptied):
        changes = intake.read("booking_confirmed", said(text), COMPLETE)
        assert changes[emptied] is None
        assert not {"full_name", "contact"} - {emptied} & set(changes)
        assert changes["booking_confirmed"] is None

    def test_another_day_said_here_is_a_new_wish(self, intake):
        changes = intake.read("booking_confirmed", said("can we do Friday instead"), COMPLETE)
        assert changes == {"time_wish": "can we do Friday instead", "visit_time": None}

    def test_another_person_needs_another_time(self, intake):
        changes = intake.read("booking_confirmed", pressed(change="visit_for"), COMPLETE)
        assert changes == {
            "visit_for": None,
            "visit_time": None,
            "time_wish": None,
            "booking_confirmed": None,
        }

    def test_a_question_changes_nothing(self, intake):
        assert intake.read("booking_confirmed", said("what should I bring?", "faq/x"), COMPLETE) == {}


class TestOlderButtons:
    def test_a_choice_of_another_person_takes_the_chosen_time_back(self, intake):
        changes = intake.read("contact", pressed(visit_for="child"), COMPLETE)
        assert changes["visit_for"] == "child"
        assert changes["visit_time"] is None

    def test_the_same_choice_again_changes_nothing_else(self, intake):
        assert intake.read("contact", pressed(visit_for="me"), COMPLETE) == {"visit_for": "me"}

    @pytest.mark.parametrize("asked", [question for question in QUESTIONS if question != "booking_confirmed"])
    def test_a_yes_from_before_never_confirms_what_was_not_read_back(self, intake, asked):
        assert intake.read(asked, pressed(confirm="yes"), OFFERED) == {}

    @pytest.mark.parametrize(
        "choice", [{"visit_for": "horse"}, {"change": "price"}, {"confirm": "maybe"}, {}]
    )
    def test_a_choice_nobody_offered_changes_nothing(self, intake, choice):
        assert intake.read("booking_confirmed", Reply("", choice), COMPLETE) == {}


class TestOffers:
    def test_they_suit_the_wish(self, intake):
        draft = Draft(visit_for="me", time_wish="Thursday after 2 pm")
        offers = intake.offers(draft)
        assert len(offers) == 3
        assert all(intake.suits(one, draft) for one in offers)

    def test_when_none_suits_the_soonest_are_offered_and_that_is_known(self, intake):
        draft = Draft(visit_for="me", time_wish="on Sunday")
        offers = intake.offers(draft)
        assert offers
        assert not intake.suits(offers[0], draft)

    def test_a_child_is_offered_times_for_a_childs_visit(self, intake):
        assert {one.clinician_id for one in intake.offers(Draft(visit_for="child"))} == {"stone"}
        assert intake.visit_type(Draft(visit_for="child")).minutes == 90

    def test_an_adult_who_comes_with_somebody_gets_an_adults_visit(self, intake):
        assert intake.visit_type(Draft(visit_for="somebody")).id == "adult_evaluation"


def test_a_finished_draft_is_read_back_in_words(intake):
    assert intake.spoken(COMPLETE) == {
        "visit_name": "adult evaluation",
        "visit_minutes": "60",
        "visit_when": "Wednesday, March 4 at 9:30 am (EST)",
        "clinician_name": "Bola Ade, OTR/L",
        "patient_name": "Ana Lopez",
        "patient_contact": "+1 503-555-0142",
    }


def test_a_finished_draft_makes_the_request(intake):
    assert intake.request("key", COMPLETE) == BookingRequest(
        "key", "adult_evaluation", WEDNESDAY, "me", "Ana Lopez", "+1 503-555-0142"
    )
