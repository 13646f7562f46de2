"""The talk about which therapy fits: what a reply tells, and what everything told points to."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from typing import Callable, Dict, List, Mapping, Optional, Tuple

from bot.booking.draft import Reply
from bot.choosing.reading import read_doctor, read_person, read_yes_or_no
from bot.choosing.words import Words, even
from bot.content.choosing import UNSURE, Problem, Table, Therapy
from bot.content.sources import Source
from bot.understanding.named import Named

QUESTIONS = ("danger_signs", "therapy_for", "therapy_goals", "doctor_knows")
"""The questions in their order; they are also the names of the form's slots."""

ALL_CLEAR = "none"
CHOICES: Mapping[str, Tuple[str, ...]] = {
    "danger_signs": ("yes", ALL_CLEAR),
    "therapy_for": ("me", "child", "somebody"),
    "doctor_knows": ("knows", "rules", "unknown"),
}
"""What a button may choose, by question; goals are the problems of the table."""

Changes = Dict[str, object]
"""New values by field of the situation."""

_MOST_NAMED = 2  # goals that the verdict names: more would not be read
_ASKS = re.compile(
    r"^\W*(?:what|whats|how|hows|when|where|why|do you|does|can you|could you|is there|are you|will|should)\b"
)
_CORRECTS = re.compile(r"\b(?:actually|i mean|sorry|its for|it is for|not (?:for )?me|no for)\b")
_UNREAD_TOPICS = frozenset(
    ("", "nlu_fallback", "out_of_scope", "affirm", "deny", "next_step", "previous_step", "choose_option")
)


@dataclass(frozen=True)
class Situation:
    """What has been told so far; None and () are still to be asked.

    `danger_signs`: "none", "yes" (which was not said), "call_911" or "see_doctor". `therapy_goals` and
    `therapy_conditions` are ids of the table's problems.
    """

    danger_signs: Optional[str] = None
    therapy_for: Optional[str] = None
    therapy_goals: Tuple[str, ...] = ()
    therapy_conditions: Tuple[str, ...] = ()
    doctor_knows: Optional[str] = None


TOLD = tuple(field.name for field in fields(Situation))
"""Everything that is told, which is also kept in slots of these names."""


@dataclass(frozen=True)
class Verdict:
    """Where to start, and why; `named` is what was told, in short words, and may be empty."""

    answer: Therapy
    named: str
    reason: str
    sources: Tuple[Source, ...]


class Chooser:
    """Reads replies and decides by the table; keeps nothing itself."""

    def __init__(self, table: Table, conditions: Named) -> None:
        self._table = table
        self._conditions = conditions
        known = {id: one.words for id, one in table.problems.items() if one.is_condition}
        asked = {id: one.words for id, one in table.problems.items() if id not in known and id != UNSURE}
        condition_names = [phrase for phrases in known.values() for phrase in phrases if "+" not in phrase]
        self._known = Words(known)
        self._goals = Words(asked, table.goes_well, (*table.other_meanings, *condition_names))
        self._unsure = Words({UNSURE: table.problems[UNSURE].words})
        self._signs = Words({id: one.words for id, one in table.red_flags.items()}, table.goes_well)

    def begin(self, reply: Reply, situation: Situation) -> Changes:
        """What the words that began the talk say; for another person everything else is asked anew."""
        told = self._told(reply.text)
        whom = told.get("therapy_for")
        if whom and situation.therapy_for not in (None, whom):
            return {**dict.fromkeys(TOLD), **told}
        return told

    def read(self, asked: str, reply: Reply, situation: Situation) -> Changes:
        """What this reply changes; empty when it does not answer the question."""
        if reply.choice:
            return self._chosen(reply.choice)
        if self._is_aside(reply):
            return {}
        answer = self._answer(asked, reply)
        told = self._told(reply.text)
        if not answer:
            corrected = told.get("therapy_for") if _CORRECTS.search(even(reply.text)) else None
            return {"therapy_for": corrected} if corrected else {}
        if answer.get("danger_signs", ALL_CLEAR) != ALL_CLEAR:
            return answer  # what names a danger names no goal
        fresh = {field: value for field, value in told.items() if not getattr(situation, field)}
        return {**fresh, **answer}

    def missed(self, reply: Reply) -> bool:
        """Whether a reply that changed nothing asks nothing either, so that nobody else answers it."""
        return not reply.choice and (reply.topic or "") in _UNREAD_TOPICS

    def decide(self, situation: Situation) -> Verdict:
        """Where to start, when every question is answered and no sign of danger was named."""
        problems = self._problems(situation)
        answer = _together([one.answer for one in problems])
        reasons = _spread(problems)
        then = self._table.answers[answer].then
        notes = self._table.notes
        parts = [" ".join(dict.fromkeys(one.reason for one in reasons))]
        if answer != "doctor_first":
            if situation.doctor_knows == "rules":
                answer, parts = "doctor_first", [notes.rules, f"{then} {parts[0]}"]
            elif situation.doctor_knows == "unknown" and any(one.known_first for one in problems):
                answer, parts = "doctor_first", [notes.unknown, f"{then} {parts[0]}"]
            elif situation.doctor_knows == "unknown":
                parts.append(notes.tell_doctor)
        return Verdict(
            answer=answer,
            named=", and ".join(one.name for one in reasons),
            reason="\n\n".join(parts),
            sources=self._sources(reasons),
        )

    def _told(self, text: str) -> Changes:
        """Everything that a text says by itself, whatever was asked; danger is always asked for."""
        goals = self._goals.found_in(text)
        found: Changes = {
            "therapy_for": read_person(text, asked=False),
            "therapy_goals": goals or None,
            "therapy_conditions": self._conditions_in(text) or None,
            "doctor_knows": read_doctor(text, asked=False),
        }
        return {field: value for field, value in found.items() if value is not None}

    def _answer(self, asked: str, reply: Reply) -> Changes:
        readers: Dict[str, Callable[[], object]] = {
            "danger_signs": lambda: self._read_danger(reply),
            "therapy_for": lambda: read_person(reply.text),
            "therapy_goals": lambda: self._read_goals(reply.text),
            "doctor_knows": lambda: read_doctor(reply.text),
        }
        value = readers[asked]()
        return {asked: value} if value else {}

    def _read_danger(self, reply: Reply) -> Optional[str]:
        """A sign by its name counts more than a yes; beside a no it must be asked again.

        A yes may be in words that only the dialogue knows for one; a no is never guessed.
        """
        said_yes = read_yes_or_no(reply.text)
        signs = self._signs.found_in(reply.text)
        if said_yes is False:
            return None if signs else ALL_CLEAR
        deeds = {self._table.red_flags[id].do for id in signs}
        if deeds:
            return "call_911" if "call_911" in deeds else "see_doctor"
        return "yes" if said_yes or reply.topic == "affirm" else None

    def _read_goals(self, text: str) -> List[str]:
        readers = (self._goals.found_in, self._unsure.found_in, self._goals.guessed_in)
        return next(filter(None, (read(text) for read in readers)), [])

    def _conditions_in(self, text: str) -> List[str]:
        named = set(self._conditions.found_in(text))
        by_name = [id for id, one in self._table.problems.items() if named.intersection(one.conditions)]
        return list(dict.fromkeys((*self._known.found_in(text), *by_name)))

    def _chosen(self, choice: Mapping[str, str]) -> Changes:
        """A button may be an older one: it counts for what it says."""
        for question, values in CHOICES.items():
            if choice.get(question) in values:
                return {question: choice[question]}
        goal = choice.get("therapy_goal")
        return {"therapy_goals": [goal]} if goal in self._table.problems else {}

    def _is_aside(self, reply: Reply) -> bool:
        """Whether this asks about something else, which has an answer of its own."""
        elsewhere = (reply.topic or "") not in (*_UNREAD_TOPICS, "choose_therapy")
        return elsewhere and _ASKS.search(even(reply.text)) is not None

    def _problems(self, situation: Situation) -> List[Problem]:
        """What the decision is about: the goals; the conditions when no goal can be said."""
        ids = [id for id in situation.therapy_goals if id != UNSURE] or list(situation.therapy_conditions)
        problems = self._table.problems
        known = [problems[id] for id in ids or [UNSURE] if id in problems]
        for_child = situation.therapy_for == "child"
        meant = [problems.get(str(one.child if for_child else one.adult), one) for one in known]
        return list({one.name: one for one in meant}.values())

    def _sources(self, problems: List[Problem]) -> Tuple[Source, ...]:
        keys = dict.fromkeys(key for one in problems for key in one.sources)
        return tuple(self._table.sources[key] for key in keys)


def _together(answers: List[Therapy]) -> Therapy:
    """One answer for several problems: a doctor comes first, and OT with PT is both."""
    if "doctor_first" in answers:
        return "doctor_first"
    others = set(answers) - {"speech", "either"}
    if not others:
        return "speech" if "speech" in answers else "either"
    return others.pop() if len(others) == 1 else "both"


def _spread(problems: List[Problem]) -> List[Problem]:
    """The problems to name: those of a doctor first, and else one for each therapy before a second."""
    doctors = [one for one in problems if one.answer == "doctor_first"]
    if doctors:
        return doctors[:_MOST_NAMED]
    firsts = list({one.answer: one for one in reversed(problems)}.values())[::-1]
    rest = [one for one in problems if one not in firsts]
    return (firsts + rest)[:_MOST_NAMED]
