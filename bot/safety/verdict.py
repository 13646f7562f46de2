"""What was seen in the message at hand, for whoever must answer when the dialogue cannot."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import Iterator, List, Optional

from bot.safety.signs import Sign

_kept: ContextVar[Optional[List[Sign]]] = ContextVar("what was seen", default=None)


@contextmanager
def kept() -> Iterator[List[Sign]]:
    """Inside the block, and in tasks begun there, every danger that is seen joins this list."""
    seen: List[Sign] = []
    token = _kept.set(seen)
    try:
        yield seen
    finally:
        _kept.reset(token)


def keep(sign: Sign) -> None:
    """Tell of a danger that was seen."""
    seen = _kept.get()
    if seen is not None:
        seen.append(sign)
