"""Brings a store to the newest schema, and refuses one that is not."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from storage.errors import OldSchema

MIGRATIONS = Path(__file__).parent / "migrations"


def migrate(engine: Engine) -> None:
    """Run what is missing, in one transaction; a store that is up to date stays as it is."""
    with engine.begin() as connection:
        command.upgrade(_config(connection), "head")


def is_newest(engine: Engine) -> bool:
    """Whether nothing is left to migrate."""
    with engine.connect() as connection:
        found = MigrationContext.configure(connection).get_current_revision()
    return found == ScriptDirectory.from_config(_config()).get_current_head()


def require_newest(engine: Engine) -> None:
    """Raises `OldSchema` where something is left to migrate."""
    if not is_newest(engine):
        raise OldSchema("the store does not have the newest schema: run `fulcrum migrate`")


def _config(connection: Connection | None = None) -> Config:
    config = Config(attributes={"connection": connection})
    # The config is a ConfigParser, to which a percent sign is special.
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config
