"""Bodies in bounded memory: unpacked piece by piece, cut off at a bound, JSON as one value or line by line."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from typing import IO, Any

import msgspec

LARGEST_REPLY = 32 * 1024 * 1024  # bytes of one JSON reply; as objects it takes several times that
LARGEST_LINE = 8 * 1024 * 1024  # bytes of one line of a file
PIECE = 256 * 1024
GZIP = frozenset({"gzip", "x-gzip", "deflate"})
ANY_WRAPPER = zlib.MAX_WBITS | 32  # zlib tells gzip and zlib apart by itself


class OverBound(Exception):
    """More bytes than the bound."""


class Cut(Exception):
    """The body ends before its end."""


class Unreadable(Exception):
    """The body is packed in a way that nobody asked for."""


def unpacked(pieces: Iterable[bytes], encoding: str) -> Iterator[bytes]:
    """The body in pieces of a bounded size, whatever it was packed to. Raises Cut, Unreadable."""
    encoding = encoding.strip().lower()
    if encoding in ("", "identity"):
        yield from pieces
        return
    if encoding not in GZIP:
        raise Unreadable(encoding)
    unpacker = zlib.decompressobj(ANY_WRAPPER)
    for piece in pieces:
        while piece:
            if unpacker.eof:  # gzip may be several members in a row
                unpacker = zlib.decompressobj(ANY_WRAPPER)
            try:
                yield unpacker.decompress(piece, PIECE)
            except zlib.error as error:
                raise Cut from error
            piece = unpacker.unconsumed_tail or unpacker.unused_data
    if not unpacker.eof:
        raise Cut


def whole(pieces: Iterable[bytes], bound: int = LARGEST_REPLY) -> bytes:
    """All of a body. Raises OverBound as soon as it is."""
    held = bytearray()
    for piece in pieces:
        held += piece
        if len(held) > bound:
            raise OverBound
    return bytes(held)


def is_page(body: bytes, content_type: str) -> bool:
    """Whether a body is a web page, as proxies and sign-in pages give with 200."""
    return "html" in content_type.lower() or body.lstrip()[:1] == b"<"


def value(body: bytes) -> Any:
    """A body's JSON, None where it is empty. Raises Cut where it is no JSON."""
    if not body.strip():
        return None
    try:
        return msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Cut from error


def lines(file: IO[bytes]) -> Iterator[Any]:
    """The values of a file with a JSON value a line, or with one value over several. Raises Cut, OverBound."""
    first = next(_lines(file), b"")
    try:
        found = value(first)
    except Cut:
        rest = whole(iter(lambda: file.read(PIECE), b""), LARGEST_REPLY)
        found = value(first + rest)
    if found is not None:
        yield found
    yield from (value(line) for line in _lines(file))


def _lines(file: IO[bytes]) -> Iterator[bytes]:
    while line := file.readline(LARGEST_LINE + 1):
        if len(line) > LARGEST_LINE:
            raise OverBound
        if line.strip():
            yield line
