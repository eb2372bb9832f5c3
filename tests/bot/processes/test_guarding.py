"""Guards: tokens, rates, and bodies that are not what they say."""

from __future__ import annotations

import gzip
from io import BytesIO

import pytest

from bot.processes.guarding import CHUNK, BadBody, BodyTooLarge, Limiter, bears, bounded

MEGABYTE = 2**20


def body(raw: bytes, encoding: str = "gzip", most: int = MEGABYTE) -> bytes:
    return b"".join(bounded(BytesIO(raw), encoding, most))


@pytest.mark.parametrize("header", ["Bearer t0ken", "bearer t0ken", " Bearer  t0ken "])
def test_the_token_opens(header: str) -> None:
    assert bears(header, "t0ken")


@pytest.mark.parametrize(
    "header", [None, "", "t0ken", "Bearer", "Bearer t0ke", "Bearer t0ken2", "Basic t0ken", "Bearer ü"]
)
def test_nothing_else_does(header: str | None) -> None:
    assert not bears(header, "t0ken")


def test_a_body_comes_as_it_is_or_unpacked() -> None:
    assert body(b"abc", "") == b"abc"
    assert body(gzip.compress(b"abc", mtime=0)) == b"abc"
    assert body(gzip.compress(b"abc", mtime=0) + gzip.compress(b"def"), "GZIP") == b"abcdef"
    large = bytes(range(256)) * 3_000
    assert body(gzip.compress(large, mtime=0)) == large


@pytest.mark.parametrize(
    "raw", [b"abc" * 10, gzip.compress(b"abc" * 100, mtime=0)[:-9], gzip.compress(b"abc", mtime=0)[:5], b"\x1f"]
)
def test_what_is_no_whole_gzip_is_refused(raw: bytes) -> None:
    with pytest.raises(BadBody):
        body(raw)


def test_another_encoding_is_refused() -> None:
    with pytest.raises(BadBody, match="gzip"):
        body(b"abc", "br")


def test_a_body_is_read_no_further_than_its_bound_however_small_it_was_packed() -> None:
    packed = BytesIO(gzip.compress(bytes(30 * MEGABYTE)))

    with pytest.raises(BodyTooLarge, match="1 MB"):
        b"".join(bounded(packed, "gzip", MEGABYTE))

    assert packed.tell() <= CHUNK
    with pytest.raises(BodyTooLarge):
        body(bytes(MEGABYTE + 1), "")


def test_a_bucket_lets_so_many_through_and_then_as_it_fills() -> None:
    now = [0.0]
    limiter = Limiter(2, 3, lambda: now[0])

    assert [limiter.wait() for _ in range(3)] == [0, 0, 0]
    assert limiter.wait() == pytest.approx(0.5)
    now[0] += 0.6
    assert limiter.wait() == 0
    assert limiter.wait() > 0
