"""Checks every content file, so that a slip is found before anybody reads it."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from pathlib import Path
from typing import Callable, Dict, Iterator, List, NamedTuple, Tuple

from bot.content.collection import Content, Said, condition_file, read_content, topic_file
from bot.content.guide_checks import Shelf, faults
from bot.content.library import DATA
from bot.content.profile import ALWAYS_KNOWN, FIELDS, SENTENCES
from bot.content.reading import FIELD, reading_grade, sentences

HARDEST_GRADE = 6.0
LONGEST_SENTENCE = 25
LONGEST_TITLE = 24
MOST_NEXT = 3
MOST_BUTTONS = 6

_Fault = Tuple[str, str]
"""A field of something said, and what is wrong with it."""

_ANSWERS = "data/faq/"
_MENUS = "data/conversation/"
_CALL = "{contact.phone}"
_OF_BUTTONS = ("choose_option", "answer_offer")
"""What only a button can mean."""
_PAYLOAD = re.compile(r"/([a-z_]+(?:/[a-z_]+)?)(?:\?.*)?")
_ENTITY = re.compile(r"\[([^\]]+)\](?:\([^)]*\)|\{[^}]*\})")
_MARKS = {
    "an exclamation mark": re.compile("!"),
    "HTML": re.compile(r"</?[a-zA-Z][^>]*>|&[a-z]+;"),
    "Markdown": re.compile(r"\*\*|__|`|^#+ |^ *[*-] |\]\(", re.MULTILINE),
    "a curly quote": re.compile("[‘’“”]"),
}


class Finding(NamedTuple):
    """Something wrong: in which file, in which field, and what it is."""

    file: str
    field: str
    what: str

    def __str__(self) -> str:
        return f"{self.file}: {self.field}: {self.what}"


def check(data: Path = DATA) -> List[Finding]:
    """Everything that is wrong with the content in this folder, by file."""
    content = read_content(data)
    broken = [_broken(str(problem), data) for problem in content.broken]
    found = [finding for find in _CHECKS for finding in find(content)]
    each = [
        Finding(said.file, said.field(field), what)
        for said in content.said()
        for find in _CHECKS_OF_EACH
        for field, what in find(said, content)
    ]
    return sorted([*broken, *found, *each])


def _broken(problem: str, data: Path) -> Finding:
    """What could not be read at all, on one line."""
    file, field, *what = " ".join(problem.split()).replace(f"{data}/", "data/").split(": ")
    return Finding(file, field, ": ".join(what))


def _files_match_catalogue(content: Content) -> Iterator[Finding]:
    if content.catalogue is None:
        return
    for label in sorted(content.catalogue.labels - set(content.labels)):
        yield Finding("data/catalogue.yml", label, "has no file")
    for label in sorted(set(content.labels) - content.catalogue.labels):
        yield Finding("data/catalogue.yml", label, "has a file, but is not an id of the catalogue")


def _responses_are_named(content: Content) -> Iterator[Finding]:
    """A question has the one response that Rasa looks for."""
    for topic in content.topics.values():
        if topic.is_answer and list(topic.responses) != [f"utter_{topic.label}"]:
            yield Finding(topic_file(topic), "responses", f"must hold utter_{topic.label} and nothing else")


def _titles_fit(content: Content) -> Iterator[Finding]:
    """A button can show every title, and no two say the same."""
    titles = [(topic_file(topic), topic.title) for topic in content.topics.values() if topic.title]
    titles += [(condition_file(condition), condition.title) for condition in content.conditions.values()]
    taken: Dict[str, str] = {}
    for file, title in titles:
        if len(title) > LONGEST_TITLE:
            yield Finding(file, "title", f"has {len(title)} characters; a button shows {LONGEST_TITLE}")
        first = taken.setdefault(title.lower(), file)
        if first != file:
            yield Finding(file, "title", f"is also the title of {first}")
    for topic in content.topics.values():
        if topic.is_answer and not topic.title:
            yield Finding(topic_file(topic), "title", "is missing")


def _utterances_mean_one_thing(content: Content) -> Iterator[Finding]:
    """No utterance is given for two topics."""
    given: Dict[str, List[Tuple[str, str]]] = defaultdict(list)
    for topic in content.topics.values():
        for utterance in topic.utterances:
            given[normalised(utterance)].append((topic_file(topic), utterance))
    given.pop("", None)
    for uses in given.values():
        first, *others = uses
        for file, utterance in others:
            if file != first[0]:
                yield Finding(file, "nlu", f"{utterance!r} is also in {first[0]}")


def _names_mean_one_condition(content: Content) -> Iterator[Finding]:
    """No name is given to two conditions."""
    taken: Dict[str, str] = {}
    for condition in content.conditions.values():
        for name in {normalised(name): name for name in (condition.name, *condition.also)}.values():
            first = taken.setdefault(normalised(name), condition_file(condition))
            if first != condition_file(condition):
                yield Finding(condition_file(condition), "also", f"{name!r} is also a name in {first}")


def _guides_are_sound(content: Content) -> Iterator[Finding]:
    equipment = frozenset(content.catalogue.equipment if content.catalogue else ())
    shelf = Shelf(content.guides, content.activities, content.alt_texts, equipment, content.words)
    yield from (Finding(*fault) for fault in faults(shelf))


def _steps_lead_somewhere(said: Said, content: Content) -> Iterator[_Fault]:
    for label in said.next:
        topic = content.topics.get(label)
        if label not in content.labels:
            yield "next", f"{label} is no topic"
        elif topic is not None and topic.title is None:
            yield "next", f"{label} has no title for a button"
    known = {*content.labels, *content.topics, *_OF_BUTTONS}
    for button in said.buttons:
        match = _PAYLOAD.fullmatch(button.payload)
        if match is None or match.group(1) not in known:
            yield "buttons", f"{button.payload} leads nowhere"


def _buttons_fit(said: Said, _: Content) -> Iterator[_Fault]:
    if len(said.next) > MOST_NEXT and not said.file.startswith(_MENUS):
        yield "next", f"has {len(said.next)} steps; at most {MOST_NEXT} fit"
    count = len(said.buttons) + len(said.next) + ("more" in said.texts)
    if count > MOST_BUTTONS:
        yield "next", f"makes {count} buttons; at most {MOST_BUTTONS} fit"
    for button in said.buttons:
        if len(button.title) > LONGEST_TITLE:
            yield "buttons", f"{button.title!r} is longer than {LONGEST_TITLE} characters"


def _braces_are_known(said: Said, _: Content) -> Iterator[_Fault]:
    for field, text in _everything_in(said):
        for name in FIELD.findall(text):
            if name not in FIELDS and name not in said.values:
                yield field, f"{{{name}}} is no field of data/clinic.yml"
        if re.search("[{}]", FIELD.sub("", text)):
            yield field, "has a brace without its partner"


def _sentences_stand_alone(said: Said, _: Content) -> Iterator[_Fault]:
    """A clinic fact that is a whole sentence is not put into another."""
    for field, text in said.texts.items():
        for match in FIELD.finditer(text):
            before, after = text[: match.start()].rstrip(" "), text[match.end() : match.end() + 1]
            stands_alone = before[-1:] in ("", "\n", ".", "?", "}") and after in ("", " ", "\n")
            if match.group(1) in SENTENCES and not stands_alone:
                yield field, f"{match.group(0)} is a whole sentence: let it stand by itself"


def _missing_facts_are_met(said: Said, _: Content) -> Iterator[_Fault]:
    """A clinic may leave out a fact: then the answer says to call."""
    may_miss = {field: set(FIELD.findall(text)) & FIELDS - ALWAYS_KNOWN for field, text in said.texts.items()}
    main, *others = may_miss
    if may_miss[main] and "when_unknown" not in said.texts:
        yield "when_unknown", f"is needed, as a clinic may leave out {', '.join(sorted(may_miss[main]))}"
    for field in others:
        for name in sorted(may_miss[field]):
            yield field, f"{{{name}}} may be unknown, and nothing stands in"
    if _CALL not in said.texts.get("when_unknown", _CALL):
        yield "when_unknown", f"must say to call {_CALL}"


def _facts_have_sources(said: Said, _: Content) -> Iterator[_Fault]:
    """An answer or a condition says who says so; clinic facts are the clinic's own."""
    is_condition = not said.name
    is_answer = said.file.startswith(_ANSWERS)
    tells_of_clinic = any(name in FIELDS for text in said.texts.values() for name in FIELD.findall(text))
    if not said.about.sources and (is_condition or (is_answer and not tells_of_clinic)):
        yield "sources", "needs at least one of grade A or B"
    if said.about.read_on is None and (is_condition or is_answer or said.about.sources):
        yield "read_on", "is missing"


def _texts_are_easy(said: Said, content: Content) -> Iterator[_Fault]:
    for field, text in said.texts.items():
        grade = reading_grade(text, (*content.names.names, *said.own_names))
        if grade > HARDEST_GRADE:
            yield field, f"reads at grade {grade:.1f}; at most {HARDEST_GRADE:.1f} will do"
        for sentence in sentences(text):
            words = sentence.split()
            if len(words) > LONGEST_SENTENCE:
                yield field, f"{' '.join(words[:6])!r}... has {len(words)} words; at most {LONGEST_SENTENCE}"


def _texts_are_plain(said: Said, _: Content) -> Iterator[_Fault]:
    for field, text in _everything_in(said):
        for mark, pattern in _MARKS.items():
            if pattern.search(text):
                yield field, f"has {mark}; use plain text"
        if any(unicodedata.category(sign) in ("So", "Sk", "Cs", "Co") for sign in text):
            yield field, "has an emoji or a picture sign; use words"


def _everything_in(said: Said) -> Iterator[Tuple[str, str]]:
    yield from said.texts.items()
    for item in said.items:
        yield "items", item


def normalised(utterance: str) -> str:
    """An utterance as it is compared: its words in small letters, and nothing else."""
    bare = _ENTITY.sub(r"\1", unicodedata.normalize("NFKC", utterance))
    return " ".join(re.findall(r"[^\W_]+", bare.lower().replace("'", "").replace("’", "")))


_CHECKS: Tuple[Callable[[Content], Iterator[Finding]], ...] = (
    _files_match_catalogue,
    _responses_are_named,
    _titles_fit,
    _utterances_mean_one_thing,
    _names_mean_one_condition,
    _guides_are_sound,
)
_CHECKS_OF_EACH: Tuple[Callable[[Said, Content], Iterator[_Fault]], ...] = (
    _steps_lead_somewhere,
    _buttons_fit,
    _braces_are_known,
    _sentences_stand_alone,
    _missing_facts_are_met,
    _facts_have_sources,
    _texts_are_easy,
    _texts_are_plain,
)
