"""The waiting list: the first time that opens goes to the first in line whom it suits."""

from datetime import date, time, timedelta

import pytest

from bot.booking.desk import Desk
from bot.booking.model import BookingRequest, Proof, TimeWish, WaitingRequest
from bot.errors import NotFound, TimeTaken, UnknownVisitType

FRIDAY = date(2026, 3, 6)
NINE = "2026-03-06T14:00+00:00~stone"
TEN_THIRTY = "2026-03-06T15:30+00:00~stone"
AFTERNOON = ("2026-03-06T18:00+00:00~stone", "2026-03-06T19:30+00:00~stone")
MORNING = TimeWish(FRIDAY, FRIDAY, latest=time(12))


@pytest.fixture
def full(small_desk) -> dict[str, Proof]:
    """A Friday on which the one therapist for children has no time left; the proofs of those who have it."""
    return {time_id: booked(small_desk, time_id) for time_id in (NINE, TEN_THIRTY, *AFTERNOON)}


def booked(desk: Desk, time_id: str) -> Proof:
    request = BookingRequest(
        time_id[:16], "child_evaluation", time_id, "child", "Ana Lopez", "ana@example.org", "parent"
    )
    return Proof(desk.book(request).reference, "Lopez")


def waiting(desk: Desk, name: str, wish: TimeWish = MORNING):
    return desk.wait_for(
        WaitingRequest(
            name, "child_evaluation", wish, "child", f"{name} Hill", f"{name}@example.org", "parent"
        )
    )


def cancel(desk: Desk, proof: Proof) -> None:
    desk.cancel(proof, f"cancel {proof.reference}", "talk")


def proof_of(entry) -> Proof:
    return Proof(entry.reference, "Hill")


def test_nothing_is_open_on_the_full_day(small_desk, full):
    assert not small_desk.find_open_times("child_evaluation", TimeWish(FRIDAY, FRIDAY))


def test_a_cancelled_time_is_kept_for_the_first_in_line_who_books_it(small_desk, full, clock):
    first, second = waiting(small_desk, "ben"), waiting(small_desk, "cy")
    cancel(small_desk, full[NINE])
    assert not small_desk.find_open_times("child_evaluation", MORNING)
    with pytest.raises(TimeTaken):
        small_desk.accept_offer(proof_of(second), "cy's talk")
    clock.forward(timedelta(hours=3))
    made = small_desk.accept_offer(proof_of(first), "ben's talk")
    assert (f"{made.start:%H:%M}", made.patient_name, made.booked_by) == ("14:00", "ben Hill", "parent")
    assert small_desk.accept_offer(proof_of(first), "ben's talk") == made


def test_a_time_that_does_not_suit_goes_to_the_next(small_desk, full):
    morning, afternoon = (
        waiting(small_desk, "ben"),
        waiting(small_desk, "cy", TimeWish(FRIDAY, FRIDAY, time(12))),
    )
    cancel(small_desk, full[AFTERNOON[0]])
    with pytest.raises(TimeTaken):
        small_desk.accept_offer(proof_of(morning), "talk")
    assert small_desk.accept_offer(proof_of(afternoon), "talk").patient_name == "cy Hill"


def test_a_moved_visit_frees_its_time_for_the_list_too(small_desk, full):
    entry = waiting(small_desk, "ben")
    small_desk.move(full[NINE], "2026-03-09T13:00+00:00~stone", "move", "talk")
    assert small_desk.accept_offer(proof_of(entry), "talk").patient_name == "ben Hill"


def test_an_offer_that_runs_out_goes_to_the_next(small_desk, full, clock):
    first, second = waiting(small_desk, "ben"), waiting(small_desk, "cy")
    cancel(small_desk, full[NINE])
    clock.forward(timedelta(hours=4))
    offered = small_desk.offer_to_waiting(FRIDAY)
    assert offered is not None
    assert (offered.reference, offered.status, offered.offered_time_id) == (second.reference, "offered", NINE)
    with pytest.raises(TimeTaken):
        small_desk.accept_offer(proof_of(first), "talk")


def test_nobody_is_offered_what_nobody_wants(small_desk, full):
    waiting(small_desk, "ben", TimeWish(FRIDAY + timedelta(days=7)))
    cancel(small_desk, full[NINE])
    assert small_desk.find_open_times("child_evaluation", MORNING)


def test_the_same_wish_sent_twice_waits_once(small_desk, full):
    assert waiting(small_desk, "ben") == waiting(small_desk, "ben")


def test_a_wish_comes_back_as_it_was_kept(small_desk):
    wish = TimeWish(FRIDAY, None, time(9), time(12), frozenset({0, 4}))
    entry = waiting(small_desk, "ben", wish)
    assert waiting(small_desk, "ben").wish == wish
    assert entry.needs == ()


def test_a_place_on_the_list_is_nobody_elses_to_see_and_needs_a_kind_of_visit(small_desk):
    entry = waiting(small_desk, "ben")
    with pytest.raises(NotFound):
        small_desk.accept_offer(Proof(entry.reference, "Lopez"), "talk")
    with pytest.raises(UnknownVisitType):
        small_desk.wait_for(WaitingRequest("x", "massage", MORNING, "me", "Ben Hill", "ben@example.org"))
