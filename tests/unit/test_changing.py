"""The talks about a booked visit: what each reply answers."""

from datetime import timedelta

import pytest

from bot.booking.changing import Changing, read_reference
from bot.booking.draft import Draft, Reply
from bot.booking.model import Appointment, BookingRequest
from bot.booking.times import TimeTalk
from bot.errors import NotFound

WEDNESDAY = "2026-03-04T14:30+00:00~ade"
REQUEST = BookingRequest("key", "adult_evaluation", WEDNESDAY, "me", "Ana Lopez-Ruiz", "ana@example.org")


@pytest.fixture
def changing(small_desk, clock) -> Changing:
    return Changing(small_desk, TimeTalk(small_desk, clock), clock)


@pytest.fixture
def visit(small_desk) -> Appointment:
    return small_desk.book(REQUEST)


@pytest.mark.parametrize("text", ["K7QM-2XWP", "k7qm2xwp", "it is K7QM 2XWP, thanks", "K7QM-2XWP."])
def test_a_reference_is_read_however_it_is_typed(text):
    assert read_reference(text) == "K7QM-2XWP"


@pytest.mark.parametrize("text", ["", "on Thursday please", "move that visit", "K7QM", "503-555-0142"])
def test_what_is_no_reference_is_not_taken_for_one(text):
    assert read_reference(text) is None


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("Lopez", "Lopez"),
        ("my last name is Lopez", "Lopez"),
        ("503 555 0142", "+1 503-555-0142"),
        ("a@b.org", "a@b.org"),
    ],
)
def test_a_last_name_or_a_contact_shows_who_asks(changing, text, known):
    assert changing.read("visit_known", Reply(text), Draft()) == {"visit_known": known}


@pytest.mark.parametrize("known", ["Lopez", "ruiz", "Lopez-Ruiz", "ana@example.org"])
def test_the_visit_is_found_by_either(changing, visit, known):
    assert changing.find(visit.reference, known, "a conversation") == visit


@pytest.mark.parametrize("known", ["Smith", "ana@example.com"])
def test_a_wrong_proof_and_a_wrong_reference_are_the_same(changing, visit, known):
    for reference in (visit.reference, "2222-2222"):
        with pytest.raises(NotFound):
            changing.find(reference, known, "a conversation")


def test_a_lost_reference_and_half_a_reference_are_explained(changing):
    assert changing.missed("visit_reference", Reply("I don't have it")) == "utter_reference_lost"
    assert changing.missed("visit_reference", Reply("K7Q")) == "utter_unclear_visit_reference"
    assert changing.missed("visit_reference", Reply("what does it cost", topic="faq/cost")) is None


@pytest.mark.parametrize(
    ("reply", "confirmed"),
    [
        (Reply("yes"), True),
        (Reply("no"), False),
        (Reply("x", {"confirm": "yes"}), True),
        (Reply("ok", topic="affirm"), True),
    ],
)
def test_a_yes_or_no_settles_it(changing, reply, confirmed):
    assert changing.read("change_confirmed", reply, Draft()) == {"change_confirmed": confirmed}


def test_another_time_may_be_wished_until_the_last_word(changing):
    draft = Draft(visit_time=WEDNESDAY)
    assert changing.read("change_confirmed", Reply("no, Friday"), draft)["visit_time"] is None
    assert changing.read("change_confirmed", Reply("x", {"change": "visit_time"}), draft) == {
        "visit_time": None
    }


def test_a_visit_that_began_can_not_be_changed(changing, visit, clock):
    assert changing.can_change(visit)
    clock.now = visit.start + timedelta(minutes=1)
    assert not changing.can_change(visit)


def test_a_visit_is_told_in_words(changing, visit):
    assert changing.spoken(visit) == {
        "visit_name": "adult evaluation",
        "visit_minutes": "60",
        "visit_place": "7 Hill Street, Hillside, New York 10999",
        "visit_when": "Wednesday, March 4 at 9:30 am (EST)",
        "clinician_name": "Bola Ade, OTR/L",
        "reference": visit.reference,
    }
    assert changing.spoken_time(WEDNESDAY)["new_when"] == "Wednesday, March 4 at 9:30 am (EST)"
