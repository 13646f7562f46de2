"""What staff see at the command line."""

from datetime import timedelta

import pytest

from bot.bootstrap import Services, build_services
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
