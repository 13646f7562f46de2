"""The talk about a booking: what a reply changes in the draft, and what can be offered."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from typing import Dict, List, Mapping, Optional, Tuple

from bot.booking.desk import Desk
from bot.booking.model import BookingRequest, OpenTime, TimeWish
from bot.booking.reading import NO, YES, read_contact, read_name, read_visit_for, tries_contact
from bot.booking.when import read_when
from bot.booking.wording import short_when, spoken_when
from bot.clock import Clock
from bot.content.timetable import VisitType

QUESTIONS = ("visit_for", "visit_time", "full_name", "contact", "booking_confirmed")
"""The questions of the booking form in their order; they are also the names of its slots."""

Changes = Dict[str, object]
"""New values by field of the draft; None empties a field, so that it is asked again."""

_ORDINALS = (
    re.compile(r"\b(?:first|1st|earliest|soonest)\b|^\W*(?:1|one|a)\W*$", re.I),
    re.compile(r"\b(?:second|2nd|middle)\b|^\W*(?:2|two|b)\W*$", re.I),
    re.compile(r"\b(?:third|3rd|last|latest)\b|^\W*(?:3|three|c)\W*$", re.I),
)
_ABOUT = {
    "visit_time": re.compile(r"\b(?:time|day|date|earlier|later|hour|when)\b", re.I),
    "full_name": re.compile(r"\b(?:name|spell\w*|misspel\w*)\b", re.I),
    "contact": re.compile(r"\b(?:phone|number|e-?mail|contact)\b", re.I),
    "visit_for": re.compile(r"\b(?:who|whom|for (?:me|my|him|her))\b", re.I),
}
_CHANGE = re.compile(r"\b(?:change|wrong|different|another|other|not|no|fix|instead)\b", re.I)


@dataclass(frozen=True)
class Reply:
    """What a person sent: words, or the choice of a button; and the topic the words were taken for."""

    text: str
    choice: Mapping[str, str] = field(default_factory=dict)
    topic: Optional[str] = None


@dataclass(frozen=True)
class Draft:
    """What is known of the visit so far; None is still to be asked.

    `time_wish` is in the person's own words. `offered_times` are ids, in the order they were shown.
    """

    visit_for: Optional[str] = None
    visit_time: Optional[str] = None
    full_name: Optional[str] = None
    contact: Optional[str] = None
    booking_confirmed: Optional[bool] = None
    time_wish: Optional[str] = None
    offered_times: Tuple[str, ...] = ()


class Intake:
    """Reads replies and finds what to offer; keeps nothing itself."""

    def __init__(self, desk: Desk, clock: Clock) -> None:
        self._desk = desk
        self._clock = clock

    def read(self, asked: Optional[str], reply: Reply, draft: Draft) -> Changes:
        """What this reply changes in the draft; empty when it answers nothing that was asked.

        Args:
            asked: the question that was asked last; None for the words that began the booking.
        """
        if reply.choice:
            return _read_choice(asked, reply.choice, draft)
        if asked in (None, "visit_for"):
            whom = read_visit_for(reply.text, asked=asked is not None)
            return {**_found("visit_for", whom), **self._read_wish(reply.text)}
        if asked == "visit_time":
            return self._read_time(reply.text, draft)
        if asked == "full_name":
            return _found("full_name", read_name(reply.text))
        if asked == "contact":
            return _found("contact", read_contact(reply.text))
        return self._read_confirmation(reply, draft)

    def missed(self, asked: Optional[str], reply: Reply) -> bool:
        """Whether a reply meant to answer the question and could not be used."""
        return asked == "contact" and tries_contact(reply.text)

    def offers(self, draft: Draft) -> List[OpenTime]:
        """Up to three open times that suit the wish; the soonest ones when none does."""
        visit = self.visit_type(draft)
        wish = read_when(draft.time_wish or "", self._today()).wish
        return self._desk.find_open_times(visit.id, wish) or self._desk.find_open_times(visit.id, TimeWish())

    def suits(self, offer: OpenTime, draft: Draft) -> bool:
        """Whether a time is within what the person wished."""
        wish = read_when(draft.time_wish or "", self._today()).wish
        return _within(offer.start.astimezone(self._desk.profile.zone), wish)

    def visit_type(self, draft: Draft) -> VisitType:
        """The evaluation this draft is about."""
        return self._desk.evaluation_for("child" if draft.visit_for == "child" else "adult")

    def request(self, key: str, draft: Draft) -> BookingRequest:
        """The finished draft as a request to the desk."""
        return BookingRequest(
            key=key,
            visit_type_id=self.visit_type(draft).id,
            time_id=str(draft.visit_time),
            visit_for=str(draft.visit_for),
            patient_name=str(draft.full_name),
            contact=str(draft.contact),
        )

    def button_title(self, offer: OpenTime) -> str:
        """An offered time in at most 24 characters."""
        return short_when(offer.start, self._desk.profile.zone)

    def spoken(self, draft: Draft) -> Dict[str, str]:
        """The draft in words, for reading it back."""
        instant, _, clinician_id = str(draft.visit_time).partition("~")
        visit = self.visit_type(draft)
        return {
            "visit_name": visit.name,
            "visit_minutes": str(visit.minutes),
            "visit_when": spoken_when(datetime.fromisoformat(instant), self._desk.profile.zone),
            "clinician_name": self._desk.clinician(clinician_id).name,
            "patient_name": str(draft.full_name),
            "patient_contact": str(draft.contact),
        }

    def _read_wish(self, text: str) -> Changes:
        return {} if read_when(text, self._today()).wish.is_open else {"time_wish": text[:200]}

    def _read_time(self, text: str, draft: Draft) -> Changes:
        """A pick among the offered times, or else a new wish."""
        wish = read_when(text, self._today()).wish
        if wish.is_open:
            for position, pattern in enumerate(_ORDINALS):
                if pattern.search(text) and position < len(draft.offered_times):
                    return {"visit_time": draft.offered_times[position]}
            return {}
        zone = self._desk.profile.zone
        starts = {id: datetime.fromisoformat(id.partition("~")[0]) for id in draft.offered_times}
        fitting = [id for id, start in starts.items() if _within(start.astimezone(zone), wish)]
        if len(fitting) == 1 and wish.earliest != time(12):  # "afternoon" is a wish, "2:30" a pick
            return {"visit_time": fitting[0]}
        return {"time_wish": text[:200], "visit_time": None}

    def _read_confirmation(self, reply: Reply, draft: Draft) -> Changes:
        """Yes; or what is to be changed; or plainly no."""
        if not _CHANGE.search(reply.text) and (reply.topic == "affirm" or YES.search(reply.text)):
            return {"booking_confirmed": True}
        wish = self._read_time(reply.text, replace(draft, offered_times=()))
        if wish:
            return wish
        if _CHANGE.search(reply.text):
            for question, pattern in _ABOUT.items():
                if pattern.search(reply.text):
                    return ask_again(question)
        if reply.topic == "deny" or NO.search(reply.text):
            return {"booking_confirmed": False}
        return {}

    def _today(self) -> date:
        return self._clock().astimezone(self._desk.profile.zone).date()


def ask_again(question: str) -> Changes:
    """Empty what this question filled; another person may need another kind of visit and time."""
    emptied: Changes = {question: None, "booking_confirmed": None}
    if question in ("visit_for", "visit_time"):
        emptied.update(visit_time=None, time_wish=None)
    return emptied


def _read_choice(asked: Optional[str], choice: Mapping[str, str], draft: Draft) -> Changes:
    """A button may be an older one: it counts for what it says, and never confirms what was not read back."""
    whom = choice.get("visit_for")
    if whom in ("me", "somebody", "child"):
        changed = {} if draft.visit_for in (None, whom) else ask_again("visit_for")
        return {**changed, "visit_for": whom}
    if choice.get("visit_time") in draft.offered_times:
        return {"visit_time": choice["visit_time"]}
    if choice.get("confirm") in ("yes", "no") and asked == "booking_confirmed":
        return {"booking_confirmed": choice["confirm"] == "yes"}
    if choice.get("change") in QUESTIONS:
        return ask_again(choice["change"])
    return {}


def _found(question: str, value: Optional[str]) -> Changes:
    return {} if value is None else {question: value}


def _within(local: datetime, wish: TimeWish) -> bool:
    in_days = (wish.first_day or date.min) <= local.date() <= (wish.last_day or date.max)
    return in_days and (wish.earliest or time.min) <= local.time() <= (wish.latest or time.max)
