"""The talk about a booking: what each reply changes, whatever was asked."""

from dataclasses import fields, replace
from datetime import date, time, timedelta

import pytest

from bot.booking.draft import QUESTIONS, WAITING_LIST, Draft, Reply, wish_kept, wish_of
from bot.booking.intake import Intake
from bot.booking.model import BookingRequest, TimeWish, WaitingRequest

TUESDAY = "2026-03-03T14:00+00:00~ade"  # 9 am
WEDNESDAY = "2026-03-04T14:30+00:00~ade"  # 9:30 am
WEDNESDAY_LATE = "2026-03-04T20:00+00:00~stone"  # 3 pm
OFFERED = Draft(visit_for="me", offered_times=(TUESDAY, WEDNESDAY, WEDNESDAY_LATE))
COMPLETE = replace(
    OFFERED,
    visit_time=WEDNESDAY,
    full_name="Ana Lopez",
    contact="+1 503-555-0142",
    visit_needs=("wheelchair",),
    visit_reason="",
)


@pytest.fixture
def intake(small_desk, clock) -> Intake:
    return Intake(small_desk, clock)


def said(text: str, topic: str | None = None) -> Reply:
    return Reply(text, topic=topic)


def taken(draft: Draft, changes: dict) -> Draft:
    """The draft with the changes, as the conversation keeps it."""
    known = {field.name for field in fields(Draft)}
    kept = {name: tuple(value) if isinstance(value, list) else value for name, value in changes.items()}
    return replace(draft, **{name: value for name, value in kept.items() if name in known})


def told(intake: Intake, *messages: str) -> Draft:
    """The draft after these messages, each read as the answer to the first question that is open."""
    draft, asked = Draft(), None
    for message in messages:
        draft = taken(draft, intake.read(asked, said(message), draft))
        asked = next((one for one in QUESTIONS if getattr(draft, one) is None), "booking_confirmed")
        if asked == "visit_time":
            draft = replace(draft, offered_times=tuple(one.id for one in intake.offer(draft).times))
    return draft


def pressed(**choice: str) -> Reply:
    return Reply("a button", choice)


class TestTheWordsThatBeginABooking:
    def test_everything_that_is_said_early_is_kept(self, intake):
        draft = told(intake, "book my dad, he's in a wheelchair, for Wednesday afternoon")
        assert (draft.visit_for, draft.visit_needs) == ("somebody", ("wheelchair",))
        assert draft.wish == TimeWish(date(2026, 3, 4), date(2026, 3, 4), time(12), time(17))

    def test_who_is_writing_is_not_taken_for_the_patient(self, intake):
        assert intake.read(None, said("I'd like to book an evaluation"), Draft()) == {}

    @pytest.mark.parametrize(
        ("text", "kind"),
        [
            ("a video visit for me", "video_visit"),
            ("hand therapy for my aunt", "hand_therapy"),
            ("a home safety visit for my dad", "home_safety_visit"),
            ("a driving screen for me", "driving_screen"),
            ("a driving screen for my son", "child_evaluation"),  # the clinic gives it to adults only
            ("an evaluation for me, not a video visit", "adult_evaluation"),
            ("an evaluation for my niece", "child_evaluation"),
        ],
    )
    def test_a_kind_of_visit_is_taken_when_it_is_asked_for(self, intake, text, kind):
        assert intake.visit_type(told(intake, text)).id == kind


class TestWhomTheVisitIsFor:
    @pytest.mark.parametrize(
        ("text", "whom"), [("me", "me"), ("I am", "me"), ("my daughter", "child"), ("my dad", "somebody")]
    )
    def test_words_answer_it(self, intake, text, whom):
        assert intake.read("visit_for", said(text), Draft()) == {"visit_for": whom}

    def test_a_time_said_with_it_is_kept(self, intake):
        draft = taken(Draft(), intake.read("visit_for", said("me, on Friday"), Draft()))
        assert (draft.visit_for, draft.wish.first_day) == ("me", date(2026, 3, 6))

    def test_a_button_answers_it_and_the_wish_for_a_time_stays(self, intake):
        assert intake.read("visit_for", pressed(visit_for="child"), Draft()) == {"visit_for": "child"}

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
        changes = intake.read("visit_time", said(text), OFFERED)
        assert changes["visit_time"] is None
        assert not wish_of(changes["time_wish"]).is_open

    def test_a_wish_that_follows_another_combines_with_it(self, intake):
        draft = told(intake, "book for me", "in two weeks", "in the afternoon", "not Monday")
        assert draft.wish.first_day == date(2026, 3, 16)
        assert draft.wish.earliest == time(12)
        assert 0 not in draft.wish.weekdays

    @pytest.mark.parametrize("text", ["none of these", "other times please", "can we change the time"])
    def test_refused_times_are_not_offered_again(self, intake, text):
        draft = told(intake, "book for me", "in two weeks")
        later = taken(draft, intake.read("visit_time", said(text), draft))
        assert set(draft.offered_times) <= set(later.refused_times)
        assert not set(draft.offered_times) & {one.id for one in intake.offer(later).times}

    def test_a_day_in_doubt_is_asked_about_and_settled_by_a_word(self, intake):
        draft = told(intake, "book for me", "next Friday")
        assert draft.day_in_doubt == {"kind": "next", "day": "2026-03-13", "other": "2026-03-06"}
        for answer, day in (("yes", date(2026, 3, 13)), ("no", date(2026, 3, 6))):
            settled = taken(draft, intake.read("visit_time", said(answer), draft))
            assert (settled.wish.first_day, settled.day_in_doubt) == (day, None)

    def test_a_day_that_is_past_is_said_to_be_so(self, intake):
        draft = told(intake, "book for me", "March 1")
        assert draft.day_in_doubt == {"kind": "past"}
        assert intake.offer(draft).times

    def test_somebody_may_rather_wait(self, intake):
        assert (
            intake.read("visit_time", said("put me on the waiting list"), OFFERED)["visit_time"]
            == WAITING_LIST
        )

    def test_a_question_about_a_day_is_no_wish(self, intake):
        asked = said("what are your hours on Friday", "faq/clinic_hours")
        assert intake.read("visit_time", asked, OFFERED) == {}

    def test_a_button_picks_only_what_was_offered(self, intake):
        assert intake.read("visit_time", pressed(visit_time=TUESDAY), OFFERED)["visit_time"] == TUESDAY
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
            ("the reason is not right", "visit_reason"),
        ],
    )
    def test_what_is_wrong_is_asked_again_and_nothing_else(self, intake, text, emptied):
        changes = intake.read("booking_confirmed", said(text), COMPLETE)
        assert changes[emptied] is None
        assert "contact" not in {*changes} - {emptied}
        assert changes["booking_confirmed"] is None

    @pytest.mark.parametrize(
        ("text", "asked_again"),
        [("the name", "full_name"), ("Time.", "visit_time"), ("who it is for", "visit_for")],
    )
    def test_a_part_that_is_only_named_is_asked_again(self, intake, text, asked_again):
        changes = intake.read("booking_confirmed", said(text, "faq/x"), COMPLETE)
        assert changes[asked_again] is None

    def test_another_day_said_here_is_a_new_wish(self, intake):
        changes = intake.read("booking_confirmed", said("can we do Friday instead"), COMPLETE)
        assert changes["visit_time"] is None
        assert wish_of(changes["time_wish"]).first_day == date(2026, 3, 6)

    def test_another_person_needs_another_time(self, intake):
        changes = intake.read("booking_confirmed", pressed(change="visit_for"), COMPLETE)
        assert {name for name, value in changes.items() if value is None} >= {"visit_for", "visit_time"}
        assert "contact" not in changes

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


class TestWhateverWasAsked:
    @pytest.mark.parametrize(
        "asked", ["full_name", "contact", "visit_needs", "visit_reason", "booking_confirmed"]
    )
    def test_another_day_is_heard(self, intake, asked):
        changes = intake.read(asked, said("no wait, Thursday"), COMPLETE)
        assert changes["visit_time"] is None
        assert wish_of(changes["time_wish"]).first_day == date(2026, 3, 5)

    @pytest.mark.parametrize(
        "asked", ["visit_time", "full_name", "contact", "visit_needs", "booking_confirmed"]
    )
    def test_another_patient_is_heard_and_only_the_contact_stays(self, intake, asked):
        changes = intake.read(asked, said("sorry, it's for my son not me"), COMPLETE)
        assert changes["visit_for"] == "child"
        assert changes["full_name"] is changes["visit_time"] is None
        assert "contact" not in changes

    @pytest.mark.parametrize("asked", ["full_name", "contact", "visit_needs", "visit_reason"])
    def test_the_wish_to_change_the_time_is_heard(self, intake, asked):
        assert intake.read(asked, said("can I change the time"), COMPLETE)["visit_time"] is None

    @pytest.mark.parametrize(("asked", "before"), list(zip(QUESTIONS[1:], QUESTIONS, strict=False)))
    def test_go_back_asks_the_question_before(self, intake, asked, before):
        assert intake.read(asked, said("go back", "previous_step"), COMPLETE)[before] is None

    def test_name_and_contact_in_one_breath_are_both_kept(self, intake):
        changes = intake.read("full_name", said("Ana Lopez, 503 555 0142"), OFFERED)
        assert changes == {"full_name": "Ana Lopez", "contact": "+1 503-555-0142"}


class TestNeedsAndReason:
    @pytest.mark.parametrize(
        ("text", "needs"),
        [
            ("she uses a wheelchair", ["wheelchair"]),
            ("help getting out of the chair, and an interpreter", ["transfer_help", "interpreter"]),
            ("a quiet room please", ["quiet_room"]),
            ("my husband is coming along", ["companion"]),
            ("nothing", []),
            ("no", []),
        ],
    )
    def test_needs_are_read(self, intake, text, needs):
        assert intake.read("visit_needs", said(text), OFFERED)["visit_needs"] == needs

    def test_a_reason_is_kept_in_few_words_and_may_be_skipped(self, intake):
        assert intake.read("visit_reason", said("stiff hand"), OFFERED) == {"visit_reason": "stiff hand"}
        assert intake.read("visit_reason", said("skip"), OFFERED) == {"visit_reason": ""}
        assert len(intake.read("visit_reason", said("x" * 900), OFFERED)["visit_reason"]) == 200

    def test_a_question_is_no_reason(self, intake):
        assert intake.read("visit_reason", said("what does it cost?", "faq/cost"), OFFERED) == {}


class TestOffers:
    def test_they_suit_the_wish(self, intake):
        wish = TimeWish(date(2026, 3, 4), date(2026, 3, 4), time(14))
        offer = intake.offer(Draft(visit_for="me", time_wish=wish_kept(wish)))
        assert offer.fits
        assert len(offer.times) == 3
        assert all(wish.suits(one.start - timedelta(hours=5)) for one in offer.times)

    def test_when_none_suits_the_nearest_are_offered_and_that_is_known(self, intake):
        sunday = wish_kept(TimeWish(date(2026, 3, 8), date(2026, 3, 8)))
        offer = intake.offer(Draft(visit_for="me", time_wish=sunday))
        assert not offer.fits
        assert offer.times[0].start.date() == date(2026, 3, 9)

    def test_a_child_is_offered_times_for_a_childs_visit(self, intake):
        assert {one.clinician_id for one in intake.offer(Draft(visit_for="child")).times} == {"stone"}
        assert intake.visit_type(Draft(visit_for="child")).minutes == 90


def test_a_finished_draft_is_read_back_in_words(intake):
    assert intake.spoken(COMPLETE) == {
        "visit_name": "adult evaluation",
        "visit_minutes": "60",
        "visit_when": "Wednesday, March 4 at 9:30 am (EST)",
        "visit_place": "7 Hill Street, Hillside, New York 10999",
        "visit_needs_words": "uses a wheelchair",
        "visit_reason_words": "not given",
        "clinician_name": "Bola Ade, OTR/L",
        "patient_name": "Ana Lopez",
        "patient_contact": "+1 503-555-0142",
    }


def test_a_finished_draft_makes_the_request(intake):
    who = ("Ana Lopez", "+1 503-555-0142")
    assert intake.request("key", COMPLETE) == BookingRequest(
        "key", "adult_evaluation", WEDNESDAY, "me", *who, "self", ("wheelchair",)
    )
    waits = replace(COMPLETE, visit_time=WAITING_LIST, visit_for="child")
    assert intake.waiting_request("key", waits, "talk") == WaitingRequest(
        "key",
        "child_evaluation",
        TimeWish(),
        "child",
        *who,
        "parent",
        ("wheelchair",),
        conversation_id="talk",
        passed=(*waits.refused_times, *waits.offered_times),
    )


@pytest.mark.parametrize(
    "wish", [TimeWish(), TimeWish(date(2026, 3, 5), None, time(9, 30)), TimeWish(weekdays=frozenset((1, 3)))]
)
def test_a_wish_is_kept_whole(wish):
    assert wish_of(wish_kept(wish)) == wish
