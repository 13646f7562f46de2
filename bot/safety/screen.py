"""The safety screen: transparent signs first, then what was learned from examples."""

from __future__ import annotations

from functools import lru_cache
from typing import Optional, Sequence, Tuple

from spacy.tokens import Doc

from bot.safety.signs import Sign, Signs, read_signs
from bot.understanding.english import load_english

LEARNED_LINE = 0.35
"""Share of certainty from which a learned safety label counts, whatever label is likelier."""

ACT_NOW = ("emergency_medical", "crisis_self_harm", "abuse_report", "fall_report")


class Screen:
    """Reads one message; keeps nothing."""

    def __init__(self, signs: Signs) -> None:
        self._signs = signs

    def look(self, doc: Doc, ranking: Sequence[Tuple[str, float]] = ()) -> Optional[Sign]:
        """The danger in a message, if there is any.

        Args:
            doc: the message in lower case, read by spaCy.
            ranking: labels with their shares, from the learned model; may be empty.
        """
        sign = self._signs.first_in(doc)
        if sign is not None:
            return sign
        shares = dict(ranking)
        for id in ACT_NOW:
            if shares.get(id, 0.0) >= LEARNED_LINE:
                return Sign(id, None, doc.text)
        return None

    def look_at(self, text: str) -> Optional[Sign]:
        """The danger in a bare text, by its signs alone: for when the model cannot be asked."""
        return self.look(load_english()(text.lower()))


@lru_cache(maxsize=1)
def default_screen() -> Screen:
    """The screen over the signs of this project."""
    return Screen(Signs(read_signs(), load_english()))
