"""What a guide must hold to, beyond its shape."""

from __future__ import annotations

import re
from typing import Dict, FrozenSet, Iterator, Mapping, NamedTuple, Optional, Sequence, Set, Tuple, get_args

from bot.content.activities import Activity
from bot.content.equipment_words import EquipmentWords
from bot.content.guides import Call, Guide, Passage, Walkthrough

LONGEST_STEP = 25
FEWEST_STEPS, MOST_STEPS = 5, 10
LONGEST_TITLE = 40

SHOWN_IN_PERSON = frozenset(
    ("wheelchair", "gait_belt", "transfer_board", "mechanical_lift", "hand_splint", "prosthetic_leg")
)
"""Devices that nobody should use from a text alone: their guides have `hands_on_first`."""

Fault = Tuple[str, str, str]
"""A file, a field of it, and what is wrong."""

_FREE_NUMBERS = re.compile(r"\b911\b|\b1-800-222-1222\b")
_SPELLED = "half|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty"
_UNITS = (
    r"inch(?:es)?|foot|feet|cm|centimeters?|degrees?|days?|weeks?|months?|years?|hours?|minutes?|"
    r"seconds?|pounds?|percent"
)
_MEASURE = re.compile(
    rf"\d|\b(?:{_SPELLED})(?: to (?:{_SPELLED}))?[ -](?:an? )?(?:{_UNITS})\b", re.IGNORECASE
)


class Shelf(NamedTuple):
    """All that stands together: guides and activities by id, alt texts by picture, ids of the catalogue.

    `words` are None when their file could not be read.
    """

    guides: Mapping[str, Guide]
    activities: Mapping[str, Activity]
    alt_texts: Mapping[str, str]
    equipment: FrozenSet[str]
    words: Optional[EquipmentWords]


def faults(shelf: Shelf) -> Iterator[Fault]:
    """Everything that is wrong with guides, activities and pictures."""
    for stem, guide in shelf.guides.items():
        file = f"data/equipment/{stem}.yml"
        yield from ((file, field, what) for field, what in _faults_of_guide(stem, guide, shelf))
    for stem, activity in shelf.activities.items():
        file = f"data/activities/{stem}.yml"
        yield from ((file, field, what) for field, what in _faults_of_activity(stem, activity, shelf))
    yield from _shared_names("data/equipment", {id: _names(one) for id, one in shelf.guides.items()})
    yield from _shared_names("data/activities", {id: one.names for id, one in shelf.activities.items()})
    for name, alt_text in shelf.alt_texts.items():
        if not alt_text:
            yield f"data/pictures/{name}.svg", "title", "is missing; it is the alt text"
    for id in sorted(shelf.equipment - set(shelf.guides)):
        yield "data/catalogue.yml", f"equipment.{id}", f"has no guide: data/equipment/{id}.yml"
    yield from (("data/equipment_words.yml", field, what) for field, what in _faults_of_words(shelf))


def _faults_of_words(shelf: Shelf) -> Iterator[Tuple[str, str]]:
    if shelf.words is None:
        return
    for number, one in enumerate(shelf.words.ambiguous):
        for meaning in one.meanings:
            if meaning.equipment is not None and meaning.equipment not in shelf.equipment:
                yield f"ambiguous.{number}", f"{meaning.equipment} is no equipment of the catalogue"
    for id in shelf.words.first_offered:
        if id not in shelf.equipment:
            yield "first_offered", f"{id} is no equipment of the catalogue"
    for code in sorted(set(get_args(Call)) - set(shelf.words.calls)):
        yield "calls", f"{code} is missing"


def _faults_of_guide(stem: str, guide: Guide, shelf: Shelf) -> Iterator[Tuple[str, str]]:
    if guide.id != stem:
        yield "id", f"is {guide.id!r}, but the file is named {stem!r}"
    if stem not in shelf.equipment:
        yield "id", f"{stem} is no equipment of the catalogue"
    if stem in SHOWN_IN_PERSON and not guide.hands_on_first:
        yield "hands_on_first", "is missing; this device must be shown in person first"
    for number, other in enumerate(guide.told_apart):
        if other.id not in shelf.equipment:
            yield f"told_apart.{number}.id", f"{other.id} is no equipment of the catalogue"
    for field, picture in guide.pictures():
        if picture not in shelf.alt_texts:
            yield field, f"there is no data/pictures/{picture}.svg"
    yield from _faults_of_walkthroughs(guide.walkthroughs)
    yield from _faults_of_sources(guide)


def _faults_of_walkthroughs(walkthroughs: Sequence[Walkthrough]) -> Iterator[Tuple[str, str]]:
    asked: Dict[str, str] = {}
    for walkthrough in walkthroughs:
        field = f"walkthroughs.{walkthrough.id}"
        if [one.id for one in walkthroughs].count(walkthrough.id) > 1:
            yield f"{field}.id", "is the id of two walkthroughs"
        if len(walkthrough.title) > LONGEST_TITLE:
            yield f"{field}.title", f"has {len(walkthrough.title)} characters; at most {LONGEST_TITLE}"
        if not FEWEST_STEPS <= len(walkthrough.steps) <= MOST_STEPS:
            yield f"{field}.steps", f"are {len(walkthrough.steps)}; {FEWEST_STEPS} to {MOST_STEPS} will do"
        for number, step in enumerate(walkthrough.steps):
            words = len(step.do.split())
            if words > LONGEST_STEP:
                yield f"{field}.steps.{number}", f"has {words} words; at most {LONGEST_STEP}"
        for words_for_it in walkthrough.asked_as:
            first = asked.setdefault(words_for_it.lower(), walkthrough.id)
            if first != walkthrough.id:
                yield f"{field}.asked_as", f"{words_for_it!r} also means {first}"


def _faults_of_activity(stem: str, activity: Activity, shelf: Shelf) -> Iterator[Tuple[str, str]]:
    if activity.id != stem:
        yield "id", f"is {activity.id!r}, but the file is named {stem!r}"
    suggested = [one.equipment for one in activity.suggest]
    for id in suggested:
        if id not in shelf.equipment:
            yield "suggest", f"{id} is no equipment of the catalogue"
    for option in activity.ask.options if activity.ask else ():
        for id in option.suggests:
            if id not in suggested:
                yield "ask.options", f"{option.title!r} leads to {id}, which is not suggested"
    yield from _faults_of_sources(activity)


def _faults_of_sources(text: Guide | Activity) -> Iterator[Tuple[str, str]]:
    """Every number rests on a source, every key has one, and every source is used."""
    known = [source.key for source in text.sources]
    cited: Set[str] = set()
    for passage in text.passages():
        cited.update(passage.sources)
        for key in sorted(set(passage.sources) - set(known)):
            yield f"{passage.field}.sources", f"no source is called {key!r}"
        if not passage.sources and (number := _number_in(passage)):
            yield passage.field, f"has a number ({number}) and no source"
    for key in sorted({key for key in known if known.count(key) > 1}):
        yield "sources", f"{key!r} is the key of two"
    for key in sorted(set(known) - cited):
        yield "sources", f"{key!r} is cited nowhere"


def _number_in(passage: Passage) -> str:
    found = _MEASURE.search(_FREE_NUMBERS.sub("", passage.text))
    return found.group() if found else ""


def _shared_names(folder: str, names: Mapping[str, Sequence[str]]) -> Iterator[Fault]:
    taken: Dict[str, str] = {}
    for id, some in names.items():
        for name in {" ".join(re.findall(r"[a-z0-9]+", name.lower())): name for name in some}.items():
            first = taken.setdefault(name[0], id)
            if first != id:
                yield f"{folder}/{id}.yml", "names", f"{name[1]!r} is also a name in {folder}/{first}.yml"


def _names(guide: Guide) -> Sequence[str]:
    return (guide.name, *guide.names, *guide.misspellings)
