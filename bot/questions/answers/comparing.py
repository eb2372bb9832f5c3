"""One figure in words: alone, with its parts, or beside what it was before."""

from __future__ import annotations

from bot.figures import figure, short
from bot.questions.answers.answer import Fact
from bot.questions.answers.describe import period_words
from bot.questions.answers.writing import Writer, unit_of
from storage.answer.result import NoteKind, ResultColumn, ResultRow
from storage.catalogue import Metric, Unit

Said = tuple[str, tuple[Fact, ...]]
ROUGH = "rounded to two digits"
NET = "net of the time that people spent beside AI"


def single(writer: Writer) -> Said:
    """Several metrics are said one after the other."""
    row = writer.rows[0] if writer.rows else writer.result.rows[0]
    metrics = [*dict.fromkeys(column.metric for column in writer.result.columns)]
    said: list[str] = []
    facts: tuple[Fact, ...] = ()
    for metric in metrics:
        words, more = _metric(writer, row, metric)
        said.append(f"{metric.label} {words}" if len(metrics) > 1 else words)
        facts += more
    return "; ".join(said), facts


def _metric(writer: Writer, row: ResultRow, metric: Metric) -> Said:
    cells = writer.cells(metric)
    value = cells["value"]
    if row.values[value.name] is None and not writer.query.previous:
        return _unknown(writer, metric), ()
    if "previous" in cells:
        return _compared(writer, row, cells)
    if "share" in cells:
        return f"{writer.figure(row, cells['share'])} ({writer.figure(row, value)})", ()
    words, facts = writer.figure(row, value), _exact(writer, row, value)
    parts, more = _ledgers(writer, row, value)
    if metric.name == "hours_offloaded" and row.values[value.name]:
        parts = f", {NET}"
    return f"{words}{parts}", (*facts, *more)


def _exact(writer: Writer, row: ResultRow, column: ResultColumn) -> tuple[Fact, ...]:
    """The figure in full, where three digits are less than it."""
    value, unit = row.values[column.name], unit_of(column, writer.query)
    if value is None or figure(value, unit) == short(value, unit):
        return ()
    return (Fact(label=ROUGH if row.rounded else "in full", value=value, unit=unit),)


def _ledgers(writer: Writer, row: ResultRow, column: ResultColumn) -> Said:
    """People's use and product inference side by side, where both are in the figure."""
    note = next((note for note in writer.result.notes if note.kind is NoteKind.PRODUCT), None)
    product, value = (note.data["parts"].get(column.metric.name) if note else None), row.values[column.name]
    if not product or value is None or row.rounded:
        return "", ()
    unit = unit_of(column, writer.query)
    facts = (
        Fact(label="people", value=value - product, unit=unit, said=True),
        Fact(label="product", value=product, unit=unit, said=True),
    )
    return f": {', '.join(f'{fact.label} {short(fact.value, unit)}' for fact in facts)}", facts


def _compared(writer: Writer, row: ResultRow, cells: dict[str, ResultColumn]) -> Said:
    main = cells["share"] if "share" in cells else cells["value"]
    assert writer.result.previous is not None
    now, then = writer.figure(row, main), writer.figure(row, cells["previous"])
    when = period_words(writer.result.previous)
    change = row.values[cells["change"].name]
    if row.values[main.name] is None and row.values[cells["previous"].name] is None:
        return f"{_unknown(writer, main.metric)}, and none in {when}", ()
    if change is None:
        return f"{now}; {'nothing to compare with' if then == '–' else f'{then} in {when}'}", ()
    averages = row.per_day.get(main.metric.name)
    if averages:
        return _by_day(writer, row, cells, averages)
    if change == 0:
        return f"{now}, the same as in {when}", ()
    of_rate = bool(writer.query.share) or main.metric.unit is Unit.FRACTION
    return f"{now}, {_moved(writer, row, cells, of_rate=of_rate)} from {then} in {when}", ()


def _moved(writer: Writer, row: ResultRow, cells: dict[str, ResultColumn], *, of_rate: bool) -> str:
    """Direction in words, the size first and then what part of the earlier one that is; a rate moves by points."""
    change, relative = cells["change"], cells["change_pct"]
    way = "up" if (row.values[change.name] or 0) > 0 else "down"
    by = writer.change(row, change, of_rate=of_rate)
    if of_rate or row.values[relative.name] is None:
        return f"{way} {by}"
    return f"{way} {by} ({writer.change(row, relative, of_rate=False)})"


def _by_day(writer: Writer, row: ResultRow, cells: dict[str, ResultColumn], averages: tuple[float, float]) -> Said:
    """Of two periods of which one is only partly recorded: that first, then the averages per recorded day."""
    value, result = cells["value"], writer.result
    assert result.previous is not None
    unit = unit_of(value, writer.query)
    labels = [f"a recorded day, {period_words(period)}" for period in (result.period, result.previous)]
    facts = tuple(
        Fact(label=label, value=average, unit=unit, said=True) for label, average in zip(labels, averages, strict=True)
    )
    now, then = (short(average, unit) for average in averages)
    moved = f"{_moved(writer, row, cells, of_rate=False)} from" if row.values[cells["change"].name] else "the same as"
    text = (
        f"only partly recorded, so by recorded day: {now}, {moved} {then} in {period_words(result.previous)}; in all "
        f"{writer.figure(row, value)} and {writer.figure(row, cells['previous'])}"
    )
    return text, facts


def _unknown(writer: Writer, metric: Metric) -> str:
    """Why there is no figure."""
    if metric.of_booked_usage and writer.has(NoteKind.UNBOOKED):
        return "no figure, because no usage is booked there"
    if metric.of_booked_usage and not writer.has(NoteKind.UNPRICED):
        return "no figure, because there is nothing to divide by"
    if metric.unit in (Unit.USD, Unit.USD_PER_PERSON):
        return "unknown, because none of it has a price"
    if metric.name == "hours_offloaded":
        return "unknown, because there are no items with their minutes recorded to compare"
    if metric.additive:
        return "not recorded: its source does not report it"
    return "no figure, because there is nothing to divide by"
