"""What the assistant is measured on is kept apart from what it learned from."""

from __future__ import annotations

import re
from typing import Any, Iterator

import numpy as np
import pytest
from sklearn.feature_extraction.text import CountVectorizer

from bot.content.yaml_files import read_yaml
from bot.settings import ROOT

MEASURED = ROOT.parent / "shared" / "eval"
NEAR = 0.6
"""Share of common runs of four letters from which two texts count as the same."""

SHORTEST = 12


def examples() -> list[str]:
    """Every example sentence of the content, without its marks."""
    found = []
    for path in sorted(ROOT.glob("data/**/*.yml")):
        shape = read_yaml(path)
        for part in shape.get("nlu", []) if isinstance(shape, dict) else []:
            lines = (line.strip() for line in part.get("examples", "").splitlines())
            found += [re.sub(r"\[([^\]]+)\][({][^)}]*[)}]", r"\1", line[2:]) for line in lines if line]
    return found


def texts_in(shape: Any) -> Iterator[str]:
    if isinstance(shape, dict):
        for key, value in shape.items():
            if key == "text" and isinstance(value, str):
                yield value
            else:
                yield from texts_in(value)
    elif isinstance(shape, list):
        for one in shape:
            yield from texts_in(one)


def normalized(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


@pytest.fixture(scope="module")
def learned() -> list[str]:
    return sorted({normalized(text) for text in examples()})


@pytest.fixture(scope="module")
def measured() -> list[str]:
    if not MEASURED.is_dir():
        pytest.skip("there are no evaluation sets beside the project (../shared/eval)")
    return sorted({normalized(text) for path in MEASURED.glob("*.yml") for text in texts_in(read_yaml(path))})


def test_the_examples_are_found(learned):
    assert len(learned) > 3000


def test_no_measured_text_was_learned(learned, measured):
    assert not sorted(set(learned) & set(measured))


def test_no_measured_text_is_nearly_one_that_was_learned(learned, measured):
    mine = [text for text in learned if len(text) >= SHORTEST]
    theirs = [text for text in measured if len(text) >= SHORTEST]
    runs = CountVectorizer(analyzer="char", ngram_range=(4, 4), binary=True, dtype=np.int32)
    table = runs.fit_transform([*mine, *theirs])
    here, there = table[: len(mine)], table[len(mine) :]
    common = (here @ there.T).tocoo()
    sizes_here, sizes_there = np.asarray(here.sum(axis=1)).ravel(), np.asarray(there.sum(axis=1)).ravel()
    share = common.data / (sizes_here[common.row] + sizes_there[common.col] - common.data)
    near = [(mine[common.row[i]], theirs[common.col[i]]) for i in np.flatnonzero(share >= NEAR)]
    assert not near
