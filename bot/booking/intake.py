"""The talk about a booking: what a reply changes in the draft, whatever was asked."""

from __future__ import annotations

import re
from typing import Dict, Mapping, Optional

from bot.booking.corrections import ask_again, asked_to_change, corrected, only_named
from bot.booking.desk import Desk
from bot.booking.draft import QUESTIONS, WAITING_LIST, Changes, Draft, Reply
from bot.booking.model import CAREGIVER, NEEDS, PARENT, SELF, BookingRequest, WaitingRequest, start_of
from bot.booking.reading import NO, YES, read_contact, read_name, read_visit_for, tries_contact
from bot.booking.times import Offer, TimeTalk
from bot.booking.visits import needs_nothing, read_kind, read_needs, visit_type_id
from bot.booking.wording import short_when, spoken_place, spoken_when
from bot.clock import Clock
from bot.content.timetable import VisitType

_BOOKED_BY = {"me": SELF, "child": PARENT, "somebody": CAREGIVER}
_LONGEST_REASON = 200
_NEED_WORDS = {
    "wheelchair": "uses a wheelchair",
    "transfer_help": "help with moving from seat to seat",
    "interpreter": "an interpreter",
    "quiet_room": "a quiet room",
    "companion": "somebody comes along",
}


class Intake:
    """Reads replies and finds what to offer; keeps nothing itself."""

    def __init__(self, desk: Desk, clock: Clock) -> None:
        self._desk = desk
        self.times = TimeTalk(desk, clock)

    def read(self, asked: Optional[str], reply: Reply, draft: Draft) -> Changes:
        """What this reply changes in the draft; empty when it answers nothing that was asked.

        Args:
            asked: the question that was asked last; None for the words that began the booking.
        """
        if reply.choice:
            return self._read_choice(asked, reply.choice, draft)
        if reply.topic == "previous_step" and asked in QUESTIONS:
            return ask_again(QUESTIONS[max(QUESTIONS.index(asked) - 1, 0)])
        answer = _READERS[asked](self, reply, draft) if asked in _READERS else {}
        if asked in _OF_THEIR_OWN and answer:
            return answer
        beside = {} if reply.asks else self._beside(asked, reply, draft)
        return {**beside, **answer}

    def missed(self, asked: Optional[str], reply: Reply) -> bool:
        """Whether a reply meant to answer the question and could not be used."""
        return asked == "contact" and not reply.asks and tries_contact(reply.text)

    def offer(self, draft: Draft) -> Offer:
        """Open times for this draft."""
        return self.times.offer(self.visit_type(draft).id, draft)

    def visit_type(self, draft: Draft) -> VisitType:
        """The kind of visit this draft is about."""
        return self._desk.visit_type(visit_type_id(draft, self._desk))

    def request(self, key: str, draft: Draft) -> BookingRequest:
        """The finished draft as a request to the desk."""
        return BookingRequest(
            key=key,
            visit_type_id=self.visit_type(draft).id,
            time_id=str(draft.visit_time),
            visit_for=str(draft.visit_for),
            patient_name=str(draft.full_name),
            contact=str(draft.contact),
            booked_by=_BOOKED_BY.get(str(draft.visit_for), SELF),
            needs=tuple(need for need in draft.visit_needs or () if need in NEEDS),
            reason=draft.visit_reason or None,
        )

    def waiting_request(self, key: str, draft: Draft, conversation_id: str) -> WaitingRequest:
        """The finished draft as a wish for a place on the waiting list; this is where offers are told."""
        booking = self.request(key, draft)
        return WaitingRequest(
            key=key,
            visit_type_id=booking.visit_type_id,
            wish=draft.wish,
            visit_for=booking.visit_for,
            patient_name=booking.patient_name,
            contact=booking.contact,
            booked_by=booking.booked_by,
            needs=booking.needs,
            conversation_id=conversation_id,
            passed=(*draft.refused_times, *draft.offered_times),
        )

    def button_title(self, time_id: str) -> str:
        """An offered time in at most 24 characters."""
        return short_when(start_of(time_id), self._desk.profile.zone)

    def spoken(self, draft: Draft) -> Dict[str, str]:
        """The draft in words, for reading it back."""
        visit = self.visit_type(draft)
        needs = [_NEED_WORDS[need] for need in draft.visit_needs or ()]
        words = {
            "visit_name": visit.name,
            "visit_minutes": str(visit.minutes),
            "visit_place": spoken_place(visit.place, self._desk.profile.location.address),
            "visit_needs_words": ", ".join(needs) or "nothing special",
            "visit_reason_words": draft.visit_reason or "not given",
            "patient_name": str(draft.full_name),
            "patient_contact": str(draft.contact),
        }
        if draft.visit_time in (None, WAITING_LIST):
            return words
        clinician_id = str(draft.visit_time).partition("~")[2]
        return {
            **words,
            "visit_when": spoken_when(start_of(str(draft.visit_time)), self._desk.profile.zone),
            "clinician_name": self._desk.clinician(clinician_id).name,
        }

    def _beside(self, asked: Optional[str], reply: Reply, draft: Draft) -> Changes:
        """What a reply says beside the answer: corrections, and what would be asked later on."""
        found: Changes = corrected(asked, reply, draft)
        if asked != "visit_reason":
            found.update(self._kind_and_needs(asked, reply, draft))
        says_when = asked in (None, "visit_for", "booking_confirmed") or _CORRECTS.search(reply.text)
        if says_when and asked != "visit_time":
            found.update(self.times.mentioned(reply.text, draft))
        return found

    def _kind_and_needs(self, asked: Optional[str], reply: Reply, draft: Draft) -> Changes:
        found: Changes = {}
        kind = read_kind(reply.text, draft, self._desk)
        if kind is not None and kind != draft.visit_type:
            found.update(visit_type=kind, visit_time=None)
        needs = read_needs(reply.text)
        if needs and asked != "visit_needs":
            found["visit_needs"] = sorted({*(draft.visit_needs or ()), *needs})
        return found

    def _read_visit_for(self, reply: Reply, draft: Draft) -> Changes:
        return _found("visit_for", read_visit_for(reply.text, asked=True))

    def _read_time(self, reply: Reply, draft: Draft) -> Changes:
        return self.times.read(reply, draft)

    def _read_name(self, reply: Reply, draft: Draft) -> Changes:
        """A name; a contact given in the same breath is kept too."""
        if reply.asks:
            return {}
        contact = read_contact(reply.text)
        text = _CONTACT_PART.sub("", reply.text) if contact else reply.text
        name = read_name(text)
        return {} if name is None else {"full_name": name, **_found("contact", contact)}

    def _read_contact(self, reply: Reply, draft: Draft) -> Changes:
        return _found("contact", read_contact(reply.text))

    def _read_needs(self, reply: Reply, draft: Draft) -> Changes:
        needs = read_needs(reply.text)
        if needs:
            return {"visit_needs": list(needs)}
        if needs_nothing(reply.text) or reply.topic == "deny":
            return {"visit_needs": []}
        return {}

    def _read_reason(self, reply: Reply, draft: Draft) -> Changes:
        """A few words of the person's own, or nothing; a question is no reason."""
        if (reply.asks and reply.text.rstrip().endswith("?")) or self._beside("visit_reason", reply, draft):
            return {}
        if needs_nothing(reply.text) or reply.topic == "deny":
            return {"visit_reason": ""}
        text = " ".join(reply.text.split())
        return {"visit_reason": text[:_LONGEST_REASON]} if text else {}

    def _read_confirmation(self, reply: Reply, draft: Draft) -> Changes:
        """Yes or plainly no; what is to be changed is read beside it, or only named."""
        named = only_named(reply.text)
        if named:
            return ask_again(named)
        change = asked_to_change(reply.text)
        if change or _CORRECTS.search(reply.text):
            return {} if self._beside("booking_confirmed", reply, draft) else {"booking_confirmed": False}
        if reply.topic == "affirm" or YES.search(reply.text):
            return {"booking_confirmed": True}
        if reply.topic == "deny" or NO.search(reply.text):
            return {"booking_confirmed": False}
        return {}

    def _read_choice(self, asked: Optional[str], choice: Mapping[str, str], draft: Draft) -> Changes:
        """A button may be an older one: it never confirms what was not read back."""
        whom = choice.get("visit_for")
        if whom in _BOOKED_BY:
            changed = {} if draft.visit_for in (None, whom) else ask_again("visit_for")
            return {**changed, "visit_for": whom}
        time = self.times.read_choice(choice, draft)
        if time:
            return time
        if choice.get("need") in (*NEEDS, "none") and asked == "visit_needs":
            return {"visit_needs": [need for need in NEEDS if need == choice["need"]]}
        if choice.get("reason") == "skip" and asked == "visit_reason":
            return {"visit_reason": ""}
        if choice.get("confirm") in ("yes", "no") and asked == "booking_confirmed":
            return {"booking_confirmed": choice["confirm"] == "yes"}
        if choice.get("change") in QUESTIONS:
            return ask_again(choice["change"])
        return {}


_OF_THEIR_OWN = ("visit_time", "full_name", "contact", "visit_reason")
"""Questions whose answer holds nothing else: a name is not searched for days of the week."""

_CORRECTS = re.compile(
    r"^\W*(?:no|wait|sorry|oops|hold on)\b|\b(?:actually|instead|rather|i meant|change (?:it|that) to"
    r"|make (?:it|that)|not me|better)\b",
    re.I,
)
_CONTACT_PART = re.compile(r"[,;]?\s*(?:and )?(?:[^\s,;]+@\S+|\+?\(?\d[\d\s().\-/]{5,}\d)\W*")
_READERS = {
    "visit_for": Intake._read_visit_for,
    "visit_time": Intake._read_time,
    "full_name": Intake._read_name,
    "contact": Intake._read_contact,
    "visit_needs": Intake._read_needs,
    "visit_reason": Intake._read_reason,
    "booking_confirmed": Intake._read_confirmation,
}


def _found(question: str, value: Optional[str]) -> Changes:
    return {} if value is None else {question: value}
