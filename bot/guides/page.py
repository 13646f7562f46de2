"""A guide as one page of HTML, to read and to print."""

from __future__ import annotations

from pathlib import Path
from typing import Mapping, Optional

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.content.equipment_words import EquipmentWords
from bot.content.guides import Guide
from bot.content.profile import Profile

FOLDER = Path(__file__).parent
STYLE = FOLDER / "page.css"


class GuidePages:
    """Makes the pages; everything in them is escaped."""

    def __init__(
        self,
        guides: Mapping[str, Guide],
        words: EquipmentWords,
        alt_texts: Mapping[str, str],
        profile: Profile,
    ) -> None:
        self._guides = guides
        self._shared = {"words": words, "alt_texts": alt_texts, "clinic": profile}
        made = Environment(
            loader=FileSystemLoader(FOLDER),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._template = made.get_template("page.html")

    def page(self, device: str) -> Optional[str]:
        """The page of this device; None when it has no guide."""
        guide = self._guides.get(device)
        return self._template.render(guide=guide, **self._shared) if guide else None
