"""The talk about a visit that is booked: finding it, then looking at it, moving it or cancelling it."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Dict, Optional

from bot.booking.desk import Desk
from bot.booking.draft import Changes, Draft, Reply
from bot.booking.model import Appointment, Proof, start_of
from bot.booking.reading import NO, YES, read_contact, read_name
from bot.booking.states import UPCOMING
from bot.booking.times import TimeTalk
from bot.booking.wording import spoken_place, spoken_when
from bot.clock import Clock

_REFERENCE = re.compile(r"\b([2-9A-HJKMNP-Z]{4})[- ]?([2-9A-HJKMNP-Z]{4})\b", re.I)
_LOST = re.compile(
    r"\b(?:don'?t|do not|can'?t|didn'?t|never) (?:have|know|remember|find|get|got)\b"
    r"|\b(?:lost|forgot(?:ten)?)\b|\bno (?:reference|idea|clue)\b|\bwhat reference\b",
    re.I,
)
_LAST_NAME_LEAD = re.compile(r"^.{0,30}\b(?:last|family|sur)[- ]?name(?:'?s| is)?\s*:?\s*", re.I)


class Changing:
    """Reads replies about a booked visit; keeps nothing itself."""

    def __init__(self, desk: Desk, times: TimeTalk, clock: Clock) -> None:
        self._desk = desk
        self._times = times
        self._clock = clock

    def read(self, asked: Optional[str], reply: Reply, draft: Draft) -> Changes:
        """What this reply answers: `visit_reference`, `visit_known`, `visit_time` or `change_confirmed`.

        Args:
            asked: the question that was asked last; None for the words that began the talk.
        """
        if asked == "visit_time":
            return self._times.read_choice(reply.choice, draft) or self._times.read(reply, draft)
        if asked == "change_confirmed":
            return self._read_confirmation(reply, draft)
        if asked == "visit_known":
            return self._read_known(reply)
        reference = read_reference(reply.text)
        return {} if reference is None else {"visit_reference": reference}

    def missed(self, asked: Optional[str], reply: Reply) -> Optional[str]:
        """Which response explains why a reply could not be used; None when it was no try to answer."""
        if asked == "visit_reference" and _LOST.search(reply.text):
            return "utter_reference_lost"
        if asked == "visit_reference" and not reply.asks and re.search(r"\d", reply.text):
            return "utter_unclear_visit_reference"
        return None

    def find(self, reference: str, known: str, asker: str) -> Appointment:
        """The visit that the proof opens.

        Raises:
            NotFound: the proof is wrong, whether or not there is such a visit.
            TooManyTries: the asker was wrong too often.
        """
        return self._desk.look_up(Proof(reference, known), asker)

    def can_change(self, visit: Appointment) -> bool:
        """Whether it may still be moved or cancelled."""
        return visit.status in UPCOMING and visit.start > self._clock()

    def spoken(self, visit: Appointment) -> Dict[str, str]:
        """A visit in words."""
        kind = self._desk.visit_type(visit.visit_type_id)
        return {
            "visit_name": kind.name,
            "visit_minutes": str(kind.minutes),
            "visit_place": spoken_place(kind.place, self._desk.profile.location.address),
            "visit_when": spoken_when(visit.start, self._desk.profile.zone),
            "clinician_name": self._desk.clinician(visit.clinician_id).name,
            "reference": visit.reference,
        }

    def spoken_time(self, time_id: str) -> Dict[str, str]:
        """The new time in words."""
        clinician_id = time_id.partition("~")[2]
        return {
            "new_when": spoken_when(start_of(time_id), self._desk.profile.zone),
            "clinician_name": self._desk.clinician(clinician_id).name,
        }

    def minutes_until(self, moment: datetime) -> str:
        """Whole minutes from now until then, at least one."""
        seconds = (moment - self._clock()).total_seconds()
        return str(max(1, -int(-seconds // 60)))

    def _read_known(self, reply: Reply) -> Changes:
        """A last name, or a contact in the form it is kept."""
        if reply.asks or reply.choice:
            return {}
        known = read_contact(reply.text) or read_name(_LAST_NAME_LEAD.sub("", reply.text))
        return {} if known is None else {"visit_known": known}

    def _read_confirmation(self, reply: Reply, draft: Draft) -> Changes:
        if reply.choice.get("confirm") in ("yes", "no"):
            return {"change_confirmed": reply.choice["confirm"] == "yes"}
        if reply.choice.get("change") == "visit_time":
            return {"visit_time": None}
        if draft.visit_time is not None:
            other = self._times.read(reply, draft)
            if other:
                return other
        if reply.topic == "affirm" or YES.search(reply.text):
            return {"change_confirmed": True}
        if reply.topic == "deny" or NO.search(reply.text):
            return {"change_confirmed": False}
        return {}


def read_reference(text: str) -> Optional[str]:
    """A reference as it was given at booking, however it is typed; a word of eight letters is none."""
    for match in _REFERENCE.finditer(text):
        written = match.group()
        alone = match.group() == text.strip(" .!")
        if "-" in written or re.search(r"\d", written) or (alone and " " not in written):
            return f"{match[1]}-{match[2]}".upper()
    return None
