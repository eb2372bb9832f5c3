"""Brings what is new in the session logs below a folder into the folder's ledger."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

from bot.sources.logs import codex, ledger, merging
from bot.sources.logs.calls import Call, gather
from bot.sources.logs.clients import BY_NAME
from bot.sources.logs.discovery import LogFile, discover
from bot.sources.logs.documents import BadDatabaseRow
from bot.sources.logs.offsets import Mark, edges, resumed
from bot.sources.logs.parallel import StretchTask, outcomes
from bot.sources.logs.scanning import Stretch, number_lines
from bot.sources.logs.wire import BadLine

STRETCH = 16 << 20  # bytes of a file that are read at once, where its lines stand alone
BATCH = 4_000  # calls of a file that is read whole, between two merges
Progress = Callable[[int, int], None]  # told the bytes read, and all that are to be read


def read_folder(connection: sqlite3.Connection, folder: Path, told: Progress = lambda _done, _size: None) -> int:
    """Read what is new below a folder; gives the number of session files that are there."""
    merging.price_anew(connection)
    known = ledger.marks(connection)
    found = list(discover(folder, known))
    if known and not any(file.name in known for file in found):
        ledger.forget(connection)  # another folder at the same place
        known = {}
    changed = [file for file in found if not (file.name in known and known[file.name].is_current(file))]
    marks = {file: resumed(known.get(file.name), file) for file in changed}
    size = sum(max(file.size - mark.offset, 0) for file, mark in marks.items())
    done = 0
    for step in _lines(connection, [file for file in changed if not file.whole], marks, found):
        done += step
        told(done, size)
    for file in changed:
        if file.whole:
            _whole(connection, file, marks[file])
            done += file.size
            told(done, size)
    return sum(1 for file in found if file.client)


def _lines(
    connection: sqlite3.Connection, files: list[LogFile], marks: dict[LogFile, Mark], found: list[LogFile]
) -> Iterator[int]:
    """Read files of lines on from their marks; yields how many bytes were read."""
    sessions = {named: file.path for file in found if (named := codex.session_of(file.name))}
    reached = [marks[file] for file in files]
    bad: list[list[tuple[int, str]]] = [[] for _ in files]
    size = sum(file.size - mark.offset for file, mark in zip(files, reached, strict=True) if file.client)
    for outcome in outcomes(_units(files, reached), sessions, size):
        if outcome.calls:
            merging.merge(connection, outcome.calls)
        for part in outcome.told:
            bad[part.number] += part.bad
            if part.stopped >= reached[part.number].offset:
                reached[part.number] = replace(reached[part.number], offset=part.stopped, memory=part.memory)
        yield outcome.size
    for file, mark, wrong in zip(files, reached, bad, strict=True):
        try:
            numbers = number_lines(file.path, [offset for offset, _ in wrong]) if wrong else {}
            mark = replace(mark, edges=edges(file.path, mark.offset))
        except OSError:  # gone meanwhile, or not ours to read
            numbers, mark = {}, replace(mark, offset=0)
        lines = [(offset, numbers.get(offset, 1), reason) for offset, reason in wrong]
        ledger.keep_mark(connection, mark, marks[file].offset, lines)


def _units(files: list[LogFile], marks: list[Mark]) -> Iterator[StretchTask]:
    for number, (file, mark) in enumerate(zip(files, marks, strict=True)):
        if not file.client:
            continue
        step = STRETCH if BY_NAME[file.client].alone else max(file.size, 1)
        for start in range(mark.offset, file.size, step):
            stretch = Stretch(file.path, start, min(start + step, file.size), start > mark.offset)
            yield StretchTask(number, file.client, stretch, mark.memory)


def _whole(connection: sqlite3.Connection, file: LogFile, mark: Mark) -> None:
    """Read a file anew that is read whole."""
    bad: list[tuple[int, int, str]] = []

    def sound() -> Iterator[Call]:
        try:
            for told in file.whole(file.path) if file.whole else ():
                if isinstance(told, BadDatabaseRow):
                    bad.append((told.number, told.number, told.reason))
                else:
                    yield told
        except BadLine as error:
            bad.append((0, 1, str(error)))

    calls = sound()
    while batch := list(islice(calls, BATCH)):
        by_key: dict[bytes, Call] = {}
        gather(batch, by_key)
        merging.merge(connection, list(by_key.values()))
    ledger.keep_mark(connection, mark, 0, bad)
