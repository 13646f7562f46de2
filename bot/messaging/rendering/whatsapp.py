"""WhatsApp by Twilio: up to 3 reply buttons of 20 characters, or a list of up to 10 items of 24.

What stands above buttons or a list may have 1,024 characters, a message without them 1,600 (Twilio,
"twilio/quick-reply", "twilio/list-picker" and "Message resource").
"""

from __future__ import annotations

from typing import Sequence

from bot.chat.message import Message
from bot.messaging.outgoing import Links, Rendered
from bot.messaging.rendering.bubbles import in_bubbles, with_last
from bot.messaging.rendering.text import choices_of, offered, options_of
from bot.messaging.rendering.titles import short_titles

LONGEST, LONGEST_WITH_CHOICES = 1600, 1024
MOST_BUTTONS, LONGEST_BUTTON = 3, 20
MOST_ITEMS, LONGEST_ITEM = 10, 24
LIST_LABEL = "Choose one"


def render(messages: Sequence[Message], offer_id: str, links: Links) -> Rendered:
    """The turn as WhatsApp messages, the choices under the last."""
    options = options_of(offered(messages))[:MOST_ITEMS]
    fit_buttons = len(options) <= MOST_BUTTONS and all(len(one.title) <= LONGEST_BUTTON for one in options)
    choices = choices_of(short_titles(options, LONGEST_BUTTON if fit_buttons else LONGEST_ITEM), offer_id)
    bubbles = in_bubbles(messages, links, LONGEST, LONGEST_WITH_CHOICES if options else LONGEST)
    label = "" if fit_buttons else LIST_LABEL
    parts = with_last(bubbles, choices=choices, as_list=not fit_buttons, list_label=label)
    return Rendered(parts, options)
