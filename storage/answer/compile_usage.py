"""The SELECTs over rows of usage, each from the coarsest rollup that will do."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any, NamedTuple

from sqlalchemy import FromClause, Select, and_, distinct, func, select

from storage.answer import weekdays
from storage.answer.buckets import block_rows
from storage.answer.compile_base import Filters, QueryParts
from storage.answer.money import MONEY, USD, Step, converted, steps_of
from storage.answer.scope import PEOPLE
from storage.answer.shaped_facts import shaped_facts
from storage.answer.usage_rows import ROSTER, UsageRows, rows_of
from storage.catalogue import DIMENSIONS
from storage.catalogue.measures import OF_SINGLE_PEOPLE, MeasuredRows, Sql, is_person
from storage.query import Filter, Op
from storage.records import Ledger
from storage.tables import ActiveDays, Allocation, Source, Spell, Stream, Workflow

ALLOCATIONS = ("project", "cost_center", "repository")


class UsagePart(NamedTuple):
    """A SELECT of some of the measures of a query, not built yet.

    `of_people` where it asks who was active, no more; `counts_people` where it looks at each person's rows.
    """

    build: Callable[[], Select[Any]]
    of_people: bool = False
    counts_people: bool = False


class UsageSelects(QueryParts):
    """Sums of usage, and of the usage booked to workflows."""

    def usage(self, names: Iterable[str], group_by: Sequence[str], filters: Filters = None) -> Select[Any]:
        """Sums of usage; columns: bucket, the labels, the measures."""
        names, filters = [*names], self.filters_or_own(filters)
        rows = self._rows_of_use(names, self._asked(group_by, filters))
        where = [*self.scope_of(rows).usage(filters), *self._counted_ledger(rows)]
        where += weekdays.on(rows.column("day"), weekdays.kept(filters))
        if "person" in group_by:
            where.append(is_person)
        labels = self._labels(group_by, MeasuredRows.USAGE, rows)
        return self._sums(names, rows, labels, self._usage_rows(rows, group_by), where)

    def booked(self, names: Iterable[str], group_by: Sequence[str], filters: Filters = None) -> Select[Any]:
        """Sums of the usage booked to the workflows meant, grouped as their work is."""
        names, filters = [*names], self.filters_or_own(filters)
        # A team is here the one that owns the workflow, which rows of any people know.
        rows = self._rows_of_use(names, {"workflow", *self._asked(group_by, filters)} - {"team"})
        booked = [Stream.workflow != "", *self._catalogued, *self.scope_of(rows).booked(filters)]
        booked += weekdays.on(rows.column("day"), weekdays.kept(filters))
        labels = self._labels(group_by, MeasuredRows.WORK, rows, Stream.workflow)
        source = self._of_owners(self._in_buckets(rows), Stream.workflow)
        return self._sums(names, rows, labels, source, [*booked, *self._counted_ledger(rows)])

    def parts(self, names: Iterable[str], group_by: Sequence[str], filters: Filters = None) -> Iterator[UsagePart]:
        """Sums of usage in as many SELECTs as let each measure be taken from the coarsest rows that can give it."""
        filters, wanted = self.filters_or_own(filters), {*names}
        asked, apart = self._asked(group_by, filters), wanted & OF_SINGLE_PEOPLE
        if self.query.larger is not None or not apart or rows_of(asked, wanted - apart) == rows_of(asked, apart):
            yield UsagePart(lambda: self.usage(sorted(wanted), group_by, filters))
            return
        if wanted - apart:
            yield UsagePart(lambda: self.usage(sorted(wanted - apart), group_by, filters))
        if apart == {"active_people"} and asked <= {*PEOPLE}:
            yield UsagePart(lambda: self._active_people(group_by, filters), of_people=True)
        else:
            yield UsagePart(lambda: self.usage(sorted(apart), group_by, filters), counts_people=True)

    def _active_people(self, group_by: Sequence[str], filters: Sequence[Filter]) -> Select[Any]:
        """How many people were active, by the days that are marked for each spell."""
        asked, marked = block_rows(self.buckets), ActiveDays
        is_active = marked.days.bitwise_and(asked.c.days) != 0
        met = and_(marked.workspace_id == self.workspace_id, marked.block == asked.c.block, is_active)
        picked = [marked.spell_id.in_(self._spells_of(filters))] if self._picks_few(filters) else []
        rows: FromClause = asked.join(marked, met).join(Spell, and_(Spell.id == marked.spell_id, is_person))
        labels = self._labels(group_by, MeasuredRows.PEOPLE)
        return (
            select(asked.c.number, *labels, func.count(distinct(Spell.person_id)).label("active_people"))
            .select_from(self._people_joins(rows, ROSTER, group_by))
            .where(*self.scope.people(filters), *picked)
            .group_by(asked.c.number, *labels)
        )

    def _picks_few(self, filters: Sequence[Filter]) -> bool:
        """Whether some teams or people are named, whose days are quicker looked up than searched for in all days."""
        return any(each.dimension in ("team", "person") and each.op is not Op.NOT_IN for each in filters)

    def _spells_of(self, filters: Sequence[Filter]) -> Select[Any]:
        return select(Spell.id).where(Spell.workspace_id == self.workspace_id, *self.scope.people(filters))

    @property
    def uses_facts(self) -> bool:
        """Whether something is asked that only the facts know."""
        asked = [*self.query.group_by, *(condition.dimension for condition in self.query.filters)]
        return any(DIMENSIONS[name].facts for name in asked)

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

    def _asked(self, group_by: Sequence[str], filters: Sequence[Filter]) -> set[str]:
        """The dimensions that the rows have to know."""
        asked = {*group_by, *(condition.dimension for condition in filters)}
        return asked | ({"team"} if self.query.scopes else set()) | ({"source"} if self.uses_facts else set())

    def _rows_of_use(self, names: Iterable[str], asked: Collection[str]) -> UsageRows:
        """The rows for these measures; with money in the currency asked for, where that is to be had."""
        larger = self.query.larger
        rows = rows_of(asked, {*names}) if larger is None else UsageRows(shaped_facts(larger))
        if not self.converts or MONEY.isdisjoint(names):
            return rows
        return rows.standing_for(converted(rows.u, self.currency, self.steps))

    def _counted_ledger(self, rows: UsageRows) -> list[Sql]:
        """A metric that counts the workforce ledger alone has no row of product inference."""
        return [] if self.counts_both_ledgers else [rows.at(Stream.ledger) == Ledger.WORKFORCE.value]

    def _sums(
        self, names: list[str], rows: UsageRows, labels: Sequence[Any], source: FromClause, where: Sequence[Sql]
    ) -> Select[Any]:
        number, sql = self._bucket.c.number, rows.sql
        sums = (sql[name].label(name) for name in names)
        return select(number, *labels, *sums).select_from(source).where(*where).group_by(number, *labels)

    def _in_buckets(self, rows: UsageRows) -> FromClause:
        """Usage in the buckets, each row with its stream and the spell of its user where it is of one."""
        bucket = self._bucket
        mine = rows.column("workspace_id") == self.workspace_id
        found: FromClause = bucket.join(
            rows.source, and_(mine, rows.column("day").between(bucket.c.first, bucket.c.last))
        )
        if rows.what is Stream:
            found = found.join(Stream, Stream.id == rows.column("stream_id"))
        if rows.who is Spell:
            found = found.outerjoin(Spell, Spell.id == rows.column("spell_id"))
        asked = {*self.query.group_by, *(condition.dimension for condition in self.query.filters)}
        if not asked.isdisjoint(ALLOCATIONS):
            found = found.outerjoin(Allocation, Allocation.id == rows.column("allocation_id"))
        return found

    def _usage_rows(self, rows: UsageRows, group_by: Sequence[str]) -> FromClause:
        found = self._people_joins(self._in_buckets(rows), rows, group_by)
        if "activity" in group_by:
            found = found.outerjoin(
                Workflow, and_(Workflow.workspace_id == self.workspace_id, Workflow.name == Stream.workflow)
            )
        if "source" in group_by or self.query.filter_on("source"):
            found = found.join(Source, Source.id == rows.column("source_id"))
        return found
