"""The rows of an answer as a native table, and as monospaced lines where Slack refuses that."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from slack_sdk.models.blocks import Block

from bot.questions.answers.answer import Answer
from bot.questions.answers.grid import grid
from bot.slack.blocks.parts import MadeBlock, context, size, weight
from bot.text import escape, unbroken

MAX_ROWS = 100  # the heading is one of them
MAX_TABLE = 10_000  # characters over all cells of a message


def native(answer: Answer, room: int) -> list[Block]:
    """A `table` block within `room` characters, with a line for the rows that did not fit; empty without any room."""
    words = grid(answer)
    if not words.heading:
        return []
    settings = [
        # A scorecard is read whole, in a telephone too: its cells take two lines rather than a part of the screen.
        _column(at < words.names) | ({"is_wrapped": True} if answer.is_card else {})
        for at in range(len(words.heading))
    ]
    rows = [_cells(words.heading)]
    used = weight([_table(rows, settings), _more(len(words.lines))])
    letters = sum(map(len, words.heading))
    for line in words.lines[: MAX_ROWS - 1]:
        cells = _cells(line)
        used += sum(map(size, cells)) + 3
        letters += sum(map(len, line))
        if used > room or letters > MAX_TABLE:
            break
        rows.append(cells)
    shown = len(rows) - 1
    if not shown:
        return []
    left = len(words.lines) - shown
    table = _table(rows, settings)
    return [table, _more(left)] if left else [table]


def monospaced(answer: Answer, room: int) -> str:
    """The same rows as lines of one width within `room` characters, escaped."""
    words = grid(answer)
    return aligned(words.heading, words.lines, words.names, room)


def held(blocks: Sequence[Block], lines: str) -> int:
    """How many rows a native table and the monospaced lines beside it both show."""
    table = next((block.to_dict() for block in blocks if block.type == "table"), None)
    plain = len(lines.splitlines()) - 1 - lines.endswith((" more row", " more rows"))
    return min(len(table["rows"]) - 1, plain) if table else plain


def fixed(heading: Sequence[str], lines: Sequence[Sequence[str]], names: int = 1) -> Block:
    """A `table` block of a few rows; the first `names` columns are words, the others figures."""
    return _table([_cells(heading), *map(_cells, lines)], [_column(at < names) for at in range(len(heading))])


def aligned(heading: Sequence[str], lines: Sequence[Sequence[str]], names: int, room: int) -> str:
    """Rows as lines of one width within `room` characters, escaped."""
    widths = [max(map(len, column)) for column in zip(heading, *lines, strict=True)]
    rows: list[str] = []
    used = 0
    for line in (heading, *lines[: MAX_ROWS - 1]):
        text = escape(
            "  ".join(
                _pad(word, width, at < names) for at, (word, width) in enumerate(zip(line, widths, strict=True))
            ).rstrip()
        )
        used += len(text) + 1
        if used > room - 40:
            break
        rows.append(text)
    left = len(lines) - max(len(rows) - 1, 0)
    return "\n".join([*rows, f"{left_out(left)}"] if left else rows)


def left_out(count: int) -> str:
    """What stands where rows did not fit."""
    return f"…and {count:,} more row{'' if count == 1 else 's'}"


def _table(rows: list[list[dict[str, str]]], columns: list[dict[str, Any]]) -> Block:
    # A full table as objects of the SDK would take 20 ms.
    return MadeBlock({"type": "table", "rows": rows, "column_settings": columns})


def _column(of_words: bool) -> dict[str, Any]:
    return {"align": "left" if of_words else "right"}


def _cells(words: Sequence[str]) -> list[dict[str, str]]:
    return [{"type": "raw_text", "text": unbroken(word)} for word in words]


def _pad(word: str, width: int, left: bool) -> str:
    return word.ljust(width) if left else word.rjust(width)


def _more(count: int) -> Block:
    return context(left_out(count))
