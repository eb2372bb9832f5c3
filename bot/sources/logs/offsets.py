"""How far each file has been read, and whether what follows is new.

A file that only grew is read on from where it stopped. One that was cut off, replaced or written anew is read from its
start; what it told before stays counted, since a call that is told again is known by its identity.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import Any, Protocol

EDGE = 512  # bytes at either end of what was read that have to be the same


class File(Protocol):
    """A file as it is now."""

    @property
    def name(self) -> str:
        """Its path below the folder."""

    @property
    def path(self) -> Path:
        """Where it lies."""

    @property
    def client(self) -> str:
        """Whose it is, "" for nobody's."""

    @property
    def size(self) -> int:
        """How many bytes it has."""

    @property
    def modified(self) -> int:
        """When it was written last, in nanoseconds."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A file as it was when it was read up to `offset`; `memory` is what its reader knew by then."""

    file: str
    client: str
    size: int
    modified: int
    offset: int
    edges: bytes = b""
    memory: dict[str, Any] = field(default_factory=dict)

    def is_current(self, file: File) -> bool:
        """Whether the file has not changed since."""
        return (self.size, self.modified) == (file.size, file.modified)


def resumed(mark: Mark | None, file: File) -> Mark:
    """From where a file is to be read, as it is now."""
    offset, memory = 0, {}
    if mark is not None and mark.client == file.client and 0 < mark.offset <= file.size:
        with suppress(OSError):
            if edges(file.path, mark.offset) == mark.edges:
                offset, memory = mark.offset, mark.memory
    return Mark(file.name, file.client, file.size, file.modified, offset, memory=memory)


def edges(path: Path, offset: int) -> bytes:
    """A print of the bytes at the start of a file and of those before an offset."""
    with path.open("rb", buffering=0) as file:
        start = file.read(min(EDGE, offset))
        file.seek(max(0, offset - EDGE))
        return blake2b(start + file.read(min(EDGE, offset)), digest_size=16).digest()
