"""opencode: a SQLite database, or one JSON a message below `storage/message/`; the same message counts once.

The database wins over the files. Cache tokens lie beside the input, reasoning beside the output. Messages of zeros
have their figures in their parts, one for each finished step. `tokens.total` leaves cache writes out and is not used.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from msgspec import Struct

from bot.sources.logs.calls import Call, CallStream, key
from bot.sources.logs.documents import BadDatabaseRow, json_file, read_only
from bot.sources.logs.wire import Count, Loose, instant, read, text

TOOL = "opencode"
FROM_DATABASE = 1 << 60
STEP = "step-finish"


class Cache(Struct):
    """Tokens read from and written to a cache."""

    read: Count = None
    write: Count = None


class OpencodeTokens(Struct):
    """What a reply, or a step of it, used."""

    input: Count = None
    output: Count = None
    reasoning: Count = None
    cache: Cache | None = None

    def figures(self) -> tuple[int, int, int, int, int, int]:
        """Input, cached, written, written for an hour, output, reasoning."""
        cache, thought = self.cache or Cache(), self.reasoning or 0
        return (self.input or 0, cache.read or 0, cache.write or 0, 0, (self.output or 0) + thought, thought)


class Time(Struct):
    """When a message was begun."""

    created: Any = None


class OpencodeMessage(Struct):
    """A message; only a reply has tokens."""

    id: Any = None
    sessionID: Any = None
    role: Any = None
    providerID: Any = None
    modelID: Any = None
    time: Time | Loose = None
    tokens: OpencodeTokens | Loose = None


class OpencodePart(Struct):
    """A part of a message; a finished step has tokens."""

    type: Any = None
    tokens: OpencodeTokens | Loose = None


def is_database(name: str) -> bool:
    """Whether a file with this name is their database; channels have one each."""
    return name == "opencode.db" or (name.startswith("opencode-") and name.endswith(".db"))


def is_message(parts: tuple[str, ...]) -> bool:
    """Whether a file with this path may be a message of theirs."""
    return parts[-1].startswith("msg_") or ("message" in parts[-3:-1] and "storage" in parts[:-1])


def read_message(path: Path) -> Iterator[Call]:
    """The calls of one message file; its parts lie in `storage/part/` beside `storage/message/`."""
    message = json_file(path, OpencodeMessage)
    named = text(message.id) or path.stem
    if message.sessionID is None and message.providerID is None:
        return  # somebody else's
    folders = (path.parents[up] / "part" / named for up in (1, 2) if len(path.parents) > up)
    files = [file for folder in folders for file in sorted(folder.glob("*.json"))]
    yield from _calls(named, message, (json_file(file, OpencodePart) for file in files), 0)


def read_database(path: Path) -> Iterator[Call | BadDatabaseRow]:
    """The calls of all messages of a database."""
    with read_only(path) as connection:
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if "message" not in tables:
            return
        for number, (named, data) in enumerate(connection.execute("SELECT id, data FROM message"), start=1):
            try:
                parts = _parts(connection, named) if "part" in tables else ()
                yield from _calls(str(named), read(_bytes(data), OpencodeMessage), parts, FROM_DATABASE)
            except ValueError as bad:
                yield BadDatabaseRow(number, str(bad))


def _parts(connection: sqlite3.Connection, message: object) -> Iterator[OpencodePart]:
    for (data,) in connection.execute("SELECT data FROM part WHERE message_id = ?", (message,)):
        yield read(_bytes(data), OpencodePart)


def _bytes(data: object) -> bytes:
    return data if isinstance(data, bytes) else str(data).encode("utf-8", "replace")


def _calls(named: str, message: OpencodeMessage, parts: Iterable[OpencodePart], rank: int) -> Iterator[Call]:
    if not isinstance(message.tokens, OpencodeTokens) or message.role not in ("assistant", None):
        return
    figures, steps = message.tokens.figures(), 1
    if not any(figures):
        finished = [
            part.tokens.figures() for part in parts if part.type == STEP and isinstance(part.tokens, OpencodeTokens)
        ]
        if not finished:
            return
        fresh, read_back, written, _, said, thought = map(sum, zip(*finished, strict=True))
        figures, steps = (fresh, read_back, written, 0, said, thought), len(finished)
    stream = CallStream(TOOL, text(message.providerID), text(message.modelID))
    at = instant(message.time.created if isinstance(message.time, Time) else None)
    yield Call(key(TOOL, named), rank + figures[4], at, stream, *figures, 0, steps)
