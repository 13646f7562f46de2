"""The page of a guide: everything in it, safely, and nothing from elsewhere."""

from __future__ import annotations

import re
from html import unescape

import pytest

from bot.content.equipment_words import read_equipment_words
from bot.content.guides import Guide, read_guides
from bot.content.pictures import read_alt_texts
from bot.content.profile import read_profile
from bot.guides.page import STYLE, GuidePages
from bot.settings import ROOT
from tests.support.small_guides import ALT_TEXTS, GUIDES, SCOOTER, WORDS

PROFILE = read_profile(ROOT / "tests" / "support" / "clinic.yml")
PAGES = GuidePages(GUIDES, WORDS, ALT_TEXTS, PROFILE)
REAL = read_guides()
REAL_PAGES = GuidePages(REAL, read_equipment_words(), read_alt_texts(), PROFILE)


def page(device: str) -> str:
    made = PAGES.page(device)
    assert made is not None
    return made


@pytest.mark.parametrize("guide", REAL.values(), ids=REAL)
def test_everything_in_a_guide_is_on_its_page(guide: Guide) -> None:
    made = unescape(REAL_PAGES.page(guide.id) or "")
    for passage in guide.passages():
        if not passage.field.startswith("told_apart"):
            assert passage.text in made, passage.field


def test_the_page_says_whom_to_call_and_who_the_clinic_is() -> None:
    made = page("scooter")
    assert "You faint. Lie down. Call 911." in made
    assert "Hillside Occupational Therapy" in made
    assert "212-555-0187" in made


def test_what_must_be_shown_in_person_stands_before_the_steps() -> None:
    made = page("perch")
    assert made.index("A therapist must show you first.") < made.index("<ol>")


def test_pictures_have_their_alt_text() -> None:
    assert '<img src="/chat/media/grip.svg" alt="A hand on a grip">' in page("scooter")


def test_whatever_stands_in_a_guide_is_escaped() -> None:
    bad = SCOOTER.copy(update={"what_for": "<script>alert(1)</script>"})
    made = GuidePages({"scooter": bad}, WORDS, ALT_TEXTS, PROFILE).page("scooter") or ""
    assert "<script" not in made
    assert "&lt;script&gt;" in made


def test_the_page_loads_only_its_own_style() -> None:
    made = page("scooter")
    assert re.findall(r'(?:src|rel="stylesheet" href)="([^"]*)"', made) == [
        "/chat/guides/page.css",
        "/chat/media/grip.svg",
    ]
    assert "style=" not in made
    assert "url(" not in STYLE.read_text()


def test_an_unknown_device_has_no_page() -> None:
    assert PAGES.page("../clinic") is None
