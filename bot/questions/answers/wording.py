"""The sentence that answers: every figure in it is taken from the rows, none is worked out here."""

from __future__ import annotations

from bot.figures import figure, in_currency
from bot.questions.answers.answer import Column, Shape
from bot.questions.answers.describe import title
from storage.answer.result import NoteKind, Result, ResultColumn, ResultRow
from storage.catalogue import Metric, Unit
from storage.names import Directory
from storage.query import By, Grain, Query

ABOUT = "about "  # before a figure in two significant digits
NAMED = 5  # rows that a list says in its sentence; the table has all


def shape_of(query: Query) -> Shape:
    """How the rows are best shown."""
    if query.grain and not query.order:
        return Shape.SERIES
    return Shape.LIST if query.group_by or query.grain else Shape.SINGLE


def columns(result: Result) -> tuple[Column, ...]:
    """How the columns are headed and written."""
    return tuple(
        Column(name=column.name, label=_heading(column), unit=unit_of(column, result.query))
        for column in result.columns
    )


def unit_of(column: ResultColumn, query: Query) -> str:
    """A share and a relative change are fractions whatever the metric is."""
    if column.role in ("share", "change_pct") or (query.share and column.role in ("previous", "change")):
        return Unit.FRACTION.value
    return in_currency(column.metric.unit.value, query.currency)


def text(result: Result, directory: Directory, headline: By = By.VALUE) -> str:
    """The answer in one or two sentences."""
    said = title(result.query, directory)
    said = said[0].upper() + said[1:]
    rows = [row for row in result.rows if not row.suppressed]
    if not result.rows:
        return f"{said}: nothing passes."
    if shape_of(result.query) is Shape.SINGLE:
        return f"{said}: {_cells(result, rows[0], headline)}."
    if shape_of(result.query) is Shape.SERIES:
        words = _latest if result.query.group_by else _series
        return f"{said}: {words(result, rows)}."
    return f"{said}: {_list(result, rows, headline)}."


def _heading(column: ResultColumn) -> str:
    words = {"value": column.metric.label, "share": "share", "change_pct": "change in %"}
    return words.get(column.role, column.role)


def _cells(result: Result, row: ResultRow, headline: By) -> str:
    """One row in words; several metrics are said one after the other."""
    several = len(result.query.metrics) > 1
    said = []
    for metric in dict.fromkeys(column.metric for column in result.columns):
        cells = {column.role: column for column in result.columns if column.metric is metric}
        words = _metric(result, row, cells, headline)
        said.append(f"{metric.label} {words}" if several else words)
    return "; ".join(said)


def _metric(result: Result, row: ResultRow, cells: dict[str, ResultColumn], headline: By) -> str:
    def written(role: str) -> str:
        return _written(row, cells[role], result.query)

    main = "share" if "share" in cells else "value"
    value = row.values[cells[main].name]
    if value is None and row.values[cells["value"].name] is None:
        return _unknown(cells["value"].metric, result) if not result.query.previous else _compared(row, cells, written)
    if "previous" in cells:
        return _compared(row, cells, written)
    return f"{written('share')} ({written('value')})" if main == "share" else written("value")


def _unknown(metric: Metric, result: Result) -> str:
    """Why there is no figure."""
    said = {note.kind for note in result.notes}
    if metric.of_booked_usage and NoteKind.UNBOOKED in said:
        return "no figure, because no usage is booked there"
    if metric.of_booked_usage and NoteKind.UNPRICED not in said:
        return "no figure, because there is nothing to divide by"
    if metric.unit in (Unit.USD, Unit.USD_PER_PERSON):
        return "unknown, because none of it has a price"
    if metric.name == "hours_offloaded":
        return "unknown, because there are no items with their minutes recorded to compare"
    if metric.additive:
        return "not recorded: its source does not report it"
    return "no figure, because there is nothing to divide by"


def _compared(row: ResultRow, cells: dict[str, ResultColumn], written: object) -> str:
    assert callable(written)
    main = "share" if "share" in cells else "value"
    change = row.values[cells["change"].name]
    if change is None:
        return f"{written(main)}; {written('previous')} before"
    if change == 0:
        return f"{written(main)}, the same as before"
    direction = "up" if change > 0 else "down"
    relative = row.values[cells["change_pct"].name]
    by = written("change").replace("-", "", 1)
    percent = "" if relative is None else f" ({written('change_pct').replace('-', '', 1)})"
    return f"{written(main)}, {direction} {by}{percent} from {written('previous')}"


def _series(result: Result, rows: list[ResultRow]) -> str:
    column = result.columns[1] if result.query.share else result.columns[0]
    known = [row for row in rows if row.values[column.name] is not None]
    if not known:
        return "no figures"
    last = known[-1]
    low, high = (pick(known, key=lambda row: row.values[column.name] or 0) for pick in (min, max))

    def point(row: ResultRow) -> str:
        return f"{_written(row, column, result.query)} ({next(iter(row.labels.values()))})"

    if len(known) == 1:
        return point(last)
    if result.query.having:
        more = len(known) - NAMED
        return "; ".join(map(point, known[:NAMED])) + (f"; and {more} more" if more > 0 else "")
    return f"from {point(low)} to {point(high)}, most recently {point(last)}"


def _latest(result: Result, rows: list[ResultRow]) -> str:
    """Of several lines, where each stands at its newest point, the highest first; the table has the rest."""
    assert result.query.grain is not None
    grain = result.query.grain.value
    column = result.columns[1] if result.query.share else result.columns[0]
    newest = max((row.labels[grain] for row in rows), default="")
    there = [row for row in rows if row.labels[grain] == newest and row.values[column.name] is not None]
    there.sort(key=lambda row: -(row.values[column.name] or 0))
    if not there:
        return "nothing may be shown of the newest point"
    said = []
    for row in there[:NAMED]:
        names = " · ".join(name for label, name in row.labels.items() if label != grain)
        said.append(f"{names} {_written(row, column, result.query)}")
    more = len(there) - len(said)
    when = f"on {newest}" if result.query.grain is Grain.DAY else f"in the {grain} of {newest}"
    return f"{when} {'; '.join(said)}" + (f"; and {more} more" if more else "")


def _list(result: Result, rows: list[ResultRow], headline: By) -> str:
    if not rows:
        return "nothing may be shown"
    said = [f"{' · '.join(row.labels.values())} {_short(result, row, headline)}" for row in rows[:NAMED]]
    more = len(result.rows) - len(said)
    return "; ".join(said) + (f"; and {more} more" if more else "")


def _short(result: Result, row: ResultRow, headline: By) -> str:
    """The column that answers, in a list."""
    metric = result.columns[0].metric
    roles = {column.role: column for column in result.columns if column.metric is metric}
    wanted = "share" if "share" in roles else "value"
    if "change" in roles and headline in (By.CHANGE, By.CHANGE_PCT):
        wanted = headline.value
    elif "change" in roles:
        wanted = "change_pct"
    return _written(row, roles[wanted], result.query)


def _written(row: ResultRow, column: ResultColumn, query: Query) -> str:
    """One figure; a rounded one says that it is about so much."""
    value = row.values[column.name]
    about = ABOUT if row.rounded and value and column.metric.of_usage else ""
    return about + figure(value, unit_of(column, query))
