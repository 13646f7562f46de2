"""Safety records in a real database."""

from datetime import timedelta

from bot.chat.conversations import Conversations
from bot.safety.records import SafetyRecords
from bot.store.work import UnitOfWork
from tests.support.clocks import MONDAY_MORNING
from tests.support.vault import VAULT


def test_an_erased_conversation_leaves_the_alarm_but_not_the_words(engine):
    moments = iter(MONDAY_MORNING + timedelta(minutes=minute) for minute in range(9))
    records = SafetyRecords(lambda: UnitOfWork(engine, VAULT), lambda: next(moments))
    first = records.note("talk-1", "chat", "crisis_self_harm", "Call or text 988 now.", "I give up")
    second = records.note("talk-2", "chat", "abuse_report", "Call 911…", "he hits me")
    assert records.latest() == [second, first]
    assert records.latest(1) == [second]

    Conversations(lambda: UnitOfWork(engine, VAULT), lambda: MONDAY_MORNING).erase("talk-1")
    assert [one.words for one in records.latest()] == ["he hits me", None]
