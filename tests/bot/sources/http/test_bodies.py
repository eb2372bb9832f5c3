"""Bodies are unpacked piece by piece, cut off at a bound, and JSON or nothing."""

from __future__ import annotations

import gzip
import zlib
from io import BytesIO

import pytest

from bot.sources.http.bodies import PIECE, Cut, OverBound, Unreadable, is_page, lines, unpacked, value, whole


@pytest.mark.parametrize("encoding", ["gzip", "x-gzip", "deflate", " GZIP "])
def test_what_is_packed_is_unpacked_in_pieces(encoding: str) -> None:
    plain = b"abc" * PIECE
    packed = zlib.compress(plain) if encoding == "deflate" else gzip.compress(plain)

    pieces = [*unpacked([packed[:7], packed[7:]], encoding)]

    assert b"".join(pieces) == plain
    assert max(map(len, pieces)) <= PIECE


def test_several_members_in_a_row_are_one_body() -> None:
    packed = gzip.compress(b"one ") + gzip.compress(b"two")

    assert b"".join(unpacked([packed[:30], packed[30:]], "gzip")) == b"one two"


def test_what_is_not_packed_passes_and_what_nobody_asked_for_does_not() -> None:
    assert [*unpacked([b"a", b"b"], "identity")] == [b"a", b"b"]
    with pytest.raises(Unreadable):
        [*unpacked([b"a"], "br")]


@pytest.mark.parametrize("cut", [5, -9])
def test_a_body_that_ends_early_or_is_broken_is_cut(cut: int) -> None:
    with pytest.raises(Cut):
        [*unpacked([gzip.compress(b"hello")[:cut]], "gzip")]
    with pytest.raises(Cut):
        [*unpacked([b"no gzip at all"], "gzip")]


def test_a_bound_is_a_bound() -> None:
    assert whole([b"ab", b"c"], 3) == b"abc"
    with pytest.raises(OverBound):
        whole(iter([b"ab", b"cd"]), 3)


@pytest.mark.parametrize(
    ("body", "kind", "page"),
    [
        (b"<!DOCTYPE html>", "", True),
        (b" \n<html>", "application/json", True),
        (b"{}", "text/html; charset=utf-8", True),
        (b"{}", "application/json", False),
        (b"", "", False),
    ],
)
def test_a_web_page_is_told_by_its_type_or_its_look(body: bytes, kind: str, page: bool) -> None:
    assert is_page(body, kind) is page


def test_json_or_nothing() -> None:
    assert value(b' {"a": [1, 0.06, null]} ') == {"a": [1, 0.06, None]}
    assert value(b"\n") is None
    for broken in (b'{"a": ', b"NaN", b"\xff\xfe", b"[" * 100_000):
        with pytest.raises(Cut):
            value(broken)


def test_a_line_that_is_no_json_is_an_error_where_it_stands() -> None:
    values = lines(BytesIO(b'{"n": 1}\nno\n'))

    assert next(values) == {"n": 1}
    with pytest.raises(Cut):
        next(values)


def test_a_line_without_an_end_is_too_large() -> None:
    with pytest.raises(OverBound):
        [*lines(BytesIO(b'"' + b"x" * 9_000_000))]
