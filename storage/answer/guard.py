"""Applies the privacy rules to one query: which of its rows this viewer may see, and which of them exactly."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from sqlalchemy import Connection

from storage.answer.buckets import Bucket
from storage.answer.cells import Cells
from storage.answer.compile import Compiler
from storage.answer.conditions import (
    Conditions,
    of_filters,
    of_labels,
    together,
)
from storage.answer.differencing import Differencing, sums
from storage.answer.labelled_sums import Labels
from storage.answer.presence import Cell
from storage.answer.presence_rows import People
from storage.answer.privacy import (
    FEWEST_USERS,
    SMALLEST_GROUP,
    Rule,
    Viewer,
    check_listed,
    check_named,
    is_personal,
)
from storage.answer.query_cells import cells_behind
from storage.answer.reclaiming import may_reclaim
from storage.answer.row_cells import Row, RowCells
from storage.answer.scope import PEOPLE
from storage.answer.shown import Shown
from storage.answer.suppression import Suppression, covered
from storage.answer.told import shown_of, told_before
from storage.answer.tree import union
from storage.answer.weekdays import WEEKDAY
from storage.answer.windows import FEW_PEOPLE, complete_near, is_complete
from storage.answer.work_guard import WorkGuard
from storage.catalogue import Metric, metric
from storage.catalogue.measures import MeasuredRows
from storage.query import Grain
from storage.records import Period


@dataclass(frozen=True)
class Guard:
    """Answers `shows` for each row and metric of one query. Raises Denied where the whole query may not be asked."""

    connection: Connection
    compiler: Compiler
    viewer: Viewer
    as_of: date | None = None
    _shows: dict[tuple[str, int, Labels], bool] = field(default_factory=dict)
    _hidden: dict[tuple[Labels, Rule], frozenset[int]] = field(default_factory=dict)
    _admitted: dict[tuple[Row, frozenset[str]], bool] = field(default_factory=dict)
    _known: dict[frozenset[str], Differencing] = field(default_factory=dict)
    _near: dict[int, tuple[int, ...]] = field(default_factory=dict)

    def of_total(self, compiler: Compiler) -> Guard:
        """The guard of the total that shares are of; one knows what the other lets out."""
        return Guard(self.connection, compiler, self.viewer, self.as_of, _known=self._known)

    def check(self) -> None:
        """Raise Denied where the query is about people the viewer may not see."""
        query = self.compiler.query
        check_named(query, self.viewer)
        metrics = [metric(name) for name in query.metrics]
        if may_reclaim(query, metrics, self.viewer, self.compiler.directory):
            return
        if "person" in query.group_by and not self.viewer.operator:
            ids = set(self.connection.scalars(self.compiler.people_in_scope()))
            people = self.compiler.directory.people
            check_listed(query, self.viewer, [person.email for person in people if person.id in ids])

    def shows(self, metric: Metric, number: int, labels: Labels) -> bool:
        """Whether this figure of this row may be shown; `number` is the bucket's, `labels` are as in the store."""
        if self.sees_all:
            return True
        key = (metric.name, number, labels)
        if key not in self._shows:
            self._shows[key] = self._decides(metric, number, labels)
        return self._shows[key]

    def _decides(self, metric: Metric, number: int, labels: Labels) -> bool:
        if MeasuredRows.WORK in metric.bases and not self._work.shows(number, labels):
            return False
        if MeasuredRows.WORK in metric.bases and not metric.of_usage:
            return True
        rule = self._rule(metric)
        if number in self._hidden_points(labels, rule) or self._is_of_few(metric, number, labels):
            return False
        return not metric.of_usage or self.rounds(metric, number, labels) or self._admits(metric, number, labels)

    def _is_of_few(self, metric: Metric, number: int, labels: Labels) -> bool:
        """Whether the row has fewer people with use than this metric may be shown of."""
        return metric.fewest > 1 and 0 < self._rows.users(number, labels).bit_count() < metric.fewest

    def rounds(self, metric: Metric, number: int, labels: Labels) -> bool:
        """Whether this figure is given in two digits: days that make no whole unit, of a scope of few people."""
        return (
            not self.sees_all
            and metric.of_usage
            and number not in self._exact
            and 0 < self._rows.users(number, labels).bit_count() < FEW_PEOPLE
        )

    def is_too_fine(self, metrics: Iterable[Metric]) -> bool:
        """Whether a series by day is one of a small group, which is answered by week."""
        query = self.compiler.query
        if query.grain is not Grain.DAY or self.sees_all or not any(metric.of_usage for metric in metrics):
            return False
        plain = query.with_(group_by=tuple(name for name in query.group_by if name in PEOPLE))
        conditions = together(of_filters(plain, listed="team" in query.group_by))
        if query.scopes:
            groups = [
                self._users_of(together(of_filters(query), of_labels(("team",), (name,), direct=False)), query.period)
                for name in query.scopes
            ]
        elif plain.group_by:
            groups = self._cells.users_by(plain.group_by[0], conditions, query.period)
        else:
            groups = [self._users_of(conditions, query.period)]
        return any(FEWEST_USERS <= users.bit_count() < FEW_PEOPLE for users in groups)

    def too_many(self, metric: Metric, rows: Iterable[Row]) -> set[Row]:
        """Which of these rows may not stand together, because what they add up to would single somebody out."""
        known = self._known_of(metric.kinds)
        cells = {(number, *labels): self._rows.cell(number, labels) for number, labels in rows}
        hidden: set[Row] = set()
        series = self.compiler.query.grain is not None
        while wrong := [places for places, cell in sums(cells, series).values() if not known.admits(cell)]:
            users = self._cells.presence.users
            smallest = min(wrong[0], key=lambda place: (users(cells[place]).bit_count(), place))
            del cells[smallest]
            hidden.add((smallest[0], smallest[1:]))
            self._admitted[(smallest[0], smallest[1:]), metric.kinds] = False
            self._shows.clear()
        known.remember(cell for _, cell in sums(cells, series).values())
        return hidden

    @property
    def refused_difference(self) -> bool:
        """Whether a row was hidden for what it would tell together with earlier answers."""
        return not all(self._admitted.values())

    def told(self, metrics: Sequence[Metric], rows: Iterable[Row]) -> tuple[Shown, ...]:
        """What is kept of the rows that were shown and not rounded; nothing of what cannot be taken from another."""
        kinds = frozenset[str]().union(*(metric.kinds for metric in metrics if metric.of_usage))
        exact = tuple(dict.fromkeys(rows)) if kinds and not self.sees_all else ()
        return shown_of(self.compiler, self._cells, self._rows, exact, kinds) if exact else ()

    @cached_property
    def sees_all(self) -> bool:
        """Whether no group rule applies: the operator, or somebody's own figures."""
        return self.viewer.operator or is_personal(self.compiler.query, self.viewer)

    def _hidden_points(self, labels: Labels, rule: Rule) -> frozenset[int]:
        """The buckets in which a row may not be shown; in a series also those that cover them."""
        key = (labels, rule)
        if key not in self._hidden:
            buckets = self.compiler.buckets
            few = {bucket.number for bucket in buckets if not self._allows(labels, bucket, rule)}
            if few and rule.users and self.compiler.query.grain:
                users = {bucket.number: self._rows.users(bucket.number, labels) for bucket in buckets}
                sizes = {number: people.bit_count() for number, people in users.items() if people}

                def is_told(hidden: set[int]) -> bool:
                    used = [number for number in hidden if users[number]]
                    return len(used) == 1 or 0 < union(users[number] for number in used).bit_count() < rule.users

                self._hidden[key] = covered(few, sizes, sizes, is_told)
            else:
                self._hidden[key] = frozenset(few)
        return self._hidden[key]

    def _allows(self, labels: Labels, bucket: Bucket, rule: Rule) -> bool:
        """Whether a row may be shown in its own days and in the whole of every period asked about."""
        conditions = self._rows.conditions(labels)
        periods = dict.fromkeys((bucket.period, *self.compiler.spans))
        if not all(self._suppression.shows(conditions, period, rule) for period in periods):
            return False
        if not rule.users or conditions or (not self.compiler.query.grain and self._is_complete(bucket.period)):
            return True  # that few people have use under some conditions was looked at with these
        # The total of the organisation is exempt, but neither a point of its series nor some days of it.
        return not 0 < self._rows.users(bucket.number, labels).bit_count() < rule.users

    def _admits(self, metric: Metric, number: int, labels: Labels) -> bool:
        """Whether nobody is singled out by what the reader has already, or can ask for at any time."""
        key = ((number, labels), metric.kinds)
        if key not in self._admitted:
            known = self._known_of(metric.kinds)
            cell = self._rows.cell(number, labels)
            self._admitted[key] = known.admits(cell, (Cell(cell.who, cell.what, days) for days in self._whole(number)))
            if self._admitted[key]:
                known.remember((cell,))
        return self._admitted[key]

    def _known_of(self, kinds: frozenset[str]) -> Differencing:
        if kinds not in self._known:
            earlier = [shown for shown in self.viewer.known if shown.kinds & kinds]
            self._known[kinds] = told_before(self.connection, self._cells, earlier, self._fewest)
        return self._known[kinds]

    def _rule(self, metric: Metric) -> Rule:
        smallest = max(self.viewer.min_group, SMALLEST_GROUP)
        return Rule(max(smallest, metric.minimum), self._fewest if metric.of_usage else 0)

    @property
    def _fewest(self) -> int:
        return max(self.viewer.min_group, FEWEST_USERS)

    def _users_of(self, conditions: Conditions, period: Period) -> People:
        return self._cells.presence.users(self._cells.cell(conditions, period))

    def _whole(self, number: int) -> tuple[int, ...]:
        """The days of the whole units next to a bucket that can be asked at any time, each as bits."""
        if number in self._exact:
            # Whole units are answered to everybody, so that other days give way to them and not they to those.
            return ()
        if number not in self._near:
            units = tuple(complete_near(self.compiler.buckets[number].period, self._recorded))
            self._cells.presence.read(self.connection, units)
            self._near[number] = tuple(map(self._cells.presence.days, units))
        return self._near[number]

    @cached_property
    def _exact(self) -> frozenset[int]:
        """The buckets of whole units, where no weekdays are picked."""
        buckets = self.compiler.buckets if self._has_all_days else ()
        return frozenset(bucket.number for bucket in buckets if self._is_complete(bucket.period))

    @property
    def _has_all_days(self) -> bool:
        """Whether no condition or list picks weekdays: those are no whole unit of time."""
        query = self.compiler.query
        return WEEKDAY not in query.group_by and query.filter_on(WEEKDAY) is None

    def _is_complete(self, period: Period) -> bool:
        return is_complete(period, self._recorded, self.as_of)

    @property
    def _recorded(self) -> tuple[date, date]:
        directory = self.compiler.directory
        return directory.usage or (date.min, date.min)

    @property
    def _of_list_by_team(self) -> bool:
        return self.compiler.listed is not None and "team" in self.compiler.listed.group_by

    @cached_property
    def _rows(self) -> RowCells:
        return RowCells(self._cells, self.compiler, self._of_list_by_team)

    @cached_property
    def _work(self) -> WorkGuard:
        return WorkGuard(self.connection, self.compiler, Rule(max(self.viewer.min_group, SMALLEST_GROUP)))

    @cached_property
    def _suppression(self) -> Suppression:
        return Suppression(self._cells, named_freely=self.viewer.others is None)

    @cached_property
    def _cells(self) -> Cells:
        return cells_behind(self.connection, self.compiler, self.viewer)
