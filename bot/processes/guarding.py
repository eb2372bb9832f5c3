"""Guards what comes from outside without Slack's signature: a bearer token, a rate, and bodies of bounded size."""

from __future__ import annotations

import hmac
import time
import zlib
from collections.abc import Callable, Iterator
from typing import IO

from bot.processes.shared import OwnBucket, RateBucket

CHUNK = 1 << 16  # bytes read, and unpacked, at once


class BodyTooLarge(Exception):
    """The body is larger than is taken; the message says how large it may be."""


class BadBody(Exception):
    """The body is not what its headers say; the message is one sentence for the sender."""


class Limiter:
    """A bucket that fills at a rate: `wait` takes one out and gives 0, or the seconds until there is one."""

    def __init__(
        self, a_second: float, most: float, now: Callable[[], float] = time.monotonic, bucket: RateBucket | None = None
    ) -> None:
        """A `bucket` that processes share makes it one limit for all of them; the clock is then the machine's."""
        self._rate, self._most, self._now = a_second, most, now
        self._bucket = bucket or OwnBucket()

    def wait(self) -> float:
        """0 where this one may pass."""
        with self._bucket.held() as numbers:
            now = self._now()
            left, at = numbers or (self._most, now)
            left = min(self._most, left + (now - at) * self._rate)
            passes = left >= 1
            numbers[:] = left - passes, now
            return 0.0 if passes else (1 - left) / self._rate


def bears(header: str | None, token: str) -> bool:
    """Whether an Authorization header bears the token; how long it takes tells nothing of the token."""
    kind, _, given = (header or "").strip().partition(" ")
    return hmac.compare_digest(given.strip().encode(), token.encode()) and kind.lower() == "bearer"


def bounded(stream: IO[bytes], encoding: str, most: int) -> Iterator[bytes]:
    """The plain bytes of a body, sent as it is or as gzip, piece by piece. Raises BodyTooLarge, BadBody."""
    encoding = encoding.strip().lower()
    if encoding not in ("", "identity", "gzip", "x-gzip"):
        raise BadBody("the Content-Encoding must be gzip, or none")
    read = 0
    for piece in _gunzipped(stream) if "gzip" in encoding else iter(lambda: stream.read(CHUNK), b""):
        read += len(piece)
        if read > most:
            raise BodyTooLarge(f"the body is larger than {most // 2**20} MB")
        yield piece


def _gunzipped(stream: IO[bytes]) -> Iterator[bytes]:
    unpacker = zlib.decompressobj(wbits=31)
    begun = False
    try:
        while waiting := unpacker.unconsumed_tail or unpacker.unused_data or stream.read(CHUNK):
            if unpacker.eof:  # another member follows
                unpacker, begun = zlib.decompressobj(wbits=31), False
            piece = unpacker.decompress(waiting, CHUNK)
            begun = True
            if piece:
                yield piece
    except zlib.error as error:
        raise BadBody("the body is no gzip") from error
    if begun and not unpacker.eof:
        raise BadBody("the body was cut off: its gzip has no end")
