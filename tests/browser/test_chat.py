"""The chat on the clinic's home page, in a real browser: people ask, book and get help."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.chat import box, log, open_chat, press, say


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
    expect(log(page)).to_contain_text("needed on the day")
    press(page, "Nothing")
    press(page, "Skip")
    expect(log(page)).to_contain_text("Please check this")
    press(page, "Yes, book it")
    expect(log(page)).to_contain_text("Your reference is")
    assert assistant.appointments() == before + 1


def test_an_emergency_is_announced_at_once_and_in_sight(page):
    page.set_viewport_size({"width": 360, "height": 640})
    say(page, "my husband's face is drooping and he can't speak")
    expect(page.get_by_role("alert")).to_contain_text("911")
    call = log(page).get_by_role("link", name="911").first
    expect(call).to_have_attribute("href", "tel:911")
    expect(call).to_be_in_viewport()


def test_a_link_of_the_page_opens_the_chat_and_asks(home):
    home.get_by_role("link", name="What is occupational therapy?").click()
    expect(log(home)).to_contain_text("What is occupational therapy?")
    expect(log(home).get_by_text("Handrail said")).to_have_count(2)


def test_the_page_can_open_ask_and_listen(home):
    heard = "window.heard = []; for (const one of ['open', 'answer', 'close']) "
    heard += "document.addEventListener(`handrail:${one}`, (event) => heard.push([one, event.detail.topic]))"
    home.evaluate(heard)
    home.evaluate("Handrail.ask('how much does an evaluation cost?')")
    expect(log(home)).to_contain_text("$222")
    home.evaluate("Handrail.close()")
    expect(log(home)).to_be_hidden()
    events = [tuple(one) for one in home.evaluate("heard")]
    assert events[0][0] == "open"
    assert ("answer", "faq/cost") in events
    assert events[-1][0] == "close"


def test_a_reload_keeps_the_conversation_and_what_was_being_typed(page):
    say(page, "how much does an evaluation cost?")
    expect(log(page)).to_contain_text("$222")
    box(page).fill("and where do I")
    page.reload()
    expect(log(page)).to_contain_text("how much does an evaluation cost?")
    expect(log(page)).to_contain_text("$222")
    expect(box(page)).to_have_value("and where do I")


def test_a_second_tab_shows_what_the_first_says(page):
    say(page, "how much does an evaluation cost?")
    expect(log(page)).to_contain_text("$222")
    second = page.context.new_page()
    second.goto(page.url)
    second.get_by_role("button", name="Ask Handrail").click()
    expect(log(second)).to_contain_text("$222")
    say(page, "what should I bring?")
    expect(log(second)).to_contain_text("what should I bring?")


def test_a_new_start_deletes_the_conversation(page):
    say(page, "how much does an evaluation cost?")
    expect(log(page)).to_contain_text("$222")
    press(page, "Options")
    page.wait_for_timeout(350)
    page.get_by_role("button", name="Start over").click()
    press(page, "Yes, delete it")
    expect(log(page)).not_to_contain_text("$222")
    expect(log(page)).to_contain_text("In an emergency call 911")


def test_leaving_fast_shows_nothing_to_whoever_comes_back(page, assistant):
    say(page, "my partner hits me")
    expect(log(page)).to_contain_text("Handrail said")
    page.route("https://www.weather.gov/**", lambda route: route.fulfill(body="the weather"))
    press(page, "Options")
    page.wait_for_timeout(350)
    page.get_by_role("button", name="Leave this page fast").click()
    expect(page).to_have_url(re.compile("weather"))
    page.goto(assistant.url)
    open_chat(page)
    expect(log(page)).not_to_contain_text("my partner hits me")


def test_a_lost_connection_is_said_once_and_nothing_is_lost(page):
    page.context.set_offline(True)
    say(page, "how much does an evaluation cost?")
    expect(page.get_by_role("alert")).to_contain_text("What you wrote is kept")
    expect(page.get_by_role("status")).to_have_text("Connecting again…")
    page.context.set_offline(False)
    expect(log(page)).to_contain_text("$222", timeout=20_000)
    expect(log(page).get_by_text("how much does an evaluation cost?")).to_have_count(1)
    expect(page.get_by_role("status")).to_have_text("Connected again.")


def test_the_size_of_the_text_is_kept_for_next_time(page):
    def size() -> float:
        return page.evaluate(
            "parseFloat(getComputedStyle(document.querySelector('handrail-chat').shadowRoot.querySelector('.log'))"
            ".fontSize)"
        )

    ordinary = size()
    press(page, "Options")
    press(page, "Largest")
    assert size() > ordinary * 1.4
    page.reload()
    expect(log(page)).to_be_visible()
    assert size() > ordinary * 1.4
