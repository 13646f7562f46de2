"""A message in parts: danger in one half must not drown in the other."""

from __future__ import annotations

from typing import Iterator, List, Tuple

from spacy.tokens import Doc

Span = Tuple[int, int]
"""From the first word up to, not with, the last."""

_ENDS = frozenset(".!?;\n")
_TURNS = frozenset(["but", "however", "although", "though", "anyway", "also", "btw"])
_SHORT = 6  # words; shorter sentences that follow each other are read together
_TINY = 3  # words; so few mean nothing by themselves
_LONGEST = 28  # words; a longer sentence is read in overlapping stretches


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


def parts(doc: Doc) -> List[Span]:
    """The sentences of a message, short ones together, long ones in stretches; nothing for a single one."""
    found: List[Span] = []
    was_short = False
    for start, end in _sentences(sentence_numbers(doc)):
        is_short = end - start < _SHORT
        if found and ((is_short and was_short) or end - start < _TINY):
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
            was_short = is_short
    stretches = [stretch for part in found for stretch in _stretches(*part)]
    return stretches if len(stretches) > 1 else []


def _sentences(numbers: List[int]) -> Iterator[Span]:
    start = 0
    for at in range(1, len(numbers) + 1):
        if at == len(numbers) or numbers[at] != numbers[start]:
            yield start, at
            start = at


def _stretches(start: int, end: int) -> Iterator[Span]:
    while end - start > _LONGEST:
        yield start, start + _LONGEST
        start += _LONGEST // 2
    yield start, end
