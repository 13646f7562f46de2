"""Which devices may help when an activity has become hard."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Dict, List, Mapping, Optional, Sequence, Tuple

from bot.choosing.reading import read_yes_or_no
from bot.content.activities import Activity, Suggestion
from bot.content.guides import Guide
from bot.guides.cards import Button, Card, button, short
from bot.guides.matching import best_titled, even
from bot.guides.moves import asks_nothing
from bot.guides.talk import Asked

TOPIC = "equipment_recommend"
ANY = "any"
"""The answer that leaves every device in."""

_MOST_NAMED = 3
_MOST_OFFERED = 5


@dataclass(frozen=True)
class Need:
    """What is hard, by its id, and the answer to its question: the number of an option, or `ANY`."""

    activity: Optional[str] = None
    answer: Optional[str] = None


class Advisor:
    """Reads what is hard and names devices for it; keeps nothing itself."""

    def __init__(self, activities: Mapping[str, Activity], guides: Mapping[str, Guide]) -> None:
        self._activities = activities
        self._guides = guides

    def begin(self, asked: Asked, activities: Sequence[str]) -> Need:
        """What the first words, or a button, already tell."""
        chosen = asked.choice.get("activity", "")
        known = [id for id in (chosen, *activities) if id in self._activities]
        return self._need(known[0]) if known else Need()

    def read(self, question: str, asked: Asked, activities: Sequence[str], need: Need) -> Optional[Need]:
        """What a reply to `activity` or `answer` changes; None when it does not answer."""
        if question == "activity":
            begun = self.begin(asked, activities)
            if begun.activity is None and (close := self._closest(asked.text)):
                begun = self._need(close[0])
            return begun if begun.activity else None
        chosen = asked.choice.get("answer") or self._answer_in(asked.text, need)
        if chosen is None and asks_nothing(asked.topic):
            chosen = ANY
        return Need(need.activity, chosen) if chosen else None

    def ask(self, question: str, need: Need, said: str) -> Card:
        """Asks what is hard, with what comes closest to these words; or the question of an activity."""
        about = {"topic": TOPIC}
        if question == "activity":
            ids = list(dict.fromkeys((*self._closest(said), *self._activities)))[:_MOST_OFFERED]
            return Card("utter_ask_need_activity", {}, about, tuple(self._offer(id) for id in ids))
        activity = self._activities[str(need.activity)]
        options = activity.ask.options if activity.ask else []
        buttons = [
            {"title": short(one.title), "payload": f"/choose_option?answer={number}"}
            for number, one in enumerate(options)
        ]
        text = activity.ask.question if activity.ask else ""
        return Card("utter_ask_need_answer", {"question": text}, about, tuple(buttons))

    def advise(self, need: Need) -> List[Card]:
        """The devices with their reasons, and what else may help."""
        activity = self._activities[str(need.activity)]
        named = self._suggested(activity, need.answer)
        keys = {key for one in named for key in one.sources}
        sources = [{"title": one.title, "url": one.url} for one in activity.sources if one.key in keys]
        devices = Card(
            "utter_recommend",
            {"activity": activity.label},
            {"topic": TOPIC, "items": [self._in_words(one) for one in named], "sources": sources},
        )
        others = [line.text for line in (*activity.careful, *activity.other_help)]
        buttons = [
            button(f"Guide: {self._guides[one.equipment].name}", equipment=one.equipment)
            for one in named
            if one.equipment in self._guides
        ]
        name = "utter_recommend_else" if others else "utter_recommend_ot"
        return [devices, Card(name, {}, {"topic": TOPIC, "items": others}, tuple(buttons))]

    def _need(self, activity: str) -> Need:
        return Need(activity, None if self._activities[activity].ask else ANY)

    def _suggested(self, activity: Activity, answer: Optional[str]) -> List[Suggestion]:
        options = activity.ask.options if activity.ask else []
        wanted = {one.equipment for one in activity.suggest}
        if answer is not None and answer.isdigit() and int(answer) < len(options):
            wanted = set(options[int(answer)].suggests)
        return [one for one in activity.suggest if one.equipment in wanted][:_MOST_NAMED]

    def _in_words(self, one: Suggestion) -> str:
        guide = self._guides.get(one.equipment)
        name = (guide.name if guide else one.equipment.replace("_", " ")).capitalize()
        return " ".join(filter(None, (f"{name}: {one.reason}", one.try_it, one.not_alone)))

    def _answer_in(self, text: str, need: Need) -> Optional[str]:
        """The option that the words come closest to; yes and no by how the options begin."""
        activity = self._activities[str(need.activity)]
        titles = [one.title for one in activity.ask.options] if activity.ask else []
        said = read_yes_or_no(text)
        for number, title in enumerate(titles):
            if said is not None and even(title).startswith("yes" if said else "no"):
                return str(number)
        close = best_titled(text, {str(number): [title] for number, title in enumerate(titles)})
        return close[0] if close else None

    def _closest(self, text: str) -> List[str]:
        choices: Dict[str, Tuple[str, ...]] = {
            id: (one.label, *one.names) for id, one in self._activities.items()
        }
        return best_titled(text, choices)

    def _offer(self, id: str) -> Button:
        activity = self._activities[id]
        fitting = [name for name in (activity.label, *activity.names) if len(name) <= 24]
        title = (fitting or [activity.label])[0].capitalize()
        return {"title": short(title), "payload": f"/{TOPIC}?activity={id}"}
