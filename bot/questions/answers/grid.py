"""The rows of an answer as words in columns, for whoever draws them; two dimensions with time as a pivot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from bot.figures import HIDDEN, MINUS, NOTHING, figure, points, short
from bot.questions.answers.answer import Answer, Column, Row, Shape
from bot.questions.answers.card import is_scored, table
from bot.text import clean, cut

MAX_COLUMNS = 20  # as many as a table in Slack takes
MAX_PIVOT = 12  # columns of figures that can still be read beside each other
MAX_FULL = 8  # with more of them figures have three digits
MAX_CELL = 80  # a longer name is cut
GRAINS = ("day", "week", "month", "quarter")
HIDDEN_SHORT = "hidden"  # where many columns stand beside each other


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as words: one heading and its lines, all of one width; the first `names` columns are names."""

    heading: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...]
    names: int


def grid(answer: Answer) -> Grid:
    """The rows of an answer as words; no cell is empty."""
    return _card(answer) if answer.is_card else _pivot(answer) or _plain(answer)


def _card(answer: Answer) -> Grid:
    """A scorecard: a line a figure; its week and target, its sides, or the period before it beside it."""
    if is_scored(answer):
        heading, scored = table(answer)
        return Grid(tuple(map(_word, heading)), tuple(tuple(map(_word, line)) for line in scored), 1)
    parts = [part for part in answer.answers if part.rows and part.columns]
    sides = list(dict.fromkeys(_side(part, row) for part in parts for row in part.rows))
    compared = any(part.previous for part in parts)
    lines = []
    for part in parts:
        cells = {_side(part, row): _line(row, (), part.columns[:1])[0] for row in part.rows}
        beside = [_line(part.rows[0], (), part.columns[1:3]) if compared and len(part.columns) > 2 else []]
        lines.append((part.columns[0].label, *(cells.get(side, NOTHING) for side in sides), *chain(*beside)))
    before = ("before", "change") if compared else ()
    width = 1 + len(sides) + len(before)
    heading = ("Figure", *sides, *before)
    return Grid(tuple(map(_word, heading)), tuple((*line, *[NOTHING] * (width - len(line))) for line in lines), 1)


def _side(part: Answer, row: Row) -> str:
    """Whose figure it is: the row's own name, else the scope of its answer."""
    return " · ".join(map(row.name, row.labels)) or (part.receipt.scope if part.receipt else "") or "all"


def main_column(answer: Answer) -> Column | None:
    """The column that a chart or a pivot shows: the share where shares are asked for."""
    columns = {column.name: column for column in answer.columns}
    return columns.get("share") or next(iter(columns.values()), None)


def grain_of(answer: Answer) -> str | None:
    """The dimension of time, where there is one."""
    return next((grain for grain in GRAINS if answer.rows and grain in answer.rows[0].labels), None)


def _plain(answer: Answer) -> Grid:
    labels = list(dict.fromkeys(label for row in answer.rows for label in row.labels))[:MAX_COLUMNS]
    columns = _columns(answer)[: MAX_COLUMNS - len(labels)]
    heading = [label.replace("_", " ").capitalize() for label in labels]
    heading += [column.label[:1].upper() + column.label[1:] for column in columns]
    lines = (tuple(_line(row, labels, columns)) for row in answer.rows)
    return Grid(tuple(_word(word) for word in heading), tuple(lines), len(labels))


def _pivot(answer: Answer) -> Grid | None:
    """Times against names, whichever are fewer across; None where the rows are no such table."""
    grain, column = grain_of(answer), main_column(answer)
    if answer.shape is not Shape.SERIES or grain is None or column is None or len(answer.rows[0].labels) < 2:
        return None
    if len([column for column in answer.columns if column.name != "share"]) > 1:
        return None
    times = {row.labels[grain]: row.name(grain) for row in sorted(answer.rows, key=lambda row: row.labels[grain])}
    sizes: dict[str, float] = {}
    cells: dict[tuple[str, str], Row] = {}
    for row in answer.rows:
        name = " · ".join(row.name(label) for label in row.labels if label != grain)
        sizes[name] = sizes.get(name, 0.0) + float(row.values.get(column.name) or 0)
        cells[row.labels[grain], name] = row
    names = sorted(sizes, key=lambda name: (-sizes[name], name))
    if min(len(names), len(times)) > MAX_PIVOT:
        return None
    full = min(len(names), len(times)) <= MAX_FULL

    def cell(time: str, name: str) -> str:
        row = cells.get((time, name))
        if row is None or row.suppressed:
            return NOTHING if row is None else HIDDEN_SHORT
        return _cell(row, column) if full else short(row.values.get(column.name), column.unit)

    kind = " · ".join(label.replace("_", " ").capitalize() for label in answer.rows[0].labels if label != grain)
    if len(names) <= len(times) and len(names) <= MAX_PIVOT:
        heading = (grain.capitalize(), *names)
        lines = [(words, *(cell(time, name) for name in names)) for time, words in times.items()]
    else:
        heading = (kind, *times.values())
        lines = [(name, *(cell(time, name) for time in times)) for name in names]
    return Grid(tuple(map(_word, heading)), tuple(tuple(map(_word, line)) for line in lines), 1)


def _columns(answer: Answer) -> Sequence[Column]:
    if answer.columns:
        return answer.columns
    names = dict.fromkeys(name for row in answer.rows for name in row.values)
    return [Column(name=name, label=name.replace("_", " "), unit="") for name in names]


def _line(row: Row, labels: Sequence[str], columns: Sequence[Column]) -> list[str]:
    names = [_word(row.name(label)) for label in labels]
    return names + [HIDDEN if row.suppressed else _cell(row, column) for column in columns]


def _cell(row: Row, column: Column) -> str:
    value = row.values.get(column.name)
    if column.of_rate and value is not None:
        return f"{MINUS if value < 0 else ''}{points(value).split(' ')[0]}"
    return figure(value, column.unit)


def _word(text: str) -> str:
    return cut(" ".join(clean(text).split()), MAX_CELL) or NOTHING
