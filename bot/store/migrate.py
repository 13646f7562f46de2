"""Brings a database to the shape that this version needs."""

from __future__ import annotations

from alembic import command
from alembic.config import Config
from sqlalchemy.engine import Engine

from bot.settings import ROOT
from bot.store.sealing import Vault


def migrate(engine: Engine, vault: Vault) -> None:
    """Run what has not run yet, in one transaction; nothing to do is fine.

    Args:
        vault: seals personal data that an older version kept open.
    """
    config = Config(str(ROOT / "alembic.ini"))
    config.set_main_option("script_location", str(ROOT / "bot" / "store" / "migrations"))
    with engine.connect() as connection:
        config.attributes.update(connection=connection, vault=vault)
        command.upgrade(config, "head")
        connection.commit()
