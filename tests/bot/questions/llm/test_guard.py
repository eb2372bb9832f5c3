"""One question's calls end with its deadline, and no retry is made that cannot help."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from contextvars import copy_context

import httpx2
import pytest

from bot.questions.llm.guard import BODY_LIMIT, DeadlineHooks, guard

REQUEST = httpx2.Request("POST", "http://model.example/v1")


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


class Body(httpx2.SyncByteStream):
    def __init__(self, clock: Clock, *pieces: bytes, pause: float = 0.0) -> None:
        self._clock, self._pieces, self._pause = clock, pieces, pause

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._pieces:
            self._clock.now += self._pause
            yield piece


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def hooks(clock: Clock) -> DeadlineHooks:
    return guard(clock, longest=10.0, connect=2.0)


def after(hooks: DeadlineHooks, status: int, content: bytes = b"{}", **headers: str) -> bool:
    """Whether trying again is said to be in vain."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    response = httpx2.Response(status, headers=named, content=content, request=REQUEST)
    hooks.after(response)
    return response.headers.get("x-should-retry") == "false"


def test_a_request_gets_the_time_that_is_left_and_no_more_than_usual(hooks: DeadlineHooks, clock: Clock) -> None:
    with hooks.until(clock.now + 4):
        short = httpx2.Request("GET", "http://x.example")
        hooks.before(short)
    with hooks.until(clock.now + 400):
        long = httpx2.Request("GET", "http://x.example")
        hooks.before(long)

    assert short.extensions["timeout"] == {"connect": 2.0, "read": 4.0, "write": 4.0, "pool": 4.0}
    assert long.extensions["timeout"]["read"] == 10.0


def test_without_time_nothing_is_sent(hooks: DeadlineHooks, clock: Clock) -> None:
    with hooks.until(clock.now + 0.1), pytest.raises(httpx2.ReadTimeout):
        hooks.before(REQUEST)


def test_the_deadline_is_that_of_whoever_asks(hooks: DeadlineHooks, clock: Clock) -> None:
    with hooks.until(clock.now + 5):
        assert hooks.left() == 5
        with hooks.until(clock.now + 1):
            assert hooks.left() == 1
        assert hooks.left() == 5
    assert copy_context().run(hooks.left) == float("inf")


def test_trying_again_is_in_vain_where_people_must_act_or_the_wait_is_too_long(
    hooks: DeadlineHooks, clock: Clock
) -> None:
    with hooks.until(clock.now + 20):
        assert after(hooks, 429, b'{"code": "insufficient_quota"}')
        assert after(hooks, 429, retry_after="600")
        assert after(hooks, 503, retry_after="Wed, 21 Oct 2026 07:28:00 GMT")
        assert not after(hooks, 503, retry_after="1")
        assert after(hooks, 429, retry_after_ms="46000", retry_after="1"), "the package goes by milliseconds first"
        assert not after(hooks, 429, retry_after_ms="200", retry_after="60")
        assert not after(hooks, 200, b"insufficient_quota")
    with hooks.until(clock.now + 1.5):
        assert after(hooks, 503, retry_after="1")


def test_a_body_that_drips_ends_with_the_deadline(hooks: DeadlineHooks, clock: Clock) -> None:
    response = httpx2.Response(200, stream=Body(clock, *[b"x"] * 100, pause=0.5), request=REQUEST)
    hooks.after(response)
    with hooks.until(clock.now + 3), pytest.raises(httpx2.ReadTimeout):
        response.read()


def test_a_body_without_end_is_no_reply(hooks: DeadlineHooks, clock: Clock) -> None:
    response = httpx2.Response(200, stream=Body(clock, *[b"x" * BODY_LIMIT] * 2), request=REQUEST)
    hooks.after(response)
    with hooks.until(clock.now + 3), pytest.raises(httpx2.ReadError, match="too long"):
        response.read()


def test_a_packed_body_is_measured_as_it_unpacks(hooks: DeadlineHooks, clock: Clock) -> None:
    def told(content: bytes, encoding: str = "gzip") -> bytes:
        response = httpx2.Response(
            200, headers={"Content-Encoding": encoding}, stream=Body(clock, content), request=REQUEST
        )
        hooks.after(response)
        with hooks.until(clock.now + 3):
            return response.read()

    assert told(gzip.compress(b'{"a": 1}')) == b'{"a": 1}'
    with pytest.raises(httpx2.ReadError, match="too long"):
        told(gzip.compress(bytes(20 * BODY_LIMIT), 1))
    for content, encoding in ((b"no gzip", "gzip"), (gzip.compress(b"cut")[:-9], "gzip"), (b"x", "br")):
        with pytest.raises(httpx2.ReadError, match="unpacked"):
            told(content, encoding)
