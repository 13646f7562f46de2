"""All content together, so that it can be checked and shown."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import (
    Callable,
    Dict,
    Iterator,
    List,
    Mapping,
    NamedTuple,
    Optional,
    Sequence,
    Tuple,
    TypeVar,
)

from bot.content.activities import Activity, read_activity
from bot.content.answers import Button, Response, Topic, read_topic
from bot.content.catalogue import Catalogue, read_catalogue
from bot.content.choosing import Table, read_table
from bot.content.conditions import Condition, read_condition
from bot.content.equipment_words import EquipmentWords, read_equipment_words
from bot.content.guides import Guide, read_guide
from bot.content.library import DATA, UNLISTED, topic_files
from bot.content.pictures import read_alt_text
from bot.content.profile import Profile, read_profile
from bot.content.reading import Names, read_names
from bot.content.sources import Reviewed
from bot.errors import ContentError

_T = TypeVar("_T")


class Said(NamedTuple):
    """What can be said, with all that belongs to it: a response, a condition, a guide or an activity."""

    file: str
    title: str
    """What a button calls it, or its id."""
    name: str
    """The response's name; empty for the others."""
    texts: Mapping[str, str]
    """By field: `text` (a condition's `answer`), `more`, `simpler`, `when_unknown`, as far as there are."""
    about: Reviewed
    next: Tuple[str, ...]
    buttons: Tuple[Button, ...] = ()
    items: Tuple[str, ...] = ()
    values: Tuple[str, ...] = ()
    """Names that may stand in braces, beside clinic facts."""
    own_names: Tuple[str, ...] = ()
    """What it is called: left out when its texts are graded."""

    def field(self, name: str) -> str:
        """A field of it, as a finding names it."""
        return f"{self.name}: {name}" if self.name else name


@dataclass(frozen=True)
class Content:
    """Every content file of one folder that could be read; `broken` says what is wrong with the others."""

    catalogue: Optional[Catalogue]
    profile: Optional[Profile]
    names: Names
    topics: Mapping[str, Topic]
    conditions: Mapping[str, Condition]
    guides: Mapping[str, Guide]
    activities: Mapping[str, Activity]
    alt_texts: Mapping[str, str]
    """Of every picture."""
    words: Optional[EquipmentWords]
    choosing: Optional[Table]
    labels: Tuple[str, ...]
    """Of every file that the catalogue must list, read or not."""
    broken: Tuple[ContentError, ...]

    def said(self) -> Iterator[Said]:
        """Everything that can be said."""
        for topic in self.topics.values():
            yield from said_of_topic(topic)
        for condition in self.conditions.values():
            yield said_of_condition(condition)
        for id, guide in self.guides.items():
            names = (guide.name, *guide.names)
            yield said_of_lines(f"data/equipment/{id}.yml", guide.name, guide, names)
        for id, activity in self.activities.items():
            yield said_of_lines(f"data/activities/{id}.yml", activity.label, activity)
        if self.choosing is not None:
            yield said_of_choosing(self.choosing)


def read_content(data: Path = DATA) -> Content:
    """All content in this folder, as far as it can be read."""
    broken: List[ContentError] = []

    def read(path: Path, reader: Callable[[Path], _T]) -> Optional[_T]:
        try:
            return reader(path)
        except ContentError as problem:
            broken.append(problem)
            return None

    listed, unlisted = dict(topic_files(data)), dict(topic_files(data, UNLISTED))
    topics = {label: read(path, partial(read_topic, label)) for label, path in {**listed, **unlisted}.items()}
    conditions = [read(path, read_condition) for path in sorted((data / "conditions").glob("*.yml"))]

    def read_folder(pattern: str, reader: Callable[[Path], _T]) -> Dict[str, _T]:
        files = {path.stem: read(path, reader) for path in sorted(data.glob(pattern))}
        return {stem: one for stem, one in files.items() if one is not None}

    return Content(
        catalogue=read(data / "catalogue.yml", read_catalogue),
        profile=read(data / "clinic.yml", read_profile),
        names=read(data / "reading_names.yml", read_names) or Names(names=()),
        topics={label: topic for label, topic in topics.items() if topic is not None},
        conditions={one.id: one for one in conditions if one is not None},
        guides=read_folder("equipment/*.yml", read_guide),
        activities=read_folder("activities/*.yml", read_activity),
        alt_texts=read_folder("pictures/*.svg", read_alt_text),
        words=read(data / "equipment_words.yml", read_equipment_words),
        choosing=read(data / "choosing" / "table.yml", read_table),
        labels=tuple(listed),
        broken=tuple(broken),
    )


def topic_file(topic: Topic) -> str:
    """The topic's file as people call it: `data/faq/cost.yml`."""
    return f"data/{topic.path.parent.name}/{topic.path.name}"


def condition_file(condition: Condition) -> str:
    """The condition's file as people call it."""
    return f"data/conditions/{condition.id}.yml"


def said_of_topic(topic: Topic) -> Iterator[Said]:
    """Each response of a topic."""
    for name, variants in topic.responses.items():
        for response in variants:
            about = response.metadata
            yield Said(
                file=topic_file(topic),
                title=topic.title or topic.label,
                name=name,
                texts=_texts_of(response),
                about=about,
                next=about.next,
                buttons=response.buttons,
                items=about.items,
                values=topic.values,
            )


def said_of_condition(condition: Condition) -> Said:
    """The answer for a condition."""
    return Said(
        file=condition_file(condition),
        title=condition.title,
        name="",
        texts={"answer": condition.answer, "more": condition.more},
        about=condition,
        next=condition.next,
    )


def said_of_lines(file: str, title: str, lines: Guide | Activity, names: Sequence[str] = ()) -> Said:
    """All lines of a guide or an activity; it was last read with its oldest source."""
    read_on = min((source.read_on for source in lines.sources), default=None)
    return Said(
        file=file,
        title=title,
        name="",
        texts={passage.field: passage.text for passage in lines.passages()},
        about=Reviewed(
            sources=tuple(lines.sources),
            read_on=read_on,
            reviewed_by=lines.reviewed_by,
        ),
        next=(),
        own_names=tuple(form for name in names for form in (name, name.capitalize())),
    )


def said_of_choosing(table: Table) -> Said:
    """All that the talk about which therapy fits says of its own; the responses are in its task."""
    about = Reviewed(
        sources=tuple(table.sources.values()), read_on=table.read_on, reviewed_by=table.reviewed_by
    )
    return Said(
        file="data/choosing/table.yml",
        title="Which therapy fits",
        name="",
        texts=dict(table.texts()),
        about=about,
        next=(),
        own_names=("occupational therapy", "physical therapy", "speech therapy"),
    )


def _texts_of(response: Response) -> Dict[str, str]:
    about = response.metadata
    texts = {
        "text": response.text,
        "more": about.more,
        "simpler": about.simpler,
        "when_unknown": about.when_unknown,
    }
    return {field: text for field, text in texts.items() if text is not None}
