"""A token opens one conversation, for its time, and nobody else can make one."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.sessions import Sessions
from bot.errors import BadSession
from tests.support.clocks import SetClock

SECRET = "a secret of more than thirty-two characters"
DAY = timedelta(hours=24)


def sessions(secret: str = SECRET, clock: SetClock | None = None) -> Sessions:
    return Sessions(secret, DAY, clock or SetClock())


def test_a_token_opens_its_own_conversation():
    desk = sessions()
    ana, ben = desk.open(), desk.open()
    assert desk.read(ana.token) == ana.conversation_id
    assert ana.conversation_id != ben.conversation_id
    assert ana.token != ben.token


def test_any_worker_with_the_same_secret_reads_it():
    opened = sessions().open()
    assert sessions().read(opened.token) == opened.conversation_id


def test_a_token_ends_with_its_time():
    clock = SetClock()
    desk = sessions(clock=clock)
    opened = desk.open()
    assert opened.expires_at == clock() + DAY
    clock.forward(DAY - timedelta(seconds=1))
    assert desk.read(opened.token)
    clock.forward(timedelta(seconds=1))
    with pytest.raises(BadSession):
        desk.read(opened.token)


def test_a_token_of_another_secret_is_refused():
    with pytest.raises(BadSession):
        sessions().read(sessions("another secret of more than thirty characters").open().token)


@given(st.data())
def test_a_token_that_was_changed_anywhere_is_refused(data):
    desk = sessions()
    token = desk.open().token
    place = data.draw(st.integers(0, len(token) - 2))  # the last sign carries bits that mean nothing
    sign = data.draw(st.characters(codec="ascii").filter(lambda one: one != token[place]))
    with pytest.raises(BadSession):
        desk.read(token[:place] + sign + token[place + 1 :])


@given(st.text())
def test_no_text_is_a_token(text):
    with pytest.raises(BadSession):
        sessions().read(text)
