"""What is wrong with a store, by what its database says: in one sentence for whoever runs it, and one for who asks.

SQLite: https://www.sqlite.org/rescode.html; PostgreSQL: https://www.postgresql.org/docs/current/errcodes-appendix.html
"""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StoreFault:
    """A kind of fault; `operator` says what to do, `asker` when it is worth asking again."""

    operator: str
    asker: str


RUNS = "Tell whoever runs me."
FULL = StoreFault("its disk is full: make room, and go on", f"My store has no room left on its disk. {RUNS}")
REFUSING_DISK = StoreFault(
    "its disk takes no more of it: make room, raise this user's quota or its limit on a file, and go on",
    FULL.asker,
)
LOCKED = StoreFault(
    "another process holds it for long: wait for that one, or end it", "My store is busy. Ask again soon."
)
READ_ONLY = StoreFault(
    "it cannot be written: let this user write the file and its folder, or name another in DATABASE_URL",
    f"My store cannot be written. {RUNS}",
)
CORRUPT = StoreFault(
    "its file is damaged: put a copy in its place (`fulcrum restore FILE`)", f"My store is damaged. {RUNS}"
)
NO_STORE = StoreFault("its file is no SQLite database: check DATABASE_URL", f"My store cannot be read. {RUNS}")
UNOPENED = StoreFault(
    "its file cannot be opened: check that the folder in DATABASE_URL is there and that this user may write in it",
    f"My store cannot be opened. {RUNS}",
)
AWAY = StoreFault(
    "its database does not answer: check that it runs and that DATABASE_URL names it",
    "My store does not answer just now. Ask again in a minute.",
)
EXHAUSTED = StoreFault(
    "every connection of this process is in use: raise FULCRUM_CONNECTIONS, or run another process",
    "I am answering as many as I can just now. Ask again in a minute.",
)
CROWDED = StoreFault(
    "its database takes no further connection: raise its max_connections, or lower FULCRUM_CONNECTIONS",
    AWAY.asker,
)
SLOW = StoreFault("a statement took too long", "That took too long. Ask for a shorter period, or for less at once.")
REFUSED = StoreFault("its database refuses the user or password of DATABASE_URL", f"My store refuses me. {RUNS}")

BY_CODE = {
    sqlite3.SQLITE_FULL: FULL,
    sqlite3.SQLITE_BUSY: LOCKED,
    sqlite3.SQLITE_LOCKED: LOCKED,
    sqlite3.SQLITE_READONLY: READ_ONLY,
    sqlite3.SQLITE_PERM: READ_ONLY,
    sqlite3.SQLITE_CORRUPT: CORRUPT,
    sqlite3.SQLITE_NOTADB: NO_STORE,
    sqlite3.SQLITE_CANTOPEN: UNOPENED,
    sqlite3.SQLITE_IOERR: CORRUPT,
}
# A disk that takes no write, such as one over its quota, harms nothing that is there; other such errors may.
UNTAKEN_WRITES = frozenset(
    (
        sqlite3.SQLITE_IOERR_WRITE,
        sqlite3.SQLITE_IOERR_FSYNC,
        sqlite3.SQLITE_IOERR_DIR_FSYNC,
        sqlite3.SQLITE_IOERR_TRUNCATE,
        sqlite3.SQLITE_IOERR_SHMSIZE,
    )
)
PRIMARY = 0xFF  # an extended code of SQLite holds its primary one in the last byte
BY_STATE = {
    "53100": FULL,
    "53300": CROWDED,
    "25006": READ_ONLY,
    "57014": SLOW,
    "55P03": LOCKED,
    "28P01": REFUSED,
    "28000": REFUSED,
}
BY_CLASS = {"08": AWAY, "57": AWAY, "53": AWAY, "XX": CORRUPT}
BY_ERRNO = {errno.ENOSPC: FULL, errno.EDQUOT: REFUSING_DISK, errno.EFBIG: REFUSING_DISK, errno.EROFS: READ_ONLY}
# What PostgreSQL says before there is a session, whose errors have codes; in English, where it is not set otherwise.
NO_SLOT = ("too many clients already", "remaining connection slots are reserved", "too many connections for")


def fault_of(error: BaseException) -> StoreFault | None:
    """The fault behind an error, None where it is none of a store."""
    return next((found for link in _chain(error) if (found := _fault(link))), None)


def operator_words(error: BaseException) -> str:
    """One sentence for whoever runs the store; "" where the error is none of a store."""
    found = fault_of(error)
    return f"the store cannot be used: {found.operator}" if found else ""


def asker_words(error: BaseException) -> str:
    """One or two sentences for who asked; "" where the error is none of a store."""
    found = fault_of(error)
    return found.asker if found else ""


def _fault(error: BaseException) -> StoreFault | None:
    if isinstance(error, sqlite3.Error):
        code = getattr(error, "sqlite_errorcode", 0)
        return REFUSING_DISK if code in UNTAKEN_WRITES else BY_CODE.get(code & PRIMARY)
    if isinstance(error, OSError) and error.errno in BY_ERRNO:
        return BY_ERRNO[error.errno]
    state = getattr(error, "sqlstate", None)
    if isinstance(state, str):
        return BY_STATE.get(state) or BY_CLASS.get(state[:2])
    kind = type(error)
    # A pool without a free connection, and a connection that psycopg could not make or lost, have no code.
    if kind.__module__.startswith("sqlalchemy") and kind.__name__ == "TimeoutError":
        return EXHAUSTED
    if not kind.__module__.startswith("psycopg") or kind.__name__ != "OperationalError":
        return None
    return CROWDED if any(said in str(error) for said in NO_SLOT) else AWAY


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The error, what it wraps and what it came from."""
    seen: set[int] = set()
    waiting = [error]
    while waiting:
        link = waiting.pop(0)
        if id(link) in seen:
            continue
        seen.add(id(link))
        yield link
        waiting += [
            more for more in (getattr(link, "orig", None), link.__cause__, link.__context__) if more is not None
        ]
