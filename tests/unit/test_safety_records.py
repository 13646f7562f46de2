"""What staff hear of an alarm."""

from __future__ import annotations

from typing import List

import pytest

from bot.safety.records import SafetyRecord, SafetyRecords
from tests.support.clocks import MONDAY_MORNING


class MemoryRecords:
    """Records in a list, the latest last."""

    def __init__(self) -> None:
        self.kept: List[SafetyRecord] = []

    def add(self, record: SafetyRecord) -> None:
        self.kept.append(record)

    def latest(self, count: int) -> List[SafetyRecord]:
        return self.kept[::-1][:count]


class MemoryWork:
    """A unit of work over memory, entered again and again."""

    def __init__(self) -> None:
        self.safety_records = MemoryRecords()
        self.commits = 0

    def __enter__(self) -> MemoryWork:
        return self

    def __exit__(self, *exc_info: object) -> None:
        pass

    def commit(self) -> None:
        self.commits += 1


@pytest.fixture
def work() -> MemoryWork:
    return MemoryWork()


@pytest.fixture
def records(work: MemoryWork) -> SafetyRecords:
    return SafetyRecords(lambda: work, lambda: MONDAY_MORNING)


def test_a_record_says_what_when_where_and_what_was_answered(records, work):
    made = records.note("talk-1", "chat", "emergency_medical", "Call 911 now.", "my chest")
    assert (made.topic, made.channel, made.at, made.answered) == (
        "emergency_medical",
        "chat",
        MONDAY_MORNING,
        "Call 911 now.",
    )
    assert records.latest() == [made]
    assert work.commits == 1


@pytest.mark.parametrize(
    ("topic", "kept"),
    [
        ("crisis_self_harm", True),
        ("abuse_report", True),
        ("emergency_medical", False),
        ("fall_report", False),
    ],
)
def test_words_are_kept_only_where_staff_need_them(records, topic, kept):
    assert (records.note("talk-1", "chat", topic, "…", "what was said").words is not None) == kept
