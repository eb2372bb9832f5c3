"""Files that are read whole: one JSON, or the SQLite database of a client that may be running."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple, TypeVar
from urllib.parse import quote

from bot.sources.logs.wire import BadLine, read

LARGEST_JSON = 64 << 20  # bytes; a larger one is no session
BUSY_SECONDS = 5
T = TypeVar("T")


class BadDatabaseRow(NamedTuple):
    """A row of a database that cannot be right."""

    number: int
    reason: str


def json_file(path: Path, kind: type[T]) -> T:
    """A file that is one JSON, as a type. Raises BadLine."""
    try:
        if path.stat().st_size > LARGEST_JSON:
            raise BadLine(f"it is larger than {LARGEST_JSON >> 20} MB")
        return read(path.read_bytes(), kind)
    except OSError as error:
        raise BadLine(f"it cannot be read: {error.strerror}") from error


@contextmanager
def read_only(path: Path) -> Iterator[sqlite3.Connection]:
    """A client's database, which is left as it is: without a log beside it, it is opened as one that nobody changes."""
    quiet = not path.with_name(path.name + "-wal").exists()
    address = f"file:{quote(str(path.resolve()))}?mode=ro{'&immutable=1' if quiet else ''}"
    try:
        with closing(sqlite3.connect(address, uri=True, timeout=BUSY_SECONDS)) as connection:
            yield connection
    except sqlite3.Error as error:
        raise BadLine(f"it cannot be read: {error}") from error
