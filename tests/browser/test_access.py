"""Nobody is kept out: keyboard, screen reader, small screens, zoom, shaking hands."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.chat import (
    CHAT,
    SHADOW,
    assert_nobody_is_kept_out,
    box,
    log,
    open_chat,
    press,
    say,
    walk_to_a_picture,
)


@pytest.mark.parametrize("width", [360, 1000])
def test_axe_finds_nothing_on_the_page_with_the_chat_closed_and_open(home, width):
    home.set_viewport_size({"width": width, "height": 800})
    assert_nobody_is_kept_out(home)
    open_chat(home)
    assert_nobody_is_kept_out(home)


def test_axe_finds_nothing_in_a_walkthrough_with_any_option(page):
    page.set_viewport_size({"width": 360, "height": 740})
    say(page, "how much does an evaluation cost?")
    expect(log(page)).to_contain_text("$222")
    press(page, "No")
    expect(log(page)).to_contain_text("Ask in other words")
    walk_to_a_picture(page)
    assert_nobody_is_kept_out(page, CHAT)
    page.get_by_role("button", name="Enlarge the picture").click()
    expect(page.get_by_role("dialog", name="Lock both wheels")).to_be_visible()
    assert_nobody_is_kept_out(page, CHAT)
    page.keyboard.press("Escape")
    press(page, "Options")
    for option in ("Largest", "Read answers aloud", "High contrast"):
        press(page, option)
    assert_nobody_is_kept_out(page, CHAT)


def test_axe_finds_nothing_in_trouble(page):
    say(page, "my husband's face is drooping and he can't speak")
    expect(page.get_by_role("alert")).to_contain_text("911")
    assert_nobody_is_kept_out(page, CHAT)
    page.context.set_offline(True)
    say(page, "where do I park?")
    expect(page.get_by_role("status")).to_have_text("Connecting again…")
    assert_nobody_is_kept_out(page, CHAT)


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
    choice = f"{SHADOW}.activeElement?.textContent"
    assert home.evaluate(choice) == "Me"  # focus stays, and the next choices are right behind
    for _ in range(3):
        home.keyboard.press("Tab")
    assert home.evaluate(choice) == log(home).locator(".choices").last.locator("button").first.inner_text()
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
    targets = page.evaluate(
        f"[...{SHADOW}.querySelectorAll('button, textarea, summary, a')].filter((one) => one.offsetParent)"
        ".map((one) => [one.textContent, one.getBoundingClientRect()])"
        ".map(([text, { width, height }]) => [text, width, height])"
    )
    assert len(targets) > 8
    assert [one for one in targets if min(one[1:]) < 44] == []
    assert page.evaluate(f"parseFloat(getComputedStyle({SHADOW}.querySelector('textarea')).fontSize)") >= 16


def test_more_below_leads_on_to_choices_out_of_sight(page):
    page.set_viewport_size({"width": 360, "height": 500})
    say(page, "I'd like to book an evaluation")
    choice = page.get_by_role("button", name="Another adult")
    expect(choice).to_have_count(1)
    expect(choice).not_to_be_in_viewport()
    press(page, "More below")
    expect(choice).to_be_in_viewport()


def test_a_long_answer_comes_in_parts_and_a_warning_does_not(page):
    say(page, "What is occupational therapy?")
    expect(log(page).get_by_text("Handrail said")).to_have_count(2)
    press(page, "Tell me more")
    expect(page.get_by_role("button", name="More", exact=True)).to_be_visible()
    before = log(page).locator(".message").last.locator("p").count()
    press(page, "More")
    assert log(page).locator(".message").last.locator("p").count() > before
    expect(log(page).locator("p:focus")).to_have_count(1)
    say(page, "I fell yesterday")
    expect(log(page).locator(".notice")).to_have_count(1)
    expect(page.get_by_role("button", name="More", exact=True)).to_have_count(0)


def test_a_tap_does_not_bring_up_the_keyboard_of_a_phone(browser, assistant):
    context = browser.new_context(viewport={"width": 360, "height": 640}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(assistant.url)
    page.get_by_role("button", name="Ask Handrail").tap()
    expect(page.get_by_role("heading", name="Ask Handrail")).to_be_focused()
    page.wait_for_timeout(350)
    page.get_by_role("button", name="Book a visit").tap()
    expect(log(page)).to_contain_text("Who is the visit for")
    expect(box(page)).not_to_be_focused()
    context.close()


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


@pytest.mark.parametrize(("wish", "animation"), [("reduce", "none"), ("no-preference", "arrive")])
def test_nothing_moves_for_whoever_wishes_no_motion(page, wish, animation):
    page.emulate_media(reduced_motion=wish)
    moving = f"getComputedStyle({SHADOW}.querySelector('.message')).animationName"
    assert page.evaluate(moving) == animation


def test_without_a_script_the_phone_the_hours_and_911_are_there(browser, assistant):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(assistant.url)
    expect(page.get_by_text("In an emergency call 911")).to_be_visible()
    expect(page.get_by_role("link", name="Call 212").first).to_be_visible()
    expect(page.get_by_text("Open", exact=True)).to_be_visible()
    context.close()
