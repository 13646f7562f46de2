"""What a conversation books is what stands in the clinic's calendar, once."""

import re
import uuid
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import requests

from bot.booking.calendar import granules
from bot.booking.wording import spoken_when
from tests.support.assistant import Assistant
from tests.support.racing import race
from tests.support.talk import Reply, Talk, new_address

NEW_YORK = ZoneInfo("America/New_York")


@pytest.fixture
def at_the_last_check(assistant: Assistant) -> Talk:
    """A conversation that needs only a yes."""
    talk = assistant.talk()
    answers = ("the first one", "Ana Lopez", new_address(), "nothing", "no")
    for words in ("book an evaluation for me", *answers):
        last = talk.says(words)
    assert "check this" in last.text
    return talk


def reference_in(reply: Reply) -> str:
    return re.search(r"\b[2-9A-Z]{4}-[2-9A-Z]{4}\b", reply.text).group()


def test_the_appointment_stands_at_the_right_instant_with_everything_that_was_said(assistant):
    talk = assistant.talk()
    talk.says("I'd like to book an evaluation")
    talk.presses("Me")
    talk.says("what should I bring?")
    talk.says("in two weeks after 1 pm")
    talk.says("the second one")
    talk.says("José Ñáñez-Müller")
    talk.says("(503) 555-0142")
    talk.says("my wife uses a wheelchair, and she is coming along")
    read_back = talk.says("weak grip")
    booked = talk.presses("Yes, book it")

    row = assistant.appointment(reference_in(booked))
    (link,) = [block for block in booked.messages[0]["blocks"] if block["type"] == "link"]
    assert requests.get(f"{assistant.url}{link['url']}", timeout=10).content.startswith(b"BEGIN:VCALENDAR")
    local = row.start.astimezone(NEW_YORK)
    assert row.start.utcoffset() == timedelta(0)
    assert spoken_when(row.start, NEW_YORK) in read_back.text
    assert spoken_when(row.start, NEW_YORK) in booked.text
    assert local.hour >= 13
    assert 7 <= (local.date() - datetime.now(NEW_YORK).date()).days <= 21
    assert row.end - row.start == timedelta(minutes=60)
    assert (row.patient_name, row.contact) == ("José Ñáñez-Müller", "+1 503-555-0142")
    assert (row.needs, row.reason, row.booked_by) == (("wheelchair", "companion"), "weak grip", "self")
    assert (row.visit_for, row.visit_type_id, row.status) == ("me", "adult_evaluation", "booked")
    assert assistant.claims(row.reference) == [
        (row.clinician_id, granule) for granule in granules(row.start, row.end)
    ]


def test_the_same_message_sent_again_gives_the_same_answer_and_books_once(assistant, at_the_last_check):
    before, id = assistant.appointments(), str(uuid.uuid4())
    first = at_the_last_check.says("yes", id)
    again = at_the_last_check.says("yes", id)
    assert "is booked" in first.text
    assert again == first
    assert assistant.appointments() == before + 1
    assert [one["id"] for one in at_the_last_check.history()].count(id) == 1


def test_two_impatient_taps_book_once(assistant, at_the_last_check):
    before, payload = assistant.appointments(), at_the_last_check.offered["Yes, book it"]
    race([lambda: at_the_last_check.send(payload=payload)] * 3)
    assert assistant.appointments() == before + 1


def test_a_time_that_somebody_else_holds_is_said_at_once_and_others_are_offered(assistant):
    ana, ben = assistant.talk(), assistant.talk()
    for talk in (ana, ben):
        talk.says("book an evaluation for my son")
    ana.says("the first one")
    told = ben.says("the first one")
    assert "somebody was faster" in told.text.lower()
    assert "open times" in told.text
    for words in ("the first one", "Ben Hill", new_address(), "nothing"):
        ben.says(words)
    assert "check this" in ben.says("no").text
    before = assistant.appointments()
    assert "is booked" in ben.says("yes").text
    assert assistant.appointments() == before + 1


def test_whoever_stops_gives_the_time_back(assistant):
    ana, ben = assistant.talk(), assistant.talk()
    ana.says("book an evaluation for my son")
    picked = next(title for title in ana.offered if "," in title)
    ana.presses(picked)
    ana.says("stop")
    ben.says("book an evaluation for my son")
    assert "child's full name" in ben.presses(picked).text


def test_an_old_yes_never_books_what_was_not_read_back(assistant, at_the_last_check):
    before = assistant.appointments()
    at_the_last_check.presses("Change the time")
    at_the_last_check.presses("Yes, book it")
    at_the_last_check.says("the first one")
    assert assistant.appointments() == before
    at_the_last_check.presses("Yes, book it")
    assert assistant.appointments() == before + 1


def test_a_button_of_a_booking_that_is_done_does_nothing(assistant, at_the_last_check):
    at_the_last_check.presses("Yes, book it")
    before = assistant.appointments()
    at_the_last_check.presses("Yes, book it")
    at_the_last_check.presses("Change the name")
    assert assistant.appointments() == before
