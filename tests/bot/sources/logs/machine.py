"""A machine with session logs: files are written as the clients write them, and read as the command reads them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.sources.logs import ledger
from bot.sources.logs.reading import read_folder
from bot.sources.logs.totals import DayTotal, Totals, totals

UTC = ZoneInfo("UTC")
Line = dict[str, Any]


class Machine:
    """Logs below a folder, and the ledger of what was read of them."""

    def __init__(self, place: Path, name: str = "logs") -> None:
        self.folder = place / name
        self.folder.mkdir(parents=True)
        self.ledger = place / f"{name}.ledger"

    def path(self, name: str) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def write(self, name: str, *lines: Line | str) -> Path:
        """A file of JSON lines; a line that is text stands as it is."""
        path = self.path(name)
        path.write_bytes(joined(lines))
        return path

    def append(self, name: str, *lines: Line | str) -> None:
        with self.path(name).open("ab") as file:
            file.write(joined(lines))

    def read(self, zone: ZoneInfo = UTC) -> Totals:
        """What a run of the command finds."""
        with ledger.opened(self.ledger) as connection:
            return totals(connection, read_folder(connection, self.folder), zone)


def joined(lines: Iterable[Line | str]) -> bytes:
    return b"".join((line if isinstance(line, str) else json.dumps(line)).encode() + b"\n" for line in lines)


def sums(found: Totals) -> dict[str, int]:
    """All rows together."""
    names = (
        "requests",
        "input_tokens",
        "cached_input_tokens",
        "cache_write_tokens",
        "output_tokens",
        "reasoning_tokens",
    )
    return {name: sum(getattr(row, name) for row in found.rows) for name in names}


def figures(row: DayTotal) -> tuple[int, ...]:
    """Calls, input, cached, written, output."""
    return row.requests, row.input_tokens, row.cached_input_tokens, row.cache_write_tokens, row.output_tokens


def only(found: Totals) -> DayTotal:
    (row,) = found.rows
    return row


def claude(
    message: str | None = "msg_1",
    *,
    at: str = "2026-11-02T09:00:00.000Z",
    model: str = "claude-opus-4-8",
    output: int = 50,
    request: str | None = "req_1",
    usage: Line | None = None,
    **more: Any,
) -> Line:
    """A line of a reply as Claude Code writes it."""
    used = {"input_tokens": 10, "cache_read_input_tokens": 600, "cache_creation_input_tokens": 20}
    said: Line = {"id": message, "role": "assistant", "model": model, "content": [{"type": "text", "text": "x"}]}
    said["usage"] = used | {"output_tokens": output} | (usage or {})
    line: Line = {"type": "assistant", "sessionId": "s-1", "uuid": f"u-{message}-{output}-{at}", "timestamp": at}
    return line | {"message": said} | ({"requestId": request} if request else {}) | more


def codex_head(session: str = "p-1", at: str = "2026-11-03T10:00:00.000Z", **more: Any) -> Line:
    """The first line of a session of Codex."""
    return {"timestamp": at, "type": "session_meta", "payload": {"id": session, "timestamp": at, "cwd": "/w"} | more}


def codex_turn(model: str = "gpt-5.5", at: str = "2026-11-03T10:00:01.000Z") -> Line:
    return {"timestamp": at, "type": "turn_context", "payload": {"model": model}}


def codex_count(total: tuple[int, ...] | None, last: tuple[int, ...] | None = None, at: str = "10:00:10.000") -> Line:
    """A count of tokens: input, cached, output, reasoning."""
    names = ("input_tokens", "cached_input_tokens", "output_tokens", "reasoning_output_tokens")
    info: Line = {}
    for name, values in (("total_token_usage", total), ("last_token_usage", last)):
        if values is not None:
            info[name] = dict(zip(names, values, strict=True)) | {"total_tokens": values[0] + values[2]}
    payload = {"type": "token_count", "info": info, "rate_limits": {}}
    return {"timestamp": f"2026-11-03T{at}Z", "type": "event_msg", "payload": payload}


def replies(count: int, start: int = 0) -> list[Line]:
    """Replies of two lines each, the second one fuller, over two days."""
    lines = []
    for number in range(start, start + count):
        at = f"2026-11-0{1 + number % 2}T09:00:{number % 60:02d}.000Z"
        lines += [claude(f"m{number}", at=at, output=1), claude(f"m{number}", at=at, output=10 + number)]
    return lines
