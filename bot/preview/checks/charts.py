"""What Slack checks of a `data_visualization`."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any

from bot.preview.checks.values import Data, count, some, string

MAX_LABEL = 20
MAX_POINTS = 20
MAX_PARTS = 6  # segments, series; newer validators take more


def chart(block: Data) -> Iterator[str]:
    """A line, bar, area or pie chart with its title."""
    drawn = block.get("chart")
    drawn = drawn if isinstance(drawn, dict) else {}
    yield from string(block.get("title"), 50, "title")
    if drawn.get("type") == "pie":
        yield from _pie(drawn)
    elif drawn.get("type") in {"line", "bar", "area"}:
        yield from _lines(drawn)
    else:
        yield f"no chart of type {drawn.get('type')!r}"


def _pie(drawn: Data) -> Iterator[str]:
    segments = some(drawn.get("segments"))
    yield from count(drawn.get("segments"), 1, MAX_PARTS, "segments")
    yield from _names([segment.get("label") for segment in segments], "segments")
    if any(not _number(segment.get("value")) or segment["value"] <= 0 for segment in segments):
        yield "a segment that is not more than nothing"


def _lines(drawn: Data) -> Iterator[str]:
    axis = drawn.get("axis_config")
    axis = axis if isinstance(axis, dict) else {}
    categories, series = axis.get("categories", []), some(drawn.get("series"))
    yield from count(categories, 1, MAX_POINTS, "categories")
    yield from _names(categories, "categories")
    yield from count(drawn.get("series"), 1, MAX_PARTS, "series")
    yield from _names([line.get("name") for line in series], "series")
    for label in ("x_label", "y_label"):
        if label in axis:
            yield from string(axis[label], 50, label)
    for line in series:
        points = some(line.get("data"))
        if [point.get("label") for point in points] != categories:
            yield "points that are not the categories"
        if not all(_number(point.get("value")) for point in points):
            yield "a value that is no number"


def _names(names: Sequence[Any], what: str) -> Iterator[str]:
    if not all(isinstance(name, str) and 0 < len(name) <= MAX_LABEL for name in names):
        yield f"the names of {what} must have 1 to {MAX_LABEL} characters"
    elif len(set(names)) < len(names):
        yield f"the names of {what} must differ"


def _number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
