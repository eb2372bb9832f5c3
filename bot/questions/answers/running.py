"""A series in a sentence: where it stands now against its beginning, then its low and its high, by name."""

from __future__ import annotations

from collections.abc import Sequence

from bot.questions.answers.answer import NOT_WHOLE, Fact
from bot.questions.answers.listing import passing, stood
from bot.questions.answers.standing import course, known_rows, lead, value
from bot.questions.answers.writing import Writer, joined
from storage.answer.result import ResultColumn, ResultRow
from storage.query import Grain

Said = tuple[str, tuple[Fact, ...]]
MOST_CUT = 2  # points that are not whole: the two ends


def series(writer: Writer) -> Said:
    """One line; points that are not whole are said apart and are no low, high or beginning."""
    column, grain = writer.main, writer.query.grain
    assert grain is not None
    found = course(writer.rows, column.name, grain.value)
    if writer.query.having and (found.whole or found.cut):
        return passing(writer, sorted((*found.whole, *found.cut), key=lambda row: row.labels[grain.value]), column)
    cut = _cut(writer, found.cut, column)
    if found.now is None:
        return (f"no whole {grain.value} yet: {cut}" if cut else "no figures"), ()
    assert found.first is not None
    assert found.low is not None
    assert found.high is not None
    whole = found.whole
    text = f"{writer.figure(found.now, column)} {_when(writer, found.now)}"
    if len(whole) > 1:
        low, high = (value(row, column.name) for row in (found.low, found.high))
        text += f"{_end(found.now, column, low, high)}{_since(writer, found.now, found.first, column)}"
        if value(found.now, column.name) != value(found.first, column.name):  # else it was just said
            text += _end(found.first, column, low, high)
        text += _extremes(writer, whole, column, low, high)
    return (f"{text}. {NOT_WHOLE}: {cut}" if cut else text), ()


def several(writer: Writer) -> Said:
    """Several lines: who leads at the newest whole point, and whose line moved the most since the first one."""
    column, grain = writer.main, writer.query.grain
    assert grain is not None
    known = known_rows(writer.rows, column.name)
    whole = [row for row in known if not row.partial] or known
    if not whole:
        return "nothing may be shown", ()
    newest = max(row.labels[grain.value] for row in whole)
    there = [row for row in whole if row.labels[grain.value] == newest]
    found = lead(there, column.name, compares=not writer.is_rate)
    if found is None:
        return writer.listed(there, column), ()
    text, facts = stood(writer, found, column, without=grain.value)
    return f"{_when(writer, there[0])} {text}{_riser(writer, whole, there, column)}", facts


def _when(writer: Writer, row: ResultRow) -> str:
    """ "on 15 Nov", "in the week of 9-15 Nov", "in Oct 2026"."""
    grain = writer.query.grain
    before = {Grain.DAY: "on ", Grain.WEEK: "in the week of "}.get(grain, "in ") if grain else ""
    return f"{before}{writer.point(row)}"


def _since(writer: Writer, now: ResultRow, first: ResultRow, column: ResultColumn) -> str:
    change = value(now, column.name) - value(first, column.name)
    if change == 0:
        return f", as at the beginning ({writer.point(first)})"
    return f", {'up' if change > 0 else 'down'} from {writer.figure(first, column)} ({writer.point(first)})"


def _end(row: ResultRow, column: ResultColumn, low: float, high: float) -> str:
    """Whether a point that is said is the lowest or the highest."""
    size = value(row, column.name)
    if low == high or size not in (low, high):
        return ""
    return ", the lowest" if size == low else ", the highest"


def _extremes(writer: Writer, whole: Sequence[ResultRow], column: ResultColumn, low: float, high: float) -> str:
    """The low and the high by name, where they are not among the ends that are said already."""
    if low == high:
        return "; the same throughout"
    said = {value(whole[0], column.name), value(whole[-1], column.name)}
    parts = []
    for word, size in (("lowest", low), ("highest", high)):
        if size not in said:
            row = next(row for row in reversed(whole) if value(row, column.name) == size)
            parts.append(f"{word} {writer.figure(row, column)} ({writer.point(row)})")
    return f"; {joined(parts)}" if parts else ""


def _cut(writer: Writer, rows: Sequence[ResultRow], column: ResultColumn) -> str:
    ends = rows if len(rows) <= MOST_CUT else (rows[0], rows[-1])
    return joined([f"{writer.point(row)} {writer.figure(row, column)}" for row in ends])


def _riser(writer: Writer, whole: Sequence[ResultRow], there: Sequence[ResultRow], column: ResultColumn) -> str:
    """The line that rose or fell the most between the first and the newest whole point."""
    assert writer.query.grain is not None
    grain = writer.query.grain.value
    oldest = min(row.labels[grain] for row in whole)
    first = {writer.name(row, without=grain): row for row in whole if row.labels[grain] == oldest}
    pairs = [(first[name], row) for row in there if (name := writer.name(row, without=grain)) in first]
    if oldest == there[0].labels[grain] or not pairs or len(there) < 2:
        return ""
    old, new = max(pairs, key=lambda pair: abs(value(pair[1], column.name) - value(pair[0], column.name)))
    if value(old, column.name) == value(new, column.name):
        return ""
    way = "rose" if value(new, column.name) > value(old, column.name) else "fell"
    then = f"{writer.figure(old, column)} ({writer.point(old)})"
    return f". {writer.name(new, without=grain)} {way} most, from {then}"
