"""Tells people on the waiting list of the time that opened, in their conversation, and takes their answer."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Mapping

from bot.booking.desk import Desk
from bot.booking.model import Appointment, WaitingEntry, start_of
from bot.booking.waiting_desk import WaitingDesk
from bot.booking.wording import spoken_when
from bot.chat.conversations import Conversations
from bot.chat.message import Message, from_reply
from bot.clock import Clock
from bot.content.answers import Response, read_topic
from bot.content.library import DATA
from bot.content.reading import FIELD
from bot.errors import BadSession, NotFound, TimeTaken

_NAMESPACE = uuid.UUID("5f0b8a3e-4a9c-4c5e-9d53-0a4b1f6f2c11")


@dataclass(frozen=True)
class OfferAnswer:
    """What the button of an offer says: of which place on the list, and which of its offers."""

    reference: str
    number: int
    takes: bool
    leaves: bool

    @classmethod
    def of(cls, choice: Mapping[str, str]) -> OfferAnswer:
        """The answer that a button carries, as `data/dialogue/waiting.yml` has them."""
        answer = choice.get("answer")
        return cls(choice["offer"], int(choice["number"]), answer == "yes", answer == "leave")


class Offering:
    """The waiting list's way to people: called every now and then, and when a button is pressed."""

    def __init__(
        self, waiting: WaitingDesk, desk: Desk, conversations: Conversations, offer: Response, clock: Clock
    ) -> None:
        self._waiting = waiting
        self._desk = desk
        self._conversations = conversations
        self._offer = offer
        self._clock = clock

    def tend(self) -> None:
        """Offer what is open, and tell whoever was not told of their offer yet, each of them once.

        Who has no conversation any more is left to staff, who see all offers in their list.
        """
        self._waiting.offer_open_times()
        for entry in self._waiting.untold():
            try:
                self._conversations.post(str(entry.conversation_id), self._message(entry))
            except BadSession:
                continue
            self._waiting.note_told(entry)

    def accept(self, answer: OfferAnswer, conversation_id: str) -> Appointment:
        """Book what this conversation was offered; the same answer given twice books once.

        Raises:
            NotFound: this conversation has no such place on the list.
            TimeTaken: the offer is not the last one, or ran out and somebody else was faster; or the patient
                is busy then.
        """
        self._check(answer, conversation_id)
        return self._waiting.accept(answer.reference)

    def decline(self, answer: OfferAnswer, conversation_id: str) -> None:
        """Let the next in line have the time; the person waits on, or leaves the list.

        Raises:
            NotFound: this conversation has no such place on the list, or it became a visit.
            TimeTaken: the offer is not the last one.
        """
        self._check(answer, conversation_id)
        self._waiting.decline(answer.reference, answer.leaves)

    def _check(self, answer: OfferAnswer, conversation_id: str) -> None:
        """A button of an older offer must not take, or give away, the time of the last one."""
        entry = self._waiting.entry(answer.reference)
        if entry.conversation_id != conversation_id:
            raise NotFound()
        if entry.offers != answer.number and not answer.leaves:
            raise TimeTaken(answer.reference)

    def _message(self, entry: WaitingEntry) -> Message:
        """The offer as a message; it has the same id however often it is made."""
        time_id, zone = str(entry.offered_time_id), self._desk.profile.zone
        words = {
            "visit_name": self._desk.visit_type(entry.visit_type_id).name,
            "visit_when": spoken_when(start_of(time_id), zone),
            "clinician_name": self._desk.clinician(time_id.partition("~")[2]).name,
            "offer_until": spoken_when(entry.offered_until or self._clock(), zone),
            "reference": entry.reference,
            "offer_number": str(entry.offers),
        }
        buttons = [
            {"title": one.title, "payload": _filled(one.payload, words)} for one in self._offer.buttons
        ]
        about = {"topic": self._offer.metadata.topic}
        reply = {"text": _filled(self._offer.text, words), "buttons": buttons, "metadata": about}
        id = uuid.uuid5(_NAMESPACE, f"{entry.reference} {entry.offers}")
        return from_reply(reply, str(id), self._clock())


def read_offer() -> Response:
    """The written offer.

    Raises:
        ContentError: names the file, and the field that is wrong.
    """
    written = read_topic("waiting", DATA / "dialogue" / "waiting.yml")
    return written.responses["utter_waiting_offer"][0]


def _filled(text: str, words: Mapping[str, str]) -> str:
    return FIELD.sub(lambda field: words[field[1]], text)
