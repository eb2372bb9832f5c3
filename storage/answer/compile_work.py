"""The SELECTs over rows of work."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import CTE, Float, FromClause, Select, and_, case, cast, func, literal, select, true

from storage.answer import weekdays
from storage.answer.compile_base import Filters, QueryParts
from storage.catalogue.measures import MeasuredRows, Sql, work_sql
from storage.query import Filter
from storage.records import WorkMode
from storage.tables import WorkDaily, Workflow


class WorkSelects(QueryParts):
    """Sums of work, and what AI took over of it."""

    def work(self, names: Iterable[str], group_by: Sequence[str], filters: Filters = None) -> Select[Any]:
        """Sums of work; columns: bucket, the labels, the measures."""
        bucket = self._bucket
        labels = self._labels(group_by, MeasuredRows.WORK)
        sql = work_sql()
        return (
            select(bucket.c.number, *labels, *(sql[name].label(name) for name in names))
            .select_from(self._work_rows(bucket))
            .where(*self._catalogued, *self._meant(self.filters_or_own(filters)))
            .group_by(bucket.c.number, *labels)
        )

    def offloaded(self, group_by: Sequence[str], filters: Filters = None) -> Select[Any]:
        """Milliseconds offloaded over items with minutes recorded; null where no workflow of the group has such an item
        by hand in the period, or all items of its AI modes lack minutes.

        The human baseline of a workflow is taken over its whole period, whatever is asked of mode.
        """
        bucket = self._bucket
        labels = self._labels(group_by, MeasuredRows.WORK)
        filters = self.filters_or_own(filters)
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
            .where(
                *self._catalogued, *self._meant([condition for condition in filters if condition.dimension != "mode"])
            )
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

    def _meant(self, filters: Sequence[Filter]) -> list[Sql]:
        return [*self.scope.work(filters), *weekdays.on(WorkDaily.day, weekdays.kept(filters))]

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
