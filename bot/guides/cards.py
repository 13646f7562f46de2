"""What is said of a guide: which written response, and what fills it."""

from __future__ import annotations

from dataclasses import dataclass, field
from textwrap import shorten
from typing import Any, Dict, Iterable, List, Mapping, Optional, Sequence, Tuple
from urllib.parse import urlencode

from bot.content.equipment_words import Ambiguity, EquipmentWords
from bot.content.guides import FitLine, Guide, Line, Step, StopSign, Walkthrough

TOPIC = "equipment_how_to"
NONE_OF_OURS = "none"
LONGEST_TITLE = 24
MOST_BUTTONS = 6
_MOST_TIPS = 3

Button = Dict[str, str]


@dataclass(frozen=True)
class Card:
    """One message: the name of its response, the values in it, and what stands around it."""

    response: str
    values: Mapping[str, Any] = field(default_factory=dict)
    about: Mapping[str, Any] = field(default_factory=dict)
    buttons: Tuple[Button, ...] = ()


class Cards:
    """Makes the messages about guides; `alt_texts` are those of the pictures there are."""

    def __init__(
        self, guides: Mapping[str, Guide], words: EquipmentWords, alt_texts: Mapping[str, str]
    ) -> None:
        self._guides = guides
        self._words = words
        self._alt_texts = alt_texts

    def which_device(self, ids: Sequence[str], unclear: Optional[Ambiguity]) -> Card:
        """Asks which device is meant."""
        if unclear is None:
            return self._card("utter_ask_guide_device", {}, buttons=[self._start(id) for id in ids])
        buttons = [
            button(one.title, equipment=one.equipment)
            if one.equipment
            else button(one.title, equipment="none")
            for one in unclear.meanings
        ]
        return self._card("utter_ask_guide_device_unclear", {"question": unclear.ask}, buttons=buttons)

    def no_guide(self, ids: Sequence[str]) -> Card:
        """Says that there is no guide for it, and offers the nearest."""
        return self._card("utter_no_such_guide", {}, buttons=[self._start(id) for id in ids])

    def overview(self, guide: Guide) -> Card:
        """What the device is for, and what can be shown."""
        buttons = [*self._walkthroughs(guide)[:5], button("How to fit it", equipment=guide.id, part="fit")]
        return self._card(
            "utter_ask_guide_walkthrough",
            {"name": guide.name, "what_for": guide.what_for, "who_fits": guide.who_fits},
            {"links": _page(guide)},
            buttons,
        )

    def part(self, guide: Guide, part: str, lines: Sequence[Line] = ()) -> Card:
        """One part of a guide, or only these lines of it."""
        if part == "stop_if":
            items = self._signs(guide.stop_if)
        else:
            items = [line.text for line in lines or lines_of(guide, part)]
        said = lines or lines_of(guide, part)
        about = {
            "items": items,
            "images": self._images([line.picture for line in said if isinstance(line, FitLine)]),
            "links": _page(guide),
            "sources": _sources(guide, _cited(said)),
        }
        name = f"utter_guide_{part}" if not lines or part == "fit" else "utter_guide_lines"
        return self._card(name, {"name": guide.name}, about, self._walkthroughs(guide)[:3])

    def care_of(self, guides: Sequence[Guide]) -> Card:
        """How one or several devices are kept clean and sound; of several, each line names its own."""
        cards = [self.part(guide, "care") for guide in guides]
        if len(cards) == 1:
            return cards[0]
        about = {
            "items": [
                f"{guide.name.capitalize()}: {item}"
                for guide, card in zip(guides, cards, strict=True)
                for item in card.about["items"]
            ],
            **{key: [one for card in cards for one in card.about[key]] for key in ("links", "sources")},
        }
        return self._card("utter_guide_care", {"name": " and ".join(guide.name for guide in guides)}, about)

    def start(self, guide: Guide, walkthrough: Walkthrough, who: str) -> Card:
        """What must be known before the first step."""
        before = [line.text for line in (*guide.before_you_start, *walkthrough.before)]
        tips = [line.text for line in guide.caregiver_tips[:_MOST_TIPS]] if who == "caregiver" else []
        helper = [walkthrough.helper] if walkthrough.helper else []
        about: Dict[str, Any] = {
            "items": [*before, *helper, *tips],
            "links": _page(guide),
            "sources": _sources(guide, walkthrough.sources),
        }
        values = {"name": guide.name, "title": walkthrough.title, "of": len(walkthrough.steps)}
        if guide.hands_on_first is None:
            return self._card("utter_guide_start", values, about)
        values["hands_on_first"] = guide.hands_on_first
        return self._card("utter_guide_start_shown_first", values, {**about, "notice": "warning"})

    def step(self, walkthrough: Walkthrough, index: int, who: str) -> Card:
        """One step, in the words for the one who reads it."""
        step = walkthrough.steps[index - 1]
        about = {
            "step": {
                "title": walkthrough.title,
                "index": index,
                "of": len(walkthrough.steps),
                "who": step.who,
            },
            "images": self._images([step.picture]),
        }
        return self._card(f"utter_guide_step{_wording(step, who)}", {"step": step.do}, about)

    def stuck(self, guide: Guide) -> Card:
        """What may help when a step cannot be done."""
        return self._card("utter_guide_stuck", {"name": guide.name})

    def finished(self, guide: Guide, walkthrough: Walkthrough) -> Card:
        """What comes after the last step."""
        others = [one for one in self._walkthroughs(guide) if one["title"] != short(walkthrough.title)]
        values = {"after": walkthrough.after or "", "title": walkthrough.title}
        return self._card("utter_guide_finished", values, {"links": _page(guide)}, others[:3])

    def hurts(self, guide: Guide) -> Card:
        """When to stop, and whom to call; the most urgent first."""
        signs = sorted(guide.stop_if, key=lambda sign: "emergency" not in sign.call)
        about = {"items": self._signs(signs), "notice": "warning"}
        return self._card("utter_guide_hurts", {"name": guide.name}, about)

    def all_steps(self, guide: Guide, walkthrough: Walkthrough) -> Card:
        """Every step at once."""
        steps = [f"{number}. {step.do}" for number, step in enumerate(walkthrough.steps, start=1)]
        about = {"items": steps, "links": _page(guide), "sources": _sources(guide, walkthrough.sources)}
        buttons = [button("One step at a time", equipment=guide.id, walkthrough=walkthrough.id)]
        return self._card("utter_guide_all_steps", {"title": walkthrough.title}, about, buttons)

    def page(self, guide: Guide) -> Card:
        """Where the whole guide can be printed."""
        return self._card("utter_guide_page", {"name": guide.name}, {"links": _page(guide)})

    def told_apart(self, one: Guide, other: Guide) -> Optional[Card]:
        """How two devices differ, where a guide says so."""
        how = [told.how for told in one.told_apart if told.id == other.id]
        how += [told.how for told in other.told_apart if told.id == one.id]
        return self._card("utter_guide_told_apart", {"how": how[0]}) if how else None

    @staticmethod
    def _card(
        response: str,
        values: Mapping[str, Any],
        about: Optional[Mapping[str, Any]] = None,
        buttons: Sequence[Button] = (),
    ) -> Card:
        return Card(response, values, {"topic": TOPIC, **(about or {})}, tuple(buttons))

    def _start(self, id: str) -> Button:
        return button(self._guides[id].name.capitalize(), equipment=id)

    def _walkthroughs(self, guide: Guide) -> List[Button]:
        return [button(one.title, equipment=guide.id, walkthrough=one.id) for one in guide.walkthroughs]

    def _signs(self, signs: Iterable[StopSign]) -> List[str]:
        return [" ".join((sign.sign, sign.do, self._words.whom_to_call(sign))).strip() for sign in signs]

    def _images(self, names: Iterable[Optional[str]]) -> List[Dict[str, str]]:
        return [
            {"url": f"/chat/media/{name}.svg", "alt": self._alt_texts[name]}
            for name in names
            if name is not None and name in self._alt_texts
        ]


def lines_of(guide: Guide, part: str) -> Sequence[Line]:
    """The lines of one part; care is everything on keeping the device clean and sound."""
    if part == "care":
        return (*guide.care.clean, *guide.care.inspect, *guide.care.replace)
    return tuple(getattr(guide, part)) if part != "stop_if" else ()


def button(title: str, **values: str) -> Button:
    """A button into a guide."""
    return {"title": short(title), "payload": f"/{TOPIC}?{urlencode(values)}"}


def short(title: str) -> str:
    """A title that a button can show."""
    return shorten(title, LONGEST_TITLE, placeholder="…")


def _wording(step: Step, who: str) -> str:
    if step.who == who:
        return ""
    return "_to_say" if who == "caregiver" else "_of_helper"


def _page(guide: Guide) -> List[Dict[str, str]]:
    return [{"title": f"The whole guide, to print: {guide.name}", "url": f"/chat/guides/{guide.id}"}]


def _cited(lines: Sequence[Line]) -> List[str]:
    return [key for line in lines for key in line.sources]


def _sources(guide: Guide, keys: Iterable[str]) -> List[Dict[str, str]]:
    wanted = set(keys)
    return [{"title": one.title, "url": one.url} for one in guide.sources if one.key in wanted]
