"""Phrases over the forms of words, and finding many of them in one pass over a text."""

from __future__ import annotations

from typing import Dict, FrozenSet, Iterable, List, NamedTuple, Optional, Sequence, Set, Tuple

from bot.safety.parts import Span
from bot.safety.spelling import NUMBER, stem

Word = FrozenSet[str]
"""The forms under which one word of a text is known."""

Elements = Tuple[Optional[FrozenSet[str]], ...]
"""One word after the other, each by the forms that fit; None is a gap."""


class Found(NamedTuple):
    """A phrase that was found: its name, the words it covers, and whether it is of one piece."""

    name: str
    span: Span
    is_whole: bool


Phrase = List[List[Elements]]
"""Parts that may stand in any order, each in the ways it may be said."""

_GAP = 4


class PhraseReader:
    """Turns written phrases into elements, and remembers every word they use."""

    def __init__(self, lists: Dict[str, List[str]]) -> None:
        self._lists = lists
        self.words: Dict[str, None] = {}

    def phrase(self, text: str) -> Phrase:
        """The parts of a phrase."""
        return [self._ways(part) for part in text.split(" + ")]

    def _ways(self, part: str) -> List[Elements]:
        ways: List[Elements] = [()]
        for written in part.split():
            if written == "...":
                nexts: List[Elements] = [(None,)]
            else:
                nexts = self._alternatives(written)
            ways = [(*way, *one) for way in ways for one in nexts]
        return ways

    def _alternatives(self, written: str) -> List[Elements]:
        """All single words in one element; a list's phrases each in a way of their own."""
        entries = [entry for one in written.split("|") for entry in self._lists.get(one, [one])]
        single = frozenset(form for entry in entries if " " not in entry for form in self._forms(entry))
        ways = [way for entry in entries if " " in entry for way in self._ways(entry)]
        return [(single,), *ways] if single else ways

    def _forms(self, entry: str) -> FrozenSet[str]:
        word = entry.strip('"')
        if word in self._lists:
            return frozenset(form for one in self._lists[word] for form in self._forms(one))
        if word == NUMBER:
            return frozenset([NUMBER])
        self.words[word] = None
        return frozenset((word, stem(word)))


class Phrases:
    """Many phrases, each looked for only where a first word of it stands."""

    def __init__(self, phrases: Iterable[Tuple[Phrase, str]]) -> None:
        self._ways: List[Tuple[Elements, int, int]] = []
        self._by_first: Dict[str, Set[int]] = {}
        self._names: List[Tuple[str, int]] = []
        for number, (parts, name) in enumerate(phrases):
            self._names.append((name, len(parts)))
            for place, ways in enumerate(parts):
                for elements in ways:
                    for form in elements[0] or ():
                        self._by_first.setdefault(form, set()).add(len(self._ways))
                    self._ways.append((elements, number, place))

    def found_in(self, words: Sequence[Word], sentences: Sequence[int]) -> List[Found]:
        """Each phrase that is found, with the words from its first to its last."""
        found: List[Found] = []
        halves: Dict[int, Dict[int, List[Span]]] = {}
        for start, word in enumerate(words):
            for way in sorted(set().union(*(self._by_first.get(form, ()) for form in word))):
                elements, number, place = self._ways[way]
                end = _end(elements, words, sentences, start, sentences[start])
                if end is None:
                    continue
                name, parts = self._names[number]
                if parts == 1:
                    found.append(Found(name, (start, end), True))
                else:
                    halves.setdefault(number, {}).setdefault(place, []).append((start, end))
        for number, places in halves.items():
            name, parts = self._names[number]
            if len(places) == parts:
                found += [Found(name, span, False) for span in _together(list(places.values()), sentences)]
        return found


def _together(places: List[List[Span]], sentences: Sequence[int]) -> List[Span]:
    """The first spans of all parts that stand in one sentence, or in two that follow each other."""
    joined = places[0]
    for others in places[1:]:
        joined = [
            (min(one[0], other[0]), max(one[1], other[1]))
            for one in joined
            for other in others
            if abs(sentences[one[0]] - sentences[other[0]]) <= 1 and one[0] != other[0]
        ][:1]
    return joined


def _end(
    elements: Elements, words: Sequence[Word], sentences: Sequence[int], at: int, sentence: int
) -> Optional[int]:
    """Where the elements that begin at a word end, inside the sentence; None when they do not."""
    if not elements:
        return at
    first, rest = elements[0], elements[1:]
    if first is None:
        ends = (_end(rest, words, sentences, at + more, sentence) for more in range(_GAP + 1))
        return next((end for end in ends if end is not None), None)
    if at >= len(words) or sentences[at] != sentence or first.isdisjoint(words[at]):
        return None
    return _end(rest, words, sentences, at + 1, sentence)
