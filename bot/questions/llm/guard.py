"""Keeps one question's calls inside its deadline, and stops retries that cannot help."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

import httpx2

from bot.sources.http.bodies import Cut, Unreadable, unpacked

LONGEST_WAIT = 3.0  # seconds a server may ask to wait before it is better to answer without it
LEAST_LEFT = 0.2
BODY_LIMIT = 2_000_000  # bytes; a longer reply is none


@dataclass(frozen=True)
class DeadlineHooks:
    """Hooks for an HTTP client. The deadline belongs to the thread that asks."""

    clock: Callable[[], float]
    longest: float  # seconds for one read
    connect: float
    _until: ContextVar[float]

    @contextmanager
    def until(self, deadline: float) -> Iterator[None]:
        """Calls made inside end by then."""
        token = self._until.set(deadline)
        try:
            yield
        finally:
            self._until.reset(token)

    def left(self) -> float:
        """Seconds left of the deadline."""
        return self._until.get() - self.clock()

    def before(self, request: httpx2.Request) -> None:
        """Give a request the time that is left, or none."""
        left = self.left()
        if left < LEAST_LEFT:
            raise httpx2.ReadTimeout("the deadline has passed", request=request)
        longest = min(self.longest, left)
        # A packed reply of a few kilobytes can unpack to more than there is memory.
        request.headers["Accept-Encoding"] = "identity"
        request.extensions["timeout"] = {
            "connect": min(self.connect, left), "read": longest, "write": longest, "pool": longest,
        }  # fmt: skip

    def after(self, response: httpx2.Response) -> None:
        """Watch the body, and say so where trying again would be in vain."""
        # What comes packed all the same is unpacked here, where its size is watched.
        response.stream = _Watched(response.stream, self, response.headers.pop("content-encoding", ""))
        if response.status_code < 400:
            return
        response.read()
        if self._in_vain(response):
            response.headers["x-should-retry"] = "false"

    def _in_vain(self, response: httpx2.Response) -> bool:
        if b"insufficient_quota" in response.content:
            return True
        wait = _asked_to_wait(response.headers)
        return wait > LONGEST_WAIT or self.left() < wait + 1.0


def guard(clock: Callable[[], float], longest: float, connect: float) -> DeadlineHooks:
    """A guard of its own for one client."""
    return DeadlineHooks(clock, longest, connect, ContextVar("until", default=float("inf")))


def _asked_to_wait(headers: httpx2.Headers) -> float:
    """The seconds that the server asks for, by the header that the package goes by first; a date is as good as long."""
    for name, parts in (("retry-after-ms", 1000.0), ("retry-after", 1.0)):
        try:
            return float(headers[name]) / parts
        except KeyError:
            continue
        except ValueError:
            return float("inf")
    return 0.0


class _Watched(httpx2.SyncByteStream):
    """A body that ends with its deadline: a server that drips is no faster than one that is silent."""

    def __init__(self, inner: object, guard: DeadlineHooks, encoding: str) -> None:
        assert isinstance(inner, httpx2.SyncByteStream)
        self._inner, self._guard, self._encoding = inner, guard, encoding

    def __iter__(self) -> Iterator[bytes]:
        size = 0
        try:
            for piece in unpacked(self._inner, self._encoding):
                size += len(piece)
                if self._guard.left() < 0:
                    raise httpx2.ReadTimeout("the deadline has passed")
                if size > BODY_LIMIT:
                    raise httpx2.ReadError("the reply is too long")
                yield piece
        except (Cut, Unreadable) as error:
            raise httpx2.ReadError("the reply cannot be unpacked") from error

    def close(self) -> None:
        self._inner.close()
