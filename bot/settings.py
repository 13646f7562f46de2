"""Every setting of the assistant, read from the environment in this one place."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Callable, Mapping, Tuple, TypeVar
from urllib.parse import urlsplit

from bot.errors import SettingsError

ROOT = Path(__file__).resolve().parent.parent
SECRET_FILE = ROOT / ".handrail-secret"

_T = TypeVar("_T")
Network = IPv4Network | IPv6Network


@dataclass(frozen=True)
class Settings:
    """The settings with their defaults; the README lists them, and a test compares the two."""

    host: str = "127.0.0.1"
    port: int = 5005
    action_port: int = 5055
    database_url: str = "sqlite:///handrail.db"
    clinic_profile: str = "data/clinic.yml"
    credentials: str = "credentials.yml"
    session_hours: int = 24
    reply_seconds: float = 12.0
    rate_limit: str = "30/minute"
    address_rate_limit: str = "120/minute"
    trusted_proxies: Tuple[Network, ...] = ()
    allowed_origins: Tuple[str, ...] = ()
    public_url: str = ""
    workers: int = 1
    redis_url: str = field(default="", repr=False)
    log_level: str = "WARNING"
    secret: str = field(default="", repr=False)
    data_keys: Tuple[str, ...] = field(default=(), repr=False)

    @property
    def profile_path(self) -> Path:
        """The clinic profile; a relative path counts from the project's folder."""
        return ROOT / self.clinic_profile

    @property
    def data_secrets(self) -> Tuple[str, ...]:
        """What the keys of personal data are made from: the first seals, every one opens."""
        return (*self.data_keys, self.secret)

    @property
    def action_url(self) -> str:
        """Where the action server is asked to run an action."""
        return f"http://127.0.0.1:{self.action_port}/webhook"


def read_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings of this process.

    Raises:
        SettingsError: a value cannot be used; the text names it and says what fits.
    """

    def read(name: str, convert: Callable[[str], _T], default: _T, fits: str) -> _T:
        text = environment.get(name, "").strip()
        if not text:
            return default
        try:
            return convert(text)
        except ValueError as problem:
            # The value may be a secret, or hold a password: it is not repeated.
            raise SettingsError(f"{name} does not work as it is set: {fits}.") from problem

    port = "give a port number from 1 to 65535"
    d = Settings()
    settings = Settings(
        host=read("HOST", str, d.host, ""),
        port=read("PORT", _port, d.port, port),
        action_port=read("ACTION_PORT", _port, d.action_port, port),
        database_url=read(
            "DATABASE_URL", _database_url, d.database_url, "give sqlite:///… or postgresql://…"
        ),
        clinic_profile=read("CLINIC_PROFILE", str, d.clinic_profile, ""),
        credentials=read("CREDENTIALS", str, d.credentials, ""),
        session_hours=read("SESSION_HOURS", _hours, d.session_hours, "give whole hours from 1 to 8760"),
        reply_seconds=read("REPLY_SECONDS", _seconds, d.reply_seconds, "give seconds from 1 to 60"),
        rate_limit=read("RATE_LIMIT", _rate, d.rate_limit, "give 30/minute, say, or off"),
        address_rate_limit=read(
            "ADDRESS_RATE_LIMIT", _rate, d.address_rate_limit, "give 120/minute, say, or off"
        ),
        trusted_proxies=read(
            "TRUSTED_PROXIES", _networks, d.trusted_proxies, "give addresses or networks, with commas between"
        ),
        allowed_origins=read(
            "ALLOWED_ORIGINS", _origins, d.allowed_origins, "give https://host, with commas between"
        ),
        public_url=read("PUBLIC_URL", _public_url, d.public_url, "give https://host, without a path"),
        workers=read("WORKERS", _workers, d.workers, "give a number from 1 to 64"),
        redis_url=read("REDIS_URL", _redis_url, d.redis_url, "give redis://host:port/number"),
        log_level=read("LOG_LEVEL", _level, d.log_level, "give DEBUG, INFO, WARNING or ERROR"),
        data_keys=read("DATA_KEYS", _keys, (), "give keys of at least 32 characters, with commas between"),
        secret=read("HANDRAIL_SECRET", _secret, "", "give at least 32 characters") or stored_secret(),
    )
    if settings.port == settings.action_port:
        raise SettingsError(f"PORT and ACTION_PORT are both {settings.port}: give each a port of its own.")
    if settings.workers > 1 and not settings.redis_url:
        raise SettingsError(f"WORKERS={settings.workers} needs REDIS_URL: give the Redis that they share.")
    return settings


def stored_secret(path: Path = SECRET_FILE) -> str:
    """The secret kept beside the project; made on first use, readable by its owner only.

    Raises:
        SettingsError: it cannot be kept there, or what is there is no secret.
    """
    try:
        if not path.exists():
            _write_secret(path)
        return _secret(path.read_text().strip())
    except OSError as problem:
        raise SettingsError(
            f"{path} cannot be used ({problem.strerror}). Set HANDRAIL_SECRET to 32 characters or more."
        ) from problem
    except ValueError as problem:
        raise SettingsError(f"{path} holds no secret: delete it, and a new one is made.") from problem


def _write_secret(path: Path) -> None:
    """Write it aside first: nobody reads half a secret, and of two who are quick one wins."""
    aside = path.with_name(f"{path.name}-{secrets.token_hex(8)}")
    with os.fdopen(os.open(aside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
        file.write(secrets.token_urlsafe(48))
    try:
        os.link(aside, path)
    except FileExistsError:
        pass
    finally:
        aside.unlink()


def _hours(text: str) -> int:
    number = _positive(text)
    if number > 8760:
        raise ValueError(text)
    return number


def _seconds(text: str) -> float:
    number = float(text)
    if not 1 <= number <= 60:
        raise ValueError(text)
    return number


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number


def _port(text: str) -> int:
    number = _positive(text)
    if number > 65535:
        raise ValueError(text)
    return number


def _database_url(text: str) -> str:
    if not text.startswith(("sqlite:///", "postgresql://", "postgresql+psycopg2://")):
        raise ValueError(text)
    return text


def _workers(text: str) -> int:
    number = _positive(text)
    if number > 64:
        raise ValueError(text)
    return number


def _redis_url(text: str) -> str:
    if not text.startswith(("redis://", "rediss://")):
        raise ValueError(text)
    return text


def _networks(text: str) -> Tuple[Network, ...]:
    return tuple(ip_network(one) for one in _several(text))


def _origins(text: str) -> Tuple[str, ...]:
    origins = _several(text)
    for one in origins:
        parts = urlsplit(one)
        if parts.scheme not in ("http", "https") or one != f"{parts.scheme}://{parts.netloc}" or "*" in one:
            raise ValueError(one)
    return origins


def _public_url(text: str) -> str:
    (origin,) = _origins(text.rstrip("/"))
    return origin


def _several(text: str) -> Tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _rate(text: str) -> str:
    if text == "off":
        return text
    count, _, unit = text.partition("/")
    if unit != "minute":
        raise ValueError(text)
    return f"{_positive(count)}/minute"


def _level(text: str) -> str:
    if text.upper() not in {"DEBUG", "INFO", "WARNING", "ERROR"}:
        raise ValueError(text)
    return text.upper()


def _keys(text: str) -> Tuple[str, ...]:
    return tuple(_secret(key.strip()) for key in text.split(","))


def _secret(text: str) -> str:
    if len(text) < 32:
        raise ValueError("too short")
    return text
