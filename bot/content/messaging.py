"""What the clinic's numbers and pages say of their own, from `data/messaging.yml`."""

from __future__ import annotations

from pathlib import Path
from typing import Dict, Iterator, Mapping, Tuple

from bot.content.reading import FIELD
from bot.content.yaml_files import Strict, parse, read_yaml
from bot.errors import ContentError
from bot.settings import ROOT

PATH = ROOT / "data" / "messaging.yml"


class Unread(Strict):
    """What is said to each kind of message that cannot be read."""

    picture: str
    voice: str
    video: str
    file: str
    place: str
    contact: str
    sticker: str
    edited: str
    other: str


class MessagingTexts(Strict):
    """The texts, their fields filled."""

    first_text: str
    help: str
    stopped: str
    stopped_with_visit: str
    started: str
    no_answer: str
    choice_gone: str
    empty: str
    unread: Unread

    def passages(self) -> Iterator[Tuple[str, str]]:
        """Every text with its name."""
        for name, text in self:
            if name == "unread":
                yield from ((f"unread.{kind}", words) for kind, words in text)
            else:
                yield name, text

    def to_unread(self, kind: str) -> str:
        """What is said to a kind of message that cannot be read."""
        return str(getattr(self.unread, kind))


def read_messaging_texts(facts: Mapping[str, str], path: Path = PATH) -> MessagingTexts:
    """The texts, filled with these facts of the clinic.

    Raises:
        ContentError: names the file, and the field that is wrong.
    """
    written = parse(path, MessagingTexts, read_yaml(path))
    for name, text in written.passages():
        unknown = [field for field in FIELD.findall(text) if field not in facts]
        if unknown:
            raise ContentError(f"{path}: {name}: {{{unknown[0]}}} is no known fact of the clinic")
    return MessagingTexts.parse_obj(_filled(written.dict(), facts))


def _filled(texts: Mapping[str, object], facts: Mapping[str, str]) -> Dict[str, object]:
    def fill(text: object) -> object:
        if isinstance(text, dict):
            return _filled(text, facts)
        return FIELD.sub(lambda field: facts[field[1]], str(text))

    return {name: fill(text) for name, text in texts.items()}
