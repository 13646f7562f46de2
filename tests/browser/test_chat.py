"""The chat on the clinic's home page, in a real browser: people ask, book and get help."""

from __future__ import annotations

import re

import requests
from playwright.sync_api import expect

from tests.browser.chat import (
    CHAT,
    assert_nobody_is_kept_out,
    book,
    box,
    heard,
    listen_in,
    log,
    open_chat,
    post,
    press,
    say,
)


def test_a_question_is_answered_with_who_says_so(page):
    say(page, "how much does an evaluation cost?")
    expect(log(page)).to_contain_text("$222")
    expect(log(page).get_by_text("Who says so?").last).to_be_visible()


def test_a_visit_is_booked_by_buttons_and_words(page, assistant):
    before = assistant.appointments()
    book(page)
    assert assistant.appointments() == before + 1
    assert_nobody_is_kept_out(page, CHAT)


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


def test_a_new_start_deletes_the_conversation(page, assistant):
    token = page.evaluate("JSON.parse(localStorage.getItem('handrail-token'))")
    say(page, "how much does an evaluation cost?")
    expect(log(page)).to_contain_text("$222")
    press(page, "Options")
    page.wait_for_timeout(350)
    page.get_by_role("button", name="Start over").click()
    press(page, "Yes, delete it")
    expect(log(page)).not_to_contain_text("$222")
    expect(log(page)).to_contain_text("In an emergency call 911")
    headers = {"Authorization": f"Bearer {token}"}
    assert requests.get(f"{assistant.url}/chat/messages", headers=headers, timeout=20).status_code == 401


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


def test_what_staff_post_appears_and_is_announced_once(page, assistant):
    page.set_viewport_size({"width": 360, "height": 560})
    listen_in(page)
    post(page, assistant, "We can see you at 9.")
    expect(log(page)).to_contain_text("Clinic staff said")
    expect(page.get_by_text("It is not for emergencies")).to_be_in_viewport()  # what is read stays in sight
    expect(log(page).get_by_text("We can see you at 9.")).not_to_be_in_viewport()
    assert_nobody_is_kept_out(page, CHAT)
    press(page, "More below")
    expect(log(page).get_by_text("We can see you at 9.")).to_be_in_viewport()
    page.context.set_offline(True)  # the stream breaks, and begins again
    page.context.set_offline(False)
    say(page, "how much does an evaluation cost?")
    expect(log(page)).to_contain_text("$222")
    expect(log(page).get_by_text("We can see you at 9.")).to_have_count(1)
    assert heard(page, "We can see you at 9.") == 1
    assert heard(page, "$222") == 1


def test_a_lost_server_is_said_once_and_what_was_typed_is_sent_once(page, assistant):
    listen_in(page)
    with assistant.without_server():
        say(page, "how much does an evaluation cost?")
        expect(page.get_by_role("alert")).to_contain_text("What you wrote is kept")
        expect(page.get_by_role("status")).to_have_text("Connecting again…")
        expect(box(page)).to_have_value("how much does an evaluation cost?")
    expect(log(page)).to_contain_text("$222", timeout=40_000)
    expect(page.get_by_role("status")).to_have_text("Connected again.")
    assert [heard(page, words) for words in ("Connecting again", "is kept", "$222")] == [1, 1, 1]
    page.reload()
    expect(log(page)).to_contain_text("$222")
    expect(log(page).get_by_text("how much does an evaluation cost?")).to_have_count(1)


def test_the_talk_can_be_saved_and_printed_without_the_page_around_it(page):
    say(page, "how much does an evaluation cost?")
    expect(log(page)).to_contain_text("$222")
    press(page, "Options")
    page.wait_for_timeout(350)
    with page.expect_download() as saving:
        page.get_by_role("button", name="Save as a file").click()
    saved = saving.value.path().read_text(encoding="utf-8")
    assert "You said\nhow much does an evaluation cost?" in saved
    assert "$222" in saved
    page.evaluate("window.print = () => { window.printing = document.adoptedStyleSheets.length }")
    press(page, "Print")
    assert page.evaluate("window.printing") == 1
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", name="What we do")).to_be_hidden()
    expect(log(page)).to_be_visible()
    expect(box(page)).to_be_hidden()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(page.get_by_role("heading", name="What we do")).to_be_visible()


def test_answers_are_read_aloud_where_it_is_wished_and_next_time_too(page):
    stub = "speechSynthesis.speak = ({ text }) => { window.spoken = [...(window.spoken ?? []), text] }"
    page.add_init_script(stub)
    page.reload()
    say(page, "hello")
    expect(log(page).get_by_text("Handrail said")).to_have_count(2)
    assert page.evaluate("window.spoken") is None
    press(page, "Options")
    press(page, "Read answers aloud")
    page.reload()
    say(page, "how much does an evaluation cost?")
    expect(log(page)).to_contain_text("$222")
    assert [("$222" in text) for text in page.evaluate("window.spoken")] == [True]


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
