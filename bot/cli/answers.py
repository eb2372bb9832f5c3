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

from bot.figures import figure
from bot.questions.answers.answer import Answer, Receipt, Row, Shape, Status
from bot.questions.answers.grid import grid

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


def refusal(text: str) -> RenderableType:
    """Plain words in place of an answer, as a message."""
    return _message(_sender(SENDER, app=True), [_plain(text, "yellow")])


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
    says_it = value.text.lower().startswith(value.title.lower())
    if value.title and not says_it:
        yield _plain(value.title, "bold")
    text = _plain(value.text, "" if value.status is Status.ANSWERED else "yellow")
    if says_it:
        text.stylize("bold", 0, len(value.title))
    yield text
    if value.shape in (Shape.LIST, Shape.SERIES) and len(value.rows) > 1:
        yield _table(value)
    for fact in value.facts:
        yield _plain(f"{fact.label}: {figure(fact.value, fact.unit)}")
    for number, option in enumerate(value.options, start=1):
        yield _plain(f"{number}. {option.label}", "cyan")
    notes = value.receipt.notes if value.receipt else ()
    for caveat in value.caveats:
        if caveat not in notes:
            yield _plain(f"⚠ {caveat}", "yellow")
    if value.receipt:
        yield _receipt(value.receipt)


def _table(value: Answer) -> RenderableType:
    """The rows; a series of one column has bars beside it, and a long list ends with how much it leaves out."""
    words = grid(value)
    bars = _bars(value.rows, value.columns[0].name) if _is_one_series(value) else None
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for position, heading in enumerate(words.heading):
        is_name = position < words.names
        table.add_column(_plain(heading), justify="left" if is_name else "right", no_wrap=not is_name, overflow="fold")
    if bars:
        table.add_column("", no_wrap=True)
    for position, line in enumerate(words.lines[:MAX_ROWS]):
        bar = [Text(bars[position], style="magenta")] if bars else []
        table.add_row(*map(_plain, line), *bar)
    left = len(words.lines) - MAX_ROWS
    return Group(table, _plain(f"…and {left} more", "dim")) if left > 0 else table


def _is_one_series(value: Answer) -> bool:
    return value.shape is Shape.SERIES and len(value.columns) == 1 and len(value.rows[0].labels) == 1


def _bars(rows: Sequence[Row], column: str) -> list[str]:
    sizes = [float(row.values.get(column) or 0) for row in rows]
    largest = max(sizes)
    return [_bar(size, largest) for size in sizes]


def _bar(size: float, largest: float) -> str:
    return "█" * round(BAR_WIDTH * size / largest) if largest > 0 and size > 0 else ""


def _receipt(receipt: Receipt) -> Text:
    """The one line that says what was measured."""
    coverage = "" if receipt.coverage is None else f"{receipt.coverage:.1%} of tokens attributed"
    parts = (
        f"{receipt.metric}: {receipt.definition}",
        f"{receipt.period} ({receipt.zone})",
        receipt.scope,
        f"newest data {receipt.newest}" if receipt.newest else "",
        coverage,
        *receipt.notes,
    )
    return _plain(" · ".join(part for part in parts if part), "dim italic")
