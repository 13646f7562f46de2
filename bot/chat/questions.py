"""Questions that got no answer: staff read them, to see what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Callable, ContextManager, List, Protocol

from bot.clock import Clock
from bot.understanding.anonymous import LEFT_OUT, without_names

LONGEST = 300


@dataclass(frozen=True)
class Question:
    """What was asked, without anything that names who asked, and how often."""

    text: str
    times: int
    first_at: datetime
    last_at: datetime


class StoredQuestions(Protocol):
    """Questions in the database, inside one unit of work."""

    def count(self, text: str, at: datetime) -> None:
        """Keep that it was asked once more."""

    def most_asked(self, count: int) -> List[Question]:
        """The questions that were asked most."""

    def forget_before(self, before: datetime) -> int:
        """Drop those that were last asked before this time; how many there were."""


class QuestionWork(Protocol):
    """One unit of work: only `commit` keeps its changes."""

    @property
    def questions(self) -> StoredQuestions:
        """The questions' rows."""

    def commit(self) -> None:
        """Keep every change."""


class Questions:
    """Keeps them apart from every conversation."""

    def __init__(self, work: Callable[[], ContextManager[QuestionWork]], clock: Clock) -> None:
        self._work = work
        self._clock = clock

    def note(self, said: str) -> None:
        """Count a question that was refused, or not understood; one without a word left is dropped."""
        text = without_names(said).lower()[:LONGEST].strip()
        if not text.strip(f"{LEFT_OUT} .,?!'-"):
            return
        with self._work() as work:
            work.questions.count(text, self._clock())
            work.commit()

    def most_asked(self, count: int = 50) -> List[Question]:
        """The questions that were asked most, the latest first among equals."""
        with self._work() as work:
            return work.questions.most_asked(count)

    def forget_before(self, before: datetime) -> int:
        """Drop those that were last asked before this time; how many there were."""
        with self._work() as work:
            dropped = work.questions.forget_before(before)
            work.commit()
        return dropped
