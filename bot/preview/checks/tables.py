"""What Slack checks of the two kinds of table."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from bot.preview.checks.values import Data, one_of, string

MAX_COLUMNS = 20
MAX_LETTERS = 10_000  # over all cells of all tables of a message
CELLS = ("raw_text", "raw_number", "rich_text")


def table(block: Data) -> Iterator[str]:
    """A `table`: up to 100 rows of one width, no empty cell."""
    settings = block.get("column_settings", [])
    yield from _grid(block.get("rows"), 1, 100)
    if len(settings) > MAX_COLUMNS:
        yield "too many column_settings"
    for setting in settings:
        yield from one_of((setting or {}).get("align"), ("left", "center", "right"), "align")


def data_table(block: Data) -> Iterator[str]:
    """A `data_table`: a caption, a heading, up to 100 rows."""
    rows = block.get("rows")
    yield from string(block.get("caption"), 2_000, "caption")
    yield from _grid(rows, 2, 101)
    if isinstance(rows, list) and rows and any(cell.get("type") == "rich_text" for cell in rows[0]):
        yield "a heading is no rich text"
    size, header = block.get("page_size", 5), block.get("row_header_column_index", 0)
    if not isinstance(size, int) or not 1 <= size <= 100:
        yield "page_size must be 1 to 100"
    if not isinstance(header, int) or not 0 <= header < MAX_COLUMNS:
        yield "row_header_column_index is no column"


def letters(block: Data) -> int:
    """How many characters the cells of a table hold."""
    return sum(len(str(cell.get("text", ""))) for row in block.get("rows", []) for cell in row)


def _grid(rows: Any, least: int, most: int) -> Iterator[str]:
    if not isinstance(rows, list) or not least <= len(rows) <= most or not all(isinstance(row, list) for row in rows):
        yield f"{least} to {most} rows are needed"
        return
    if len({len(row) for row in rows}) > 1:
        yield "rows of different lengths"
    if any(not 0 < len(row) <= MAX_COLUMNS for row in rows):
        yield f"1 to {MAX_COLUMNS} columns are needed"
    yield from dict.fromkeys(problem for row in rows for cell in row for problem in _cell(cell))


def _cell(cell: Data) -> Iterator[str]:
    kind = cell.get("type")
    if kind not in CELLS:
        yield f"no cell of type {kind!r}"
    elif kind == "rich_text":
        if not cell.get("elements"):
            yield "an empty cell"
    elif not isinstance(cell.get("text"), str) or not cell["text"]:
        yield "an empty cell"
    if kind == "raw_number" and not _number(cell.get("value")):
        yield "a number cell without a number"


def _number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
