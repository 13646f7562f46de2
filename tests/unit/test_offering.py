"""An offer of the waiting list reaches the person's own conversation, once, and is answered only there."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from bot.booking.desk import Desk
from bot.booking.model import Proof, TimeWish, WaitingRequest
from bot.booking.offering import OfferAnswer, Offering, read_offer
from bot.booking.waiting_desk import WaitingDesk
from bot.chat.conversations import Conversations
from bot.chat.message import Message
from bot.chat.payloads import parse_data
from bot.content.profile import Profile
from bot.errors import NotFound, TimeTaken
from bot.staff import __main__ as staff
from bot.store.booking import StoredBooking
from bot.store.work import UnitOfWork
from tests.support.clocks import SetClock
from tests.support.vault import VAULT

FRIDAY = date(2026, 3, 6)
NINE = "2026-03-06T14:00+00:00~stone"


@dataclass(frozen=True)
class Services:
    """As much of the clinic's services as an offer needs."""

    profile: Profile
    desk: Desk
    waiting: WaitingDesk
    conversations: Conversations
    offering: Offering
    clock: SetClock


@pytest.fixture
def services(small_database, small_desk, clock, profile) -> Services:
    waiting = WaitingDesk(StoredBooking(small_database, VAULT), clock)
    conversations = Conversations(lambda: UnitOfWork(small_database, VAULT), clock)
    offering = Offering(waiting, small_desk, conversations, read_offer(), clock)
    return Services(profile, small_desk, waiting, conversations, offering, clock)


@pytest.fixture
def freed(services: Services) -> str:
    """Ana's talk; the Friday at nine was given back while she waits for it."""
    hello = Message("m1", "assistant", services.clock(), ({"type": "text", "text": "Hello."},))
    services.conversations.greet("ana's talk", [hello])
    return join(services, "ana's talk")


def join(services: Services, conversation_id: str | None) -> str:
    """The reference of a place on the list, with an offer at once."""
    who = (f"Ana {conversation_id} Lopez", "ana@example.org", "parent")
    wish = TimeWish(FRIDAY, FRIDAY)
    key = f"key {conversation_id}"
    request = WaitingRequest(key, "child_evaluation", wish, "child", *who, conversation_id=conversation_id)
    return services.waiting.join(request).reference


def answer(services: Services, title: str, position: int = 0) -> OfferAnswer:
    """What the button of this title says, in the offer of this position."""
    message = services.conversations.unasked("ana's talk")[position]
    payload = next(one.payload for one in message.buttons if one.title == title)
    return OfferAnswer.of(parse_data(payload, title)["entities"][0]["value"])


def test_the_offer_comes_with_buttons_and_comes_once(services, freed):
    for _ in range(3):
        services.offering.tend()
    (offer,) = services.conversations.unasked("ana's talk")
    assert offer.text == (
        "A time has opened for you: Friday, March 6 at 9 am (EST), child evaluation with Ruth Stone, OTR/L."
        "\n\n"
        "I keep it for you until Monday, March 2 at 1 pm (EST). Would you like it?"
    )
    assert [one.title for one in offer.buttons] == [
        "Take this time",
        "No, keep me waiting",
        "Leave the waiting list",
    ]
    assert services.waiting.entry(freed).told


def test_an_offer_that_was_posted_and_not_noted_comes_no_second_time(services, freed, monkeypatch):
    monkeypatch.setattr(services.waiting, "note_told", lambda _entry: None)
    services.offering.tend()
    services.offering.tend()
    assert len(services.conversations.unasked("ana's talk")) == 1


def test_taking_it_books_it_once(services, freed):
    services.offering.tend()
    taken = answer(services, "Take this time")
    visit = services.offering.accept(taken, "ana's talk")
    assert services.offering.accept(taken, "ana's talk") == visit
    assert (f"{visit.start:%d %H:%M}", visit.clinician_id) == ("06 14:00", "stone")
    assert services.desk.look_up(Proof(visit.reference, "Lopez"), "ana's talk") == visit


def test_an_older_offer_takes_nothing_and_gives_nothing_away(services, freed, clock):
    services.offering.tend()
    clock.forward(timedelta(hours=5))
    services.offering.tend()
    for title, do in (
        ("Take this time", services.offering.accept),
        ("No, keep me waiting", services.offering.decline),
    ):
        with pytest.raises(TimeTaken):
            do(answer(services, title), "ana's talk")
    last = answer(services, "Take this time", 1)
    made = services.offering.accept(last, "ana's talk")
    assert f"{made.start:%d %H:%M}" == "06 14:30"


def test_another_conversation_has_no_part_in_it(services, freed):
    services.offering.tend()
    for title, do in (
        ("Take this time", services.offering.accept),
        ("Leave the waiting list", services.offering.decline),
    ):
        with pytest.raises(NotFound):
            do(answer(services, title), "ben's talk")


def test_leaving_and_declining_free_the_time(services, freed):
    services.offering.tend()
    services.offering.decline(answer(services, "Leave the waiting list"), "ana's talk")
    assert services.waiting.everybody() == []
    assert services.desk.hold("ben", "child_evaluation", NINE)


def test_a_chat_that_was_erased_leaves_the_offer_to_staff(services, freed, capsys, monkeypatch):
    join(services, None)
    services.conversations.erase("ana's talk")
    services.offering.tend()
    assert services.conversations.history("ana's talk") == []
    monkeypatch.setattr(staff, "bootstrap", lambda: services)
    staff.main(["waiting"])
    listed = capsys.readouterr().out
    assert listed.count("ana@example.org") == listed.count("NOT TOLD, please call") == 2
    assert "offered Fri, Mar 6, 9 am, kept until Mon, Mar 2, 1 pm" in listed
    assert "child evaluation, on Fri, Mar 6" in listed


@pytest.mark.parametrize(
    ("said", "printed"),
    [("take", "Booked: Fri, Mar 6, 9 am"), ("decline", "Noted."), ("leave", "Noted.")],
)
def test_staff_note_what_was_said_on_the_phone(services, freed, said, printed, capsys, monkeypatch):
    monkeypatch.setattr(staff, "bootstrap", lambda: services)
    staff.main(["answer-offer", freed, "take"])
    assert "Nothing is offered" in capsys.readouterr().out
    services.offering.tend()
    staff.main(["answer-offer", freed, said])
    assert capsys.readouterr().out.startswith(printed)
    staff.main(["answer-offer", "2222-2222", said])
    assert "Nobody waits" in capsys.readouterr().out
