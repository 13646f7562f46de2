"""Messenger: 640 characters a message, up to 13 quick replies of 20 characters.

The Send API takes 2,000 characters of text, its templates 640: the short limit holds for every message, so
that one with choices is none the longer (Meta, Messenger Platform, "Send API" and "Quick Replies").
"""

from __future__ import annotations

from typing import Sequence

from bot.chat.message import Message
from bot.messaging.outgoing import Links, Rendered
from bot.messaging.rendering.bubbles import in_bubbles, with_last
from bot.messaging.rendering.text import choices_of, offered, options_of
from bot.messaging.rendering.titles import short_titles

LONGEST = 640
MOST_REPLIES, LONGEST_TITLE = 13, 20


def render(messages: Sequence[Message], offer_id: str, links: Links) -> Rendered:
    """The turn as Messenger messages, the quick replies under the last."""
    options = options_of(offered(messages))[:MOST_REPLIES]
    choices = choices_of(short_titles(options, LONGEST_TITLE), offer_id)
    return Rendered(with_last(in_bubbles(messages, links, LONGEST, LONGEST), choices=choices), options)
