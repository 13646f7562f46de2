"""What staff see at the command line."""

import uuid
from datetime import timedelta

import pytest

from bot.bootstrap import Services, build_services
from bot.chat.message import Message
from bot.messaging.model import MEANT_THE_VISIT, UNDELIVERED
from bot.messaging.outgoing import Outgoing
from bot.settings import Settings
from bot.staff import __main__ as command
from bot.store.migrate import migrate
from bot.store.sealing import Vault
from tests.support.clocks import SetClock


@pytest.fixture
def services(tmp_path, monkeypatch) -> Services:
    clock = SetClock()
    clock.forward(timedelta(hours=12))  # already tomorrow in UTC
    made = build_services(
        Settings(
            database_url=f"sqlite:///{tmp_path}/clinic.db",
            clinic_profile="tests/support/clinic.yml",
            secret="a secret of more than thirty-two characters",
        ),
        clock,
    )
    migrate(made.engine, Vault(["a secret of more than thirty-two characters"]))
    monkeypatch.setattr(command, "bootstrap", lambda: made)
    return made


def test_questions_are_listed_most_asked_first_by_the_clinics_day(services, capsys):
    for words in ("do you sell bread?", "can you fix my roof?", "can you fix my roof?"):
        services.questions.note(words)
    assert command.main(["questions"]) == 0
    assert [line.split(maxsplit=2) for line in capsys.readouterr().out.splitlines()] == [
        ["2", "2026-03-02", "can you fix my roof?"],
        ["1", "2026-03-02", "do you sell bread?"],
    ]
    command.main(["questions", "--count", "1"])
    assert len(capsys.readouterr().out.splitlines()) == 1


def test_what_did_not_reach_people_and_whom_to_call_is_listed_by_the_clinics_clock(services, capsys):
    now = services.clock()
    with services.mail.writing() as mail:
        ana = mail.people.find("sms", "+12125550123", now)
        mail.outbound.add(ana, [Outgoing("We can see you\nat 9.")], now)
        position, *_ = mail.outbound.take(ana, now, now)
        mail.outbound.finish(position, UNDELIVERED, problem="twilio 30006")
        mail.tasks.add(ana, MEANT_THE_VISIT, now)
        mail.commit()
    assert command.main(["undelivered"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "2026-03-02 21:00  sms +12125550123  undelivered: twilio 30006  We can see you at 9."
    ]
    assert command.main(["tasks"]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    assert line.startswith("2026-03-02 21:00  sms +12125550123  sent CANCEL")


def test_who_asks_for_it_is_forgotten_and_the_others_stay(services, capsys):
    now, said = services.clock(), {}
    with services.mail.writing() as mail:
        for who in ("+12125550123", "+12125550124"):
            said[who] = mail.people.find("sms", who, now)
            mail.outbound.add(said[who], [Outgoing("See you.")], now)
        mail.commit()
    for conversation_id in said.values():
        words = Message(str(uuid.uuid4()), "assistant", now, ({"type": "text", "text": "See you."},))
        services.conversations.greet(conversation_id, [words])
    assert command.main(["forget", "+12125550123"]) == 0
    assert "1" in capsys.readouterr().out
    ana, ben = said.values()
    assert [services.conversations.exists(one) for one in (ana, ben)] == [False, True]
    with services.mail.reading() as mail:
        assert mail.people.get(ana) is None
        assert mail.people.get(ben) is not None
        assert mail.outbound.waiting("sms", now) == [ben]
    command.main(["forget", "+12125550123"])
    assert "0" in capsys.readouterr().out
