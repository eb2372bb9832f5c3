"""What the sentences of an answer share: how its figures and names are written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.figures import MINUS, in_currency, points, rough, short
from bot.questions.answers.naming import names
from storage.answer.result import NoteKind, Result, ResultColumn, ResultRow
from storage.catalogue import Metric, Unit, dimension
from storage.names import Directory
from storage.query import By, Query

ABOUT = "about "  # before a figure in two significant digits
NAMED = 5  # rows that a list says in its sentence; the table has all


def unit_of(column: ResultColumn, query: Query) -> str:
    """A share and a relative change are fractions whatever the metric is."""
    if column.role in ("share", "change_pct") or (query.share and column.role in ("previous", "change")):
        return Unit.FRACTION.value
    return in_currency(column.metric.unit.value, query.currency)


def joined(parts: Sequence[str]) -> str:
    """ "a", "a and b", "a, b and c"."""
    return " and ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else "".join(parts)


@dataclass(frozen=True)
class Writer:
    """Writes the rows of one result."""

    result: Result
    directory: Directory
    headline: By = By.VALUE

    @property
    def query(self) -> Query:
        """The query that was run."""
        return self.result.query

    @cached_property
    def rows(self) -> list[ResultRow]:
        """Those that may be shown."""
        return [row for row in self.result.rows if not row.suppressed]

    @cached_property
    def main(self) -> ResultColumn:
        """The column that a list or a series is about."""
        first = self.result.columns[0].metric
        return next(
            column
            for column in self.result.columns
            if column.metric is first and column.role == ("share" if self.query.share else "value")
        )

    @property
    def is_rate(self) -> bool:
        """Whether changes are told in percentage points."""
        return bool(self.query.share) or self.main.metric.unit is Unit.FRACTION

    def cells(self, metric: Metric) -> dict[str, ResultColumn]:
        """The columns of a metric by their role."""
        return {column.role: column for column in self.result.columns if column.metric is metric}

    def figure(self, row: ResultRow, column: ResultColumn) -> str:
        """One figure in three digits; a rounded one says that it is about so much."""
        return self._short(row, column)

    def change(self, row: ResultRow, column: ResultColumn, *, of_rate: bool) -> str:
        """The size of a change; that of a rate is told in percentage points."""
        value = row.values[column.name] or 0
        return self._about(row, column) + points(value) if of_rate else self._short(row, column).replace(MINUS, "")

    def name(self, row: ResultRow, *, without: str = "") -> str:
        """What a row is called."""
        return " · ".join(name for label, name in self._names(row).items() if label != without)

    def point(self, row: ResultRow) -> str:
        """What the point of time of a row is called."""
        assert self.query.grain is not None
        return self._names(row)[self.query.grain.value]

    def count(self, number: int) -> str:
        """ "12 teams", "1 team"; rows of more than one dimension are rows."""
        groups = self.query.group_by
        if len(groups) != 1:
            return f"{number} row{'' if number == 1 else 's'}"
        kind = dimension(groups[0])
        return f"{number} {kind.label if number == 1 else kind.plural}"

    def has(self, kind: NoteKind) -> bool:
        """Whether the result brings a note of a kind."""
        return any(note.kind is kind for note in self.result.notes)

    def listed(self, rows: Iterable[ResultRow], column: ResultColumn) -> str:
        """The first rows with their figures, and how many more there are."""
        return self._first([f"{self.name(row)} {self.figure(row, column)}" for row in rows])

    def named(self, rows: Iterable[ResultRow]) -> str:
        """The names of the first rows, and how many more there are."""
        return self._first([self.name(row) for row in rows])

    def _first(self, said: list[str]) -> str:
        more = len(said) - NAMED
        return joined([*said[:NAMED], f"{more} more"]) if more > 0 else joined(said)

    def _short(self, row: ResultRow, column: ResultColumn) -> str:
        about = self._about(row, column)
        return about + (rough if about else short)(row.values[column.name], unit_of(column, self.query))

    def _about(self, row: ResultRow, column: ResultColumn) -> str:
        return ABOUT if row.rounded and row.values[column.name] and column.metric.of_usage else ""

    @cached_property
    def _names(self) -> Callable[[ResultRow], dict[str, str]]:
        return names(self.result, self.directory)
