"""The waiting list: the first time that opens goes to the first in line whom it suits."""

from datetime import date, time, timedelta

import pytest

from bot.booking.desk import Desk
from bot.booking.model import BookingRequest, Proof, TimeWish, WaitingRequest
from bot.booking.waiting_desk import WaitingDesk
from bot.errors import NotFound, TimeTaken, UnknownVisitType
from bot.store.booking import StoredBooking
from tests.support.vault import VAULT

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


@pytest.fixture
def waiting(small_database, clock) -> WaitingDesk:
    return WaitingDesk(StoredBooking(small_database, VAULT), clock)


def wish_of(name: str, wish: TimeWish = MORNING, **more) -> WaitingRequest:
    who = (f"{name} Hill", f"{name}@example.org", "parent")
    return WaitingRequest(name, "child_evaluation", wish, "child", *who, **more)


def cancel(desk: Desk, proof: Proof) -> None:
    desk.cancel(proof, f"cancel {proof.reference}", "talk")


def test_nothing_is_open_on_the_full_day(small_desk, full):
    assert not small_desk.find_open_times("child_evaluation", TimeWish(FRIDAY, FRIDAY))


def test_a_cancelled_time_is_kept_for_the_first_in_line_who_books_it(small_desk, waiting, full, clock):
    first, second = waiting.join(wish_of("ben")), waiting.join(wish_of("cy"))
    cancel(small_desk, full[NINE])
    assert not small_desk.find_open_times("child_evaluation", MORNING)
    with pytest.raises(TimeTaken):
        waiting.accept(second.reference)
    clock.forward(timedelta(hours=3))
    made = waiting.accept(first.reference)
    assert (f"{made.start:%H:%M}", made.patient_name, made.booked_by) == ("14:00", "ben Hill", "parent")
    assert waiting.accept(first.reference) == made


def test_a_time_that_does_not_suit_goes_to_the_next(small_desk, waiting, full):
    morning = waiting.join(wish_of("ben"))
    afternoon = waiting.join(wish_of("cy", TimeWish(FRIDAY, FRIDAY, time(12))))
    cancel(small_desk, full[AFTERNOON[0]])
    with pytest.raises(TimeTaken):
        waiting.accept(morning.reference)
    assert waiting.accept(afternoon.reference).patient_name == "cy Hill"


def test_a_moved_visit_frees_its_time_for_the_list_too(small_desk, waiting, full):
    entry = waiting.join(wish_of("ben"))
    small_desk.move(full[NINE], "2026-03-09T13:00+00:00~stone", "move", "talk")
    assert waiting.accept(entry.reference).patient_name == "ben Hill"


def test_an_offer_that_runs_out_goes_to_the_next(small_desk, waiting, full, clock):
    first, second = waiting.join(wish_of("ben")), waiting.join(wish_of("cy"))
    cancel(small_desk, full[NINE])
    assert waiting.offer_open_times() == []
    clock.forward(timedelta(hours=4))
    (offered,) = waiting.offer_open_times()
    assert (offered.reference, offered.status, offered.offered_time_id) == (second.reference, "offered", NINE)
    with pytest.raises(TimeTaken):
        waiting.accept(first.reference)


def test_a_time_that_was_held_and_let_go_is_offered(small_desk, waiting, full, clock):
    waiting.join(wish_of("ben"))
    cancel(small_desk, full[NINE])
    waiting.join(wish_of("cy"))
    clock.forward(timedelta(hours=5))
    small_desk.hold("dee", "child_evaluation", NINE)
    assert waiting.offer_open_times() == []
    clock.forward(timedelta(minutes=11))
    assert [one.patient_name for one in waiting.offer_open_times()] == ["cy Hill"]


def test_a_day_that_comes_near_is_offered_to_as_many_as_it_has_times_for(waiting, clock):
    monday = date(2026, 5, 4)  # in 63 days; the clinic plans 60 ahead
    for name in ("ben", "cy", "dee"):
        waiting.join(wish_of(name, TimeWish(monday, monday, latest=time(11))))
    assert waiting.offer_open_times() == []
    clock.forward(timedelta(days=4))
    offered = waiting.offer_open_times()
    assert [one.patient_name for one in offered] == ["ben Hill", "cy Hill"]
    assert len({one.offered_time_id for one in offered}) == 2


def test_a_no_gives_the_time_to_the_next_and_keeps_the_place(small_desk, waiting, full):
    first, second = waiting.join(wish_of("ben")), waiting.join(wish_of("cy"))
    cancel(small_desk, full[NINE])
    waiting.decline(first.reference)
    assert waiting.accept(second.reference).patient_name == "cy Hill"
    cancel(small_desk, full[TEN_THIRTY])
    assert waiting.accept(first.reference).start.isoformat().startswith("2026-03-06T15:30")


def test_whoever_leaves_is_offered_nothing_more(small_desk, waiting, full):
    entry = waiting.join(wish_of("ben"))
    cancel(small_desk, full[NINE])
    waiting.decline(entry.reference, leaving=True)
    assert waiting.everybody() == waiting.offer_open_times() == []
    with pytest.raises(NotFound):
        waiting.accept(entry.reference)
    assert small_desk.find_open_times("child_evaluation", MORNING)


def test_a_time_that_was_refused_once_is_never_offered(small_desk, waiting, full):
    entry = waiting.join(wish_of("ben", passed=(NINE,)))
    cancel(small_desk, full[NINE])
    assert waiting.offer_open_times() == []
    cancel(small_desk, full[TEN_THIRTY])
    assert waiting.entry(entry.reference).offered_time_id == NINE.replace("14:00", "14:30")


def test_whoever_answers_none_of_three_offers_is_left_to_staff(waiting, clock):
    waiting.join(wish_of("ben", TimeWish()))
    offered = []
    for _ in range(5):
        offered += waiting.offer_open_times()
        clock.forward(timedelta(hours=5))
    assert len({one.offered_time_id for one in offered}) == len(offered) == 3
    assert [one.offers for one in waiting.everybody()] == [3]


def test_nobody_is_offered_what_nobody_wants(small_desk, waiting, full):
    waiting.join(wish_of("ben", TimeWish(FRIDAY + timedelta(days=7), FRIDAY + timedelta(days=6))))
    cancel(small_desk, full[NINE])
    assert waiting.offer_open_times() == []
    assert small_desk.find_open_times("child_evaluation", MORNING)


def test_the_same_wish_sent_twice_waits_once(waiting):
    assert waiting.join(wish_of("ben")) == waiting.join(wish_of("ben"))
    assert len(waiting.everybody()) == 1


def test_a_wish_comes_back_as_it_was_kept(waiting):
    wish = TimeWish(FRIDAY, None, time(9), time(12), frozenset({0, 4}))
    entry = waiting.join(wish_of("ben", wish, conversation_id="talk", passed=(NINE, TEN_THIRTY)))
    assert waiting.everybody() == [entry]
    assert (entry.wish, entry.passed, entry.conversation_id) == (wish, (NINE, TEN_THIRTY), "talk")


def test_a_place_on_the_list_is_for_a_kind_of_visit_that_there_is(waiting):
    with pytest.raises(UnknownVisitType):
        waiting.join(WaitingRequest("x", "massage", MORNING, "me", "Ben Hill", "ben@example.org"))
