"""What people send is kept, answered once and in order, and what is said to them goes out, whatever fails."""

from __future__ import annotations

import asyncio
import threading
import uuid
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Callable, List, Optional

import pytest
from sqlalchemy import select

from bot.booking.coming import ComingVisits
from bot.booking.desk import Desk
from bot.booking.model import BookingRequest, TimeWish
from bot.booking.schedule import Schedule
from bot.chat.conversations import Conversations
from bot.chat.message import Button, Message
from bot.content.messaging import read_messaging_texts
from bot.errors import PersonStopped, SendFailed, SendRefused
from bot.messaging import outbox
from bot.messaging.incoming import Incoming
from bot.messaging.mailroom import Mailroom
from bot.messaging.model import DANGER_AFTER_STOP, MEANT_THE_VISIT
from bot.messaging.outgoing import Links, Outgoing
from bot.messaging.rendering import sms
from bot.store.booking import StoredBooking
from bot.store.messaging.mail import StoredMail
from bot.store.sealing import Vault
from bot.store.tables import inbound, outbound, person
from bot.store.work import UnitOfWork
from tests.support.clocks import SetClock
from tests.support.vault import SECRET, VAULT

ANA, BEN = "+12125550123", "+12125550124"
DAY = timedelta(hours=24)


@dataclass
class EchoDialogue:
    """Says again what was said, and offers two choices; may be told to fail."""

    heard: List[str] = field(default_factory=list)
    failures: int = 0

    async def answer(
        self, conversation_id: str, said: Message, payload: Optional[str] = None
    ) -> List[Message]:
        if self.failures:
            self.failures -= 1
            raise ConnectionError("the dialogue broke down")
        self.heard.append(payload or said.text)
        buttons = (Button("Yes", "/yes"), Button("No", "/no")) if "ask" in said.text else ()
        return [note(f"You said {said.text}.", buttons)]

    def help_in(self, text: str) -> List[Message]:
        return [note("Call 911 now.", level="emergency")] if "stroke" in text else []


@dataclass
class Phone:
    """A provider with the people's phones in one; fails as often as it is told to."""

    got: List[tuple[str, str]] = field(default_factory=list)
    problems: List[Exception] = field(default_factory=list)
    invited: List[str] = field(default_factory=list)
    template: bool = True

    def send(self, address: str, message: Outgoing) -> str:
        if self.problems:
            raise self.problems.pop(0)
        self.got.append((address, message.text))
        return str(uuid.uuid4())

    def invite(self, address: str) -> str:
        if not self.template:
            raise SendRefused("window closed, no template")
        self.invited.append(address)
        return str(uuid.uuid4())

    def texts(self, address: str = ANA) -> List[str]:
        return [text for to, text in self.got if to == address]


def note(text: str, buttons: tuple[Button, ...] = (), level: str = "") -> Message:
    block = {"type": "notice", "level": level, "text": text} if level else {"type": "text", "text": text}
    return Message(str(uuid.uuid4()), "assistant", SetClock()(), (block,), buttons)


class Clinic:
    """A mailroom with everything around it."""

    def __init__(self, engine, profile, window: Optional[timedelta] = None) -> None:
        self.engine, self.clock, self.phone, self.dialogue = engine, SetClock(), Phone(), EchoDialogue()
        self.mail, booking = StoredMail(engine, VAULT), StoredBooking(engine, VAULT)
        booking.prepare(Schedule.of(profile))
        self.desk = Desk(profile, booking, self.clock)
        self.conversations = Conversations(lambda: UnitOfWork(engine, VAULT), self.clock)
        self.texts = read_messaging_texts(profile.fields())
        self._window, self._visits = window, ComingVisits(booking, self.clock)
        self.room = self.open()
        self._sent = 0

    def open(self) -> Mailroom:
        """The mailroom of a new process."""
        self.room = Mailroom(
            channel="sms",
            store=self.mail,
            conversations=self.conversations,
            visits=self._visits,
            texts=self.texts,
            dialogue=self.dialogue,
            render=lambda messages, offer_id: sms.render(messages, offer_id, Links("https://x.example")),
            provider=self.phone,
            clock=self.clock,
            longest_turn=timedelta(seconds=12),
            window=self._window,
        )
        return self.room

    async def hears(self, *texts: str, address: str = ANA, **more) -> List[str]:
        """These messages are delivered together; what goes out until all is quiet."""
        before = len(self.phone.texts(address))
        await self.room.take_in([self.said(text, address, **more) for text in texts])
        await self.settle()
        return self.phone.texts(address)[before:]

    def said(self, text: str, address: str = ANA, **more) -> Incoming:
        self._sent += 1
        return Incoming(more.pop("delivery_id", f"SM{self._sent}"), address, text, **more)

    async def settle(self) -> None:
        """Until what has begun has ended."""
        await self.room.stop()

    async def later(self, by: timedelta) -> None:
        """Time goes by, and the process looks for what is left."""
        self.clock.forward(by)
        await self.room.look()
        await self.settle()

    def tasks(self) -> List[str]:
        with self.mail.reading() as mail:
            return [one.kind for one in mail.tasks.latest(10)]

    def undelivered(self) -> List[str]:
        with self.mail.reading() as mail:
            return [f"{one.state}: {one.problem}: {one.text}" for one in mail.outbound.undelivered(10)]

    def rows(self, table) -> list:
        with self.engine.connect() as connection:
            return connection.execute(
                select(table).order_by(table.c.id if table is person else table.c.position)
            ).all()


@pytest.fixture
def open_clinic(small_database, profile) -> Callable[..., Clinic]:
    return lambda **how: Clinic(small_database, profile, **how)


@pytest.fixture
async def clinic(open_clinic) -> Clinic:
    one = open_clinic()
    assert len(await one.hears("hello")) == 2  # who is writing, and the answer
    return one


async def test_somebody_new_is_told_first_that_a_machine_writes(open_clinic):
    clinic = open_clinic()
    first, answer = await clinic.hears("hello")
    assert first == clinic.texts.first_text
    for words in (
        "machine",
        "Hillside Occupational Therapy",
        "STOP to end",
        "HELP for help",
        "rates may apply",
    ):
        assert words in first
    assert answer == "You said hello."
    assert await clinic.hears("hello again") == ["You said hello again."]


async def test_the_same_delivery_is_answered_once(clinic):
    said = clinic.said("book it")
    await asyncio.gather(*(clinic.room.take_in([said]) for _ in range(3)))
    await clinic.settle()
    await clinic.room.take_in([said])
    await clinic.settle()
    assert clinic.phone.texts()[2:] == ["You said book it."]
    assert clinic.dialogue.heard == ["hello", "book it"]


async def test_messages_keep_their_order_whatever_fails(clinic):
    clinic.dialogue.failures = 2
    assert await clinic.hears("one", "two", "three") == []
    await clinic.later(timedelta(seconds=2))
    assert clinic.phone.texts()[2:] == []
    await clinic.later(timedelta(seconds=8))
    assert clinic.phone.texts()[2:] == ["You said one.", "You said two.", "You said three."]


async def test_messages_delivered_together_are_read_in_the_order_they_were_sent(clinic):
    late, early = clinic.clock() - timedelta(seconds=1), clinic.clock() - timedelta(seconds=5)
    await clinic.room.take_in([clinic.said("two", sent_at=late), clinic.said("one", sent_at=early)])
    await clinic.settle()
    assert clinic.dialogue.heard[1:] == ["one", "two"]


async def test_who_cannot_be_answered_is_told_so(clinic):
    clinic.dialogue.failures = 99
    await clinic.hears("hello")
    for _ in range(4):
        await clinic.later(timedelta(minutes=5))
    assert clinic.phone.texts()[2:] == [clinic.texts.no_answer]
    assert "212-555-0187" in clinic.texts.no_answer
    clinic.dialogue.failures = 0
    assert await clinic.hears("and now?") == ["You said and now?."]


async def test_what_a_process_left_behind_is_answered_by_the_next_one(open_clinic):
    clinic = open_clinic()
    await clinic.room.take_in([clinic.said("hello")])  # and the process dies at once
    for task in (*clinic.room._answering._tasks, *clinic.room._sending._tasks):
        task.cancel()
    await clinic.settle()
    clinic.open()
    await clinic.later(timedelta(minutes=2))
    assert clinic.phone.texts()[1:] == ["You said hello."]


async def test_a_message_that_somebody_is_at_is_left_alone(open_clinic):
    clinic = open_clinic()
    (person_id,) = clinic.room._inbox.keep([clinic.said("hello")])
    taken = clinic.room._inbox.take(person_id)
    assert taken is not None
    assert clinic.open()._inbox.take(person_id) is None
    clinic.clock.forward(timedelta(seconds=30))
    assert clinic.room._inbox.take(person_id).id == taken.id


async def test_a_provider_that_is_down_gets_everything_later_in_order(clinic):
    clinic.phone.problems = [SendFailed("down")] * 3
    assert await clinic.hears("one", "two") == []
    for _ in range(3):
        await clinic.later(timedelta(seconds=20))
    assert clinic.phone.texts()[2:] == ["You said one.", "You said two."]


async def test_a_provider_that_names_a_time_is_left_alone_until_then(clinic):
    clinic.phone.problems = [SendFailed("too many", retry_after=60)]
    await clinic.hears("one")
    await clinic.later(timedelta(seconds=59))
    assert clinic.phone.texts()[2:] == []
    await clinic.later(timedelta(seconds=1))
    assert clinic.phone.texts()[2:] == ["You said one."]


async def test_a_provider_that_hangs_holds_up_nobody_else(clinic, monkeypatch):
    ends, sends = threading.Event(), clinic.phone.send

    def hang(address: str, message: Outgoing) -> str:
        ends.wait(30)
        return sends(address, message)

    monkeypatch.setattr(clinic.phone, "send", hang)
    many = [f"+1212555{number:04d}" for number in range(20)]
    await clinic.room.take_in([clinic.said("hello", address) for address in many])
    while len(clinic.dialogue.heard) < 1 + len(many):  # everybody is answered all the same
        await asyncio.sleep(0.01)
    assert clinic.phone.texts(many[0]) == []
    ends.set()
    await clinic.settle()
    assert all(clinic.phone.texts(one)[-1] == "You said hello." for one in many)


async def test_what_cannot_be_delivered_is_kept_for_staff_and_the_rest_goes_on(clinic):
    clinic.phone.problems = [SendFailed("down")] * outbox.MOST_TRIES
    await clinic.hears("one", "two")
    for _ in range(outbox.MOST_TRIES):
        await clinic.later(timedelta(minutes=15))
    clinic.phone.problems = [SendRefused("twilio 30006")]
    await clinic.hears("three")
    assert clinic.phone.texts()[2:] == ["You said two."]
    assert clinic.undelivered() == [
        "undelivered: twilio 30006: You said three.",
        "undelivered: down: You said one.",
    ]


async def test_stop_ends_every_message_with_one_confirmation(clinic):
    clinic.phone.problems = [SendFailed("down")]
    await clinic.hears("one")  # its answer waits
    person_id = clinic.rows(person)[0].id
    assert await clinic.hears("Stop!") == [clinic.texts.stopped]
    assert await clinic.hears("STOP", "are you there?", "HELP", "CANCEL") == []
    clinic.conversations.post(person_id, note("Your visit is tomorrow."))
    await clinic.later(timedelta(hours=1))
    assert clinic.phone.texts()[2:] == [clinic.texts.stopped]
    assert clinic.undelivered() == ["undelivered: stopped: Your visit is tomorrow."]
    assert clinic.dialogue.heard == ["hello", "one"]
    assert await clinic.hears("START") == [clinic.texts.started]
    assert await clinic.hears("hello") == ["You said hello."]


async def test_start_is_a_greeting_from_who_never_stopped(clinic):
    assert await clinic.hears("start") == ["You said start."]
    assert clinic.dialogue.heard[-1] == "/greet"


async def test_help_names_the_clinic_its_phone_and_how_to_stop(clinic):
    (said,) = await clinic.hears("Help")
    for words in ("Hillside Occupational Therapy", "212-555-0187", "STOP", "911"):
        assert words in said
    assert clinic.dialogue.heard == ["hello"]


async def test_a_word_that_the_carrier_answered_is_not_answered_again(clinic):
    assert await clinic.hears("HELP", answered=True) == []
    assert await clinic.hears("STOP", answered=True) == []
    assert await clinic.hears("hello") == []


async def test_a_stop_that_only_the_provider_knows_of_counts(clinic):
    clinic.phone.problems = [PersonStopped()]
    assert await clinic.hears("one", "two") == []
    assert await clinic.hears("three") == []


def booked(clinic: Clinic, contact: str) -> str:
    """The reference of a visit to come."""
    time = clinic.desk.find_open_times("adult_evaluation", TimeWish())[0]
    wish = BookingRequest(str(uuid.uuid4()), "adult_evaluation", time.id, "me", "Ana Lopez", contact)
    return clinic.desk.book(wish).reference


@pytest.mark.parametrize("known_by", ["number", "reference"])
async def test_cancel_with_a_visit_to_come_is_a_task_for_staff(clinic, known_by):
    reference = booked(clinic, "212-555-0123" if known_by == "number" else "ana@example.org")
    if known_by == "reference":
        clinic.conversations.post(clinic.rows(person)[0].id, note(f"Your reference is {reference}."))
    assert await clinic.hears("CANCEL") == [clinic.texts.stopped_with_visit]
    assert clinic.tasks() == [MEANT_THE_VISIT]


async def test_cancel_without_a_visit_is_a_stop(clinic):
    booked(clinic, "ben@example.org")
    assert await clinic.hears("cancel") == [clinic.texts.stopped]
    assert clinic.tasks() == []


async def test_numbers_stand_for_what_was_offered_last(clinic):
    await clinic.hears("ask me")
    await clinic.hears("the second")
    await clinic.hears("2")
    assert clinic.dialogue.heard[1:] == ["ask me", "/no", "2"]


async def test_several_numbers_say_what_they_stand_for(clinic):
    await clinic.hears("ask me")
    assert await clinic.hears("1 and 2") == ["You said Yes, No."]
    assert clinic.dialogue.heard[-1] == "Yes, No"


async def test_what_cannot_be_read_leaves_the_offer_open(clinic):
    await clinic.hears("ask me")
    assert await clinic.hears("", unread="voice") == [clinic.texts.unread.voice]
    await clinic.hears("1")
    assert clinic.dialogue.heard[1:] == ["ask me", "/yes"]


async def test_a_button_counts_for_whom_it_was_offered(clinic):
    await clinic.hears("ask me")
    with clinic.mail.reading() as mail:
        offer = mail.offers.last(clinic.rows(person)[0].id)
    assert offer is not None
    await clinic.hears("hello", address=BEN)
    assert await clinic.hears("", address=BEN, pressed=f"{offer.id}:0") == [clinic.texts.choice_gone]
    await clinic.hears("hello")
    await clinic.hears("", pressed=f"{offer.id}:1")
    assert clinic.dialogue.heard[-1] == "/no"
    for forged in (f"{offer.id}:2", f"{offer.id}:-1", f"{offer.id}:x", ":", "nobody:0"):
        assert await clinic.hears("", pressed=forged) == [clinic.texts.choice_gone], forged


async def test_every_kind_of_message_gets_a_sentence(clinic):
    for kind, sentence in clinic.texts.unread:
        assert await clinic.hears("", unread=kind) == [sentence]
    for nothing in ("", "  ", "\u200b"):
        assert await clinic.hears(nothing) == [clinic.texts.empty]
    assert clinic.dialogue.heard == ["hello"]


async def test_the_words_beside_a_picture_are_answered(clinic):
    (said,) = await clinic.hears("what is this", unread="picture")
    assert said == f"You said what is this.\n{clinic.texts.unread.picture}"


async def test_an_edited_message_is_no_new_one_but_help_is_said(clinic):
    assert await clinic.hears("hello there", unread="edited") == [clinic.texts.unread.edited]
    assert (await clinic.hears("a stroke", unread="edited"))[0].startswith("Call 911 now.")
    assert clinic.dialogue.heard == ["hello"]


async def test_typed_text_is_never_a_command(clinic):
    await clinic.hears(" /restart")
    assert clinic.dialogue.heard[-1] == "restart"


async def test_help_stands_before_who_is_writing(open_clinic, monkeypatch):
    clinic = open_clinic()

    async def alarm(*_: object) -> List[Message]:
        return clinic.dialogue.help_in("stroke")

    monkeypatch.setattr(clinic.dialogue, "answer", alarm)
    assert await clinic.hears("a stroke") == ["Call 911 now.", clinic.texts.first_text]


async def test_danger_of_somebody_who_stopped_is_a_task_for_staff(clinic):
    await clinic.hears("STOP")
    assert await clinic.hears("I think I have a stroke") == []
    assert clinic.tasks() == [DANGER_AFTER_STOP]


def without_database(clinic: Clinic, monkeypatch) -> None:
    def gone(*_: object) -> None:
        raise ConnectionError("the database is gone")

    monkeypatch.setattr(clinic.mail, "writing", gone)
    monkeypatch.setattr(clinic.mail, "reading", gone)


async def test_without_a_database_help_is_sent_and_all_else_comes_again(clinic, monkeypatch):
    without_database(clinic, monkeypatch)
    with pytest.raises(ConnectionError):
        await clinic.room.take_in([clinic.said("hello")])
    await clinic.room.take_in([clinic.said("a stroke", BEN)])
    assert clinic.phone.texts(BEN) == ["Call 911 now."]


async def test_who_stopped_gets_nothing_without_a_database_either(clinic, monkeypatch):
    await clinic.hears("STOP")
    await clinic.later(timedelta(0))
    without_database(clinic, monkeypatch)
    with pytest.raises(ConnectionError):
        await clinic.room.take_in([clinic.said("a stroke")])
    assert clinic.phone.texts()[2:] == [clinic.texts.stopped]


async def test_what_staff_post_goes_out_once(clinic):
    for words in ("We can see you at 9.", "Bring a list."):
        clinic.conversations.post(clinic.rows(person)[0].id, note(words))
    await clinic.later(timedelta(0))
    await clinic.later(timedelta(minutes=5))
    assert clinic.phone.texts()[2:] == ["We can see you at 9.\nBring a list."]


async def test_outside_the_window_only_the_template_goes_out_and_the_rest_when_they_write(open_clinic):
    clinic = open_clinic(window=DAY)
    await clinic.hears("hello")
    ana = clinic.rows(person)[0].id
    clinic.clock.forward(DAY)
    for words in ("We can see you at 9.", "Are you coming?"):
        clinic.conversations.post(ana, note(words))
        await clinic.later(timedelta(0))
    assert clinic.phone.texts()[2:] == []
    assert clinic.phone.invited == [ANA]
    assert {one.split(":")[0] for one in clinic.undelivered()} == {"held_back"}
    assert await clinic.hears("yes?") == ["We can see you at 9.", "Are you coming?", "You said yes?."]


async def test_a_replay_does_not_open_the_window(open_clinic):
    clinic = open_clinic(window=DAY)
    said = clinic.said("hello")
    await clinic.room.take_in([said])
    await clinic.settle()
    clinic.clock.forward(DAY)
    await clinic.room.take_in([said])
    clinic.conversations.post(clinic.rows(person)[0].id, note("We can see you at 9."))
    await clinic.later(timedelta(0))
    assert clinic.phone.invited == [ANA]


async def test_outside_the_window_without_a_template_staff_see_what_waits_until_they_write(open_clinic):
    clinic = open_clinic(window=DAY)
    clinic.phone.template = False
    await clinic.hears("hello")
    clinic.clock.forward(DAY)
    clinic.conversations.post(clinic.rows(person)[0].id, note("We can see you at 9."))
    await clinic.later(timedelta(0))
    assert clinic.undelivered() == ["held_back: window closed: We can see you at 9."]
    assert (await clinic.hears("hello"))[0] == "We can see you at 9."


async def test_nothing_that_a_person_said_or_is_can_be_read_in_the_rows(clinic):
    clinic.dialogue.failures = 1
    clinic.phone.problems = [SendFailed("down")]
    await clinic.hears("my knee hurts")
    await clinic.hears("ask about my knee", address=BEN)
    kept = "".join(str(list(row)) for table in (person, inbound, outbound) for row in clinic.rows(table))
    for words in ("knee", "2125550123", "You said"):
        assert words not in kept


async def test_what_is_answered_and_sent_loses_its_words(clinic):
    assert {row.sealed for row in clinic.rows(inbound)} == {None}
    assert {row.sealed for row in clinic.rows(outbound)} == {None}


async def test_people_are_forgotten_but_a_delivery_never_counts_twice(clinic):
    await clinic.hears("STOP", address=BEN)
    clinic.clock.forward(timedelta(days=90))
    clinic.mail.forget_silent(clinic.clock())
    assert [row.stopped_at is None for row in clinic.rows(person)] == [False]
    await clinic.room.take_in([Incoming("SM1", ANA, "hello")])
    await clinic.settle()
    assert clinic.dialogue.heard == ["hello"]
    assert await clinic.hears("hello", address=BEN) == []


async def test_people_are_known_after_the_key_was_changed(clinic):
    await clinic.hears("STOP", address=BEN)
    await clinic.hears("ask me")
    clinic.mail = StoredMail(clinic.engine, Vault(["a new secret of more than thirty-two signs", SECRET]))
    clinic.mail.prepare()
    clinic.mail = StoredMail(clinic.engine, Vault(["a new secret of more than thirty-two signs"]))
    clinic.open()
    await clinic.hears("1")
    assert clinic.dialogue.heard[-1] == "/yes"
    assert await clinic.hears("hello", address=BEN) == []


async def test_two_processes_answer_each_message_once_on_every_database(engine, profile):
    clinic = Clinic(engine, profile)
    first, second = clinic.room, clinic.open()
    said = [clinic.said(f"number {number}") for number in range(8)]
    await asyncio.gather(*(room.take_in([one]) for one in said for room in (first, second)))
    for room in (first, second, first, second):
        await room.stop()
    await clinic.later(timedelta(minutes=2))
    assert sorted(clinic.dialogue.heard) == sorted(f"number {number}" for number in range(8))
    assert sorted(clinic.phone.texts()[1:]) == sorted(f"You said number {number}." for number in range(8))
