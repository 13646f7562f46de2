"""Words around equipment: those that may mean several devices, and how to say whom to call."""

from __future__ import annotations

from pathlib import Path
from typing import Dict, List, Optional, Tuple

from pydantic import Field

from bot.content.guides import Call, StopSign
from bot.content.yaml_files import Strict, parse, read_yaml
from bot.settings import ROOT

PATH = ROOT / "data" / "equipment_words.yml"


class Meaning(Strict):
    """One device that a word may mean, or none of ours; `clues` are words beside it that tell."""

    title: str = Field(..., max_length=24)
    equipment: Optional[str]
    clues: Tuple[str, ...] = ()


class Ambiguity(Strict):
    """Words that may mean several devices, and what to ask; "yes" is the first meaning, "no" the second."""

    words: List[str] = Field(..., min_items=1)
    ask: str
    meanings: List[Meaning] = Field(..., min_items=2, max_items=4)


class EquipmentWords(Strict):
    """The whole file. `first_offered` are devices to offer when nothing tells which is meant."""

    ambiguous: Tuple[Ambiguity, ...] = ()
    calls: Dict[Call, str]
    first_offered: Tuple[str, ...] = ()

    def whom_to_call(self, sign: StopSign) -> str:
        """Whom to call at this sign, in sentences; empty when what to do already says so."""
        return sign.call_when or " ".join(
            self.calls[code] for code in sign.call if self.calls[code] not in sign.do
        )


def read_equipment_words(path: Path = PATH) -> EquipmentWords:
    """The words of this project.

    Raises:
        ContentError: names the file, and the field that is wrong.
    """
    return parse(path, EquipmentWords, read_yaml(path))
