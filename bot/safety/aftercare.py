"""After an alarm: for how long a conversation is read more carefully."""

from __future__ import annotations

from typing import Sequence

from bot.safety.screen import ACT_NOW

CAREFUL_TURNS = 6
"""Messages of the person after an alarm that are read with the lower line."""


def is_careful(intents: Sequence[str]) -> bool:
    """Whether one of the last messages was an alarm.

    Args:
        intents: what each message of the person was about, the latest last.
    """
    return any(intent in ACT_NOW for intent in intents[-CAREFUL_TURNS:])
