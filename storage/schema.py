"""Brings a store to the newest schema, and refuses one that is not."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, MetaData, String, Table, inspect, select
from sqlalchemy.schema import Column

from storage.errors import OldSchema
from storage.views import drop_views, make_views

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATIONS = Path(__file__).parent / "migrations"
SAID = re.compile(r'^(revision|down_revision) = "(\w+)"', re.MULTILINE)
# Where Alembic keeps which migration a store is at. It is read without Alembic, which every question would wait for.
VERSION = Table("alembic_version", MetaData(), Column("version_num", String(32), primary_key=True))


def migrate(engine: Engine) -> None:
    """Run what is missing, in one transaction; a store that is up to date stays as it is."""
    from alembic import command

    with engine.begin() as connection:
        drop_views(connection)
        command.upgrade(_config(connection), "head")
        make_views(connection)


def is_newest(engine: Engine) -> bool:
    """Whether nothing is left to migrate."""
    return migration_of(engine) == newest_migration()


def migration_of(engine: Engine) -> str:
    """The number of the migration that a store is at, "" where it has no schema."""
    with engine.connect() as connection:
        if not inspect(connection).has_table(VERSION.name):
            return ""
        return connection.scalar(select(VERSION.c.version_num)) or ""


def newest_migration() -> str:
    """The last one: that which no other follows."""
    before = _migrations()
    (newest,) = before.keys() - {*before.values()}
    return newest


def is_of_a_newer_release(migration: str) -> bool:
    """Whether a store is at a migration that this release does not have."""
    return bool(migration) and migration not in _migrations()


def require_newest(engine: Engine) -> None:
    """Raises `OldSchema` where something is left to migrate, or where a newer release was here before."""
    found = migration_of(engine)
    if is_of_a_newer_release(found):
        raise OldSchema("the store was written by a newer release of Fulcrum: install that release, or a newer one")
    if found != newest_migration():
        raise OldSchema("the store does not have the newest schema: run `fulcrum migrate`")


@cache
def _migrations() -> Mapping[str, str]:
    """Each migration with the one before it, as their modules say; their numbers need not follow each other."""
    found = {}
    for file in (MIGRATIONS / "versions").glob("[0-9]*.py"):
        said = dict(SAID.findall(file.read_text("utf-8")))
        found[said["revision"]] = said.get("down_revision", "")
    return found


def _config(connection: Connection | None = None) -> Config:
    from alembic.config import Config

    config = Config(attributes={"connection": connection})
    # The config is a ConfigParser, to which a percent sign is special.
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config
