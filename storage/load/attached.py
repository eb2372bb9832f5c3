"""On SQLite: the store with a staging file attached, so that one statement can read one and write the other."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.pool import NullPool

from storage.engine import prepare_sqlite_writer
from storage.unfinished import note_begin

STAGE = "stage"  # the name under which the staging file is seen beside the store
STAGE_MARK = ".staging-"
WAIT_SECONDS = 600  # how long a load waits for another one to end
IMPORT_CACHE_KIB = 16 * 1024  # memory SQLite may use for pages of each of the two files


@contextmanager
def stage_file(store: Path) -> Iterator[Path]:
    """A file name for staging beside the store; what an import that was killed left there is removed."""
    for left in store.parent.glob(f"{store.name}{STAGE_MARK}*"):
        if not _is_running(left.name.rpartition(STAGE_MARK)[2].partition("-")[0]):
            left.unlink(missing_ok=True)
    path = store.with_name(f"{store.name}{STAGE_MARK}{os.getpid()}-{uuid4().hex[:8]}")
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)


@contextmanager
def loading(engine: Engine) -> Iterator[Connection]:
    """The SQLite store as loads see it; transactions lock it only with `immediate=True`."""
    with _loading_engine(engine.url).connect() as connection:
        yield connection


@contextmanager
def attached(engine: Engine, stage: Path) -> Iterator[Connection]:
    """The SQLite store with a staging file attached; its transactions lock the store only with `immediate=True`."""
    with loading(engine) as connection:
        cursor = connection.connection.cursor()
        cursor.execute("ATTACH DATABASE ? AS stage", (str(stage),))
        # The staging file is thrown away after a crash, so that nothing of it needs to be safe.
        for pragma in ("journal_mode=OFF", "synchronous=OFF", f"cache_size=-{IMPORT_CACHE_KIB}"):
            cursor.execute(f"PRAGMA {STAGE}.{pragma}")
        cursor.close()
        yield connection


@lru_cache(maxsize=8)
def _loading_engine(url: URL) -> Engine:
    """Kept from load to load: an engine remembers what it compiled, which costs more than a small load itself."""

    def prepare(connection: Any, record: Any) -> None:
        prepare_sqlite_writer(connection, record)
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA main.cache_size=-{IMPORT_CACHE_KIB}")
        # Every id that a merge writes was read in the same transaction; checking each again costs a third of the time.
        cursor.execute("PRAGMA foreign_keys=OFF")
        cursor.close()

    made = create_engine(url, connect_args={"timeout": WAIT_SECONDS}, poolclass=NullPool)
    event.listen(made, "connect", prepare)
    event.listen(made, "begin", _begin_as_asked)
    return made


def _begin_as_asked(connection: Connection) -> None:
    immediate = connection.get_execution_options().get("immediate", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")
    note_begin(connection)


def _is_running(pid: str) -> bool:
    try:
        os.kill(int(pid), 0)
    except (ValueError, ProcessLookupError):
        return False
    except PermissionError:
        return True
    return True
