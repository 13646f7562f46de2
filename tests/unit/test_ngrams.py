"""N-grams of one message are counted as scikit-learn counts them, and kept as plain values."""

import json

import numpy as np
import pytest
from scipy.sparse import hstack
from sklearn.feature_extraction.text import TfidfVectorizer

from bot.understanding.ngrams import Ngrams

TEXTS = ["My hand hurts", "when do you open", "do you treat a hand", "Open on Monday? on monday!", "my hands"]


@pytest.fixture(scope="module")
def ngrams() -> Ngrams:
    return Ngrams.fit(TEXTS, letters_in=2, words_in=1)


@pytest.mark.parametrize("text", [*TEXTS, "", "  ", "zzz qqq", "MY hand,\nmy  hand: ñandú"])
def test_they_are_tf_idf_of_letters_and_words(ngrams: Ngrams, text: str) -> None:
    shape = {"sublinear_tf": True}
    letters = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), min_df=2, **shape).fit(TEXTS)
    words = TfidfVectorizer(ngram_range=(1, 2), **shape).fit(TEXTS)
    expected = hstack([letters.transform([text]), words.transform([text])])
    assert np.allclose(ngrams.of([text]).toarray(), expected.toarray(), atol=1e-6)


def test_a_row_a_text(ngrams: Ngrams) -> None:
    alone = [ngrams.of([text]).toarray() for text in TEXTS]
    assert np.allclose(ngrams.of(TEXTS).toarray(), np.vstack(alone))


def test_they_can_be_kept_as_json_and_numbers(ngrams: Ngrams) -> None:
    again = Ngrams.restored(json.loads(json.dumps(ngrams.vocabularies())), ngrams.numbers())
    assert np.allclose(again.of(TEXTS).toarray(), ngrams.of(TEXTS).toarray())
