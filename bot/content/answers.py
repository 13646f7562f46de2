"""Topics: the written responses of one catalogue id, with all that stands under each."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Dict, Iterator, List, Literal, Optional, Tuple

from pydantic import Field

from bot.content.library import DATA, topic_files
from bot.content.sources import Reviewed
from bot.content.yaml_files import Strict, parse, read_yaml


class Button(Strict):
    """A choice below a response."""

    title: str
    payload: str


class Link(Strict):
    """A number to call or a page to open; `{calendar_link}` stands for the file of a visit."""

    title: str
    url: str = Field(..., regex=r"^((tel:|https?://)\S+|{calendar_link})$")


class About(Reviewed):
    """What goes with a response: what else may be said, shown and asked next.

    `more` is said on "tell me more", `simpler` on "say it more simply", and `when_unknown` in place of
    the text when a clinic fact in it is missing.
    """

    topic: Optional[str] = None
    notice: Optional[Literal["info", "warning", "emergency"]] = None
    items: Tuple[str, ...] = ()
    links: Tuple[Link, ...] = ()
    more: Optional[str] = None
    simpler: Optional[str] = None
    when_unknown: Optional[str] = None
    next: Tuple[str, ...] = ()


class Response(Strict):
    """One thing that can be said."""

    text: str = Field(..., min_length=1)
    buttons: Tuple[Button, ...] = ()
    metadata: About = About()


class Topic(Strict):
    """One file: how people ask (`nlu`), and what is said.

    `title` is what a button calls the topic; without one it is never offered. `values` are the names,
    beside clinic facts, that its responses may have in braces.
    """

    label: str
    path: Path
    version: str
    title: Optional[str]
    values: Tuple[str, ...] = ()
    nlu: Any
    responses: Dict[str, List[Response]] = {}

    @property
    def is_answer(self) -> bool:
        """Whether this is a question with a written answer."""
        return self.label.startswith("faq/")

    @property
    def utterances(self) -> Iterator[str]:
        """How people ask, as written."""
        for block in self.nlu or ():
            for line in str(block.get("examples", "")).splitlines():
                if line.startswith("- "):
                    yield line[2:].strip()


def read_topics(data: Path = DATA) -> Dict[str, Topic]:
    """Every topic of this project, by its label.

    Raises:
        ContentError: names the file, and the field that is wrong.
    """
    return {label: read_topic(label, path) for label, path in topic_files(data)}


def read_topic(label: str, path: Path) -> Topic:
    """One topic.

    Raises:
        ContentError: names the file, and the field that is wrong.
    """
    shape = read_yaml(path)
    return parse(path, Topic, {**shape, "label": label, "path": path} if isinstance(shape, dict) else shape)
