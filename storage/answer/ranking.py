"""Which rows of an answer are kept, in which order: thresholds, ranks, limits."""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from storage.answer.result import ResultColumn, ResultRow
from storage.answer.weekdays import WEEKDAY
from storage.catalogue import NONE
from storage.query import By, Compare, Having, Order, Query

PASSES: dict[Compare, Callable[[Any, Any], bool]] = {
    Compare.GT: operator.gt,
    Compare.GE: operator.ge,
    Compare.LT: operator.lt,
    Compare.LE: operator.le,
}


@dataclass(frozen=True)
class Ranking:
    """What one query keeps of its rows."""

    query: Query
    columns: Sequence[ResultColumn]

    def kept(self, rows: list[ResultRow]) -> list[ResultRow]:
        """The rows that pass the thresholds, in the order asked, cut to the limit."""
        query = self.query
        if query.having or query.order:
            rows = [row for row in rows if NONE not in row.labels.values()]
        if query.order and query.order.by is not By.LABEL and not all(row.partial for row in rows):
            rows = [row for row in rows if not row.partial]  # a point that is cut is neither most nor least
        for threshold in query.having:
            rows = [row for row in rows if self._passes(row, threshold)]
        if query.order:
            rows = self._ranked(rows, query.order)
        elif not query.grain and WEEKDAY not in query.group_by:
            rows = self._ranked(rows, Order(By.VALUE))
        if query.limit is not None:
            rows = [row for row in rows if not row.suppressed][query.skip : query.skip + query.limit]
        return rows

    def _passes(self, row: ResultRow, threshold: Having) -> bool:
        value = row.values[self._column(threshold.by, threshold.metric)]
        return value is not None and PASSES[threshold.compare](value, threshold.value)

    def _column(self, by: By, metric: str) -> str:
        role = "share" if by is By.VALUE and self.query.share else by.value
        name = metric or self.columns[0].metric.name
        return next(column.name for column in self.columns if column.metric.name == name and column.role == role)

    def _ranked(self, rows: list[ResultRow], order: Order) -> list[ResultRow]:
        """Sorted by the column; ties by name, rows without a value last."""

        def key(row: ResultRow) -> tuple[bool, float, list[str]]:
            names = [*row.labels.values()]
            if order.by is By.LABEL:
                return (False, 0.0, names)
            value = row.values[self._column(order.by, order.metric)]
            if value is None:
                return (True, 0.0, names)
            return (False, -value if order.descending else value, names)

        return sorted(rows, key=key)
