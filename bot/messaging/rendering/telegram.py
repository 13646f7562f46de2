"""Telegram: up to 4,096 characters a message, inline buttons that carry up to 64 bytes.

The Bot API sets no length for what a button says; two of the chat's titles stand side by side (Telegram Bot
API, "sendMessage" and "InlineKeyboardButton").
"""

from __future__ import annotations

from typing import Sequence

from bot.chat.message import Message
from bot.messaging.outgoing import Links, Rendered
from bot.messaging.rendering.bubbles import in_bubbles, with_last
from bot.messaging.rendering.text import choices_of, offered, options_of

LONGEST = 4096


def render(messages: Sequence[Message], offer_id: str, links: Links) -> Rendered:
    """The turn as Telegram messages, the buttons under the last."""
    options = options_of(offered(messages))
    choices = choices_of([one.title for one in options], offer_id)
    return Rendered(with_last(in_bubbles(messages, links, LONGEST, LONGEST), choices=choices), options)
