"""Files that are read whole: one JSON, or the SQLite database of a client that may be running."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

import orjson

from bot.sources.logs.calls import BadLine

LARGEST_JSON = 64 << 20  # bytes; a larger one is no session
BUSY_SECONDS = 5


class BadRow(NamedTuple):
    """A row of a database that cannot be right."""

    number: int
    reason: str


def json_text(data: bytes | bytearray | memoryview | str) -> Any:
    """What a JSON says. Raises BadLine."""
    try:
        return orjson.loads(data)
    except (orjson.JSONDecodeError, TypeError) as refused:
        return _lenient(data, refused)


def json_file(path: Path) -> Any:
    """What a file that is one JSON says. Raises BadLine."""
    try:
        if path.stat().st_size > LARGEST_JSON:
            raise BadLine(f"it is larger than {LARGEST_JSON >> 20} MB")
        return json_text(path.read_bytes())
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


def _lenient(data: object, refused: Exception) -> Any:
    # JavaScript writes half of a surrogate pair where a text was cut inside an emoji, and orjson takes no such half.
    if not isinstance(data, bytes | bytearray | memoryview) or b"\\u" not in bytes(data):
        raise BadLine(f"it is no JSON: {refused}") from refused
    try:
        return json.loads(bytes(data).decode("utf-8"))
    except (ValueError, RecursionError):
        raise BadLine(f"it is no JSON: {refused}") from refused
