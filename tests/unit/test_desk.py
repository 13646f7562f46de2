"""The desk gives one open time to one person, whole or not at all."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.booking.desk import Desk
from bot.booking.model import BookingRequest, OpenTime, Proof, TimeWish
from bot.booking.references import REFERENCE_SIGNS, new_reference
from bot.errors import CannotChange, NotFound, PatientBusy, TimeTaken, TooManyTries, UnknownVisitType

TUESDAY_AT_NINE = "2026-03-03T14:00+00:00~ade"
WITH_STONE = TUESDAY_AT_NINE.replace("ade", "stone")
WEDNESDAY_AT_NINE = "2026-03-04T14:00+00:00~ade"


@pytest.fixture
def desk(small_desk) -> Desk:
    return small_desk


def request(key: str = "first", time_id: str = TUESDAY_AT_NINE, visit: str = "adult_evaluation", **more):
    person = {
        "patient_name": f"Ana {key.title()} Lopez",
        "contact": "ana@example.org",
        "visit_for": "me",
        **more,
    }
    return BookingRequest(key, visit, time_id, **person)


def proof_of(made, known: str = "Lopez") -> Proof:
    return Proof(made.reference, known)


def starts(desk: Desk, visit: str = "adult_evaluation", count: int = 9999) -> set[str]:
    return {one.id for one in desk.find_open_times(visit, TimeWish(), count)}


class TestBooking:
    def test_a_booking_keeps_everything_that_was_asked_for(self, desk):
        asked = request(
            patient_name="José Ñáñez",
            booked_by="caregiver",
            needs=("wheelchair", "interpreter"),
            reason="cannot hold a cup",
        )
        made = desk.book(asked)
        assert desk.look_up(proof_of(made, "nanez"), "talk") == made
        for field in (
            "patient_name",
            "contact",
            "visit_for",
            "booked_by",
            "needs",
            "reason",
            "visit_type_id",
        ):
            assert getattr(made, field) == getattr(asked, field)
        assert made.clinician_id == "ade"
        assert made.start.isoformat() == "2026-03-03T14:00:00+00:00"
        assert made.end - made.start == timedelta(minutes=60)
        assert (made.status, made.changes) == ("booked", 0)

    def test_the_same_request_books_once(self, desk):
        assert desk.book(request()) == desk.book(request())
        assert [step.after for step in desk.history(desk.book(request()).reference)] == ["booked"]

    def test_the_same_request_is_answered_even_when_its_time_has_come_near(self, desk, clock):
        made = desk.book(request())
        clock.forward(timedelta(hours=20))
        assert desk.book(request()) == made

    def test_a_time_that_somebody_has_is_not_given_twice(self, desk):
        desk.book(request("first"))
        with pytest.raises(TimeTaken):
            desk.book(request("second"))

    def test_the_other_clinician_is_free_at_the_same_time(self, desk):
        assert desk.book(request("first")).start == desk.book(request("second", WITH_STONE)).start

    def test_a_patient_is_never_in_two_visits_at_once(self, desk):
        ana = {"patient_name": "Ana López", "contact": "(212) 555-0100"}
        desk.book(request("first", **ana))
        same = {"patient_name": "ana lopez", "contact": "+1 212-555-0100"}
        with pytest.raises(PatientBusy):
            desk.book(request("second", WITH_STONE, **same))
        assert desk.book(request("third", WITH_STONE, **{**same, "patient_name": "Ben López"}))

    def test_two_visits_of_one_room_never_overlap(self, desk):
        desk.book(request("first", "2026-03-03T14:30+00:00~ade", "hand_therapy"))
        with pytest.raises(TimeTaken):
            desk.book(request("second", "2026-03-03T14:30+00:00~stone", "hand_therapy"))
        assert "2026-03-03T14:30+00:00~stone" in starts(desk)
        assert "2026-03-03T14:30+00:00~stone" not in starts(desk, "hand_therapy")

    def test_the_time_around_a_visit_is_kept_free(self, desk):
        desk.book(request("first", "2026-03-03T15:00+00:00~okoro", "home_safety_visit"))  # 10 to 11:30
        open_times = {one.start.hour * 60 + one.start.minute for one in on_tuesday(desk, "home_safety_visit")}
        assert open_times == {60 * 17 + 30, 60 * 18, 60 * 18 + 30, 60 * 19, 60 * 19 + 30}

    @pytest.mark.parametrize(
        "time_id",
        [
            "2026-03-03T12:00+00:00~ade",  # 7 am: before the clinic opens
            "2026-03-03T14:15+00:00~ade",  # a quarter past
            "2026-03-03T21:30+00:00~ade",  # would end after closing
            "2026-03-06T16:30+00:00~ade",  # would run into the lunch break
            "2026-03-05T19:00+00:00~ade",  # the afternoon of a short day
            "2026-03-07T15:00+00:00~ade",  # a Saturday
            "2026-03-02T19:00+00:00~ade",  # today: sooner than the clinic plans
            "2026-05-05T13:00+00:00~ade",  # farther ahead than the clinic plans
            "2026-02-24T14:00+00:00~ade",  # the past
            "2026-03-03T14:00+00:00~nobody",
            "2026-03-03T14:00~ade",  # no time zone
            "2026-03-03T14:00+00:00",
            "tomorrow~ade",
            "",
        ],
    )
    def test_a_time_the_clinic_does_not_give_is_refused(self, desk, time_id):
        before = starts(desk)
        for attempt in (lambda: desk.book(request(time_id=time_id)), lambda: hold(desk, time_id)):
            with pytest.raises(TimeTaken):
                attempt()
        assert starts(desk) == before

    def test_a_clinician_is_not_given_a_visit_of_another_kind(self, desk):
        with pytest.raises(TimeTaken):
            desk.book(request(visit="child_evaluation"))

    def test_an_unknown_kind_of_visit_is_refused(self, desk):
        with pytest.raises(UnknownVisitType):
            desk.book(request(visit="massage"))

    def test_an_unknown_need_or_booker_is_refused(self):
        for slip in ({"needs": ("a lift",)}, {"booked_by": "a friend"}):
            with pytest.raises(ValueError, match="unknown"):
                request(**slip)


class TestFinding:
    def test_every_offered_time_can_be_booked(self, desk):
        for number, one in enumerate(desk.find_open_times("child_evaluation", TimeWish(), count=6)):
            booked = desk.book(request(f"request {number}", one.id, "child_evaluation"))
            assert (booked.start, booked.clinician_id) == (one.start, "stone")

    def test_offers_stay_within_the_wish_and_the_clinics_own_bounds(self, desk, clock, profile):
        wednesday = date(2026, 3, 4)
        offers = desk.find_open_times("adult_evaluation", TimeWish(wednesday, wednesday))
        assert {one.start.astimezone(profile.zone).date() for one in offers} == {wednesday}
        assert not desk.find_open_times("adult_evaluation", TimeWish(last_day=clock().date()))
        assert not desk.find_open_times("adult_evaluation", TimeWish(date(2026, 7, 1), date(2026, 7, 2)))

    def test_a_booked_time_is_offered_no_more(self, desk):
        first = desk.find_open_times("child_evaluation", TimeWish())[0]
        desk.book(request(time_id=first.id, visit="child_evaluation"))
        assert first.id not in starts(desk, "child_evaluation")

    def test_a_clinician_can_be_asked_for(self, desk):
        offers = desk.find_open_times("adult_evaluation", TimeWish(), clinician_id="stone")
        assert {one.clinician_id for one in offers} == {"stone"}
        assert not desk.find_open_times("child_evaluation", TimeWish(), clinician_id="ade")

    def test_what_was_refused_is_not_offered_again_with_somebody_else_either(self, desk):
        first = desk.find_open_times("adult_evaluation", TimeWish())
        second = desk.find_open_times("adult_evaluation", TimeWish(), but=[one.id for one in first])
        assert len(second) == 3
        assert not {one.start for one in first} & {one.start for one in second}

    def test_a_clinicians_own_hours_and_days_off_count(self, desk, profile):
        days = {one.start.astimezone(profile.zone) for one in all_of(desk, "home_safety_visit")}
        assert {day.weekday() for day in days} == {1, 3}
        assert date(2026, 3, 10) not in {day.date() for day in days}
        assert min(day.time() for day in days if day.weekday() == 3).hour == 12

    def test_on_a_short_day_the_whole_clinic_closes_early(self, desk, profile):
        day = date(2026, 3, 5)
        offers = desk.find_open_times("adult_evaluation", TimeWish(day, day), count=99)
        assert max(one.end.astimezone(profile.zone).hour for one in offers) == 12


class TestHolding:
    def test_a_held_time_is_kept_from_others_for_ten_minutes(self, desk, clock):
        held = hold(desk, WEDNESDAY_AT_NINE)
        assert held.until - clock() == timedelta(minutes=10)
        assert held.time.id == WEDNESDAY_AT_NINE
        with pytest.raises(TimeTaken):
            desk.book(request("somebody else", WEDNESDAY_AT_NINE))
        assert WEDNESDAY_AT_NINE not in starts(desk)
        clock.forward(timedelta(minutes=10))
        assert WEDNESDAY_AT_NINE in starts(desk)
        assert desk.book(request("somebody else", WEDNESDAY_AT_NINE)).status == "booked"

    def test_who_holds_a_time_books_it(self, desk, clock):
        hold(desk)
        assert desk.book(request()).start == hold_start()

    def test_a_hold_is_enough_when_the_time_has_come_too_near_meanwhile(self, desk, clock):
        clock.now = hold_start() - timedelta(hours=24, minutes=1)
        hold(desk)
        clock.forward(timedelta(minutes=9))
        assert desk.book(request()).start == hold_start()

    def test_a_second_hold_replaces_the_first(self, desk):
        hold(desk)
        hold(desk, WEDNESDAY_AT_NINE)
        assert TUESDAY_AT_NINE in starts(desk)
        assert WEDNESDAY_AT_NINE not in starts(desk)

    def test_a_hold_that_fails_leaves_the_first(self, desk):
        desk.book(request("other", WEDNESDAY_AT_NINE))
        hold(desk)
        with pytest.raises(TimeTaken):
            hold(desk, WEDNESDAY_AT_NINE)
        assert TUESDAY_AT_NINE not in starts(desk)

    def test_a_released_time_is_open_again(self, desk):
        hold(desk)
        desk.release("first")
        desk.release("first")
        assert TUESDAY_AT_NINE in starts(desk)

    def test_another_time_than_the_held_one_may_be_booked(self, desk):
        hold(desk)
        desk.book(request(time_id=WEDNESDAY_AT_NINE))
        assert TUESDAY_AT_NINE in starts(desk)

    def test_releasing_never_touches_what_is_booked(self, desk):
        made = desk.book(request())
        desk.release("first")
        assert desk.look_up(proof_of(made), "talk") == made


class TestProving:
    @pytest.mark.parametrize(
        "known", ["Müller", "muller", "Ñáñez-Müller", "NANEZ MULLER", "José Ñáñez Müller"]
    )
    def test_the_last_name_opens_however_it_is_written(self, desk, known):
        made = desk.book(request(patient_name="José Ñáñez-Müller"))
        assert desk.look_up(proof_of(made, known), "talk") == made

    @pytest.mark.parametrize("known", ["212 555 0100", "+1 (212) 555-0100"])
    def test_the_contact_opens_too(self, desk, known):
        made = desk.book(request(contact="+1 212-555-0100"))
        assert desk.look_up(Proof(made.reference.lower().replace("-", " "), known), "talk") == made

    @pytest.mark.parametrize("known", ["Ana", "Lop", "", "  ", "0", "ben@example.org", "Lopez Garcia"])
    def test_nothing_else_opens(self, desk, known):
        made = desk.book(request(patient_name="Ana Lopez"))
        with pytest.raises(NotFound) as wrong:
            desk.look_up(proof_of(made, known), "talk")
        with pytest.raises(NotFound) as nowhere:
            desk.look_up(Proof("ZZZZ-ZZZZ", known), "talk")
        assert str(wrong.value) == str(nowhere.value)

    def test_a_hold_is_nobodys_to_see(self, desk, small_database):
        hold(desk)
        for known in ("", "0", "Nobody", "Known"):
            with pytest.raises(NotFound):
                desk.look_up(Proof("", known), known)

    def test_after_five_wrong_tries_the_asker_waits_and_nobody_else(self, desk, clock):
        made = desk.book(request())
        guess(desk, made, times=5)
        with pytest.raises(TooManyTries) as refused:
            desk.look_up(proof_of(made), "guesser")
        assert refused.value.again_at == clock() + timedelta(minutes=1)
        assert desk.look_up(proof_of(made), "somebody else") == made
        clock.forward(timedelta(minutes=1))
        assert desk.look_up(proof_of(made), "guesser") == made

    def test_each_further_try_costs_twice_the_time_up_to_an_hour(self, desk, clock):
        made = desk.book(request())
        guess(desk, made, times=5)
        waits = []
        for _ in range(8):
            with pytest.raises(TooManyTries) as refused:
                desk.look_up(proof_of(made), "guesser")
            waits.append((refused.value.again_at - clock()) // timedelta(minutes=1))
            clock.now = refused.value.again_at
            guess(desk, made, times=1)
        assert waits == [1, 2, 4, 8, 16, 32, 60, 60]

    def test_wrong_tries_are_forgotten_after_a_day(self, desk, clock):
        made = desk.book(request())
        guess(desk, made, times=5)
        clock.forward(timedelta(days=1, minutes=1))
        guess(desk, made, times=4)
        assert desk.look_up(proof_of(made), "guesser") == made


class TestChanging:
    def test_a_move_keeps_reference_and_person_and_frees_the_old_time(self, desk):
        made = desk.book(request())
        moved = desk.move(proof_of(made), WEDNESDAY_AT_NINE, "move", "talk")
        new_start = made.start + timedelta(days=1)
        assert moved == replace(
            made, start=new_start, end=made.end + timedelta(days=1), status="moved", changes=1
        )
        assert TUESDAY_AT_NINE in starts(desk)
        assert WEDNESDAY_AT_NINE not in starts(desk)

    def test_the_same_move_sent_again_moves_once(self, desk):
        made = desk.book(request())
        moved = desk.move(proof_of(made), WEDNESDAY_AT_NINE, "move", "talk")
        assert desk.move(proof_of(made), WEDNESDAY_AT_NINE, "move", "talk") == moved
        assert len(desk.history(made.reference)) == 2

    def test_the_old_time_stays_when_the_new_one_is_gone(self, desk):
        made, _other = desk.book(request()), desk.book(request("other", WEDNESDAY_AT_NINE))
        with pytest.raises(TimeTaken):
            desk.move(proof_of(made), WEDNESDAY_AT_NINE, "move", "talk")
        assert desk.look_up(proof_of(made), "talk") == made
        assert TUESDAY_AT_NINE not in starts(desk)

    def test_a_visit_can_be_moved_into_half_of_its_own_time(self, desk):
        made = desk.book(request())
        moved = desk.move(proof_of(made), "2026-03-03T14:30+00:00~ade", "move", "talk")
        assert moved.start - made.start == timedelta(minutes=30)

    def test_a_held_time_can_be_moved_to(self, desk):
        made = desk.book(request())
        desk.hold("move", "adult_evaluation", WEDNESDAY_AT_NINE)
        assert desk.move(proof_of(made), WEDNESDAY_AT_NINE, "move", "talk").status == "moved"

    def test_a_cancelled_time_is_open_at_once(self, desk):
        made = desk.book(request())
        gone = desk.cancel(proof_of(made), "cancel", "talk")
        assert gone.appointment == replace(made, status="cancelled", changes=1)
        assert desk.book(request("other")).start == made.start
        assert desk.look_up(proof_of(made), "talk").status == "cancelled"

    @pytest.mark.parametrize(("hours", "is_late"), [(25, False), (24, False), (23, True)])
    def test_a_late_cancellation_is_said(self, desk, clock, hours, is_late):
        made = desk.book(request())
        clock.now = made.start - timedelta(hours=hours)
        assert desk.cancel(proof_of(made), "cancel", "talk").is_late == is_late
        clock.forward(timedelta(hours=2))
        assert desk.cancel(proof_of(made), "cancel", "talk").is_late == is_late

    def test_what_is_over_or_cancelled_cannot_be_changed(self, desk, clock):
        made = desk.book(request())
        desk.cancel(proof_of(made), "cancel", "talk")
        later = desk.book(request("later"))
        clock.now = later.start
        for one, key in ((made, "again"), (later, "too late")):
            with pytest.raises(CannotChange):
                desk.cancel(proof_of(one), f"cancel {key}", "talk")
            with pytest.raises(CannotChange):
                desk.move(proof_of(one), WEDNESDAY_AT_NINE, f"move {key}", "talk")

    def test_staff_note_what_became_of_a_visit(self, desk):
        made = desk.book(request())
        desk.record(made.reference, "arrived", "staff", "in")
        assert desk.record(made.reference, "done", "staff", "out").status == "done"
        with pytest.raises(CannotChange):
            desk.record(made.reference, "no_show", "staff", "oops")
        with pytest.raises(NotFound):
            desk.record("ZZZZ-ZZZZ", "arrived", "staff", "nobody")

    def test_every_step_is_kept_with_who_when_from_and_to(self, desk, clock):
        made = desk.book(request())
        clock.forward(timedelta(hours=1))
        moved = desk.move(proof_of(made), WEDNESDAY_AT_NINE, "move", "talk")
        desk.record(made.reference, "no_show", "staff", "away")
        steps = desk.history(made.reference)
        assert [(step.by, step.before, step.after) for step in steps] == [
            ("person", "held", "booked"),
            ("person", "booked", "moved"),
            ("staff", "moved", "no_show"),
        ]
        assert [step.start for step in steps] == [made.start, moved.start, moved.start]
        assert steps[1].at - steps[0].at == timedelta(hours=1)


def test_references_are_easy_to_read_aloud_and_hard_to_guess():
    references = {new_reference() for _ in range(500)}
    assert len(references) == 500
    for reference in references:
        left, right = reference.split("-")
        assert len(left) == len(right) == 4
        assert set(left + right) <= set(REFERENCE_SIGNS)
    assert not set("01ILO") & set(REFERENCE_SIGNS)


def hold(desk: Desk, time_id: str = TUESDAY_AT_NINE):
    return desk.hold("first", "adult_evaluation", time_id)


def hold_start():
    return OpenTime.from_id(TUESDAY_AT_NINE, timedelta()).start


def guess(desk: Desk, made, times: int) -> None:
    for _ in range(times):
        with pytest.raises(NotFound):
            desk.look_up(proof_of(made, "Nobody"), "guesser")


def on_tuesday(desk: Desk, visit: str):
    return desk.find_open_times(visit, TimeWish(date(2026, 3, 3), date(2026, 3, 3)), count=99)


def all_of(desk: Desk, visit: str):
    return desk.find_open_times(visit, TimeWish(), count=9999)
