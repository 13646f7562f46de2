"""What a person does in the chat."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect


def open_chat(page: Page) -> None:
    page.get_by_role("button", name="Ask Handrail").click()
    expect(log(page)).to_contain_text("In an emergency call 911")


def log(page: Page) -> Locator:
    return page.get_by_role("log", name="Conversation")


def box(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Your message")


def say(page: Page, words: str) -> None:
    box(page).fill(words)
    box(page).press("Enter")
    expect(log(page)).to_contain_text(words)


def press(page: Page, title: str) -> None:
    page.wait_for_timeout(350)  # a second tap that comes at once is taken for a tremor
    page.get_by_role("button", name=title, exact=True).last.click()


def assert_nobody_is_kept_out(page: Page) -> None:
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
