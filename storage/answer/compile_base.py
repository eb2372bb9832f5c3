"""What the SELECTs of one query share: its buckets, scopes and labels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import CTE, ColumnElement, FromClause, Integer, String, and_, column, func, values

from storage.answer import weekdays
from storage.answer.buckets import Bucket, bucket_rows
from storage.answer.scope import Scope
from storage.answer.usage_rows import ROSTER, UsageRows
from storage.catalogue import DIMENSIONS, metric
from storage.catalogue.measures import MeasuredRows, Sql
from storage.errors import UnknownName
from storage.names import Directory
from storage.query import Filter, Op, Query
from storage.records import Period
from storage.tables import Person, Spell, Team, WorkDaily, Workflow

Filters = Sequence[Filter] | None  # None: the query's own


@dataclass(frozen=True)
class QueryParts:
    """One query over one workspace; nothing can be built without a workspace."""

    workspace_id: int
    directory: Directory
    query: Query
    buckets: tuple[Bucket, ...]
    listed: Query | None = None  # the list whose total this is
    asked: Period | None = None  # the days asked about, of which the query's are those that are recorded and over

    @property
    def scope(self) -> Scope:
        """The query's filters as conditions."""
        return self.scope_of(ROSTER)

    def scope_of(self, rows: UsageRows) -> Scope:
        """The query's filters as conditions on these rows of usage."""
        return Scope(self.workspace_id, self.directory, self.listed or self.query, rows)

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
        return [period for period in (self.query.period, self.query.previous) if period]

    def filters_or_own(self, filters: Filters) -> Sequence[Filter]:
        """These filters, or the query's."""
        return self.query.filters if filters is None else filters

    @cached_property
    def _bucket(self) -> CTE:
        return bucket_rows(self.buckets)

    @property
    def _catalogued(self) -> list[Sql]:
        """Where usage is set against work, only workflows of the catalogue count, unless others are named."""
        named = self.query.filter_on("workflow")
        if not self.sets_usage_against_work or (named and named.op is Op.IN):
            return []
        return [Workflow.id.is_not(None)]

    def _of_owners(self, rows: FromClause, workflow: Any) -> FromClause:
        """Rows with their workflow, as catalogued, and the team that owns it."""
        rows = rows.outerjoin(Workflow, and_(Workflow.workspace_id == self.workspace_id, Workflow.name == workflow))
        if self.query.scopes:
            side_by_side = self._scopes
            return rows.join(side_by_side, side_by_side.c.team_id == Workflow.team_id)
        return rows.outerjoin(Team, Team.id == Workflow.team_id)

    def _people_joins(self, rows: FromClause, of: UsageRows, group_by: Sequence[str]) -> FromClause:
        if self.query.scopes:
            side_by_side = self._scopes
            rows = rows.join(side_by_side, side_by_side.c.team_id == of.at(Spell.team_id))
        elif "team" in group_by:
            rows = rows.outerjoin(Team, Team.id == of.at(Spell.team_id))
        if "person" in group_by:
            rows = rows.outerjoin(Person, Person.id == Spell.person_id)
        return rows

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
        self,
        group_by: Sequence[str],
        base: MeasuredRows,
        rows: UsageRows = ROSTER,
        workflow: Any = WorkDaily.workflow,
    ) -> list[ColumnElement[Any]]:
        """The labels as rows of this kind have them; `workflow` is where those of work name theirs."""
        return [self._label(name, base, rows, workflow).label(f"by_{name}") for name in group_by]

    def _label(self, name: str, base: MeasuredRows, rows: UsageRows, workflow: Any) -> Sql:
        if name == "team" and self.query.scopes:
            return self._scopes.c.label
        if name == "workflow" and base is MeasuredRows.WORK:
            return func.coalesce(workflow, "")
        if name == weekdays.WEEKDAY and base is MeasuredRows.WORK:
            return weekdays.label(WorkDaily.day)
        sql: Sql = DIMENSIONS[name].work if base is MeasuredRows.WORK else rows.label(name)
        return sql if name == "person" else func.coalesce(sql, "")
