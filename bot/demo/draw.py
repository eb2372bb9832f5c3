"""An answer drawn for a terminal, as Slack would lay it out: sender, sentence, table, receipt."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain

from rich import box
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from bot.blocks.figures import HIDDEN, figure
from bot.questions.answer import Answer, Column, Receipt, Row, Shape, Status

SENDER = "Fulcrum"
MAX_ROWS = 30
BAR_WIDTH = 24
LEFT = 2  # columns that a message stands in from its sender
# Names and texts come from people's files: a control character among them could move the cursor or recolour the screen.
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def question(text: str, sender: str = "You") -> RenderableType:
    """What somebody asked, as a message."""
    return _message(_sender(sender), [_plain(text)])


def answer(value: Answer) -> RenderableType:
    """An answer, or several under one sender, as a message."""
    parts = value.answers or (value,)
    return _message(_sender(SENDER, app=True), chain.from_iterable(map(_body, parts)))


def clean(text: str) -> str:
    """The text without what would steer a terminal."""
    return CONTROL.sub("", text)


def _plain(text: str, style: str = "") -> Text:
    return Text(clean(text), style=style)


def _sender(name: str, *, app: bool = False) -> Text:
    line = Text(clean(name), style="bold magenta" if app else "bold green")
    if app:
        line.append(" ").append(" APP ", style="reverse dim")
    return line


def _message(sender: Text, parts: Iterator[RenderableType] | Sequence[RenderableType]) -> RenderableType:
    return Group(sender, *(Padding(part, (0, 0, 0, LEFT)) for part in parts), "")


def _body(value: Answer) -> Iterator[RenderableType]:
    if value.title:
        yield _plain(value.title, "bold")
    yield _plain(value.text, "" if value.status is Status.ANSWERED else "yellow")
    if value.rows and value.shape in (Shape.LIST, Shape.SERIES):
        yield _table(value)
    for number, option in enumerate(value.options, start=1):
        yield _plain(f"{number}. {option.label}", "cyan")
    for caveat in value.caveats:
        yield _plain(f"⚠ {caveat}", "yellow")
    if value.receipt:
        yield _receipt(value.receipt)


def _table(value: Answer) -> RenderableType:
    """The rows; a series of one column has bars beside it, and a long list ends with how much it leaves out."""
    rows = value.rows[:MAX_ROWS]
    bars = value.shape is Shape.SERIES and len(value.columns) == 1
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for label in _labels(rows):
        table.add_column(_plain(label.capitalize()), overflow="fold")
    for column in value.columns:
        table.add_column(_plain(column.label), justify="right", no_wrap=True)
    if bars:
        table.add_column("", no_wrap=True)
    largest = max((_size(row, value.columns[0]) for row in rows), default=0.0) if bars else 0.0
    for row in rows:
        cells = [_plain(row.labels.get(label, "")) for label in _labels(rows)]
        cells += [_plain(_cell(row, column)) for column in value.columns]
        if bars:
            cells.append(Text(_bar(_size(row, value.columns[0]), largest), style="magenta"))
        table.add_row(*cells)
    left = len(value.rows) - len(rows)
    return Group(table, _plain(f"and {left} more rows", "dim")) if left else table


def _labels(rows: Sequence[Row]) -> list[str]:
    return list(dict.fromkeys(chain.from_iterable(row.labels for row in rows)))


def _cell(row: Row, column: Column) -> str:
    return HIDDEN if row.suppressed else figure(row.values.get(column.name), column.unit)


def _size(row: Row, column: Column) -> float:
    return float(row.values.get(column.name) or 0)


def _bar(size: float, largest: float) -> str:
    return "█" * round(BAR_WIDTH * size / largest) if largest > 0 and size > 0 else ""


def _receipt(receipt: Receipt) -> Text:
    """The one line that says what was measured."""
    coverage = "" if receipt.coverage is None else f"coverage {receipt.coverage:.1%}"
    parts = (
        f"{receipt.metric}: {receipt.definition}",
        f"{receipt.period} ({receipt.zone})",
        receipt.scope,
        f"newest data {receipt.newest}",
        coverage,
        *receipt.notes,
    )
    return _plain(" · ".join(part for part in parts if part), "dim italic")
