"""Settings: safe when nothing is set, and one clear sentence for each value that cannot be used."""

import stat

import pytest

from bot.errors import SettingsError
from bot.settings import Settings, read_settings, stored_secret

SECRET = "a secret of more than thirty-two characters"


def read(**values: str) -> Settings:
    return read_settings({"HANDRAIL_SECRET": SECRET, **values})


def test_nothing_set_means_the_safe_defaults():
    settings = read()
    assert settings == Settings(secret=SECRET)
    assert settings.host == "127.0.0.1"


def test_a_blank_value_counts_as_not_set():
    assert read(PORT=" ", DATABASE_URL="").port == Settings.port


def test_each_setting_is_read():
    settings = read(
        HOST="0.0.0.0",
        PORT="6001",
        ACTION_PORT="6002",
        DATABASE_URL="postgresql://clinic@db/handrail",
        CLINIC_PROFILE="tests/support/clinic.yml",
        SESSION_HOURS="2",
        REPLY_SECONDS="4.5",
        RATE_LIMIT="5/minute",
        ADDRESS_RATE_LIMIT="50/minute",
        TRUSTED_PROXIES="10.0.0.1, 192.168.0.0/16,fd00::/8",
        ALLOWED_ORIGINS="https://clinic.example, http://localhost:8080",
        WORKERS="3",
        REDIS_URL="redis://:hush@cache:6379/0",
        LOG_LEVEL="info",
    )
    assert (settings.host, settings.port, settings.action_port) == ("0.0.0.0", 6001, 6002)
    assert settings.database_url == "postgresql://clinic@db/handrail"
    assert settings.profile_path.name == "clinic.yml"
    assert settings.profile_path.exists()
    assert (settings.session_hours, settings.reply_seconds) == (2, 4.5)
    assert (settings.rate_limit, settings.log_level) == ("5/minute", "INFO")
    assert settings.address_rate_limit == "50/minute"
    assert [str(one) for one in settings.trusted_proxies] == ["10.0.0.1/32", "192.168.0.0/16", "fd00::/8"]
    assert settings.allowed_origins == ("https://clinic.example", "http://localhost:8080")
    assert (settings.workers, settings.redis_url) == (3, "redis://:hush@cache:6379/0")
    assert settings.action_url == "http://127.0.0.1:6002/webhook"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "http"),
        ("PORT", "0"),
        ("PORT", "65536"),
        ("PORT", "50.5"),
        ("ACTION_PORT", "-1"),
        ("DATABASE_URL", "handrail.db"),
        ("DATABASE_URL", "mysql://clinic:hush@db/handrail"),
        ("SESSION_HOURS", "0"),
        ("SESSION_HOURS", "1000000000"),
        ("REPLY_SECONDS", "soon"),
        ("REPLY_SECONDS", "nan"),
        ("REPLY_SECONDS", "-3"),
        ("REPLY_SECONDS", "inf"),
        ("RATE_LIMIT", "0/minute"),
        ("RATE_LIMIT", "30"),
        ("RATE_LIMIT", "30/moon"),
        ("ADDRESS_RATE_LIMIT", "-5/minute"),
        ("TRUSTED_PROXIES", "proxy.example"),
        ("TRUSTED_PROXIES", "10.0.0.1/8"),
        ("ALLOWED_ORIGINS", "*"),
        ("ALLOWED_ORIGINS", "https://*.example"),
        ("ALLOWED_ORIGINS", "clinic.example"),
        ("ALLOWED_ORIGINS", "https://clinic.example/chat"),
        ("ALLOWED_ORIGINS", "null"),
        ("WORKERS", "0"),
        ("WORKERS", "65"),
        ("REDIS_URL", "memcached://:hush@cache"),
        ("LOG_LEVEL", "chatty"),
        ("HANDRAIL_SECRET", "hush"),
    ],
)
def test_a_bad_value_gives_one_sentence_that_names_the_setting_and_what_fits(name, value):
    with pytest.raises(SettingsError) as problem:
        read(**{name: value})
    sentence = str(problem.value)
    assert sentence.startswith(name)
    assert "give" in sentence
    assert "\n" not in sentence
    assert "hush" not in sentence


def test_two_servers_cannot_share_a_port():
    with pytest.raises(SettingsError, match="PORT and ACTION_PORT are both 6001"):
        read(PORT="6001", ACTION_PORT="6001")


def test_several_workers_need_a_redis():
    with pytest.raises(SettingsError, match="WORKERS=2 needs REDIS_URL"):
        read(WORKERS="2")
    assert read(WORKERS="2", REDIS_URL="redis://cache").workers == 2


def test_settings_never_show_the_secret():
    shown = repr(read(REDIS_URL="redis://:hush@cache"))
    assert SECRET not in shown
    assert "hush" not in shown


def test_a_secret_is_made_once_and_only_its_owner_may_read_it(tmp_path):
    path = tmp_path / "secret"
    made = stored_secret(path)
    assert len(made) >= 32
    assert stored_secret(path) == made
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [one.name for one in tmp_path.iterdir()] == ["secret"]


def test_two_clinics_have_two_secrets(tmp_path):
    assert stored_secret(tmp_path / "one") != stored_secret(tmp_path / "other")


def test_an_empty_secret_file_is_refused_and_the_sentence_says_what_to_do(tmp_path):
    path = tmp_path / "secret"
    path.touch()
    with pytest.raises(SettingsError, match="delete it"):
        stored_secret(path)


def test_a_secret_that_cannot_be_kept_says_what_to_do(tmp_path):
    with pytest.raises(SettingsError, match="Set HANDRAIL_SECRET"):
        stored_secret(tmp_path / "no such folder" / "secret")


def test_data_keys_come_before_the_secret_and_are_long_enough():
    keys = ("k" * 32, "o" * 40)
    settings = read_settings({"DATA_KEYS": f"{keys[0]}, {keys[1]}", "HANDRAIL_SECRET": "s" * 32})
    assert settings.data_secrets == (*keys, "s" * 32)
    assert keys[0] not in repr(settings)
    with pytest.raises(SettingsError, match="DATA_KEYS"):
        read_settings({"DATA_KEYS": f"{keys[0]},short", "HANDRAIL_SECRET": "s" * 32})
