"""From a typed query to SELECTs: one for each kind of rows (usage, people, work), all grouped alike.

Every SELECT starts from `bucket`, the spans of days asked for (one, or one a grain point, for the period and for the
one it is compared with), so a series, a comparison and a single figure are the same statement.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import CTE, FromClause, Select, and_, case, distinct, func, or_, select

from storage.answer import weekdays
from storage.answer.buckets import buckets_of
from storage.answer.compile_base import Filters
from storage.answer.compile_usage import UsageSelects
from storage.answer.compile_work import WorkSelects
from storage.answer.scope import PEOPLE
from storage.answer.usage_rows import ROSTER
from storage.catalogue.measures import MeasuredRows, Sql, is_person
from storage.records import Period
from storage.tables import Spell

FEW_BUCKETS = 2  # up to which each may look at every spell


@dataclass(frozen=True)
class Compiler(UsageSelects, WorkSelects):
    """Builds the SELECTs of one query over one workspace."""

    def people(self, group_by: Sequence[str], filters: Filters = None, on: Sequence[str] | None = None) -> Select[Any]:
        """Person-days employed, on some weekdays (else on those of the filters), and members of the whole period.

        Columns: bucket, the labels of people, headcount_days, members.
        """
        on = weekdays.kept(self.filters_or_own(filters)) if on is None else on
        if len(self.buckets) <= FEW_BUCKETS:
            return self._people_by_spell(group_by, filters, on)
        bucket, spells = self._bucket, self._alike_spells(group_by, filters)
        labels = [spells.c[f"by_{name}"] for name in group_by]
        # Of several spells that a person has in a bucket, the first one counts the member.
        is_first = or_(spells.c.end_before.is_(None), spells.c.end_before < bucket.c.first)
        return (
            select(
                bucket.c.number,
                *labels,
                func.sum(_days_in(bucket, spells.c, on) * spells.c.people).label("headcount_days"),
                func.sum(case((is_first, spells.c.people), else_=0)).label("members"),
            )
            .select_from(bucket.join(spells, _meets(bucket, spells.c)))
            .group_by(bucket.c.number, *labels)
        )

    def people_key(self, group_by: Sequence[str], filters: Filters = None, on: Sequence[str] | None = None) -> Any:
        """What tells two of these SELECTs apart: the same key is the same rows in the same state of the store."""
        filters = self.filters_or_own(filters)
        return (
            tuple(group_by),
            tuple(condition for condition in filters if condition.dimension in PEOPLE),
            tuple(weekdays.kept(filters) if on is None else on),
            tuple((bucket.number, bucket.period.start, bucket.period.end) for bucket in self.buckets),
            self.query.scopes,
            "team" in self.scope.query.group_by,
        )

    def _people_by_spell(self, group_by: Sequence[str], filters: Filters, on: Sequence[str]) -> Select[Any]:
        bucket = self._bucket
        labels = self._labels(group_by, MeasuredRows.PEOPLE)
        return (
            select(
                bucket.c.number,
                *labels,
                func.sum(_days_in(bucket, Spell, on)).label("headcount_days"),
                func.count(distinct(Spell.person_id)).label("members"),
            )
            .select_from(self._people_joins(bucket.join(Spell, self._employed), ROSTER, group_by))
            .where(*self.scope.people(self.filters_or_own(filters)))
            .group_by(bucket.c.number, *labels)
        )

    def _alike_spells(self, group_by: Sequence[str], filters: Filters) -> CTE:
        """How many spells of people begin and end on the same days, so that buckets meet few rows.

        `end_before` is the end of the person's spell before it under the same labels.
        """
        labels = self._labels(group_by, MeasuredRows.PEOPLE)
        asked = [bucket.period for bucket in self.buckets]
        before = func.lag(Spell.end_day).over(partition_by=[Spell.person_id, *labels], order_by=Spell.start_day)
        source: FromClause = self._people_joins(Spell.__table__, ROSTER, group_by)
        spells = (
            select(*labels, Spell.start_day, Spell.end_day, before.label("end_before"))
            .select_from(source)
            .where(
                Spell.workspace_id == self.workspace_id,
                Spell.start_day <= max(period.end for period in asked),
                Spell.end_day >= min(period.start for period in asked),
                is_person,
                *self.scope.people(self.filters_or_own(filters)),
            )
            .subquery("spells")
        )
        return select(*spells.c, func.count().label("people")).group_by(*spells.c).cte("alike_spells")

    def people_in_scope(self) -> Select[Any]:
        """The ids of all members of any of the spans, under the query's filters."""
        return (
            select(Spell.person_id)
            .select_from(self._bucket.join(Spell, self._employed))
            .where(*self.scope.people(self.query.filters))
            .distinct()
        )

    def on_its_last_day(self) -> Compiler | None:
        """The same on the last day alone, of whose members those are who never used anything; None where the period is
        shorter than all that is recorded: then all of its own members are meant."""
        query, first = self.query, self.directory.first_day
        if first is None or query.period.start > first or query.previous or query.grain:
            return None
        last = query.with_(period=Period(query.period.end, query.period.end))
        return replace(self, query=last, buckets=buckets_of(last))

    @property
    def _employed(self) -> Sql:
        return and_(Spell.workspace_id == self.workspace_id, _meets(self._bucket, Spell), is_person)


def _meets(bucket: CTE, spells: Any) -> Sql:
    return and_(spells.start_day <= bucket.c.last, spells.end_day >= bucket.c.first)


def _days_in(bucket: CTE, spells: Any, on: Sequence[str]) -> Sql:
    """How many days of a bucket, on these weekdays, a spell has."""
    first = case((spells.start_day > bucket.c.first, spells.start_day), else_=bucket.c.first)
    last = case((spells.end_day < bucket.c.last, spells.end_day), else_=bucket.c.last)
    return weekdays.employed_days(first, last, on)
