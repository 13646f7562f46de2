"""What a turn becomes on each channel."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any, List, Optional, Sequence, Tuple

import pytest

from bot.chat.message import Button, Message
from bot.messaging.gsm import is_gsm, segments
from bot.messaging.outgoing import REST, Links, Rendered
from bot.messaging.rendering import messenger, sms, telegram, whatsapp

AT = datetime(2026, 3, 2, 17, 0, tzinfo=timezone.utc)
LINKS = Links("https://chat.example.org")
OFFER = "0f0e0d0c-0b0a-4908-8706-050403020100"
YES_NO = (Button("Yes", "/choose_option?ok=yes"), Button("No", "/choose_option?ok=no"))
NEXT = tuple(Button(f"Another topic {number}", f"/faq/topic_{number}") for number in range(1, 4))
SENTENCE = "This sentence has forty characters, yes. "


def said(
    text: str, buttons: Sequence[Button] = (), kind: str = "text", topic: Optional[str] = None, **more: Any
) -> Message:
    block = {"type": kind, "text": text, **more}
    return Message("m", "assistant", AT, (block,), tuple(buttons), topic)


def with_blocks(*blocks: Any) -> Message:
    return Message("m", "assistant", AT, blocks)


def texts(rendered: Rendered) -> List[str]:
    return [part.text for part in rendered.parts]


def by_sms(*messages: Message) -> Rendered:
    return sms.render(messages, OFFER, LINKS)


def test_a_question_shows_numbered_lines() -> None:
    rendered = by_sms(said("Shall I book it?", YES_NO))
    assert texts(rendered) == ["Shall I book it?\n1 Yes\n2 No\nReply 1 or 2."]
    assert [one.payload for one in rendered.options] == ["/choose_option?ok=yes", "/choose_option?ok=no"]
    assert rendered.parts[0].choices == ()


def test_the_numbers_are_those_of_the_last_question() -> None:
    rendered = by_sms(said("An answer.", NEXT), said("Shall I book it?", YES_NO))
    assert texts(rendered) == ["An answer.\nShall I book it?\n1 Yes\n2 No\nReply 1 or 2."]


def test_an_answer_drops_other_topics_before_it_grows() -> None:
    rendered = by_sms(said(SENTENCE * 6, NEXT))
    assert segments(texts(rendered)[0]) == 2
    assert [one.title for one in rendered.options] == ["Another topic 1", "Another topic 2"]


def test_a_long_answer_stops_at_a_sentence_and_goes_on_when_asked() -> None:
    rendered = by_sms(said(SENTENCE * 10, NEXT, topic="faq/cost"))
    (text,) = texts(rendered)
    assert segments(text) == 2
    assert text.endswith("yes.\nReply MORE for the rest.")
    assert [(one.title, one.payload) for one in rendered.options] == [("More", REST)]
    assert rendered.rest is not None
    assert rendered.rest.buttons == NEXT
    shown = text.count(SENTENCE.strip())
    assert rendered.rest.text.count(SENTENCE.strip()) == 10 - shown


def test_an_answer_to_a_question_is_never_left_out() -> None:
    options = tuple(Button(f"An option of length {n}", f"/choose_option?n={n}") for n in range(6))
    rendered = by_sms(said(SENTENCE * 6, options))
    assert [one.payload for one in rendered.options] == [one.payload for one in options]
    assert sum(map(segments, texts(rendered))) <= 4


LONG = {
    "sentences": SENTENCE * 30,
    "words": "word " * 300,
    "one word": "x" * 2000,
    "another alphabet": "ж" * 900,
    "short sentences": "Ж щ. " * 200,
    "one item": "- " + "😀" * 400,
}


@pytest.mark.parametrize("text", LONG.values(), ids=LONG)
@pytest.mark.parametrize("buttons", [(), NEXT, YES_NO], ids=["none", "topics", "answers"])
def test_whatever_is_said_arrives_in_the_end(text: str, buttons: Tuple[Button, ...]) -> None:
    arrived, rest = "", said(text, buttons)
    for _ in range(40):
        rendered = by_sms(rest)
        assert all(segments(part) <= 2 for part in texts(rendered))
        arrived += " ".join(texts(rendered)).replace("Reply MORE for the rest.", "")
        if rendered.rest is None:
            break
        rest = rendered.rest
    letters = set("xжщЖ😀") & set(text)
    assert all(arrived.count(letter) == text.count(letter) for letter in letters)
    assert rendered.rest is None
    assert len(rendered.options) <= len(buttons)
    answers = [button.payload for button in buttons if "?" in button.payload]
    assert [one.payload for one in rendered.options if "?" in one.payload] == answers


def test_danger_is_said_first_bare_and_whole() -> None:
    alarm = said("Call 911 now.\n" + SENTENCE * 12, kind="notice", level="emergency")
    rendered = by_sms(said("We were at your visit.", YES_NO), alarm)
    assert texts(rendered)[0].startswith("Call 911 now.")
    assert " ".join(texts(rendered)).count(SENTENCE.strip()) == 12
    assert texts(rendered)[0].endswith("(1/3)")
    assert texts(rendered)[-1] == "We were at your visit.\n1 Yes\n2 No\nReply 1 or 2. (3/3)"


def test_a_number_to_call_is_said_once() -> None:
    call = {"type": "link", "title": "Call 911", "url": "tel:911"}
    line = {"type": "link", "title": "Poison Control", "url": "tel:+18002221222"}
    notice = {"type": "notice", "level": "emergency", "text": "Call 911 now. Poison Control: 1-800-222-1222."}
    assert texts(by_sms(with_blocks(notice, call, line))) == ["Call 911 now. Poison Control: 1-800-222-1222."]
    assert texts(by_sms(with_blocks({"type": "text", "text": "Hello."}, line))) == [
        "Hello.\nPoison Control: +18002221222"
    ]


def test_a_step_has_its_place_and_its_picture_as_an_address() -> None:
    step = {
        "type": "steps",
        "title": "Stairs",
        "index": 2,
        "of": 7,
        "who": "person",
        "text": "Hold the rail.",
    }
    image = {"type": "image", "url": "/chat/media/rail.svg", "alt": "A hand on a rail."}
    assert texts(by_sms(with_blocks(step, image))) == [
        "Step 2 of 7: Hold the rail.\nPicture: https://chat.example.org/chat/media/rail.svg"
    ]


def test_no_text_asks_for_a_word_that_ends_all_messages() -> None:
    rendered = by_sms(said("Go on?", (Button("Done", "/choose_option?move=done"), Button("Stop", "/stop"))))
    assert texts(rendered) == ["Go on?\n1 Done\n2 Leave this\nReply 1 or 2."]
    assert rendered.options[1].payload == "/stop"


def test_a_word_that_only_begins_messages_again_is_no_danger() -> None:
    rendered = by_sms(said("Ready?", (Button("Start", "/choose_option?move=done"), YES_NO[1])))
    assert texts(rendered) == ["Ready?\n1 Start\n2 No\nReply 1 or 2."]


def test_curly_signs_are_made_plain() -> None:
    (text,) = texts(by_sms(said("It’s “fine” – really…")))
    assert is_gsm(text)
    assert text == 'It\'s "fine" - really...'


def test_three_short_choices_are_buttons_on_whatsapp() -> None:
    (part,) = whatsapp.render([said("Shall I book it?", YES_NO)], OFFER, LINKS).parts
    assert not part.as_list
    assert [(one.title, one.ref) for one in part.choices] == [("Yes", f"{OFFER}:0"), ("No", f"{OFFER}:1")]


@pytest.mark.parametrize("titles", [["a", "b", "c", "d"], ["A title of 21 letters"]])
def test_more_or_longer_choices_are_a_list_on_whatsapp(titles: List[str]) -> None:
    buttons = [Button(title, "/choose_option?x=1") for title in titles]
    (part,) = whatsapp.render([said("Which?", buttons)], OFFER, LINKS).parts
    assert part.as_list
    assert part.list_label
    assert [one.title for one in part.choices] == titles


def test_titles_that_are_alike_when_cut_stay_apart() -> None:
    buttons = [Button("Monday, the ninth of March", "/a?b=1"), Button("Monday, the ninth of April", "/a?b=2")]
    (part,) = messenger.render([said("Which?", buttons)], OFFER, LINKS).parts
    assert len({one.title for one in part.choices}) == 2
    assert all(len(one.title) <= 20 for one in part.choices)


@pytest.mark.parametrize("render", [whatsapp.render, telegram.render, messenger.render])
def test_choices_stand_under_the_last_part_and_fit_their_bytes(render: Any) -> None:
    rendered = render([said(SENTENCE * 150, NEXT)], OFFER, LINKS)
    assert len(rendered.parts) > 1
    assert [bool(part.choices) for part in rendered.parts] == [False] * (len(rendered.parts) - 1) + [True]
    assert all(len(one.ref.encode()) <= 64 for one in rendered.parts[-1].choices)
    assert " ".join(texts(rendered)).count(SENTENCE.strip()) == 150


@pytest.mark.parametrize(
    ("render", "most"), [(whatsapp.render, 1600), (telegram.render, 4096), (messenger.render, 640)]
)
@pytest.mark.parametrize(
    "text", ["x" * 9000, "😀" * 5000, SENTENCE * 200], ids=["word", "emoji", "sentences"]
)
def test_long_text_is_split_where_the_provider_wants_it(render: Any, most: int, text: str) -> None:
    parts = texts(render([said(text)], OFFER, LINKS))
    assert all(len(part.encode("utf-16-le")) // 2 <= most for part in parts)
    assert "".join(parts).replace(" ", "") == text.replace(" ", "")


@pytest.mark.parametrize("render", [sms.render, whatsapp.render, telegram.render, messenger.render])
def test_nothing_said_sends_nothing(render: Any) -> None:
    assert render([], OFFER, LINKS).parts == ()
    assert render([with_blocks()], OFFER, LINKS).parts == ()
