"""One worker at a piece of work, whichever process it is in: a lock that its holder's death sets free.

On PostgreSQL an advisory lock of a connection of its own; on SQLite a lock on a file beside the store.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path

from sqlalchemy import Engine, func, select

from storage.engine import sqlite_file

MARK = ".lease-"


@contextmanager
def lease(engine: Engine, name: str) -> Iterator[bool]:
    """Whether the caller has it; where it has, nobody else gets it until the end, or until this process dies."""
    if engine.dialect.name == "postgresql":
        with _advisory(engine, name) as held:
            yield held
        return
    store = sqlite_file(engine.url.render_as_string(hide_password=False))
    if store is None:  # a store in memory is this process's alone
        yield True
        return
    with _file(store.with_name(f"{store.name}{MARK}{_number(name):x}")) as held:
        yield held


@contextmanager
def _advisory(engine: Engine, name: str) -> Iterator[bool]:
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        held = bool(connection.scalar(select(func.pg_try_advisory_lock(_number(name)))))
        try:
            yield held
        finally:
            if held:
                connection.scalar(select(func.pg_advisory_unlock(_number(name))))


@contextmanager
def _file(path: Path) -> Iterator[bool]:
    import fcntl  # not on Windows, where one process alone runs over SQLite

    file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
            return
        yield True
    finally:
        os.close(file)


def _number(name: str) -> int:
    """63 bits of a hash, as PostgreSQL's advisory locks have no names."""
    return int.from_bytes(blake2b(name.encode(), digest_size=8).digest(), "big") >> 1
