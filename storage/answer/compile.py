"""From a typed query to SELECTs: one for each kind of rows (usage, people, work), all grouped alike.

Every SELECT starts from `bucket`, the spans of days asked for (one, or one a grain point, for the period and for the
one it is compared with), so a series, a comparison and a single figure are the same statement.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Float,
    FromClause,
    Integer,
    Select,
    String,
    Subquery,
    and_,
    case,
    cast,
    column,
    distinct,
    func,
    literal,
    select,
    true,
    values,
)

from storage.answer import weekdays
from storage.answer.buckets import Bucket, bucket_rows
from storage.answer.money import MONEY, USD, Step, converted, steps_of
from storage.answer.scope import Scope
from storage.answer.shaped_facts import shaped_facts, u_column
from storage.catalogue import DIMENSIONS, metric
from storage.catalogue.measures import MeasuredRows, Sql, is_person, usage_sql, work_sql, workforce
from storage.errors import UnknownName
from storage.names import Directory
from storage.query import Filter, Op, Query
from storage.records import Period, WorkMode
from storage.tables import (
    Allocation,
    Person,
    Source,
    Spell,
    Stream,
    Team,
    UsageDaily,
    WorkDaily,
    Workflow,
)

ALLOCATIONS = ("project", "cost_center", "repository")
Filters = Sequence[Filter] | None  # None: the query's own


@dataclass(frozen=True)
class Compiler:
    """Builds the SELECTs of one query over one workspace; nothing can be built without a workspace."""

    workspace_id: int
    directory: Directory
    query: Query
    buckets: tuple[Bucket, ...]
    listed: Query | None = None  # the list whose total this is

    @property
    def scope(self) -> Scope:
        """The query's filters as conditions."""
        return Scope(self.workspace_id, self.directory, self.listed or self.query)

    @property
    def uses_facts(self) -> bool:
        """Whether something is asked that only the facts know."""
        asked = [*self.query.group_by, *(condition.dimension for condition in self.query.filters)]
        return any(DIMENSIONS[name].facts for name in asked)

    @property
    def counts_both_ledgers(self) -> bool:
        """Whether product inference is in a figure, unless the question names a ledger."""
        return any(metric(name).both_ledgers for name in self.query.metrics)

    @property
    def sets_usage_against_work(self) -> bool:
        """Whether the figures are of usage booked to workflows, and of the work of those."""
        return any(metric(name).of_booked_usage for name in self.query.metrics)

    @property
    def spans(self) -> list[Period]:
        """The period asked and the one it is compared with."""
        return [one for one in (self.query.period, self.query.previous) if one]

    def usage(self, names: Iterable[str], group_by: Sequence[str], filters: Filters = None) -> Select[Any]:
        """Sums of usage; columns: bucket, the labels, the measures."""
        names = [*names]
        u = self._rows_of_use(names)
        bucket = self._bucket
        rows = self._usage_rows(u, bucket, group_by)
        day = u_column(u, "day")
        labels = self._labels(group_by, MeasuredRows.USAGE, day)
        sql = usage_sql(u)
        filters = self.query.filters if filters is None else filters
        where = [*self._usage_where(filters), *weekdays.on(day, weekdays.kept(filters))]
        if "person" in group_by:
            where.append(is_person)
        return (
            select(bucket.c.number, *labels, *(sql[name].label(name) for name in names))
            .select_from(rows)
            .where(*where)
            .group_by(bucket.c.number, *labels)
        )

    def booked(self, names: Iterable[str], group_by: Sequence[str], filters: Filters = None) -> Select[Any]:
        """Sums of the usage booked to the workflows meant, grouped as their work is."""
        bucket = self._bucket
        names = [*names]
        u = self._rows_of_use(names)
        day = u_column(u, "day")
        labels = self._labels(group_by, MeasuredRows.WORK, day, Stream.workflow)
        sql = usage_sql(u)
        filters = self.query.filters if filters is None else filters
        ledger = [] if self.counts_both_ledgers else [workforce]
        return (
            select(bucket.c.number, *labels, *(sql[name].label(name) for name in names))
            .select_from(self._of_owners(self._of_streams(u, bucket), Stream.workflow))
            .where(Stream.workflow != "", *self._catalogued, *self.scope.booked(filters), *ledger)
            .where(*weekdays.on(day, weekdays.kept(filters)))
            .group_by(bucket.c.number, *labels)
        )

    def _rows_of_use(self, names: Iterable[str]) -> Any:
        """The rollup, or facts shaped like it; with money in the currency asked for, where that is to be had."""
        u = shaped_facts() if self.uses_facts else UsageDaily
        return converted(u, self.currency, self.steps) if self.converts and MONEY & {*names} else u

    @property
    def currency(self) -> str:
        """The currency of money."""
        return self.query.currency or USD

    @property
    def converts(self) -> bool:
        """Whether money is, or may be, of another currency."""
        return self.currency != USD or bool(self.directory.currencies)

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """The rates of the spans asked."""
        return steps_of(self.directory, self.currency, self.spans)

    def people(self, group_by: Sequence[str], filters: Filters = None, on: Sequence[str] | None = None) -> Select[Any]:
        """Person-days employed, on some weekdays (else on those of the filters), and members of the whole period.

        Columns: bucket, the labels of people, headcount_days, members.
        """
        bucket = self._bucket
        labels = self._labels(group_by, MeasuredRows.PEOPLE)
        filters = self.query.filters if filters is None else filters
        first = case((Spell.start_day > bucket.c.first, Spell.start_day), else_=bucket.c.first)
        last = case((Spell.end_day < bucket.c.last, Spell.end_day), else_=bucket.c.last)
        days = weekdays.employed_days(first, last, weekdays.kept(filters) if on is None else on)
        rows = self._people_joins(bucket.join(Spell, self._employed), group_by)
        return (
            select(
                bucket.c.number,
                *labels,
                func.sum(days).label("headcount_days"),
                func.count(distinct(Spell.person_id)).label("members"),
            )
            .select_from(rows)
            .where(*self.scope.people(filters))
            .group_by(bucket.c.number, *labels)
        )

    def work(self, names: Iterable[str], group_by: Sequence[str], filters: Filters = None) -> Select[Any]:
        """Sums of work; columns: bucket, the labels, the measures."""
        bucket = self._bucket
        labels = self._labels(group_by, MeasuredRows.WORK, WorkDaily.day)
        sql = work_sql()
        return (
            select(bucket.c.number, *labels, *(sql[name].label(name) for name in names))
            .select_from(self._work_rows(bucket))
            .where(*self._catalogued, *self._work_where(self.query.filters if filters is None else filters))
            .group_by(bucket.c.number, *labels)
        )

    def offloaded(self, group_by: Sequence[str], filters: Filters = None) -> Select[Any]:
        """Milliseconds offloaded over items with minutes recorded; null where no workflow of the group has such an item
        by hand in the period, or all items of its AI modes lack minutes.

        The human baseline of a workflow is taken over its whole period, whatever is asked of mode.
        """
        bucket = self._bucket
        labels = self._labels(group_by, MeasuredRows.WORK, WorkDaily.day)
        filters = self.query.filters if filters is None else filters
        by_hand = self._by_hand()
        rows = self._work_rows(bucket).outerjoin(
            by_hand, and_(by_hand.c.side == bucket.c.side, by_hand.c.workflow == WorkDaily.workflow)
        )
        modes = and_(true(), *self.scope.work([condition for condition in filters if condition.dimension == "mode"]))
        saved = by_hand.c.ms * WorkDaily.timed_items / by_hand.c.human_items - WorkDaily.human_ms
        by_ai = and_(by_hand.c.human_items.is_not(None), WorkDaily.mode != WorkMode.HUMAN.value, modes)

        def of_ai(what: Any) -> Sql:
            return func.sum(case((by_ai, what), else_=0))

        offloaded = case(
            (func.count(by_hand.c.human_items) == 0, None),
            (and_(of_ai(WorkDaily.items) > 0, of_ai(WorkDaily.timed_items) == 0), None),
            else_=func.sum(case((and_(by_ai, WorkDaily.human_ms.is_not(None)), saved), else_=literal(0.0))),
        )
        return (
            select(bucket.c.number, *labels, offloaded.label("offloaded_ms"))
            .select_from(rows)
            .where(*self._catalogued, *self._work_where([one for one in filters if one.dimension != "mode"]))
            .group_by(bucket.c.number, *labels)
        )

    def teams_at_work(self, filters: Sequence[Filter]) -> Select[Any]:
        """The teams whose workflows have rows; columns: bucket, team id."""
        return (
            select(self._bucket.c.number, Workflow.team_id)
            .select_from(self._work_rows(self._bucket))
            .where(*self.scope.work(filters), Workflow.team_id.is_not(None))
            .distinct()
        )

    def people_in_scope(self) -> Select[Any]:
        """The ids of all members of any of the spans, under the query's filters."""
        return (
            select(Spell.person_id)
            .select_from(self._bucket.join(Spell, self._employed))
            .where(*self.scope.people(self.query.filters))
            .distinct()
        )

    @property
    def _employed(self) -> Sql:
        return and_(
            Spell.workspace_id == self.workspace_id,
            Spell.start_day <= self._bucket.c.last,
            Spell.end_day >= self._bucket.c.first,
            is_person,
        )

    @cached_property
    def _bucket(self) -> CTE:
        return bucket_rows(self.buckets)

    def _usage_where(self, filters: Sequence[Filter]) -> list[Sql]:
        """The filters; a metric that counts the workforce ledger alone has no row of product inference."""
        return self.scope.usage(filters) if self.counts_both_ledgers else [*self.scope.usage(filters), workforce]

    def _work_where(self, filters: Sequence[Filter]) -> list[Sql]:
        return [*self.scope.work(filters), *weekdays.on(WorkDaily.day, weekdays.kept(filters))]

    @property
    def _catalogued(self) -> list[Sql]:
        """Where usage is set against work, only workflows of the catalogue count, unless others are named."""
        named = self.query.filter_on("workflow")
        if not self.sets_usage_against_work or (named and named.op is Op.IN):
            return []
        return [Workflow.id.is_not(None)]

    def _of_streams(self, u: Any, bucket: CTE) -> FromClause:
        """Usage in the buckets, each row with its stream and the spell of its user."""
        rows: FromClause = bucket.join(
            u if isinstance(u, Subquery) else UsageDaily.__table__,
            and_(
                u_column(u, "workspace_id") == self.workspace_id,
                u_column(u, "day").between(bucket.c.first, bucket.c.last),
            ),
        )
        rows = rows.join(Stream, Stream.id == u_column(u, "stream_id"))
        asked = {*self.query.group_by, *(condition.dimension for condition in self.query.filters)}
        if "source" in asked:
            rows = rows.join(Source, Source.id == u_column(u, "source_id"))
        if asked & {*ALLOCATIONS}:
            rows = rows.outerjoin(Allocation, Allocation.id == u_column(u, "allocation_id"))
        return rows.outerjoin(Spell, Spell.id == u_column(u, "spell_id"))

    def _of_owners(self, rows: FromClause, workflow: Any) -> FromClause:
        """Rows with their workflow, as catalogued, and the team that owns it."""
        rows = rows.outerjoin(Workflow, and_(Workflow.workspace_id == self.workspace_id, Workflow.name == workflow))
        if self.query.scopes:
            side_by_side = self._scopes
            return rows.join(side_by_side, side_by_side.c.team_id == Workflow.team_id)
        return rows.outerjoin(Team, Team.id == Workflow.team_id)

    def _usage_rows(self, u: Any, bucket: CTE, group_by: Sequence[str]) -> FromClause:
        rows = self._people_joins(self._of_streams(u, bucket), group_by)
        if "activity" in group_by:
            rows = rows.outerjoin(
                Workflow, and_(Workflow.workspace_id == self.workspace_id, Workflow.name == Stream.workflow)
            )
        return rows

    def _people_joins(self, rows: FromClause, group_by: Sequence[str]) -> FromClause:
        if self.query.scopes:
            side_by_side = self._scopes
            rows = rows.join(side_by_side, side_by_side.c.team_id == Spell.team_id)
        elif "team" in group_by:
            rows = rows.outerjoin(Team, Team.id == Spell.team_id)
        if "person" in group_by:
            rows = rows.outerjoin(Person, Person.id == Spell.person_id)
        return rows

    def _work_rows(self, bucket: CTE) -> FromClause:
        rows: FromClause = bucket.join(
            WorkDaily,
            and_(WorkDaily.workspace_id == self.workspace_id, WorkDaily.day.between(bucket.c.first, bucket.c.last)),
        )
        return self._of_owners(rows, WorkDaily.workflow)

    def _by_hand(self) -> CTE:
        """For each side and workflow: milliseconds of mode human over all days of the side, and their items."""
        bucket = self._bucket
        return (
            select(
                bucket.c.side,
                WorkDaily.workflow,
                cast(func.sum(WorkDaily.human_ms), Float).label("ms"),
                cast(func.sum(WorkDaily.timed_items), Float).label("human_items"),
            )
            .select_from(
                bucket.join(
                    WorkDaily,
                    and_(
                        WorkDaily.workspace_id == self.workspace_id,
                        WorkDaily.day.between(bucket.c.first, bucket.c.last),
                        WorkDaily.mode == WorkMode.HUMAN.value,
                    ),
                )
            )
            .group_by(bucket.c.side, WorkDaily.workflow)
            .having(func.sum(WorkDaily.timed_items) > 0)
            .cte("by_hand")
        )

    @cached_property
    def _scopes(self) -> CTE:
        """Each team named side by side with the ids of the teams below it."""
        for name in self.query.scopes:
            if name not in self.directory.team:
                raise UnknownName("team", name)
        pairs = [
            (name, self.directory.team[below].id) for name in self.query.scopes for below in self.directory.below(name)
        ]
        return values(column("label", String), column("team_id", Integer), name="scopes").data(pairs).cte("scopes")

    def _labels(
        self, group_by: Sequence[str], base: MeasuredRows, day: Any = None, workflow: Any = WorkDaily.workflow
    ) -> list[ColumnElement[Any]]:
        """The labels as rows of this kind have them; `workflow` is where those of work name theirs."""
        return [self._label(name, base, day, workflow).label(f"by_{name}") for name in group_by]

    def _label(self, name: str, base: MeasuredRows, day: Any, workflow: Any) -> Sql:
        if name == weekdays.WEEKDAY:
            return weekdays.label(day)
        if name == "team" and self.query.scopes:
            return self._scopes.c.label
        if name == "workflow" and base is MeasuredRows.WORK:
            return func.coalesce(workflow, "")
        one = DIMENSIONS[name]
        sql: Sql = one.work if base is MeasuredRows.WORK else one.usage
        return sql if name == "person" else func.coalesce(sql, "")
