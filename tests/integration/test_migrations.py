"""The migrations make exactly the tables that the code expects."""

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import inspect

from bot.settings import ROOT
from bot.store.migrate import migrate
from bot.store.tables import metadata
from tests.support.assistant import VAULT


def test_from_nothing_to_the_tables_of_the_code(engine):
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_migrating_again_does_nothing(engine):
    migrate(engine, VAULT)
    assert set(metadata.tables) <= set(inspect(engine).get_table_names())


def test_going_back_leaves_no_table(engine):
    config = Config(str(ROOT / "alembic.ini"))
    config.set_main_option("script_location", str(ROOT / "bot" / "store" / "migrations"))
    with engine.connect() as connection:
        config.attributes.update(connection=connection, vault=VAULT)
        command.downgrade(config, "base")
        connection.commit()
    assert inspect(engine).get_table_names() == ["alembic_version"]
