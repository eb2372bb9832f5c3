"""The clients whose logs are read, and which of them a file belongs to: by where it lies, and by what it holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from io import FileIO
from pathlib import Path
from typing import Any, Protocol

from msgspec import convert

from bot.sources.logs import claude_code, codex, copilot_cli, gemini_cli, opencode, qwen_code
from bot.sources.logs.calls import Call
from bot.sources.logs.documents import BadDatabaseRow
from bot.sources.logs.wire import BadLine, read

FIRST_BYTES, MOST_BYTES = 1 << 12, 1 << 20  # of a file's start, to tell whose it is
FIRST_LINES = 50
Sessions = Mapping[str, Path]  # sessions of Codex by their id, and where each is told


class LogReader(Protocol):
    """Reads the lines of one file in their order."""

    def read(self, line: Any, place: int) -> Iterable[Call]:
        """The calls that a line tells of, all of them worked out; `place` is where it starts."""

    def memory(self) -> dict[str, Any]:
        """What a later line needs of the earlier ones."""


@dataclass(frozen=True, slots=True)
class Alone:
    """Reads lines each of which stands alone."""

    read: Callable[[Any, int], Iterable[Call]]

    def memory(self) -> dict[str, Any]:
        """Nothing."""
        return {}


@dataclass(frozen=True, slots=True)
class LineClient:
    """A client that writes JSON lines. Where each stands `alone`, a file may be read in several stretches at once."""

    name: str
    needles: tuple[bytes, ...]
    line: type[Any]
    lies_here: Callable[[tuple[str, ...]], bool]
    knows: Callable[[dict[str, Any]], bool]
    reader: Callable[[dict[str, Any], Path, Sessions], LogReader]
    alone: bool = False


def _parents(sessions: Sessions) -> codex.Parent:
    """Looks a session's parent up in the first line of its file."""

    def parent(session: str) -> str | None:
        path = sessions.get(session)
        if path is None:
            return None
        meta = next(first_lines(path), {}).get("payload")
        return convert(meta, codex.Payload).parent() if isinstance(meta, dict) else ""

    return parent


# A file is offered to them in this order: the later ones are less particular.
LINE_CLIENTS = (
    LineClient(
        codex.TOOL,
        codex.NEEDLES,
        codex.CodexLine,
        codex.lies_here,
        codex.knows,
        lambda memory, _path, sessions: codex.CodexReader(memory, _parents(sessions)),
    ),
    LineClient(
        copilot_cli.TOOL,
        copilot_cli.NEEDLES,
        copilot_cli.CopilotEvent,
        copilot_cli.lies_here,
        copilot_cli.knows,
        lambda memory, path, _sessions: copilot_cli.CopilotReader(memory, path.parent.name),
    ),
    LineClient(
        gemini_cli.TOOL,
        gemini_cli.NEEDLES,
        gemini_cli.GeminiLine,
        gemini_cli.lies_here,
        gemini_cli.knows,
        lambda memory, path, _sessions: gemini_cli.GeminiReader(memory, path.stem),
    ),
    LineClient(
        qwen_code.TOOL,
        qwen_code.NEEDLES,
        qwen_code.QwenLine,
        qwen_code.lies_here,
        qwen_code.knows,
        lambda _memory, _path, _sessions: Alone(qwen_code.read),
        alone=True,
    ),
    LineClient(
        claude_code.TOOL,
        claude_code.NEEDLES,
        claude_code.ClaudeLine,
        claude_code.lies_here,
        claude_code.knows,
        lambda _memory, _path, _sessions: Alone(claude_code.read),
        alone=True,
    ),
)
BY_NAME = {client.name: client for client in LINE_CLIENTS}


def line_client(path: Path, parts: tuple[str, ...]) -> LineClient | None:
    """Whose JSON lines a file holds, None where they are nobody's; `parts` is its path below the folder.

    What its first lines look like decides; where none can be read, where it lies does.
    """
    readable = False
    for line in first_lines(path):
        readable = True
        for client in LINE_CLIENTS:
            if client.knows(line):
                return client
    return None if readable else next((client for client in LINE_CLIENTS if client.lies_here(parts)), None)


def whole_file(
    path: Path, parts: tuple[str, ...]
) -> tuple[str, Callable[[Path], Iterator[Call | BadDatabaseRow]]] | None:
    """Whose file that is read whole this may be, and how it is read; nothing comes of one that is not theirs."""
    if path.suffix == ".db":
        if opencode.is_database(path.name):
            return opencode.TOOL, opencode.read_database
        return (copilot_cli.TOOL, copilot_cli.read_database) if path.name == copilot_cli.DATABASE else None
    if gemini_cli.lies_here(parts):
        return gemini_cli.TOOL, gemini_cli.read_file
    return (opencode.TOOL, opencode.read_message) if opencode.is_message(parts) else None


def first_lines(path: Path) -> Iterator[dict[str, Any]]:
    """The objects among the first lines of a file that can be read."""
    number, read, left = 0, 0, b""
    try:
        with FileIO(path) as file:
            while number < FIRST_LINES and read < MOST_BYTES and (block := file.read(max(FIRST_BYTES, read))):
                read += len(block)
                *whole, left = (left + block).split(b"\n")
                for line in whole[: FIRST_LINES - number]:
                    number += 1
                    yield from _object(line)
    except OSError:
        return
    if number < FIRST_LINES:
        yield from _object(left)


def _object(line: bytes) -> Iterator[dict[str, Any]]:
    with suppress(BadLine):
        yield read(line.strip(b"\0\r\t "), dict)
