"""Work that one process at a time may do on a store, whatever dies: the lock ends with whoever holds it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from zlib import crc32

from sqlalchemy import Engine, text

from storage.engine import sqlite_file


@contextmanager
def alone(engine: Engine, work: str) -> Iterator[bool]:
    """Whether nobody else is at this work; nobody else will be before the block ends."""
    if engine.dialect.name == "postgresql":
        with engine.connect() as connection:
            key = {"key": crc32(f"fulcrum {work}".encode())}
            held = connection.scalar(text("SELECT pg_try_advisory_lock(:key)"), key) is True
            connection.commit()
            try:
                yield held
            finally:
                if held:
                    connection.execute(text("SELECT pg_advisory_unlock(:key)"), key)
                    connection.commit()
        return
    store = sqlite_file(engine.url.render_as_string(hide_password=False))
    if store is None:
        yield True
        return
    with closing(sqlite3.connect(_beside(store, work), timeout=0, isolation_level=None)) as lock:
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError:
            yield False
        else:
            yield True


def _beside(store: Path, work: str) -> Path:
    # An empty database of its own: the system lets go of its lock when a process dies.
    return store.with_name(f"{store.name}.{work}-lock")
