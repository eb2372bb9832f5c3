"""What Slack checks of a message's blocks, written from its documentation and apart from the code that builds them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any

Block = dict[str, Any]

ALL_CHARACTERS = 13_200
TEXT_TYPES = {"mrkdwn", "plain_text"}


def problems(blocks: Sequence[Block], refused: frozenset[str] = frozenset()) -> list[str]:
    """Everything wrong with the blocks; `refused` are types this workspace does not have yet."""
    found = [f"{len(blocks)} blocks"] if len(blocks) > 50 else []
    for number, block in enumerate(blocks):
        kind = block.get("type", "")
        check = CHECKS.get(kind)
        if check is None or kind in refused:
            found.append(f"/blocks/{number}: unsupported type {kind!r}")
        else:
            found += [f"/blocks/{number}: {problem}" for problem in [*check(block), *_identity(block)]]
    return found + _together(blocks)


def too_long(blocks: Sequence[Block]) -> bool:
    """Whether all the words in the blocks together are too many."""
    return sum(len(word) for block in blocks for word in words(block)) > ALL_CHARACTERS


def words(value: Any) -> Iterator[str]:
    """Every string somewhere in a value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from words(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from words(one)


def _together(blocks: Sequence[Block]) -> list[str]:
    tables = [block for block in blocks if block.get("type") == "table"]
    charts = [block for block in blocks if block.get("type") == "data_visualization"]
    cells = sum(len(cell["text"]) for table in tables for row in table["rows"] for cell in row)
    ids = [element["action_id"] for block in blocks for element in block.get("elements", []) if "action_id" in element]
    names = [block["block_id"] for block in blocks if "block_id" in block]
    checks = {
        "two tables": len(tables) > 1,
        "three charts": len(charts) > 2,
        "table text": cells > 10_000,
        "an action_id twice": len(set(ids)) < len(ids),
        "a block_id twice": len(set(names)) < len(names),
    }
    return [name for name, wrong in checks.items() if wrong]


def _identity(block: Block) -> Iterator[str]:
    if not 0 < len(block.get("block_id", "x")) <= 255:
        yield "block_id"


def _text(value: Any, limit: int, kinds: set[str] = TEXT_TYPES) -> Iterator[str]:
    if not isinstance(value, dict) or value.get("type") not in kinds:
        yield "no text object"
    elif not isinstance(value.get("text"), str) or not 0 < len(value["text"]) <= limit:
        yield f"text must have 1 to {limit} characters"
    elif value["type"] == "mrkdwn" and _raw_control(value["text"]):
        yield "an unescaped entity"


def _raw_control(text: str) -> bool:
    # Nothing here makes links or mentions, so that every angle bracket is somebody's text gone through unescaped.
    return "<" in text or ">" in text


def _section(block: Block) -> Iterator[str]:
    yield from _text(block.get("text"), 3_000)


def _context(block: Block) -> Iterator[str]:
    elements = block.get("elements", [])
    if not 0 < len(elements) <= 10:
        yield "1 to 10 elements"
    for element in elements:
        yield from _text(element, 3_000)


def _actions(block: Block) -> Iterator[str]:
    elements = block.get("elements", [])
    if not 0 < len(elements) <= 25:
        yield "1 to 25 elements"
    for element in elements:
        yield from _text(element.get("text"), 75, {"plain_text"})
        if element.get("type") != "button" or not 0 < len(element.get("action_id", "")) <= 255:
            yield "no button"
        if not 0 < len(element.get("value", "")) <= 2_000:
            yield "value"


def _table(block: Block) -> Iterator[str]:
    rows = block.get("rows", [])
    if not 0 < len(rows) <= 100:
        yield f"{len(rows)} rows"
    if len({len(row) for row in rows}) > 1:
        yield "rows of different lengths"
    if any(not 0 < len(row) <= 20 for row in rows) or len(block.get("column_settings", [])) > 20:
        yield "columns"
    for row in rows:
        for cell in row:
            if cell.get("type") != "raw_text" or not cell.get("text"):
                yield "an empty cell"


def _chart(block: Block) -> Iterator[str]:
    chart = block.get("chart", {})
    axis = chart.get("axis_config", {})
    categories, series = axis.get("categories", []), chart.get("series", [])
    if not 0 < len(block.get("title", "")) <= 50 or chart.get("type") not in {"line", "bar", "area"}:
        yield "title or type"
    if not 0 < len(categories) <= 20 or len(set(categories)) < len(categories) or not _short(categories):
        yield "categories"
    if not 0 < len(series) <= 6 or len({one["name"] for one in series}) < len(series):
        yield "series"
    if not _short([one["name"] for one in series]):
        yield "series names"
    if any(not 0 < len(axis.get(label, "x")) <= 50 for label in ("x_label", "y_label")):
        yield "axis labels"
    for one in series:
        if [point["label"] for point in one["data"]] != categories:
            yield "points that are not the categories"
        if any(isinstance(point["value"], bool) or not math.isfinite(point["value"]) for point in one["data"]):
            yield "a value that is no number"


def _short(names: Sequence[str]) -> bool:
    return all(0 < len(name) <= 20 for name in names)


CHECKS = {
    "section": _section,
    "context": _context,
    "actions": _actions,
    "table": _table,
    "data_visualization": _chart,
}
