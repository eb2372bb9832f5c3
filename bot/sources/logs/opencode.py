"""opencode: a SQLite database, or one JSON a message below `storage/message/`; the same message counts once.

The database wins over the files. Cache tokens lie beside the input, reasoning beside the output. Messages of zeros
have their figures in their parts, one for each finished step. `tokens.total` leaves cache writes out and is not used.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from bot.sources.logs.calls import Call, Line, Stream, counts, instant, key, nested, text
from bot.sources.logs.documents import BadRow, json_file, json_text, read_only

TOOL = "opencode"
FROM_DATABASE = 1 << 60
STEP = "step-finish"


def is_database(name: str) -> bool:
    """Whether a file with this name is their database; channels have one each."""
    return name == "opencode.db" or (name.startswith("opencode-") and name.endswith(".db"))


def is_message(parts: tuple[str, ...]) -> bool:
    """Whether a file with this path is a message of theirs."""
    return parts[-1].startswith("msg_") or (parts[-3:-1] and "message" in parts[-3:-1] and "storage" in parts[:-1])


def knows(message: Line) -> bool:
    """Whether a JSON looks like a message of theirs."""
    return "role" in message and ("sessionID" in message or "modelID" in message)


def read_message(message: Line, path: Path) -> Iterator[Call]:
    """The calls of one message file; its parts lie in `storage/part/` beside `storage/message/`."""
    named = text(message.get("id")) or path.stem
    folder = path.parents[2] / "part" / named if len(path.parents) > 2 else path
    files = sorted(folder.glob("*.json")) if folder.is_dir() else []
    yield from _calls(named, message, (json_file(file) for file in files), 0)


def read_database(path: Path) -> Iterator[Call | BadRow]:
    """The calls of all messages of a database."""
    with read_only(path) as connection:
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if "message" not in tables:
            return
        for number, (named, data) in enumerate(connection.execute("SELECT id, data FROM message"), start=1):
            try:
                parts = _parts(connection, named) if "part" in tables else ()
                yield from _calls(str(named), json_text(data), parts, FROM_DATABASE)
            except ValueError as bad:
                yield BadRow(number, str(bad))


def _parts(connection: sqlite3.Connection, message: str) -> Iterator[Any]:
    for (data,) in connection.execute("SELECT data FROM part WHERE message_id = ?", (message,)):
        yield json_text(data)


def _calls(named: str, message: Line, parts: Iterable[Any], rank: int) -> Iterator[Call]:
    if not isinstance(message, dict) or message.get("role", "assistant") != "assistant" or "tokens" not in message:
        return
    figures, steps = _figures(message["tokens"]), 1
    if not any(figures):
        finished = [_figures(part.get("tokens")) for part in parts if _is_step(part)]
        if not finished:
            return
        figures, steps = tuple(map(sum, zip(*finished, strict=True))), len(finished)
    stream = Stream(TOOL, text(message.get("providerID")), text(message.get("modelID")))
    at = instant(nested(message, "time", "created"))
    yield Call(key(TOOL, named), rank + figures[4], at, stream, *figures, 0, steps)


def _is_step(part: object) -> bool:
    return isinstance(part, dict) and part.get("type") == STEP and part.get("tokens") is not None


def _figures(tokens: object) -> tuple[int, ...]:
    fresh, said, thought = counts(tokens, "input", "output", "reasoning")
    read, written = counts(nested(tokens, "cache") or {}, "read", "write")
    return fresh, read, written, 0, said + thought, thought
