"""What was read of one folder, kept between runs in a small SQLite file: marks of files, calls, prices, bad lines.

It holds no words of a session, only counts, names of models, instants and the prints of identities. It can be thrown
away: the next run reads everything that is still there.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from hashlib import blake2b
from pathlib import Path

from msgspec import json

from bot.sources.logs.offsets import Mark

LAYOUT = 1  # counts up when what is kept, or how lines are read, changes: an older ledger is thrown away
BUSY_SECONDS = 60
CACHE_KB = 16_000
NAMELESS = ":memory:"
TABLES = """
CREATE TABLE file (
    file TEXT PRIMARY KEY, client TEXT, size INTEGER, modified INTEGER, offset INTEGER, edges BLOB, memory BLOB
) WITHOUT ROWID;
CREATE TABLE bad (
    file TEXT, offset INTEGER, line INTEGER, reason TEXT, PRIMARY KEY (file, offset)
) WITHOUT ROWID;
CREATE TABLE stream (
    id INTEGER PRIMARY KEY, tool TEXT, provider TEXT, model TEXT, terms TEXT, UNIQUE (tool, provider, model, terms)
);
-- A call as it is known by now. Its cost is in pico-dollars, NULL where nobody knows the price.
CREATE TABLE call (
    key BLOB PRIMARY KEY, rank INTEGER, at INTEGER, stream INTEGER, input INTEGER, cached INTEGER, written INTEGER,
    written_hour INTEGER, output INTEGER, reasoning INTEGER, searches INTEGER, requests INTEGER, session BLOB,
    grade INTEGER, cost INTEGER
) WITHOUT ROWID;
CREATE INDEX call_session ON call (session, grade) WHERE session IS NOT NULL;
-- What a token costs: on which UTC days since 1970, from which minute to which, in calls with more input than `over`.
CREATE TABLE rate (
    stream INTEGER, since INTEGER, before INTEGER, start INTEGER, until INTEGER, over INTEGER, input INTEGER,
    cached INTEGER, written INTEGER, written_hour INTEGER, output INTEGER, search INTEGER,
    PRIMARY KEY (stream, since, start, over)
) WITHOUT ROWID;
-- The sums of the calls that count, by quarters of an hour since 1970, of which every zone's days are made.
CREATE TABLE total (
    quarter INTEGER, stream INTEGER, requests INTEGER, input INTEGER, cached INTEGER, written INTEGER, output INTEGER,
    reasoning INTEGER, cost INTEGER, unpriced INTEGER, PRIMARY KEY (quarter, stream)
) WITHOUT ROWID;
CREATE TABLE note (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
"""


def home() -> Path:
    """Where ledgers are kept, as the platform has it."""
    said = os.environ.get("XDG_STATE_HOME") or os.environ.get("LOCALAPPDATA")
    return (Path(said) if said else Path.home() / ".local" / "state") / "fulcrum" / "logs"


def ledger_of(folder: Path) -> Path:
    """The ledger of a folder; another folder at the same path has another one."""
    here = folder.resolve()
    status = here.stat()
    named = f"{here}\0{status.st_dev}\0{status.st_ino}"
    return home() / f"{blake2b(os.fsencode(named), digest_size=12).hexdigest()}.db"


@contextmanager
def opened(path: Path | None) -> Iterator[sqlite3.Connection]:
    """A ledger in a transaction that is kept at the end, and undone where anything goes wrong.

    Without a path, or where none can be written, it lasts as long as the run.
    """
    connection = _connect(path)
    try:
        yield connection
        connection.execute("COMMIT")
    except BaseException:
        with suppress(sqlite3.Error):
            connection.execute("ROLLBACK")
        raise
    finally:
        connection.close()


def _connect(path: Path | None) -> sqlite3.Connection:
    if path is not None:
        with suppress(OSError, sqlite3.DatabaseError):
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            return _prepared(str(path))
        with suppress(OSError, sqlite3.DatabaseError):
            path.unlink()  # it is broken
            return _prepared(str(path))
    return _prepared(NAMELESS)


def _prepared(name: str) -> sqlite3.Connection:
    connection = sqlite3.connect(name, timeout=BUSY_SECONDS, isolation_level=None)
    try:
        connection.execute(f"PRAGMA cache_size = -{CACHE_KB}")
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.execute("BEGIN IMMEDIATE")
        (layout,) = connection.execute("PRAGMA user_version").fetchone()
        if layout != LAYOUT:
            _empty(connection)
            for statement in TABLES.split(";"):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {LAYOUT}")
    except BaseException:
        connection.close()
        raise
    return connection


def _empty(connection: sqlite3.Connection) -> None:
    for (table,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        connection.execute(f'DROP TABLE "{table}"')


def forget(connection: sqlite3.Connection) -> None:
    """Throw away all that was read, so that it is read anew."""
    for table in ("file", "bad", "call", "total"):
        connection.execute(f"DELETE FROM {table}")


def marks(connection: sqlite3.Connection) -> dict[str, Mark]:
    """Every file that was read before, by its path below the folder."""
    rows = connection.execute("SELECT file, client, size, modified, offset, edges, memory FROM file")
    return {row[0]: Mark(*[*row[:6], json.decode(row[6])]) for row in rows}


def keep_mark(connection: sqlite3.Connection, mark: Mark, start: int, bad: Iterable[tuple[int, int, str]]) -> None:
    """Keep how far a file was read, and its bad lines from `start` on in place of the earlier ones there."""
    row = (mark.file, mark.client, mark.size, mark.modified, mark.offset, mark.edges, json.encode(mark.memory))
    connection.execute("INSERT OR REPLACE INTO file VALUES (?, ?, ?, ?, ?, ?, ?)", row)
    connection.execute("DELETE FROM bad WHERE file = ? AND offset >= ?", (mark.file, start))
    connection.executemany("INSERT INTO bad VALUES (?, ?, ?, ?)", [(mark.file, *line) for line in bad])


def bad_lines(connection: sqlite3.Connection) -> list[tuple[str, int, str]]:
    """The lines that could not be right."""
    return connection.execute("SELECT file, line, reason FROM bad ORDER BY file, line").fetchall()


def note(connection: sqlite3.Connection, name: str) -> str:
    """A word kept from an earlier run, "" where there is none."""
    found = connection.execute("SELECT value FROM note WHERE name = ?", (name,)).fetchone()
    return str(found[0]) if found else ""


def keep_note(connection: sqlite3.Connection, name: str, value: str) -> None:
    """Keep a word for the next run."""
    connection.execute("INSERT OR REPLACE INTO note VALUES (?, ?)", (name, value))
