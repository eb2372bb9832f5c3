"""Reads a stretch of a file of JSON lines: only lines that can tell of a call are parsed. Memory stays bounded.

It reads by blocks and maps nothing: a mapped file counts as resident memory, and a client that cuts its file off while
it is mapped ends the process.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from io import FileIO
from pathlib import Path
from typing import Any, NamedTuple

from msgspec import DecodeError

from bot.sources.logs.calls import Call, fuller, gather
from bot.sources.logs.wire import BadLine, read, reads, reread

BLOCK = 1 << 20
LONGEST_LINE = 64 << 20  # bytes; a longer one is left out
LISTED = 100  # bad lines of one stretch that are listed
CUT_OFF = "the last line is cut off; it is read again when it is whole"
PADDING = b"\0\r\n\t "  # what a crash or an editor leaves around a line
BRACE, END_BRACE = b"{"[0], b"}"[0]


class Says(NamedTuple):
    """How lines are read: what those hold that matter, their type, and what calls one tells of (all worked out)."""

    needles: tuple[bytes, ...]
    kind: type[Any]
    calls: Callable[[Any, int], Iterable[Call]]


class Stretch(NamedTuple):
    """The lines of a file that begin from the offset `start` to before `end`, each read to its own end.

    A line without an end, the last of its file, is taken if it is whole JSON, else left for later.
    """

    path: Path
    start: int
    end: int
    inside: bool = False  # `start` may lie within a line


@dataclass(slots=True)
class Scanned:
    """What a stretch held; bad lines by the offset they start at. The next reading starts where this one `stopped`."""

    calls: dict[bytes, Call] = field(default_factory=dict)
    bad: list[tuple[int, str]] = field(default_factory=list)
    stopped: int = 0

    def reject(self, begins: int, reason: str) -> None:
        """Note that a line cannot be right."""
        if len(self.bad) < LISTED:
            self.bad.append((begins, reason))


def scan(stretch: Stretch, says: Says) -> Scanned:
    """Read the calls of a stretch. Raises OSError where the file cannot be read."""
    found = Scanned()
    with FileIO(stretch.path) as file:
        window = _Window(file, stretch.start)
        if stretch.inside and not window.skip_line(stretch.start - 1):
            return found
        found.stopped = window.begins
        while found.stopped < stretch.end:
            if not window.fill(found):
                _rest(bytes(window.buffer[: window.held]), says, found)
                break
            _lines(window, stretch.end, says, found)
    return found


class _Window:
    """A piece of a file in memory: `held` bytes from the offset `begins` on. It grows where a line is longer."""

    def __init__(self, file: FileIO, start: int) -> None:
        self.buffer = bytearray(BLOCK)
        self.held = 0
        self.begins = start
        self._file = file
        file.seek(start)

    def skip_line(self, start: int) -> bool:
        """Go to the line after the one that holds the offset `start`; False where there is none."""
        self._file.seek(start)
        self.held, self.begins = 0, start
        while self._read():
            first = self.buffer.find(b"\n", 0, self.held)
            if first >= 0:
                self.drop(first + 1)
                return True
            self.drop(self.held)
        return False

    def fill(self, found: Scanned) -> bool:
        """Read on until a whole line is held; False at the end of the file."""
        searched = 0
        while self.buffer.find(b"\n", searched, self.held) < 0:
            searched = self.held
            if self.held >= LONGEST_LINE:
                found.reject(self.begins, f"it is longer than {LONGEST_LINE >> 20} MB")
                self.buffer = bytearray(BLOCK)
                if not self.skip_line(self.begins):
                    return False
                found.stopped, searched = self.begins, 0
            elif self.held == len(self.buffer):
                self.buffer.extend(bytes(self.held))
            elif not self._read():
                return False
        return True

    def drop(self, count: int) -> None:
        """Let go of the first bytes."""
        left = self.held - count
        self.buffer[:left] = self.buffer[count : self.held]
        self.held, self.begins = left, self.begins + count

    def _read(self) -> bool:
        with memoryview(self.buffer) as view, view[self.held :] as free:
            got = self._file.readinto(free) or 0
        self.held += got
        return got > 0


def _lines(window: _Window, end: int, says: Says, found: Scanned) -> None:
    """The calls of the whole lines that are held, and that start before `end`."""
    buffer, begins, calls = window.buffer, window.begins, found.calls
    find, position = buffer.find, 0
    last = buffer.rfind(b"\n", 0, window.held)
    end -= begins
    needle, more = says.needles[0], says.needles[1:]
    decode, calls_of = reads(says.kind), says.calls
    with memoryview(buffer) as view:
        while position <= last and position < end:
            stop = find(b"\n", position)
            if find(needle, position, stop) >= 0 or (more and _any(buffer, more, position, stop)):
                with view[position:stop] as line:
                    try:
                        said = decode(line)
                    except (DecodeError, RecursionError) as refused:
                        told = _again(bytes(line), refused, begins + position, says, found)
                    else:
                        try:
                            told = calls_of(said, begins + position)
                        except BadLine as bad:
                            found.reject(begins + position, str(bad))
                            told = ()
                for call in told:
                    held = calls.get(call[0])
                    calls[call[0]] = call if held is None else fuller(held, call)
            elif stop > position and (buffer[position] != BRACE or buffer[stop - 1] != END_BRACE):
                _check(buffer[position:stop], begins + position, found)
            position = stop + 1
    window.drop(position)
    found.stopped = begins + position


def _any(buffer: bytearray, needles: tuple[bytes, ...], start: int, stop: int) -> bool:
    return any(buffer.find(needle, start, stop) >= 0 for needle in needles)


def _again(line: bytes, refused: Exception, begins: int, says: Says, found: Scanned) -> Iterable[Call]:
    """A line that did not go the quick way: padded by a crash, written by JavaScript, or no JSON."""
    bare = line.strip(PADDING)
    try:
        said = read(bare, says.kind) if bare != line else reread(line, says.kind, refused)
        return says.calls(said, begins)
    except BadLine as bad:
        found.reject(begins, str(bad))
        return ()


def _rest(line: bytes, says: Says, found: Scanned) -> None:
    """A line without an end, the last of its file."""
    bare = line.strip(PADDING)
    if not bare:
        return
    try:
        read(bare, dict)
    except BadLine:
        found.reject(found.stopped, CUT_OFF)
        return
    if _any(bytearray(bare), says.needles, 0, len(bare)):
        try:
            gather(says.calls(read(bare, says.kind), found.stopped), found.calls)
        except BadLine as bad:
            found.reject(found.stopped, str(bad))
    found.stopped += len(line)


def _check(line: bytearray, begins: int, found: Scanned) -> None:
    line = line.strip(PADDING)
    if line and (line[0] != BRACE or line[-1] != END_BRACE):
        found.reject(begins, "it is no JSON object")


def number_lines(path: Path, offsets: Iterable[int]) -> dict[int, int]:
    """The number of the line that starts at each offset. Few files need it: lines are not counted as they go by."""
    numbers, wanted = {}, sorted(set(offsets))
    at, line = 0, 1
    with FileIO(path) as file:
        for offset in wanted:
            while at < offset:
                block = file.read(min(BLOCK, offset - at))
                if not block:
                    break
                at, line = at + len(block), line + block.count(b"\n")
            numbers[offset] = line
    return numbers
