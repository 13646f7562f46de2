"""Chromium, and the clinic's home page in it."""

from __future__ import annotations

import shutil
from typing import Iterator

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright

from tests.browser.chat import open_chat
from tests.support.assistant import Assistant

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-features=LocalNetworkAccessChecks",  # the pages of other sites are tests' own too
]

TAKEN_AWAY = (
    "INTERNET_DISCONNECTED",
    "CONNECTION_REFUSED",
    "CONNECTION_RESET",
    "INCOMPLETE_CHUNKED_ENCODING",
)

expect.set_options(timeout=15_000)  # two busy cores are no failure


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("Chromium is not installed (Debian: apt-get install chromium)")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield running
        running.close()


@pytest.fixture
def home(browser: Browser, assistant: Assistant) -> Iterator[Page]:
    """The home page with the chat closed; whatever the browser complains of is a failure."""
    context = browser.new_context(viewport={"width": 1000, "height": 800}, reduced_motion="reduce")
    page, complaints = context.new_page(), []
    page.on("console", lambda line: complaints.append(line.text) if _is_complaint(line) else None)
    page.on("pageerror", lambda problem: complaints.append(str(problem)))
    page.goto(assistant.url)
    expect(page.get_by_role("button", name="Ask Handrail")).to_be_visible()
    yield page
    context.close()
    assert not complaints


def _is_complaint(line: ConsoleMessage) -> bool:
    """An error, unless it only says that the test has taken the network or the server away."""
    return line.type == "error" and not any(f"net::ERR_{one}" in line.text for one in TAKEN_AWAY)


@pytest.fixture
def page(home: Page) -> Page:
    """The same with the chat open, and greeted."""
    open_chat(home)
    return home
