"""The one message shape: what the dialogue says, what the API sends, what is kept."""

import json
from datetime import datetime, timezone

from hypothesis import given
from hypothesis import strategies as st

from bot.chat.message import MOST_BUTTONS, Button, Message, from_reply

AT = datetime(2026, 3, 2, 14, 0, tzinfo=timezone.utc)

words = st.text(min_size=1, max_size=40)
blocks = st.one_of(
    st.fixed_dictionaries({"type": st.just("text"), "text": words}),
    st.fixed_dictionaries({"type": st.just("list"), "items": st.lists(words, min_size=1)}),
    st.fixed_dictionaries({"type": st.just("notice"), "level": st.just("emergency"), "text": words}),
    st.fixed_dictionaries({"type": st.just("link"), "title": words, "url": words}),
)
messages = st.builds(
    Message,
    id=st.uuids().map(str),
    sender=st.sampled_from(["assistant", "person", "staff"]),
    sent_at=st.datetimes(timezones=st.just(timezone.utc)),
    blocks=st.lists(blocks, max_size=4).map(tuple),
    buttons=st.lists(st.builds(Button, words, words), max_size=3).map(tuple),
    topic=st.none() | words,
    sources=st.lists(st.fixed_dictionaries({"title": words, "url": words}), max_size=2).map(tuple),
    feedback=st.booleans(),
)


@given(messages)
def test_a_message_comes_back_as_it_was_kept(message):
    assert Message.from_json(json.loads(json.dumps(message.as_json()))) == message


def test_the_api_sends_every_key_of_its_contract():
    assert set(from_reply({"text": "Hello"}, "1", AT).as_json()) == {
        "id",
        "sender",
        "sent_at",
        "blocks",
        "text",
        "buttons",
        "topic",
        "sources",
        "feedback",
    }


def test_a_reply_becomes_paragraphs_list_links_and_buttons():
    message = from_reply(
        {
            "text": "One.\n\nTwo.\n\n\n",
            "buttons": [{"title": "More", "payload": "/more"}],
            "metadata": {
                "topic": "faq/cost",
                "items": ["a", "b"],
                "links": [{"title": "Call 911", "url": "tel:911"}],
                "sources": [{"title": "A leaflet", "url": "https://example.org", "grade": "A"}],
            },
        },
        "1",
        AT,
    )
    assert [block["type"] for block in message.blocks] == ["text", "text", "list", "link"]
    assert message.text == "One.\n\nTwo.\n\n- a\n- b\n\nCall 911: 911"
    assert message.buttons == (Button("More", "/more"),)
    assert message.topic == "faq/cost"
    assert message.sources == ({"title": "A leaflet", "url": "https://example.org"},)
    assert message.feedback


def test_the_first_paragraph_of_an_alarm_is_its_notice():
    message = from_reply({"text": "Call 911.\n\nStay.", "metadata": {"notice": "emergency"}}, "1", AT)
    assert message.blocks[0] == {"type": "notice", "level": "emergency", "text": "Call 911."}
    assert message.blocks[1] == {"type": "text", "text": "Stay."}


def test_a_reply_without_sources_is_not_asked_about():
    assert not from_reply({"text": "Hello"}, "1", AT).feedback


def test_there_are_never_more_buttons_than_a_small_screen_holds():
    many = [{"title": str(number), "payload": f"/{number}"} for number in range(20)]
    assert len(from_reply({"text": "Choose", "buttons": many}, "1", AT).buttons) == MOST_BUTTONS == 6


def test_a_step_and_a_picture_can_be_read_as_plain_text():
    step = {"type": "steps", "title": "Cane", "index": 2, "of": 5, "text": "Lean.", "who": "person"}
    picture = {"type": "image", "url": "/chat/media/cane.png", "alt": "A cane"}
    message = Message("1", "assistant", AT, (step, picture))
    assert message.text == "Cane, step 2 of 5: Lean.\n\nPicture: A cane"
