"""What a run of the tests does once instead of for each: compile a statement, make a schema, read certificates."""

from __future__ import annotations

import gc
import os
from functools import cache
from ssl import SSLContext
from typing import Any

import httpcore2
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, event, inspect
from sqlalchemy.util import LRUCache

STATEMENTS = 3000  # a whole run has about two thousand that differ


class _Compiled:
    """What SQLAlchemy has compiled for one kind of database, whichever engine asks: each test makes its own engines."""

    def __init__(self) -> None:
        self._kept: LRUCache[Any, Any] = LRUCache(STATEMENTS)

    # A key starts with the dialect of the engine, an object that no two engines share.
    def get(self, key: tuple[Any, ...]) -> Any:
        return self._kept.get(key[1:])

    def __setitem__(self, key: tuple[Any, ...], compiled: Any) -> None:
        self._kept[key[1:]] = compiled


_COMPILED: dict[str, _Compiled] = {}


def compile_once() -> None:
    """Lets all engines of this process share what they compile: it is a quarter of the work of a test with a store."""

    @event.listens_for(Engine, "engine_connect")
    def share(connection: Connection) -> None:
        kept = _COMPILED.setdefault(connection.dialect.name, _Compiled())
        connection.execution_options(compiled_cache=kept)


def migrate_once() -> None:
    """Lets all the migrations run on the first empty SQLite store; the next get, statement by statement, what came of
    them there: they are a quarter of a second. A store with tables in it is always migrated.
    """
    upgrade = command.upgrade
    made: list[tuple[str, tuple[Any, ...]]] = []

    def upgrade_or_make(config: Config, revision: str) -> None:
        connection: Connection = config.attributes["connection"]
        if connection.dialect.name != "sqlite" or revision != "head" or inspect(connection).get_table_names():
            upgrade(config, revision)
        elif made:
            cursor = connection.connection.cursor()
            for statement, values in made:
                cursor.execute(statement, values)
        else:
            upgrade(config, revision)
            made.extend(_statements(connection))

    command.upgrade = upgrade_or_make  # type: ignore[assignment]  # of what it takes, ours gives two


def _statements(connection: Connection) -> list[tuple[str, tuple[Any, ...]]]:
    """What makes the tables of a SQLite store, their indexes, and the rows that are in them."""
    parts = connection.exec_driver_sql("SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL").all()
    found: list[tuple[str, tuple[Any, ...]]] = [(sql, ()) for _, name, sql in parts if not name.startswith("sqlite_")]
    for kind, name, _ in parts:
        if kind == "table" and not name.startswith("sqlite_"):
            for row in connection.exec_driver_sql(f'SELECT * FROM "{name}"'):
                found.append((f'INSERT INTO "{name}" VALUES ({", ".join("?" * len(row))})', tuple(row)))
    return found


def read_certificates_once() -> None:
    """Lets all HTTP clients share what they know of certificates: reading the machine's takes 20 ms for each."""
    read = cache(lambda _file, _folder, trust: httpcore2._ssl.default_ssl_context(_trust_env=trust))

    def shared(*, _trust_env: bool = True) -> SSLContext:
        named: SSLContext = read(os.environ.get("SSL_CERT_FILE"), os.environ.get("SSL_CERT_DIR"), _trust_env)
        return named

    httpcore2.default_ssl_context = shared


def collect_less() -> None:
    """Makes the garbage collector's rounds rarer: hundreds of modules and thousands of tests are never garbage."""
    gc.set_threshold(50_000, 20, 50)


def keep_what_is_there() -> None:
    """Takes what was imported and collected out of the garbage collector's rounds."""
    gc.freeze()
