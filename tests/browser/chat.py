"""What a person does in the chat, and what a screen reader hears of it."""

from __future__ import annotations

import uuid
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from bot.bootstrap import build_services
from bot.chat.message import Message
from bot.clock import system_clock
from tests.support.assistant import Assistant
from tests.support.talk import new_address

CHAT = "handrail-chat"
SHADOW = "document.querySelector('handrail-chat').shadowRoot"
LOOKS: list[dict[str, Any]] = [
    {"color_scheme": "dark", "forced_colors": "none"},
    {"color_scheme": "light", "forced_colors": "active"},
    {"color_scheme": "light", "forced_colors": "none"},
]
HEAR = f"""window.heard = []; new MutationObserver((changes) => {{
  for (const {{ target, addedNodes }} of changes) {{
    const region = (target.closest ? target : target.parentElement)?.closest('[role]');
    if (['log', 'status', 'alert'].includes(region?.role) && region.ariaLive !== 'off')
      heard.push(...[...addedNodes].filter((one) => one.ariaLive !== 'off').map((one) => one.textContent));
  }}
}}).observe({SHADOW}, {{ childList: true, subtree: true, characterData: true }})"""


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


def book(page: Page) -> None:
    """Books the first open time for somebody whom nobody else of the tests is."""
    say(page, "I'd like to book an evaluation")
    expect(log(page)).to_contain_text("Who is the visit for")
    press(page, "Me")
    expect(log(page)).to_contain_text("open times")
    for words, question in (("the first one", "full name"), ("Ana Lopez", "reach you")):
        say(page, words)
        expect(log(page)).to_contain_text(question)
    say(page, new_address())
    expect(log(page)).to_contain_text("needed on the day")
    press(page, "Nothing")
    press(page, "Skip")
    expect(log(page)).to_contain_text("Please check this")
    press(page, "Yes, book it")
    expect(log(page)).to_contain_text("Your reference is")


def walk_to_a_picture(page: Page) -> None:
    """To the second step of a guide, which has a picture."""
    say(page, "how do I use a wheelchair?")
    expect(log(page)).to_contain_text("What would you like to see?")
    for title, shown in (
        ("Bed to wheelchair", "Who will do it?"),
        ("I help somebody", "must be practiced with a therapist first"),
        ("I was shown. Start", "Step 1 of 10"),
        ("Done", "Step 2 of 10"),
    ):
        press(page, title)
        expect(log(page)).to_contain_text(shown)


def post(page: Page, assistant: Assistant, text: str) -> None:
    """Somebody of the staff answers, from another process of the clinic."""
    services = build_services(assistant.settings)
    token = page.evaluate("JSON.parse(localStorage.getItem('handrail-token'))")
    message = Message(str(uuid.uuid4()), "staff", system_clock(), ({"type": "text", "text": text},))
    services.conversations.post(services.sessions.read(token), message)


def listen_in(page: Page) -> None:
    """From now on, keep what is added to the live regions."""
    page.evaluate(HEAR)


def heard(page: Page, words: str) -> int:
    """How often a screen reader was given these words."""
    return sum(words in line for line in page.evaluate("heard"))


def assert_nobody_is_kept_out(page: Page, part: str = "html") -> None:
    """In the dark, in forced colors and in the light, of this part of the page."""
    for look in LOOKS:
        page.emulate_media(**look)
        # axe would read our colors, which the forced ones replace.
        rules = {"color-contrast": {"enabled": look["forced_colors"] == "none"}}
        found = Axe().run(page, context={"include": [[part]]}, options={"rules": rules})
        assert [
            (look, violation["id"], node["target"], node["failureSummary"])
            for violation in found.response["violations"]
            for node in violation["nodes"]
        ] == []
