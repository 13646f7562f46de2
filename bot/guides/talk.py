"""The talk through a guide: what a question opens, what a reply changes, and what is said at each point."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from typing import Dict, List, Mapping, NamedTuple, Optional, Sequence, Tuple

from bot.content.guides import Guide, Line, Walkthrough
from bot.guides.cards import Card, Cards, lines_of
from bot.guides.devices import Devices
from bot.guides.matching import (
    PARTS,
    content_words,
    even,
    fit_asked,
    nearest,
    part_asked,
    walkthrough_asked,
    without_names,
)
from bot.guides.moves import MOVES, read_move, read_who

QUESTIONS = ("device", "walkthrough", "who", "done")
"""What has to be settled, in its order; `done` is how the steps ended."""

_ENDS: Mapping[str, str] = {"hurts": "hurts", "stop": "stopped", "all": "listed"}
_LEAST_SHARED = 2  # words that a question shares with a line, before the line counts as its answer
_YES_OR_NO = ("affirm", "deny")  # the first meaning of an unclear word, and the second
_LEANS = frozenset("it its this that them these those one".split())


@dataclass(frozen=True)
class Asked:
    """What a person sent: words with the devices they name, or the choice of a button."""

    text: str
    equipment: Tuple[str, ...] = ()
    choice: Mapping[str, str] = field(default_factory=dict)
    topic: Optional[str] = None


@dataclass(frozen=True)
class Place:
    """Where the talk is; None is still to be asked.

    `step` 0 is what is said before the first one. `who` is "person" or "caregiver", whoever writes. `done`
    says how the steps ended: "finished", "hurts", "stopped", "listed", or "answered" when none were needed.
    `question` is what was asked before the device was known.
    """

    device: Optional[str] = None
    walkthrough: Optional[str] = None
    step: int = 0
    who: Optional[str] = None
    done: Optional[str] = None
    question: str = ""

    def as_dict(self) -> Dict[str, object]:
        """Every field by its name."""
        return asdict(self)


class Turn(NamedTuple):
    """What came of a message: where it leads (None: it was not understood), and what is said at once."""

    place: Optional[Place]
    cards: Tuple[Card, ...] = ()


class GuideTalk:
    """Leads through the guides; keeps nothing itself."""

    def __init__(self, guides: Mapping[str, Guide], devices: Devices, cards: Cards) -> None:
        self._guides = guides
        self._devices = devices
        self._cards = cards

    def open(self, asked: Asked, place: Place, within: bool = False) -> Turn:
        """What a question about equipment opens: an answer at once, or a place from which to go on.

        Args:
            within: whether it is asked in the middle of a walkthrough, which then goes on.
        """
        if asked.choice:
            return self._chosen(asked.choice, place)
        turn = self._opened(asked, place)
        if not within or turn.place is None or turn.cards:
            return turn
        elsewhere = turn.place.device != place.device or turn.place.walkthrough not in (
            None,
            place.walkthrough,
        )
        return turn if elsewhere else Turn(place)

    def _opened(self, asked: Asked, place: Place) -> Turn:
        who = place.who or read_who(asked.text, asked=False)
        fresh = Place(who=who, question=asked.text)
        named = [id for id in asked.equipment if id in self._guides]
        several = self._devices.several(asked.text, named)
        leading = self._leading(several, asked.text)
        if several and leading is None:
            return Turn(replace(fresh, device=named[0], done="answered"), self._of_each(several, asked.text))
        named = [leading] if leading else named
        unclear = self._devices.unclear(asked.text, named, place.device)
        leaned_on = None if named or unclear else self._leaned_on(asked, place)
        device = leaned_on or self._devices.meant(asked.text, named, place.device)
        if device is None and unclear is None:
            if self.can_resume(place) and not content_words(asked.text) - {"equipment"}:
                return Turn(place)
            if self._devices.names_another(asked.text):
                ids = self._devices.nearest(asked.text)
                return Turn(replace(place, who=who), (self._cards.no_guide(ids),))
        return self.about(device, fresh) if device else Turn(fresh)

    def about(self, device: str, place: Place) -> Turn:
        """The answer to the place's question for this device, or the walkthrough that it asks for."""
        guide, text = self._guides[device], place.question
        there = replace(place, device=device, walkthrough=None, step=0, done=None)
        part, lines = self._asked_part(guide, text)
        if part is not None:
            answered = replace(there, done="answered")
            return Turn(answered, (self._cards.part(guide, part, lines),))
        walkthrough = walkthrough_asked(self._without_names(guide, text), guide)
        return Turn(replace(there, walkthrough=walkthrough.id if walkthrough else None))

    def read(self, question: str, asked: Asked, place: Place) -> Turn:
        """What a reply to one of `QUESTIONS` changes."""
        if question == "device":
            return self._read_device(asked, place)
        if question == "walkthrough":
            return self._read_walkthrough(asked, place)
        if question == "who":
            chosen = asked.choice.get("who")
            who = chosen if chosen in ("person", "caregiver") else read_who(asked.text, asked=True)
            return Turn(replace(place, who=who) if who else None)
        return self._read_move(asked, place)

    def ask(self, question: str, place: Place) -> List[Card]:
        """What is said to settle one of `QUESTIONS`; for `done` it is the present step."""
        if question == "device":
            unclear = self._devices.unclear(place.question, (), None)
            return [self._cards.which_device(self._devices.nearest(place.question), unclear)]
        if question == "who":
            return [Card("utter_ask_guide_who", {}, {"topic": "equipment_how_to"})]
        guide = self._guide(place)
        if question == "walkthrough":
            return [self._cards.overview(guide)]
        walkthrough, who = self._walkthrough(place), place.who or "person"
        if place.step == 0:
            return [self._cards.start(guide, walkthrough, who)]
        return [self._cards.step(walkthrough, place.step, who)]

    def close(self, place: Place) -> Turn:
        """What ends the talk; a walkthrough that was only stopped can be gone on with."""
        guide = self._guide(place)
        left = replace(place, walkthrough=None, step=0, done=None, question="")
        if place.done == "stopped":
            return Turn(replace(place, done=None), (Card("utter_guide_stopped", {}, {"topic": "stop"}),))
        if place.done == "hurts":
            return Turn(left, (self._cards.hurts(guide),))
        if place.done == "listed":
            return Turn(left, (self._cards.all_steps(guide, self._walkthrough(place)),))
        if place.done == "finished":
            return Turn(left, (self._cards.finished(guide, self._walkthrough(place)),))
        return Turn(left, self.about(guide.id, place).cards)

    def care(self, asked: Asked) -> Optional[Card]:
        """How the devices that are named are kept clean and sound; None when none is."""
        named = [id for id in asked.equipment if id in self._guides]
        ids = self._devices.several(asked.text, named) or named[:1]
        return self._cards.care_of([self._guides[id] for id in ids]) if ids else None

    def can_resume(self, place: Place) -> bool:
        """Whether a walkthrough was left in the middle."""
        known = self._guides.get(place.device or "")
        return known is not None and any(one.id == place.walkthrough for one in known.walkthroughs)

    def _chosen(self, choice: Mapping[str, str], place: Place) -> Turn:
        device = choice.get("equipment", place.device or "")
        if device not in self._guides:
            return Turn(place, (self._cards.no_guide(self._devices.nearest(place.question)),))
        guide = self._guides[device]
        there = Place(device=device, who=place.who)
        if choice.get("part") in PARTS:
            answered = replace(there, done="answered", question=choice["part"])
            return Turn(answered, (self._cards.part(guide, choice["part"]),))
        known = {one.id for one in guide.walkthroughs}
        if choice.get("walkthrough") in known:
            return Turn(replace(there, walkthrough=choice["walkthrough"]))
        return self.about(device, replace(there, question=place.question))

    def _read_device(self, asked: Asked, place: Place) -> Turn:
        chosen = asked.choice.get("equipment", "")
        if chosen in self._guides:
            return self._settled(self.about(chosen, place))
        if asked.choice:
            return Turn(None)
        unclear = self._devices.unclear(place.question, (), None)
        device = self._devices.told_by_clues(asked.text, unclear) if unclear else None
        if unclear and device is None and asked.topic in _YES_OR_NO:
            device = unclear.meanings[_YES_OR_NO.index(asked.topic)].equipment
        named = [id for id in asked.equipment if id in self._guides]
        found = [id for id in (device, *named) if id in self._guides]
        if not found:
            return Turn(None)
        there = replace(place, question=f"{place.question} {asked.text}")
        return self._settled(self.about(str(found[0]), there))

    def _read_walkthrough(self, asked: Asked, place: Place) -> Turn:
        guide = self._guide(place)
        if asked.choice.get("part") in PARTS or asked.choice.get("walkthrough"):
            return self._settled(self._chosen({"equipment": guide.id, **asked.choice}, place))
        turn = self.about(guide.id, replace(place, question=asked.text))
        understood = turn.cards or (turn.place and turn.place.walkthrough)
        return self._settled(turn) if understood else Turn(None)

    def _read_move(self, asked: Asked, place: Place) -> Turn:
        chosen = asked.choice.get("move")
        move = (chosen if chosen in MOVES else None) if asked.choice else read_move(asked.text, asked.topic)
        guide, last = self._guide(place), len(self._walkthrough(place).steps)
        if end := _ENDS.get(move or ""):
            return Turn(replace(place, done=end))
        if move == "done":
            if place.step == last:
                return Turn(replace(place, done="finished"))
            return Turn(replace(place, step=place.step + 1))
        if move == "back":
            return Turn(replace(place, step=max(place.step - 1, 0)))
        if move == "stuck":
            return Turn(place, (self._cards.stuck(guide),))
        if move == "print":
            return Turn(place, (self._cards.page(guide),))
        return Turn(place if move == "again" else None)

    def _asked_part(self, guide: Guide, text: str) -> Tuple[Optional[str], Sequence[Line]]:
        """The part that answers a question, with the lines of it that do; () is the whole part."""
        plain = self._without_names(guide, text)
        walkthrough, part = walkthrough_asked(plain, guide), part_asked(plain)
        if part == "never":
            return part, nearest(plain, guide.never) or nearest(plain, _all_lines(guide), _LEAST_SHARED)
        fits = fit_asked(plain, guide)
        if fits and (walkthrough is None or part == "fit"):
            return "fit", fits
        if part in ("care", "stop_if") or (part in ("check", "fit") and walkthrough is None):
            return part, ()
        near = [] if walkthrough else nearest(plain, _all_lines(guide), _LEAST_SHARED)
        return ("never", near) if near else (None, ())

    def _leading(self, ids: Sequence[str], text: str) -> Optional[str]:
        """The device that the text asks how to reach another with: "bed to wheelchair with the board"."""
        for id in ids:
            guide = self._guides[id]
            asked = walkthrough_asked(self._without_names(guide, text), guide)
            others = [self._guides[one] for one in ids if one != id]
            names = [even(name) for other in others for name in (other.name, *other.names)]
            if asked and any(name in even(asked.title) for name in names):
                return id
        return None

    def _of_each(self, ids: Sequence[str], text: str) -> Tuple[Card, ...]:
        """Something on each of several devices: the part that was asked for, or what it is and does."""
        cards: List[Card] = []
        for id in ids[:3]:
            part, lines = self._asked_part(self._guides[id], text)
            guide = self._guides[id]
            cards.append(self._cards.part(guide, part, lines) if part else self._cards.overview(guide))
        apart = self._cards.told_apart(self._guides[ids[0]], self._guides[ids[1]])
        return (apart, *cards) if apart else tuple(cards)

    def _leaned_on(self, asked: Asked, place: Place) -> Optional[str]:
        """The device that was talked about, when the words lean on it."""
        if place.device not in self._guides:
            return None
        guide = self._guides[str(place.device)]
        leans = bool(_LEANS & set(even(asked.text).split()))
        return guide.id if leans or walkthrough_asked(asked.text, guide) else None

    def _settled(self, turn: Turn) -> Turn:
        """Without its cards: what was asked is said when the talk closes."""
        return Turn(turn.place)

    def _without_names(self, guide: Guide, text: str) -> str:
        return without_names(text, (guide.name, *guide.names, *guide.misspellings))

    def _guide(self, place: Place) -> Guide:
        return self._guides[str(place.device)]

    def _walkthrough(self, place: Place) -> Walkthrough:
        return next(one for one in self._guide(place).walkthroughs if one.id == place.walkthrough)


def _all_lines(guide: Guide) -> List[Line]:
    """Every line that may hold the answer to a question, the warnings first."""
    parts = ("never", "fit", "check", "before_you_start", "caregiver_tips", "care")
    return [line for part in parts for line in lines_of(guide, part)]
