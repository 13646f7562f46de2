"""Button titles for screens that show fewer characters than the chat."""

from __future__ import annotations

from textwrap import shorten
from typing import List, Sequence

from bot.messaging.outgoing import Option


def short_titles(options: Sequence[Option], longest: int) -> List[str]:
    """A title of at most `longest` characters for each option, cut between words; no two are alike."""
    titles: List[str] = []
    for number, option in enumerate(options, start=1):
        title = _short(option.title, longest)
        titles.append(_short(f"{number} {option.title}", longest) if title in titles else title)
    return titles


def _short(title: str, longest: int) -> str:
    cut = shorten(title, longest, placeholder="…")
    return cut if cut != "…" else f"{title[: longest - 1]}…"
