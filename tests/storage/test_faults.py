"""What is wrong with a store is told by what its database says: real faults of real stores."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from resource import RLIMIT_FSIZE, getrlimit, setrlimit

import psycopg
import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from storage.faults import (
    AWAY,
    CORRUPT,
    CROWDED,
    EXHAUSTED,
    FULL,
    LOCKED,
    NO_STORE,
    READ_ONLY,
    REFUSING_DISK,
    UNOPENED,
    StoreFault,
    asker_words,
    fault_of,
    operator_words,
)


def full(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA max_page_count=5")
        connection.execute("INSERT INTO usage VALUES (zeroblob(100000))")


def over_a_quota(file: Path) -> None:
    """A write that the disk refuses without being full, as a limit on a file's size does too."""
    before = getrlimit(RLIMIT_FSIZE)
    with closing(sqlite3.connect(file)) as connection:
        setrlimit(RLIMIT_FSIZE, (file.stat().st_size, before[1]))
        try:
            connection.execute("INSERT INTO usage VALUES (zeroblob(100000))")
            connection.commit()
        finally:
            setrlimit(RLIMIT_FSIZE, before)


def read_only(file: Path) -> None:
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as connection:
        connection.execute("DELETE FROM usage")


def corrupt(file: Path) -> None:
    damaged = bytearray(file.read_bytes())
    damaged[4096:8192] = b"x" * 4096
    file.write_bytes(damaged)
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("SELECT * FROM usage").fetchall()


def no_store(file: Path) -> None:
    file.write_bytes(b"date,email,tool\n" * 100)
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("SELECT * FROM usage")


def locked(file: Path) -> None:
    with closing(sqlite3.connect(file, isolation_level=None)) as first, closing(sqlite3.connect(file, 0)) as second:
        first.execute("BEGIN EXCLUSIVE")
        second.execute("INSERT INTO usage VALUES (1)")


def unopened(file: Path) -> None:
    with create_engine(f"sqlite:///{file}/no/store.db").connect() as connection:
        connection.execute(text("SELECT 1"))


def no_server(_file: Path) -> None:
    with create_engine("postgresql+psycopg://nobody@127.0.0.1:9/none").connect() as connection:
        connection.execute(text("SELECT 1"))


def no_room_for_a_copy(_file: Path) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def no_connection_left(_file: Path) -> None:
    raise PoolTimeout("QueuePool limit of size 1 overflow 0 reached")


def no_slot(_file: Path) -> None:
    raise psycopg.OperationalError("connection failed: FATAL:  sorry, too many clients already")


@pytest.mark.parametrize(
    ("break_", "fault"),
    [
        (full, FULL),
        (over_a_quota, REFUSING_DISK),
        (read_only, READ_ONLY),
        (corrupt, CORRUPT),
        (no_store, NO_STORE),
        (locked, LOCKED),
        (unopened, UNOPENED),
        (no_server, AWAY),
        (no_room_for_a_copy, FULL),
        (no_connection_left, EXHAUSTED),
        (no_slot, CROWDED),
    ],
)
def test_a_fault_is_known_and_said(tmp_path: Path, break_: Callable[[Path], None], fault: StoreFault) -> None:
    file = tmp_path / "store.db"
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE usage (row)")
        connection.commit()

    with pytest.raises(Exception) as raised:  # noqa: PT011  # each breaks in its own way
        break_(file)

    assert fault_of(raised.value) is fault
    wrapped = OperationalError("INSERT s3cret", {}, raised.value)
    assert operator_words(wrapped) == f"the store cannot be used: {fault.operator}"
    assert asker_words(wrapped) == fault.asker


def test_what_is_none_of_a_store_is_no_fault() -> None:
    assert fault_of(ValueError("x")) is None
    assert fault_of(OSError(errno.EPERM, "no")) is None
    assert (operator_words(KeyError("x")), asker_words(KeyError("x"))) == ("", "")
