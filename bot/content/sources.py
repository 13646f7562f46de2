"""Where an answer comes from, and who has looked at it."""

from __future__ import annotations

from datetime import date
from typing import Literal, Optional, Tuple

from pydantic import Field

from bot.content.yaml_files import Strict


class Source(Strict):
    """A page that says what the answer says: A is an official or peer-reviewed one, B a professional one."""

    title: str = Field(..., min_length=3)
    url: str = Field(..., regex=r"^https?://\S+$")
    grade: Literal["A", "B"]


class Reviewed(Strict):
    """What stands under every text that states facts."""

    sources: Tuple[Source, ...] = ()
    read_on: Optional[date] = None
    reviewed_by: str = "pending"
