"""After an alarm: for how long a conversation is read more carefully, and what goes on about it."""

from __future__ import annotations

from typing import Optional, Sequence

from bot.safety.signs import Sign

CAREFUL_TURNS = 6
"""Messages of the person after an alarm that are read with the lower line."""

ACT_NOW = ("emergency_medical", "crisis_self_harm", "abuse_report", "fall_report")
"""What staff must hear of, and what a conversation stays careful after."""

_REPEATED = ACT_NOW[:3]
"""Whose reply is said again when the person goes on about it; after a fall there are questions instead."""


def last_alarm(seen: Sequence[Sign]) -> Optional[Sign]:
    """The alarm that a conversation is still careful after.

    Args:
        seen: what each message of the person was about, the latest last.
    """
    recent = [sign for sign in seen[-CAREFUL_TURNS:] if sign.id in ACT_NOW]
    return recent[-1] if recent else None


def goes_on(alarm: Sign, words: str) -> Optional[Sign]:
    """The same alarm again, where its reply is to be repeated."""
    return Sign(alarm.id, alarm.kind, words) if alarm.id in _REPEATED else None
