"""Finds the session files below a folder; what is nobody's is left alone, and looked into only once."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from bot.sources.logs.calls import Call
from bot.sources.logs.clients import line_client, whole_file
from bot.sources.logs.documents import BadDatabaseRow
from bot.sources.logs.offsets import Mark

LINES, WHOLE = ".jsonl", (".json", ".db")
LEFT_OUT = {".git", "node_modules"}


@dataclass(frozen=True, slots=True)
class LogFile:
    """A file by its path below the folder; `client` is "" where it is nobody's. One with `whole` is read by it."""

    name: str
    path: Path
    size: int
    modified: int
    client: str
    whole: Callable[[Path], Iterator[Call | BadDatabaseRow]] | None = field(default=None, compare=False)


def discover(folder: Path, known: Mapping[str, Mark]) -> Iterator[LogFile]:
    """The files that may be read, those of one client among them."""
    for name, entry in _files(folder.resolve()):
        suffix = os.path.splitext(name)[1]
        with suppress(FileNotFoundError):  # gone meanwhile
            if suffix == LINES:
                yield from _lines(name, entry, known.get(name))
            elif suffix in WHOLE and (whose := whole_file(Path(entry.path), _parts(name))):
                size, modified = _with_log(entry)
                yield LogFile(name, Path(entry.path), size, modified, *whose)


def _lines(name: str, entry: os.DirEntry[str], mark: Mark | None) -> Iterator[LogFile]:
    status, path = entry.stat(), Path(entry.path)
    found = LogFile(name, path, status.st_size, status.st_mtime_ns, mark.client if mark else "")
    if mark is not None and (mark.client or mark.is_current(found)):
        yield found
    elif found.size:
        client = line_client(path, _parts(name))
        yield LogFile(name, path, found.size, found.modified, client.name if client else "")


def _with_log(entry: os.DirEntry[str]) -> tuple[int, int]:
    """Size and time of a file; a database that is in use grows in a log beside it."""
    sizes, times = [entry.stat().st_size], [entry.stat().st_mtime_ns]
    with suppress(FileNotFoundError):
        log = os.stat(entry.path + "-wal")
        sizes.append(log.st_size)
        times.append(log.st_mtime_ns)
    return sum(sizes), max(times)


def _parts(name: str) -> tuple[str, ...]:
    return tuple(name.split("/"))


def _files(folder: Path) -> Iterator[tuple[str, os.DirEntry[str]]]:
    waiting = [(str(folder), "")]
    while waiting:
        here, below = waiting.pop()
        with suppress(OSError), os.scandir(here) as entries:  # not ours to read, or gone
            for entry in entries:
                name = f"{below}{entry.name}"
                if entry.is_dir(follow_symlinks=False):
                    if entry.name not in LEFT_OUT:
                        waiting.append((entry.path, f"{name}/"))
                elif entry.is_file():
                    yield name, entry
