"""The clinic's page in a real browser: people ask, book and get help on it, on a small screen too."""

from __future__ import annotations

import shutil
from typing import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.support.assistant import Assistant

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("Chromium is not installed (Debian: apt-get install chromium)")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield running
        running.close()


@pytest.fixture
def page(browser: Browser, assistant: Assistant) -> Iterator[Page]:
    """The page, greeted; whatever the browser complains of is a failure."""
    context = browser.new_context(viewport={"width": 1000, "height": 800}, reduced_motion="reduce")
    page, complaints = context.new_page(), []
    page.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
    page.on("pageerror", lambda problem: complaints.append(str(problem)))
    page.goto(assistant.url)
    expect(log(page)).to_contain_text("In an emergency call 911")
    yield page
    context.close()
    assert not complaints


def log(page: Page):
    return page.get_by_role("log", name="Conversation")


def say(page: Page, words: str) -> None:
    box = page.get_by_role("textbox", name="Your message")
    box.fill(words)
    box.press("Enter")
    expect(log(page)).to_contain_text(words)


def press(page: Page, title: str) -> None:
    page.wait_for_timeout(350)  # the page takes a second tap that comes at once for a tremor
    page.get_by_role("button", name=title, exact=True).last.click()


def test_a_question_is_answered_with_who_says_so(page):
    say(page, "how much does an evaluation cost?")
    expect(log(page)).to_contain_text("$222")
    expect(log(page).get_by_text("Who says so?").last).to_be_visible()


def test_a_visit_is_booked_by_buttons_and_words(page, assistant):
    before = assistant.appointments()
    say(page, "I'd like to book an evaluation")
    expect(log(page)).to_contain_text("Who is the visit for")
    press(page, "Me")
    expect(log(page)).to_contain_text("open times")
    say(page, "the first one")
    expect(log(page)).to_contain_text("full name")
    say(page, "Ana Lopez")
    expect(log(page)).to_contain_text("reach you")
    say(page, "ana@example.org")
    expect(log(page)).to_contain_text("Please check this")
    press(page, "Yes, book it")
    expect(log(page)).to_contain_text("Your reference is")
    assert assistant.appointments() == before + 1


def test_an_emergency_is_announced_at_once(page):
    say(page, "my husband's face is drooping and he can't speak")
    expect(page.get_by_role("alert")).to_contain_text("911")
    expect(log(page).get_by_role("link", name="911")).to_have_attribute("href", "tel:911")


def test_a_reload_keeps_the_conversation(page):
    say(page, "how much does an evaluation cost?")
    expect(log(page)).to_contain_text("$222")
    page.reload()
    expect(log(page)).to_contain_text("how much does an evaluation cost?")
    expect(log(page)).to_contain_text("$222")


def test_a_new_start_deletes_the_conversation(page):
    say(page, "how much does an evaluation cost?")
    expect(log(page)).to_contain_text("$222")
    page.get_by_role("button", name="Start over").click()
    press(page, "Yes, delete it")
    expect(log(page)).not_to_contain_text("$222")
    expect(log(page)).to_contain_text("In an emergency call 911")


def test_a_small_screen_needs_no_scrolling_sideways(page):
    page.set_viewport_size({"width": 360, "height": 640})
    say(page, "how much does an evaluation cost?")
    expect(log(page)).to_contain_text("$222")
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= 360


@pytest.mark.parametrize("width", [360, 1000])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_that_keeps_anybody_out(page, width, scheme):
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    say(page, "how much does an evaluation cost?")
    expect(log(page)).to_contain_text("$222")
    say(page, "my husband's face is drooping and he can't speak")
    expect(page.get_by_role("alert")).to_contain_text("911")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
