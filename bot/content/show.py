"""One page with everything that is said, for a therapist to read, print and mark."""

from __future__ import annotations

import re
from html import escape
from pathlib import Path
from string import Template
from typing import Iterator, List, Mapping, Tuple

from bot.content.collection import Content, Said
from bot.content.reading import FIELD, reading_grade
from bot.content.sources import Source

_TEMPLATE = Path(__file__).with_name("review_page.html")
_GROUPS = {
    "data/faq/": "Answers",
    "data/conditions/": "Conditions",
    "data/equipment/": "Guides",
    "data/activities/": "Activities",
    "data/choosing/": "Which therapy fits",
    "data/tasks/": "Tasks",
    "data/safety/": "Safety replies",
    "data/conversation/": "Conversation",
    "data/dialogue/": "Follow-ups",
}
_HEADINGS = {
    "more": "Tell me more",
    "simpler": "In easier words",
    "when_unknown": "When a clinic fact is missing",
}


def review_page(content: Content) -> str:
    """The whole page, as HTML that needs nothing else."""
    writer = _Writer(content)
    everything = list(content.said())
    groups = {
        title: [said for said in everything if said.file.startswith(folder)]
        for folder, title in _GROUPS.items()
    }
    return Template(_TEMPLATE.read_text(encoding="utf-8")).substitute(
        contents="\n".join(
            f'<li><a href="#{_anchor(title)}">{title}</a>, {len(group)}</li>'
            for title, group in groups.items()
        ),
        groups="\n".join(
            "\n".join((f'<h2 id="{_anchor(title)}">{title}</h2>', *map(writer.article, group)))
            for title, group in groups.items()
        ),
    )


def _anchor(title: str) -> str:
    return title.lower().replace(" ", "-")


class _Writer:
    """Writes what is said as HTML, with the clinic's facts filled in and marked."""

    def __init__(self, content: Content) -> None:
        self._facts: Mapping[str, str] = content.profile.fields() if content.profile else {}
        self._names = content.names.names
        self._titles = {label: topic.title or label for label, topic in content.topics.items()}

    def article(self, said: Said) -> str:
        """One response, condition, guide or activity, with all that a reviewer asks about it."""
        about = said.about
        reviewed = f"read {about.read_on:%B %-d, %Y}, " if about.read_on else ""
        return "\n".join(
            (
                "<article>",
                f"<h3>{escape(said.title)} <small>{escape(said.file)} {escape(said.name)}</small></h3>",
                *(part for field, text in said.texts.items() for part in self._text(field, text)),
                *_list("", [self._filled(item) for item in said.items]),
                *_list("Buttons", [escape(title) for title in self._button_titles(said)]),
                *_list("Sources", [_source(one) for one in about.sources]),
                f'<p class="about">{reviewed}reviewed by: {escape(about.reviewed_by)}</p>',
                "</article>",
            )
        )

    def _text(self, field: str, text: str) -> Iterator[str]:
        if field in _HEADINGS:
            yield f"<h4>{_HEADINGS[field]}</h4>"
        where = f"{field}, " if "." in field else ""
        grade = f'<small class="about">{where}grade {reading_grade(text, self._names):.1f}</small>'
        yield f"<p>{self._filled(text)} {grade}</p>"

    def _filled(self, text: str) -> str:
        def fact(match: re.Match[str]) -> str:
            name = match.group(1)
            return f'<mark title="{name}">{escape(self._facts.get(name, match.group(0)))}</mark>'

        return FIELD.sub(fact, escape(text, quote=False))

    def _button_titles(self, said: Said) -> Tuple[str, ...]:
        steps = (self._titles.get(label, label) for label in said.next)
        return (*(button.title for button in said.buttons), *steps)


def _source(source: Source) -> str:
    return f'<a href="{escape(source.url)}">{escape(source.title)}</a> ({source.grade})'


def _list(heading: str, items: List[str]) -> Iterator[str]:
    if items:
        if heading:
            yield f"<h4>{heading}</h4>"
        yield "<ul>" + "".join(f"<li>{item}</li>" for item in items) + "</ul>"
