"""A message in parts: danger in one half must not drown in the other."""

from __future__ import annotations

from typing import Iterator, List, Tuple

from spacy.tokens import Doc

_ENDS = frozenset(".!?;\n")
_TURNS = frozenset(["but", "however", "although", "though", "anyway", "also", "btw"])
_LONGEST = 28  # words; a longer sentence is read in overlapping stretches
_SHORTEST = 6  # words; a shorter sentence is read together with the next


def sentence_numbers(doc: Doc) -> List[int]:
    """For each word the number of its sentence; "but" and its like begin a new one."""
    number, numbers = 0, []
    for token in doc:
        if token.lower_ in _TURNS:
            number += 1
        numbers.append(number)
        if set(token.text) <= _ENDS:
            number += 1
    return numbers


def parts(doc: Doc) -> List[str]:
    """The sentences of a message as texts, long ones in stretches; nothing when it is a single short one."""
    found = [text for start, end in _runs(sentence_numbers(doc)) for text in _stretches(doc, start, end)]
    return found if len(found) > 1 else []


def _runs(numbers: List[int]) -> Iterator[Tuple[int, int]]:
    start = 0
    for at in range(1, len(numbers) + 1):
        if at == len(numbers) or (numbers[at] != numbers[at - 1] and at - start >= _SHORTEST):
            yield start, at
            start = at


def _stretches(doc: Doc, start: int, end: int) -> Iterator[str]:
    while end - start > _LONGEST:
        yield doc[start : start + _LONGEST].text
        start += _LONGEST // 2
    yield doc[start:end].text
