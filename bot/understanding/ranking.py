"""What a text may be about."""

from __future__ import annotations

from typing import List, Tuple

Ranking = List[Tuple[str, float]]
"""Labels with their shares of certainty, the likeliest first; all shares together are 1."""
