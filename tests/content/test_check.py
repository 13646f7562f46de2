"""The checker names each kind of slip, with its file and field, and is silent about good content."""

from __future__ import annotations

from pathlib import Path
from typing import Dict, get_args

import pytest

from bot.content.check import check, normalised
from bot.content.guides import Call
from bot.settings import ROOT

CLINIC = Path(__file__).parent.parent / "support" / "clinic.yml"

GOOD: Dict[str, str] = {
    "catalogue.yml": """\
faq:
  parking: {asks: where to park}
tasks:
  call_back: {asks: to be called}
safety: {}
conversation:
  greet: {asks: opens the talk}
equipment: []
""",
    "reading_names.yml": """\
names: [National Association of Rehabilitation Organizations]
""",
    "faq/parking.yml": """\
version: "3.1"
title: Where to park

nlu:
- intent: faq/parking
  examples: |
    - where can I leave the car
    - is there a lot

responses:
  utter_faq/parking:
  - text: |-
      You can leave the car near us. {location.parking} It takes {booking.typical_wait} to walk here.
    metadata:
      more: |-
        The lot is flat and has light at night.
      simpler: |-
        You can park here.
      when_unknown: |-
        To ask where to park, call us at {contact.phone}.
      next: [call_back]
      sources:
      - title: "City office: parking"
        url: https://example.org/parking
        grade: A
      read_on: "2026-11-21"
      reviewed_by: pending
""",
    "tasks/call_back.yml": """\
version: "3.1"
title: Call me back
values: [day]

nlu:
- intent: call_back
  examples: |
    - call me

responses:
  utter_call_back:
  - text: |-
      We call you on {day}.
    buttons:
    - {title: "Another day", payload: "/choose_option?day=next"}
""",
    "conversation/greet.yml": """\
version: "3.1"

nlu:
- intent: greet
  examples: |
    - hello

responses:
  utter_greet:
  - text: |-
      Hello, I am here for you.
""",
    "conditions/gout.yml": """\
title: Gout
name: gout
also: [podagra]
answer: |-
  We look at what is hard for you.
more: |-
  We do not cure it.
next: [faq/parking]
sources:
- title: "Health office: gout"
  url: https://example.org/gout
  grade: B
read_on: "2026-11-21"
reviewed_by: pending
""",
}

TEXT = "You can leave the car near us."
LONG = (
    "You can leave the car by the tree and the car by the pond and the car by the gate and "
    "the car by the shed and the car by the barn."
)
HARD = "Individualized rehabilitation necessitates interdisciplinary collaboration continuously."


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A small folder of content in which everything is right."""
    for name, text in GOOD.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    (tmp_path / "clinic.yml").write_text(CLINIC.read_text())
    (tmp_path / "choosing").mkdir()
    (tmp_path / "choosing" / "table.yml").write_text((ROOT / "data" / "choosing" / "table.yml").read_text())
    calls = "".join(f"  {code}: Call.\n" for code in get_args(Call))
    (tmp_path / "equipment_words.yml").write_text(f"calls:\n{calls}")
    return tmp_path


def test_the_content_of_the_project_is_in_order() -> None:
    assert [str(finding) for finding in check()] == []


def test_good_content_has_no_finding(data: Path) -> None:
    assert check(data) == []


@pytest.mark.parametrize(
    ("file", "old", "new", "finding"),
    [
        # shape
        (
            "faq/parking.yml",
            "metadata:",
            "metadat:",
            "utter_faq/parking.0.metadat: extra fields not permitted",
        ),
        ("faq/parking.yml", "title: Where", "titel: Where", "titel: extra fields not permitted"),
        ("faq/parking.yml", "grade: A", "grade: C", "sources.0.grade: unexpected value"),
        ("faq/parking.yml", "https://example", "example", "sources.0.url: string does not match"),
        ("faq/parking.yml", 'read_on: "2026-11-21"', "read_on: soon", "read_on: invalid date format"),
        ("faq/parking.yml", "responses:", "responses: [", "is not YAML: while parsing"),
        ("conditions/gout.yml", "also: [podagra]", "also: []", "also: ensure this value has at least 1 item"),
        ("catalogue.yml", "equipment: []", "", "equipment: field required"),
        ("clinic.yml", "phone: 212-555-0187", "", "contact.phone: field required"),
        ("reading_names.yml", "names:", "nams:", "names: field required"),
        # ids and next steps
        ("catalogue.yml", "parking:", "cost:", "faq/cost: has no file"),
        ("catalogue.yml", "parking:", "cost:", "faq/parking: has a file, but is not an id of the catalogue"),
        ("faq/parking.yml", "next: [call_back]", "next: [faq/moon]", "next: faq/moon is no topic"),
        ("faq/parking.yml", "next: [call_back]", "next: [greet]", "next: greet has no title for a button"),
        ("conditions/gout.yml", "next: [faq/parking]", "next: [parking]", "next: parking is no topic"),
        ("tasks/call_back.yml", "/choose_option?", "/choose?", "buttons: /choose?day=next leads nowhere"),
        ("faq/parking.yml", "  utter_faq/parking:", "  utter_faq/park:", "must hold utter_faq/parking"),
        # buttons and titles
        (
            "faq/parking.yml",
            "title: Where to park",
            "title: Where you can leave your car",
            "has 28 characters",
        ),
        ("faq/parking.yml", "title: Where to park\n", "", "title: is missing"),
        ("conditions/gout.yml", "title: Gout", "title: Call me back", "title: is also the title of"),
        (
            "faq/parking.yml",
            "[call_back]",
            "[call_back, call_back, call_back, call_back]",
            "has 4 steps; at most 3",
        ),
        ("tasks/call_back.yml", "Another day", "Another day than the one I said", "is longer than 24"),
        # clinic facts
        ("faq/parking.yml", TEXT, "{location.lot} is near.", "{location.lot} is no field of data/clinic.yml"),
        ("tasks/call_back.yml", "{day}", "{hour}", "{hour} is no field of data/clinic.yml"),
        ("faq/parking.yml", TEXT, "We are near {us.", "text: has a brace without its partner"),
        ("faq/parking.yml", TEXT, "We say that {location.parking}", "{location.parking} is a whole sentence"),
        (
            "faq/parking.yml",
            "The lot is flat",
            "{location.parking} It is flat",
            "may be unknown, and nothing stands in",
        ),
        (
            "faq/parking.yml",
            "call us at {contact.phone}",
            "call us",
            "when_unknown: must say to call {contact.phone}",
        ),
        (
            "faq/parking.yml",
            "call us at",
            "at {location.address}, call",
            "{location.address} may be unknown, and nothing stands in",
        ),
        (
            "tasks/call_back.yml",
            "{day}",
            "{hours.phone}",
            "when_unknown: is needed, as a clinic may leave out hours.ph",
        ),
        # sources
        ("conditions/gout.yml", 'read_on: "2026-11-21"\n', "", "read_on: is missing"),
        ("faq/parking.yml", '      read_on: "2026-11-21"\n', "", "read_on: is missing"),
        # reading
        ("faq/parking.yml", TEXT, HARD, "utter_faq/parking: text: reads at grade "),
        ("faq/parking.yml", "The lot is flat and has light at night.", HARD, "more: reads at grade "),
        ("faq/parking.yml", "You can park here.", HARD, "simpler: reads at grade "),
        ("conditions/gout.yml", "We do not cure it.", HARD, "more: reads at grade "),
        ("faq/parking.yml", TEXT, LONG, " words; at most 25"),
        # plain text
        ("faq/parking.yml", TEXT, "Park here!", "has an exclamation mark"),
        ("faq/parking.yml", TEXT, "Park <b>here</b>.", "has HTML"),
        ("faq/parking.yml", TEXT, "Park **here**.", "has Markdown"),
        ("faq/parking.yml", TEXT, "See [the map](https://example.org).", "has Markdown"),
        ("faq/parking.yml", TEXT, "It’s near.", "has a curly quote"),
        ("faq/parking.yml", TEXT, "Park here \U0001f697.", "has an emoji"),
        # utterances
        (
            "conversation/greet.yml",
            "- hello",
            "- Where can I leave the CAR?",
            "nlu: 'Where can I leave the CAR?' is also in",
        ),
    ],
)
def test_a_slip_is_named(data: Path, file: str, old: str, new: str, finding: str) -> None:
    path = data / file
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    assert any(finding in str(one) for one in check(data)), [str(one) for one in check(data)]


SOURCES = """\
      sources:
      - title: "City office: parking"
        url: https://example.org/parking
        grade: A
"""


def test_facts_without_a_source_are_named(data: Path) -> None:
    path = data / "faq/parking.yml"
    facts = " {location.parking} It takes {booking.typical_wait} to walk here."
    fallback = "      when_unknown: |-\n        To ask where to park, call us at {contact.phone}.\n"
    path.write_text(path.read_text().replace(SOURCES, "").replace(facts, "").replace(fallback, ""))
    assert [(one.field, one.what) for one in check(data)] == [
        ("utter_faq/parking: sources", "needs at least one of grade A or B")
    ]


def test_a_condition_without_a_source_is_named(data: Path) -> None:
    path = data / "conditions/gout.yml"
    before, rest = path.read_text().split("sources:\n")
    path.write_text(before + rest[rest.index("read_on") :])
    assert [one.field for one in check(data)] == ["sources"]


def test_the_clinics_own_facts_need_no_source(data: Path) -> None:
    path = data / "faq/parking.yml"
    path.write_text(path.read_text().replace(SOURCES, ""))
    assert check(data) == []


def test_a_name_that_is_left_out_does_not_count_as_hard(data: Path) -> None:
    path = data / "faq/parking.yml"
    name = "the National Association of Rehabilitation Organizations"
    path.write_text(path.read_text().replace(TEXT, f"You can ask {name}."))
    assert check(data) == []
    (data / "reading_names.yml").write_text("names: []\n")
    assert "reads at grade" in str(check(data)[0])


def test_a_name_of_two_conditions_is_named(data: Path) -> None:
    other = (
        GOOD["conditions/gout.yml"].replace("title: Gout", "title: Podagra").replace("name: gout", "name: x")
    )
    (data / "conditions" / "podagra.yml").write_text(other)
    assert [str(finding) for finding in check(data)] == [
        "data/conditions/podagra.yml: also: 'podagra' is also a name in data/conditions/gout.yml"
    ]


def test_a_finding_names_file_and_field(data: Path) -> None:
    path = data / "faq/parking.yml"
    path.write_text(path.read_text().replace("You can park here.", "Park here!"))
    assert [str(finding) for finding in check(data)] == [
        "data/faq/parking.yml: utter_faq/parking: simpler: has an exclamation mark; use plain text"
    ]


def test_a_file_that_is_gone_is_named(data: Path) -> None:
    (data / "reading_names.yml").unlink()
    assert "data/reading_names.yml: cannot be read" in str(check(data)[0])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("What's OT?", "whats ot"),
        ("use my [rollator](equipment)", "Use my rollator"),
        ('use my [walking frame]{"entity": "equipment", "value": "walker"}', "use my walking frame"),
    ],
)
def test_utterances_are_compared_by_their_words(one: str, other: str) -> None:
    assert normalised(one) == normalised(other)
