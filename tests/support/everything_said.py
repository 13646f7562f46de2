"""Everything that the assistant can say, as the messages that go to a person."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime, timezone
from types import SimpleNamespace
from typing import Any, Dict, Iterator, List, Mapping

from rasa.shared.core.trackers import DialogueStateTracker

from bot.chat.message import Message, from_reply
from bot.content.collection import read_content
from bot.content.conditions import read_conditions
from bot.content.equipment_words import read_equipment_words
from bot.content.guides import Guide, read_guides
from bot.content.pictures import read_alt_texts
from bot.guides.cards import Card, Cards
from bot.nlu.replies import CONDITIONS, ClinicReplies

AT = datetime(2026, 3, 2, 17, 0, tzinfo=timezone.utc)
VALUES: Mapping[str, str] = {
    "visit_name": "home safety visit",
    "visit_minutes": "90",
    "visit_when": "Wednesday, March 11 at 10:30 am",
    "new_when": "Thursday, March 12 at 3:30 pm",
    "visit_place": "at your home",
    "visit_needs_words": "an interpreter, wheelchair access",
    "visit_reason_words": "falls, and getting in and out of the tub",
    "clinician_name": "Maya Lindqvist, OTR/L",
    "patient_name": "Alexandra Montgomery",
    "patient_contact": "alexandra.montgomery@example.org",
    "reference": "RV-7K3M-Q9TX",
    "calendar_link": f"/chat/appointments/{'W' * 32}.{'s' * 27}.ics",
    "wait_minutes": "5",
    "day": "Wednesday, March 11",
    "activity": "getting in and out of the tub",
    "named": "a stroke",
    "reason": "You want to get better at dressing and cooking.",
    "question": "A walker with wheels, or one without?",
}
ANY = "Wednesday, March 11"
"""For a value that has no example above."""

TIMES = [
    {"title": f"Wed Mar 11, {hour}:30 am", "payload": f"/choose_option?visit_time={hour}"}
    for hour in (8, 9, 10)
]
OTHERS = [
    {"title": "Other times", "payload": "/choose_option?times=others"},
    {"title": "Join the waiting list", "payload": "/choose_option?visit_time=waiting"},
]


@dataclass(frozen=True)
class Said:
    """One message: its kind (answer, more, step, guide, safety, booking or talk), and the response's name."""

    kind: str
    name: str
    message: Message


def everything_said() -> List[Said]:
    """Every answer with its "tell me more", safety reply, question, booking message and card of a guide."""
    return asyncio.run(_Speaker().everything())


class _Speaker:
    def __init__(self) -> None:
        self._cards = Cards(read_guides(), read_equipment_words(), read_alt_texts())
        topics = list(read_content().topics.values())
        self._values = {**dict.fromkeys((one for topic in topics for one in topic.values), ANY), **VALUES}
        written = {name: said for topic in topics for name, said in topic.responses.items()}
        self._kinds = {
            name: _kind(topic.path.parent.name, name) for topic in topics for name in topic.responses
        }
        responses = {
            name: [one.dict(exclude_none=True, exclude_unset=True) for one in several]
            for name, several in written.items()
        }
        self._replies = ClinicReplies(None, SimpleNamespace(responses=responses))
        self._more = {name for name, several in written.items() if several[0].metadata.more}

    async def everything(self) -> List[Said]:
        said = [await self._say(kind, name) for name, kind in self._kinds.items() if kind != "guide"]
        said += [await self._say("more", name, part="more") for name in sorted(self._more)]
        for condition in read_conditions():
            said.append(await self._say("answer", CONDITIONS, condition=condition))
            said.append(await self._say("more", CONDITIONS, part="more", condition=condition))
        for guide in read_guides().values():
            for kind, card in _cards(self._cards, guide):
                said.append(await self._say_card(kind, f"{guide.id}: {card.response}", card))
        return said

    async def _say(self, kind: str, name: str, **values: Any) -> Said:
        reply = await self._generated(name, {**self._values, **values})
        if name.startswith("utter_offer_"):
            reply["buttons"] = [*TIMES, *OTHERS]
        return Said(kind, f"{name} {values.get('condition', '')}".strip(), from_reply(reply, name, AT))

    async def _say_card(self, kind: str, name: str, card: Card) -> Said:
        reply = await self._generated(card.response, card.values)
        reply["buttons"] = [*reply.get("buttons", []), *card.buttons]
        reply["metadata"] = dict(card.about)
        return Said(kind, name, from_reply(reply, name, AT))

    async def _generated(self, name: str, values: Mapping[str, Any]) -> Dict[str, Any]:
        tracker = DialogueStateTracker("somebody", [])
        reply = await self._replies.generate(name, tracker, "messages", **values)
        assert reply is not None, name
        return reply


def _kind(folder: str, name: str) -> str:
    if name.startswith("utter_guide_") or name in ("utter_ask_guide_walkthrough", "utter_no_such_guide"):
        return "guide"
    if folder == "dialogue":
        return "booking"
    return {"faq": "answer", "safety": "safety"}.get(folder, "talk")


def _cards(cards: Cards, guide: Guide) -> Iterator[tuple[str, Card]]:
    yield "guide", cards.overview(guide)
    for part in ("fit", "check", "never", "care", "stop_if"):
        yield "guide", cards.part(guide, part)
    yield "guide", cards.hurts(guide)
    yield "guide", cards.stuck(guide)
    for walkthrough in guide.walkthroughs:
        for who in ("person", "caregiver"):
            yield "start", cards.start(guide, walkthrough, who)
            for index in range(1, len(walkthrough.steps) + 1):
                yield "step", cards.step(walkthrough, index, who)
        yield "guide", cards.all_steps(guide, walkthrough)
        yield "guide", cards.finished(guide, walkthrough)
