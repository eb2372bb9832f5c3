"""How JSON of the clients is read: into declared types, with instants and counts that can be right."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec import Struct

from bot.sources.logs.wire import LARGEST_COUNT, BadLine, Count, Loose, instant, read, text


class Line(Struct):
    tokens: Count = None
    other: Loose = None


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b'{"tokens": 5, "unknown": {"deep": [1]}}', Line(5)),
        (b"{}", Line()),
        (b'{"tokens": null}', Line(None)),
        (b'{"other": [1, {"a": 2}]}', Line(None, [1, {"a": 2}])),
        (b'{"tokens": 1, "text": "cut \\ud83d"}', Line(1)),
    ],
)
def test_what_matters_is_read_and_the_rest_passed_over(data: bytes, line: Line) -> None:
    assert read(data, Line) == line


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b'{"tokens": -1}', "cannot be right"),
        (b'{"tokens": 1.5}', "cannot be right"),
        (b'{"tokens": %d}' % (LARGEST_COUNT + 1), "cannot be right"),
        (b'{"tokens"', "no JSON"),
        (b'{"tokens": -1, "text": "\\ud83d"}', "no JSON|cannot be right"),
        (b"[" * 100_000, "nested too deeply|no JSON|cannot be right"),
    ],
    ids=["negative", "broken", "too many", "cut", "negative beside half a pair", "deep"],
)
def test_what_cannot_be_right_is_refused_with_its_reason(data: bytes, reason: str) -> None:
    with pytest.raises(BadLine, match=reason):
        read(data, Line)


@pytest.mark.parametrize(
    ("value", "milliseconds"),
    [
        ("2026-11-02T09:00:00.250Z", 1_793_610_000_250),
        ("2026-11-02T10:00:00.250+01:00", 1_793_610_000_250),
        ("2026-11-02T09:00:00.250", 1_793_610_000_250),
        (1_793_610_000_250, 1_793_610_000_250),
        (1_793_610_000_250.9, 1_793_610_000_250),
    ],
)
def test_an_instant_is_milliseconds_and_one_without_a_zone_is_utc(value: object, milliseconds: int) -> None:
    assert instant(value) == milliseconds


@pytest.mark.parametrize(
    "value", [None, True, [], "soon", "", 0, 1_793_610_000, "1970-01-01T00:00:00Z", float("inf"), float("nan"), 10**30]
)
def test_what_is_no_instant_of_this_century_is_refused(value: object) -> None:
    with pytest.raises(BadLine):
        instant(value)


@pytest.mark.parametrize(
    ("value", "kept"),
    [(" gpt-5.5\n (high) ", "gpt-5.5 (high)"), ("", ""), (None, ""), (5, ""), ("x" * 500, "x" * 200)],
)
def test_a_name_is_one_line_and_not_long(value: Any, kept: str) -> None:
    assert text(value) == kept


def test_a_refused_time_is_shown_short() -> None:
    with pytest.raises(BadLine) as refused:
        instant("x" * 500)

    assert len(str(refused.value)) < 80
