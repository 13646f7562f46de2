"""Nobody is kept out: keyboard, screen reader, small screens, zoom, shaking hands."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.chat import assert_nobody_is_kept_out, box, log, press, say

SHADOW = "document.querySelector('handrail-chat').shadowRoot"


@pytest.mark.parametrize("width", [360, 1000])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_any_state(home, width, scheme):
    home.set_viewport_size({"width": width, "height": 800})
    home.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    assert_nobody_is_kept_out(home)
    home.get_by_role("button", name="Ask Handrail").click()
    expect(log(home)).to_contain_text("In an emergency call 911")
    say(home, "how much does an evaluation cost?")
    expect(log(home)).to_contain_text("$222")
    press(home, "Options")
    assert_nobody_is_kept_out(home)
    press(home, "High contrast")
    press(home, "Options")
    say(home, "my husband's face is drooping and he can't speak")
    expect(home.get_by_role("alert")).to_contain_text("911")
    assert_nobody_is_kept_out(home)


def test_the_whole_chat_works_by_keyboard(home):
    launcher = home.get_by_role("button", name="Ask Handrail")
    launcher.focus()
    home.keyboard.press("Enter")
    expect(box(home)).to_be_focused()
    expect(log(home)).to_contain_text("In an emergency call 911")
    home.keyboard.type("I'd like to book an evaluation")
    home.keyboard.press("Enter")
    expect(log(home)).to_contain_text("Who is the visit for")
    for _ in range(40):
        home.keyboard.press("Shift+Tab")
        if home.evaluate(f"{SHADOW}.activeElement?.textContent") == "Me":
            break
    home.wait_for_timeout(350)
    home.keyboard.press("Enter")
    expect(log(home)).to_contain_text("open times")
    home.keyboard.press("Escape")
    expect(log(home)).to_be_hidden()
    expect(launcher).to_be_focused()


def test_tab_leaves_the_chat_behind_its_last_control(page):
    box(page).focus()
    for _ in range(3):
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.tagName") != "HANDRAIL-CHAT"


def test_a_screen_reader_hears_who_speaks_and_each_message_once(page):
    say(page, "how much does an evaluation cost?")
    expect(log(page)).to_contain_text("$222")
    expect(log(page)).to_have_attribute("aria-live", "polite")
    spoken = log(page).locator(".message")
    expect(spoken.nth(1)).to_contain_text("You said")
    expect(spoken.nth(2)).to_contain_text("Handrail said")
    expect(page.get_by_role("dialog", name="Ask Handrail")).to_be_visible()


@pytest.mark.parametrize(("width", "height"), [(320, 568), (320, 256), (360, 640)])
@pytest.mark.parametrize("size", ["Normal", "Largest"])
def test_nothing_needs_scrolling_sideways(page, width, height, size):
    page.set_viewport_size({"width": width, "height": height})
    press(page, "Options")
    press(page, size)
    press(page, "Options")
    say(page, "how much does an evaluation cost?")
    expect(log(page)).to_contain_text("$222")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(f"{SHADOW}.querySelector('.panel').scrollWidth") <= width


def test_every_target_is_large_enough(page):
    say(page, "how much does an evaluation cost?")
    expect(log(page)).to_contain_text("$222")
    press(page, "Options")
    heights = page.evaluate(
        f"[...{SHADOW}.querySelectorAll('button, textarea, summary, a')].filter((one) => one.offsetParent)"
        ".map((one) => [one.textContent, one.getBoundingClientRect().height])"
    )
    assert len(heights) > 8
    assert [one for one in heights if one[1] < 44] == []


def test_a_second_tap_of_a_shaking_hand_does_nothing(page):
    page.wait_for_timeout(350)  # the press that opened the chat was a tap too
    page.get_by_role("button", name="What is OT?").dblclick()
    expect(log(page).get_by_text("You said")).to_have_count(1)


def test_the_text_may_be_spaced_widely(page):
    spaced = "* { letter-spacing: .12em; word-spacing: .16em; line-height: 1.5 } p { margin-bottom: 2em }"
    page.evaluate(
        "(rules) => { const sheet = new CSSStyleSheet(); sheet.replaceSync(rules);"
        f" {SHADOW}.adoptedStyleSheets = [...{SHADOW}.adoptedStyleSheets, sheet] }}",
        spaced,
    )
    say(page, "how much does an evaluation cost?")
    expect(log(page)).to_contain_text("$222")
    panel = f"{SHADOW}.querySelector('.panel')"
    assert page.evaluate(f"{panel}.scrollWidth <= {panel}.clientWidth")


def test_without_a_script_the_phone_the_hours_and_911_are_there(browser, assistant):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(assistant.url)
    expect(page.get_by_text("In an emergency call 911")).to_be_visible()
    expect(page.get_by_role("link", name="Call 212").first).to_be_visible()
    expect(page.get_by_text("Open", exact=True)).to_be_visible()
    context.close()
