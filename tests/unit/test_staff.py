"""What staff see at the command line."""

from datetime import timedelta

from bot.bootstrap import build_services
from bot.settings import Settings
from bot.staff import __main__ as command
from bot.store.migrate import migrate
from bot.store.sealing import Vault
from tests.support.clocks import SetClock


def test_questions_are_listed_most_asked_first_by_the_clinics_day(tmp_path, monkeypatch, capsys):
    clock = SetClock()
    clock.forward(timedelta(hours=12))  # already tomorrow in UTC
    services = build_services(
        Settings(
            database_url=f"sqlite:///{tmp_path}/clinic.db",
            clinic_profile="tests/support/clinic.yml",
            secret="a secret of more than thirty-two characters",
        ),
        clock,
    )
    migrate(services.engine, Vault(["a secret of more than thirty-two characters"]))
    for words in ("do you sell bread?", "can you fix my roof?", "can you fix my roof?"):
        services.questions.note(words)
    monkeypatch.setattr(command, "bootstrap", lambda: services)
    assert command.main(["questions"]) == 0
    assert [line.split(maxsplit=2) for line in capsys.readouterr().out.splitlines()] == [
        ["2", "2026-03-02", "can you fix my roof?"],
        ["1", "2026-03-02", "do you sell bread?"],
    ]
    command.main(["questions", "--count", "1"])
    assert len(capsys.readouterr().out.splitlines()) == 1
