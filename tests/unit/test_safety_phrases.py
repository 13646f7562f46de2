"""The language in which signs are written."""

import pytest

from bot.safety.parts import sentence_numbers
from bot.safety.phrases import PhraseReader, Phrases
from bot.safety.spelling import Spelling, stem
from bot.understanding.english import load_english

ENGLISH = load_english()
LISTS = {
    "PAIN": ["pain", "ache"],
    "SUDDEN": ["sudden", "out of nowhere", "PAIN again"],
    "NOT": ["not", "n't", "nt"],
}


def covered(phrase: str, text: str) -> list[str]:
    """What a phrase covers in a text."""
    read = PhraseReader(LISTS)
    phrases = Phrases([(read.phrase(phrase), "it")])
    doc = ENGLISH(text)
    spelling = Spelling(read.words, ENGLISH)
    found = phrases.found_in([spelling.forms(token) for token in doc], sentence_numbers(doc))
    return [doc[start:end].text for _, (start, end), _ in found]


@pytest.mark.parametrize(
    ("phrase", "text", "words"),
    [
        ("knee|hip hurt", "my hip hurts", "hip hurts"),
        ("take ... pill", "she took all of her pills", "took all of her pills"),
        ("took", "he took it", "took"),
        ("PAIN in", "there is an ache in it", "ache in"),
        ("knee + SUDDEN", "out of nowhere the knee went", "out of nowhere the knee"),
        ("knee + SUDDEN", "the knee. ache again", "knee. ache again"),
        ("can NOT walk", "i can't walk", "can't walk"),
        ("can NOT walk", "i cant walk", "cant walk"),
        ("level is #", "the level is 540", "level is 540"),
        ("breathing", "he is not breathign", "breathign"),
        ("droop", "it is drooping", "drooping"),
    ],
)
def test_a_phrase_finds(phrase, text, words):
    assert covered(phrase, text) == [words]


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("took", "he takes it"),
        ("take ... pill", "she took it. her pills are there"),
        ("take ... pill", "take one two three four five pills"),
        ("knee + SUDDEN", "the knee. it is old. it was sudden"),
        ("knee", "my elbow"),
        ("rape", "a rap song"),
    ],
)
def test_a_phrase_does_not_find(phrase, text):
    assert covered(phrase, text) == []


@pytest.mark.parametrize(
    ("word", "short"),
    [("drooping", "droop"), ("falls", "fall"), ("slipped", "slip"), ("bed", "bed"), ("thing", "thing")],
)
def test_a_stem_is_a_word_without_its_ending(word, short):
    assert stem(word) == short
