"""The rows of an answer as a native table, and as monospaced lines where Slack refuses that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.figures import HIDDEN, NOTHING, figure
from bot.questions.answers.answer import Answer, Column, Row
from bot.slack.blocks.parts import Block, clean, context, cut, escape, weight

MAX_ROWS = 100  # the heading is one of them
MAX_COLUMNS = 20
MAX_CELL = 80  # our own: a longer name is cut
MAX_TABLE = 10_000  # characters over all cells of a message


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as words: one heading and its lines, all of one width; the first `names` columns are names."""

    heading: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...]
    names: int


def grid(answer: Answer) -> Grid:
    """The rows of an answer as words."""
    labels = list(dict.fromkeys(label for row in answer.rows for label in row.labels))[:MAX_COLUMNS]
    columns = _columns(answer)[: MAX_COLUMNS - len(labels)]
    heading = [label.replace("_", " ").capitalize() for label in labels] + [column.label for column in columns]
    lines = (tuple(_line(row, labels, columns)) for row in answer.rows)
    return Grid(tuple(_word(word) for word in heading), tuple(lines), len(labels))


def native(answer: Answer, room: int) -> list[Block]:
    """A `table` block within `room` characters, with a line for the rows that did not fit; empty without any room."""
    words = grid(answer)
    if not words.heading:
        return []
    settings = [{"align": "left" if at < words.names else "right"} for at in range(len(words.heading))]
    block: Block = {"type": "table", "column_settings": settings, "rows": [_cells(words.heading)]}
    used = weight([block, _more(len(words.lines))])
    letters = sum(map(len, words.heading))
    for line in words.lines[: MAX_ROWS - 1]:
        cells = _cells(line)
        used += weight(cells) + 3
        letters += sum(map(len, line))
        if used > room or letters > MAX_TABLE:
            break
        block["rows"].append(cells)
    shown = len(block["rows"]) - 1
    if not shown:
        return []
    left = len(words.lines) - shown
    return [block, _more(left)] if left else [block]


def monospaced(answer: Answer, room: int) -> str:
    """The same rows as lines of one width within `room` characters, escaped."""
    words = grid(answer)
    widths = [max(map(len, column)) for column in zip(words.heading, *words.lines, strict=True)]
    rows: list[str] = []
    used = 0
    for line in (words.heading, *words.lines[: MAX_ROWS - 1]):
        text = escape(
            "  ".join(
                _pad(word, width, at < words.names) for at, (word, width) in enumerate(zip(line, widths, strict=True))
            ).rstrip()
        )
        used += len(text) + 1
        if used > room - 40:
            break
        rows.append(text)
    left = len(words.lines) - max(len(rows) - 1, 0)
    return "\n".join([*rows, f"{left_out(left)}"] if left else rows)


def left_out(count: int) -> str:
    """What stands where rows did not fit."""
    return f"…and {count:,} more row{'' if count == 1 else 's'}"


def _columns(answer: Answer) -> Sequence[Column]:
    if answer.columns:
        return answer.columns
    names = dict.fromkeys(name for row in answer.rows for name in row.values)
    return [Column(name=name, label=name.replace("_", " "), unit="") for name in names]


def _line(row: Row, labels: Sequence[str], columns: Sequence[Column]) -> list[str]:
    names = [_word(row.labels.get(label, "")) for label in labels]
    return names + [
        HIDDEN if row.suppressed else figure(row.values.get(column.name), column.unit) for column in columns
    ]


def _word(text: str) -> str:
    return cut(" ".join(clean(text).split()), MAX_CELL) or NOTHING  # Slack refuses an empty cell


def _cells(words: Sequence[str]) -> list[Block]:
    return [{"type": "raw_text", "text": word} for word in words]


def _pad(word: str, width: int, left: bool) -> str:
    return word.ljust(width) if left else word.rjust(width)


def _more(count: int) -> Block:
    return context(left_out(count))
