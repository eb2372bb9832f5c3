"""An answer drawn for a terminal, as Slack would lay it out: sender, sentence, table, receipt."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from rich import box
from rich.console import Console, ConsoleOptions, Group, JustifyMethod, RenderableType, RenderResult
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from bot.figures import figure
from bot.questions.answers.answer import Answer, Draw, Row, Shape, Status
from bot.questions.answers.card import spoken
from bot.questions.answers.grid import Grid, grid, main_column
from bot.questions.answers.receipts import line

SENDER = "Fulcrum"
MAX_ROWS = 30
MAX_WIDTH = 40  # of a column before its words are broken
BAR_WIDTH = 24
BETWEEN = 3  # columns of a terminal between two of a table
LEFT = 2  # columns that a message stands in from its sender
# Names and texts come from people's files: a control character among them could move the cursor or recolour the screen.
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def question(text: str, sender: str = "You") -> RenderableType:
    """What somebody asked, as a message."""
    return _message(_sender(sender), [_plain(text)])


def answer(value: Answer) -> RenderableType:
    """An answer, or several under one sender, as a message."""
    if value.is_card:
        return _message(_sender(SENDER, app=True), _scorecard(value))
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
    if value.heading:
        yield _plain(value.heading, "bold")
    text = _plain(value.text, "" if value.status is Status.ANSWERED else "yellow")
    text.stylize("bold", 0, value.lead)
    yield text
    if value.shape in (Shape.LIST, Shape.SERIES) and len(value.rows) > 1:
        yield _table(value)
    for fact in value.facts:
        if not fact.said:
            yield _plain(f"{fact.label}: {figure(fact.value, fact.unit)}")
    for number, option in enumerate(value.options, start=1):
        yield _plain(f"{number}. {option.label}", "cyan")
    for caveat in value.warnings:
        yield _plain(f"⚠ {caveat}", "yellow")
    if value.receipt and (under := line(value.receipt)):
        yield _plain(under, "dim italic")


def _scorecard(value: Answer) -> Iterator[RenderableType]:
    """What is worth knowing, all figures in one table, what must be known, one line below."""
    for part in spoken(value):
        if isinstance(part, str):
            yield _plain(part)
            continue
        text = _plain(part.text, "" if part.status is Status.ANSWERED else "yellow")
        text.stylize("bold", 0, part.lead)
        yield text
    yield _table(value)
    for caveat in dict.fromkeys(caveat for part in value.answers for caveat in part.warnings):
        yield _plain(f"⚠ {caveat}", "yellow")
    receipt = next((part.receipt for part in value.answers if part.receipt), None)
    if receipt:
        yield _plain(line(receipt), "dim italic")


def _table(value: Answer) -> RenderableType:
    """The rows; a series of one column has bars beside it, and a long list ends with how much it leaves out."""
    words = grid(value)
    column = main_column(value)
    bars = _bars(value.rows, column.name) if column and _has_bars(value) else None
    least = _least_widths(words)
    whole = [max(width, len(heading)) for width, heading in zip(least, words.heading, strict=True)]
    between = BETWEEN * (len(least) - 1)
    shown = _Fitting(
        (sum(whole) + between, _drawn(words, bars, least)),
        (sum(least) + between, _drawn(words, bars, least, fixed=True)),
        _listed(words),
    )
    left = len(words.lines) - MAX_ROWS
    return Group(shown, _plain(f"…and {left} more", "dim")) if left > 0 else shown


def _least_widths(words: Grid) -> list[int]:
    """How wide each column must be: a heading may be broken at its words, a figure never."""
    widths = []
    for position, heading in enumerate(words.heading):
        is_name = position < words.names
        below = (cells[position] for cells in words.lines)
        widest = max(map(len, chain(below, heading.split()))) if not is_name or words.names == 1 else 0
        widths.append(min(widest, MAX_WIDTH))
    return widths


def _drawn(words: Grid, bars: list[str] | None, least: Sequence[int], *, fixed: bool = False) -> Table:
    """The table; `fixed` breaks headings rather than be wider than it must."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for position, (heading, width) in enumerate(zip(words.heading, least, strict=True)):
        justify: JustifyMethod = "left" if position < words.names else "right"
        set_width = width if fixed and width else None
        table.add_column(_plain(heading), justify=justify, min_width=width, width=set_width, overflow="fold")
    if bars:
        table.add_column("", no_wrap=True)
    for position, cells in enumerate(words.lines[:MAX_ROWS]):
        bar = [Text(bars[position], style="magenta")] if bars else []
        table.add_row(*map(_plain, cells), *bar)
    return table


def _listed(words: Grid) -> RenderableType:
    """The rows of a table as a paragraph each, for a terminal in which it has no room."""
    return Group(
        *(
            _plain(
                f"{', '.join(cells[: words.names])}: "
                + " · ".join(
                    f"{heading} {cell}"
                    for heading, cell in zip(words.heading[words.names :], cells[words.names :], strict=True)
                )
            )
            for cells in words.lines[:MAX_ROWS]
        )
    )


@dataclass(frozen=True, slots=True)
class _Fitting:
    """A table where its columns have room, with broken headings where these have, else lines: no figure is cut off.

    `table` and `narrow` come with the columns of a terminal that they take.
    """

    table: tuple[int, RenderableType]
    narrow: tuple[int, RenderableType]
    lines: RenderableType

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        fitting = (drawn for room, drawn in (self.table, self.narrow) if room <= options.max_width)
        yield next(fitting, self.lines)


def _has_bars(value: Answer) -> bool:
    """One series, or a list that was asked for as a chart."""
    asked = value.shape is Shape.LIST and value.draw not in (None, Draw.TABLE)
    return asked or (value.shape is Shape.SERIES and len(value.rows[0].labels) == 1 and value.draw is not Draw.TABLE)


def _bars(rows: Sequence[Row], column: str) -> list[str]:
    sizes = [float(row.values.get(column) or 0) for row in rows]
    largest = max(sizes)
    return [_bar(size, largest, row.partial) for size, row in zip(sizes, rows, strict=True)]


def _bar(size: float, largest: float, partial: bool) -> str:
    """A point that is not whole has a hollow bar."""
    return ("░" if partial else "█") * round(BAR_WIDTH * size / largest) if largest > 0 and size > 0 else ""
