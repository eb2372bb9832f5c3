"""What a reader has been told: kept of each answer, and laid beside the next one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from sqlalchemy import Connection

from storage.answer.cells import Cells
from storage.answer.compile import Compiler
from storage.answer.conditions import Condition, Conditions, of_filters
from storage.answer.differencing import Differencing, sums
from storage.answer.presence import Cell
from storage.answer.row_cells import Row, RowCells
from storage.answer.shown import Shown


def shown_of(
    compiler: Compiler, cells: Cells, row_cells: RowCells, rows: tuple[Row, ...], kinds: frozenset[str]
) -> tuple[Shown, ...]:
    """What is kept of rows whose exact figures were shown; `kinds` is what those count."""
    query = compiler.query
    told = Shown(
        conditions=(*of_filters(query, row_cells.of_list_by_team), *cells.always),
        group_by=query.group_by,
        direct=not query.scopes,
        windows=tuple(bucket.period for bucket in compiler.buckets),
        series=query.grain is not None,
        rows=rows,
        kinds=kinds,
    )
    if not compiler.sets_usage_against_work:
        return (told,)
    # A team is here the owner of workflows: each row is kept as one of those.
    return tuple(
        replace(told, conditions=(*_each(row_cells.conditions(labels)), *cells.always), group_by=(), rows=alike)
        for labels in dict.fromkeys(labels for _, labels in rows)
        for alike in (tuple((number, ()) for number, other in rows if other == labels),)
    )


def told_before(connection: Connection, cells: Cells, earlier: Sequence[Shown], fewest: int) -> Differencing:
    """What a reader can take from earlier answers, of figures that can be taken from each other; `fewest` as of
    Differencing."""
    cells.presence.read(connection, (window for shown in earlier for window in shown.windows))
    cache = cells.directory.cache
    figures = cache.setdefault(("figures", id(cells.presence), fewest), {})
    found = Differencing(cells.presence, fewest, figures)
    told_by = cache.setdefault(("shown", id(cells.presence), fewest), {})
    for shown in earlier:
        if shown not in told_by:
            told_by[shown] = found.told(_with_sums(shown, Cells(cells.directory, cells.presence)))
        found.remember_told(told_by[shown])
    return found


def _each(conditions: Conditions) -> Iterable[Condition]:
    return (condition for alike in conditions.values() for condition in alike)


def _with_sums(shown: Shown, cells: Cells) -> list[Cell]:
    """The cells of what was shown, and of what its rows add up to."""
    rows = {
        (number, *labels): cells.cell(conditions, period) for (number, labels), conditions, period in shown.each_row()
    }
    return [*rows.values(), *(cell for _, cell in sums(rows, shown.series).values())]
