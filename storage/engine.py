"""From a URL to engines: one that writes, and one on which a question cannot write."""

from __future__ import annotations

import sqlite3
from importlib import import_module
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DBAPIError

from storage.unfinished import begin_published
from storage.writers import queued

BUSY_SECONDS = 30  # how long a writer waits for another one on SQLite
STATEMENT_SECONDS = 15  # the longest a question may run on PostgreSQL
# Connections of a process to PostgreSQL, of either kind: one for each thread that answers, listens or serves at once,
# so that none waits for another's; all but a few are closed again. Who waits still is told so in a sentence.
CONNECTIONS, KEPT_OPEN, WAIT_SECONDS = 50, 5, 10


def database_url(text: str) -> URL:
    """The URL with its driver filled in; hosts still hand out `postgres://`."""
    url = make_url(text.replace("postgres://", "postgresql://", 1) if text.startswith("postgres://") else text)
    if url.drivername == "postgresql":
        return url.set(drivername="postgresql+psycopg")
    return url


def writing_engine(text: str, connections: int = CONNECTIONS) -> Engine:
    """The engine for imports, claims and logs, with at most so many connections to PostgreSQL."""
    url = database_url(text)
    if url.get_backend_name() != "sqlite":
        return create_engine(url, **_pool(connections))
    engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS, "factory": queued()})
    event.listen(engine, "connect", prepare_sqlite_writer)
    event.listen(engine, "begin", _begin_immediately)
    return engine


def reading_engine(text: str, connections: int = CONNECTIONS) -> Engine:
    """The engine for questions, with at most so many connections to PostgreSQL: the database itself refuses a write
    on it."""
    url = database_url(text)
    if url.get_backend_name() != "sqlite":
        options = f"-c default_transaction_read_only=on -c statement_timeout={STATEMENT_SECONDS}s"
        return create_engine(
            url, connect_args={"options": options}, isolation_level="REPEATABLE READ", **_pool(connections)
        )
    engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS})
    event.listen(engine, "connect", _sqlite_reader)
    event.listen(engine, "begin", _begin)
    return engine


def _pool(connections: int) -> dict[str, Any]:
    kept = min(KEPT_OPEN, connections)
    sizes = {"pool_size": kept, "max_overflow": connections - kept, "pool_timeout": WAIT_SECONDS}
    return {"pool_pre_ping": True, **sizes}


def sqlite_file(text: str) -> Path | None:
    """The file of a SQLite URL; None for another database or one in memory."""
    url = database_url(text)
    if url.get_backend_name() != "sqlite" or not url.database or url.database == ":memory:":
        return None
    return Path(url.database)


def prepare_sqlite_writer(connection: Any, _record: Any) -> None:
    """What every writing connection to SQLite is told first."""
    # sqlite3 opens transactions on its own otherwise, and too late: reads would not be in them.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _sqlite_reader(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA query_only=ON")
    cursor.close()


def _begin_immediately(connection: Any) -> None:
    connection.connection.driver_connection.take_turn()
    # A write that starts as a read can fail when another writer comes between.
    _begun(connection, "BEGIN IMMEDIATE")


def _begin(connection: Any) -> None:
    _begun(connection, "BEGIN")


def _begun(connection: Any, statement: str) -> None:
    try:
        begin_published(connection, statement)
    except sqlite3.Error as error:
        # It talks to the driver, whose errors SQLAlchemy wraps only where it made the call itself.
        raise DBAPIError.instance(statement, None, error, sqlite3.Error) from error


def insert_or_leave(connection: Connection, table: type[Any]) -> Any:
    """An INSERT that leaves a row alone which is already there."""
    return inserting(connection, table).on_conflict_do_nothing()


def inserting(connection: Connection, table: type[Any]) -> Any:
    """An INSERT of the database in use, which can be told what to do with a row that is already there."""
    # Of the dialects only that one is imported: each takes a good part of the start of a command.
    return import_module(f"sqlalchemy.dialects.{connection.dialect.name}").insert(table)
