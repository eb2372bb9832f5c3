"""From sums to rows: values, shares, comparisons. What may not be shown is emptied here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from typing import Any

from storage.answer import weekdays
from storage.answer.buckets import Bucket
from storage.answer.calendar import count
from storage.answer.columns import columns_of
from storage.answer.compile import Compiler
from storage.answer.each_person import DIVISORS, whole_units
from storage.answer.fetch import Fetched
from storage.answer.guard import Guard
from storage.answer.labelled_sums import Labels, Sums
from storage.answer.result import ResultColumn, ResultRow
from storage.answer.row_cells import Row
from storage.answer.windows import rounded
from storage.catalogue import NONE, Metric
from storage.catalogue.formula import Number, plain
from storage.catalogue.person_measures import percentile
from storage.query import Grain, Query


@dataclass(frozen=True)
class Shaper:
    """Makes the rows of one query; `previous_known` is False where the earlier period is before every record.

    `per_day` where one of two periods is only partly recorded: changes of sums are then of averages per recorded day.
    """

    compiler: Compiler
    metrics: Sequence[Metric]
    guard: Guard
    guard_of_totals: Guard
    previous_known: bool = True
    per_day: bool = False

    @property
    def query(self) -> Query:
        """The query that is shaped."""
        return self.compiler.query

    def rows(self, found: Fetched, totals: Fetched | None) -> list[ResultRow]:
        """All rows, before thresholds, ranks and limits."""
        groups = self._groups(found)
        if self.query.grain:
            pairs = [(bucket, labels) for bucket in self.compiler.buckets for labels in groups]
        else:
            pairs = [(self.compiler.buckets[0], labels) for labels in groups]
        return [self._row(bucket, labels, found, totals) for bucket, labels in pairs]

    def _groups(self, found: Fetched) -> list[Labels]:
        groups = dict.fromkeys(labels for _, labels in found.sums)
        if self.query.scopes:
            at = self.query.group_by.index("team")
            seen = {labels[at] for labels in groups}
            if len(self.query.group_by) == 1:
                groups |= dict.fromkeys((name,) for name in self.query.scopes if name not in seen)
        return sorted(groups, key=lambda labels: [self._place(i, label) for i, label in enumerate(labels)])

    def _place(self, position: int, label: Any) -> str:
        """What a label is sorted by: its name, of a weekday its place in the week."""
        of_days = self.query.group_by[position] == weekdays.WEEKDAY
        return str(weekdays.WEEKDAYS.index(label)) if of_days else self._name(position, label)

    def _name(self, position: int, label: Any) -> str:
        if self.query.group_by[position] == "person":
            return self.compiler.directory.person_label[label]
        return str(label) if label else NONE

    def _row(self, bucket: Bucket, labels: Labels, found: Fetched, totals: Fetched | None) -> ResultRow:
        named = {name: self._name(i, labels[i]) for i, name in enumerate(self.query.group_by)}
        if self.query.grain:
            named = {self.query.grain.value: bucket.label} | named
        values: dict[str, int | float | None] = {}
        hidden = tuple(metric.name for metric in self.metrics if not self._shown(metric, bucket, labels, found, totals))
        inexact = [
            metric.name for metric in self.metrics if metric.name not in hidden and self._rounds(metric, bucket, labels)
        ]
        for metric in self.metrics:
            cells = {} if metric.name in hidden else self._cells(metric, bucket, labels, found, totals)
            if metric.name in inexact:
                cells = {role: rounded(value) for role, value in cells.items()}
            for column in self._columns[metric.name]:
                values[column.name] = plain(cells.get(column.role))
        return ResultRow(
            named,
            values,
            suppressed=len(hidden) == len(self.metrics),
            hidden=hidden,
            rounded=bool(inexact),
            partial=bucket.partial,
            days=bucket.period.days if bucket.partial else None,
            per_day=self._per_day(values),
        )

    def _per_day(self, values: dict[str, int | float | None]) -> dict[str, tuple[float, float]]:
        """The averages per recorded day of the period and of the earlier one, of each metric compared by them."""
        found = {}
        for metric in filter(self._compares_days, self.metrics):
            names = {column.role: column.name for column in self._columns[metric.name]}
            now, before = values[names["value"]], values[names["previous"]]
            if now is not None and before is not None:
                days = [bucket.period.days for bucket in self.compiler.buckets]
                found[metric.name] = (now / days[0], before / days[1])
        return found

    def _compares_days(self, metric: Metric) -> bool:
        return self.per_day and metric.additive and not self.query.share and not self.query.average

    def settled(self, rows: list[ResultRow]) -> list[ResultRow]:
        """The rows without those that may not stand beside the others, because of what all of them add up to."""
        for metric in self.metrics if self.query.group_by or self.query.grain else ():
            if metric.of_usage and not self.guard.sees_all:
                exact = {place: row for row in rows if metric.name not in row.hidden for place in self.exact([row])}
                gone = {id(exact[place]) for place in self.guard.too_many(metric, exact)}
                rows = [self._emptied(row, metric) if id(row) in gone else row for row in rows]
        return rows

    def _emptied(self, row: ResultRow, metric: Metric) -> ResultRow:
        """A row without the figures of one metric."""
        names = {column.name for column in self._columns[metric.name]}
        values = {name: None if name in names else value for name, value in row.values.items()}
        hidden = (*row.hidden, metric.name)
        return replace(row, values=values, hidden=hidden, suppressed=len(hidden) == len(self.metrics))

    def exact(self, rows: Iterable[ResultRow]) -> Iterator[Row]:
        """Which of these rows told an exact figure of usage, for each of their periods."""
        of_usage = {metric.name for metric in self.metrics if metric.of_usage}
        numbers = {bucket.label: bucket.number for bucket in self.compiler.buckets}
        sides = [bucket.number for bucket in self.compiler.buckets][: 1 + self.previous_known]
        for row in rows:
            if not row.rounded and of_usage - {*row.hidden}:
                named = (row.labels[name] for name in self.query.group_by)
                labels = tuple("" if name == NONE else name for name in named)
                of_row = [numbers[row.labels[self.query.grain.value]]] if self.query.grain else sides
                yield from ((number, labels) for number in of_row)

    @cached_property
    def _columns(self) -> dict[str, list[ResultColumn]]:
        found: dict[str, list[ResultColumn]] = {}
        for column in columns_of(self.query, self.metrics):
            found.setdefault(column.metric.name, []).append(column)
        return found

    def visible(self, found: Fetched, totals: Fetched | None) -> list[Sums]:
        """The sums of the period asked, in the rows that may be shown, of all their metrics."""
        points = self.compiler.buckets
        return [
            sums
            for (number, labels), sums in found.sums.items()
            if points[number].side == 0
            and all(self._shown(metric, points[number], labels, found, totals) for metric in self.metrics)
        ]

    def unbooked(self, found: Fetched, totals: Fetched | None) -> list[list[str]]:
        """The names of the rows, of those that may be shown, whose work no usage is booked to."""
        bucket = self.compiler.buckets[0]
        return [
            [self._name(place, label) for place, label in enumerate(labels)]
            for labels in sorted(found.unbooked)
            if all(self._shown(metric, bucket, labels, found, totals) for metric in self.metrics)
        ]

    def _shown(self, metric: Metric, bucket: Bucket, labels: Labels, found: Fetched, totals: Fetched | None) -> bool:
        """Whether the row, and the total that its share is of, may be shown in every period it tells of."""
        return self._all_is_shown or all(
            self._guarded(self.guard, metric, period, labels, found)
            and (totals is None or self._guarded(self.guard_of_totals, metric, period, (), totals))
            for period in self._periods_of(bucket)
        )

    @cached_property
    def _all_is_shown(self) -> bool:
        return self.guard.sees_all and self.guard_of_totals.sees_all

    def _rounds(self, metric: Metric, bucket: Bucket, labels: Labels) -> bool:
        """Whether the figures of the row are given in two digits, for one of the periods that it tells of."""
        return not self.guard.sees_all and any(
            self.guard.rounds(metric, period.number, labels) for period in self._periods_of(bucket)
        )

    def _periods_of(self, bucket: Bucket) -> Sequence[Bucket]:
        buckets = [bucket] if self.query.grain else self.compiler.buckets
        return buckets if self.previous_known else buckets[:1]

    def _guarded(self, guard: Guard, metric: Metric, bucket: Bucket, labels: Labels, found: Fetched) -> bool:
        members = found.heads(bucket.number, labels)["members"]
        nobody = (bucket.number, labels) not in found.sums and not members
        return nobody or guard.shows(metric, bucket.number, labels)

    def _cells(
        self, metric: Metric, bucket: Bucket, labels: Labels, found: Fetched, totals: Fetched | None
    ) -> dict[str, Number | None]:
        value = self._value(metric, bucket, self._sums(bucket, labels, found))
        main = value
        cells = {"value": value}
        if totals:
            main = cells["share"] = _ratio(value, self._total(metric, bucket, totals))
        if self.query.previous:
            before = self._before(metric, labels, found, totals)
            if self._rounds(metric, bucket, labels):
                main, before = rounded(main), rounded(before)
            cells["previous"] = before
            if self._compares_days(metric) and main is not None and before is not None:
                days = [bucket.period.days for bucket in self.compiler.buckets]
                main, before = Fraction(main) / days[0], Fraction(before) / days[1]
            change = None if main is None or before is None else main - before
            cells |= {"change": change, "change_pct": _ratio(change, before)}
        return cells

    def _before(self, metric: Metric, labels: Labels, found: Fetched, totals: Fetched | None) -> Number | None:
        """The value (or share) in the period compared with; None where that is wholly before the first record."""
        if not self.previous_known:
            return None
        bucket = self.compiler.buckets[1]
        value = self._value(metric, bucket, self._sums(bucket, labels, found))
        return _ratio(value, self._total(metric, bucket, totals)) if totals else value

    def _sums(self, bucket: Bucket, labels: Labels, found: Fetched) -> Sums:
        """The sums of a row; one that has none has heads all the same."""
        known = found.sums.get((bucket.number, labels))
        if known is not None:
            return known
        empty = {"days": self._days(bucket, labels)} | found.heads(bucket.number, labels)
        empty |= {name: len(whole_units(bucket.period, unit)) for name, unit in DIVISORS.items()}
        empty |= {name: None for metric in self.metrics for name in metric.measures if percentile(name)}
        if not self.query.grain:
            empty["offloaded_ms"] = None  # without any item there is no baseline
        return empty

    def _days(self, bucket: Bucket, labels: Labels) -> int:
        """The days of a row: all of its span, or those on the weekdays that it is of."""
        names = weekdays.picked(weekdays.kept(self.query.filters), self.query.group_by, labels)
        return weekdays.days_of(bucket.period, names)

    def _value(self, metric: Metric, bucket: Bucket, sums: Sums) -> Number | None:
        value = metric.formula.value(sums)
        if value is None or self.query.average is None:
            return value
        if self.query.average is Grain.DAY:
            days = sums.get("days", bucket.period.days)
            return value / Fraction(days) if days else None
        return value / Fraction(count(bucket.period, self.query.average))

    def _total(self, metric: Metric, bucket: Bucket, totals: Fetched) -> Number | None:
        grouped = bool(self.query.group_by) or (
            self.query.share is not None and self.query.share.over != self.query.filters
        )
        if grouped or not self.query.grain:
            return self._value(metric, bucket, totals.sums.get((bucket.number, ()), {}))
        values = [metric.formula.value(sums) for sums in totals.sums.values()]
        return sum(value for value in values if value is not None)


def _ratio(above: Number | None, below: Number | None) -> Number | None:
    if above is None or not below:
        return None
    whole = isinstance(above, int | Fraction) and isinstance(below, int | Fraction)
    return Fraction(above, below) if whole else float(above) / float(below)  # type: ignore[arg-type]
