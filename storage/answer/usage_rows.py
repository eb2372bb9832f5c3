"""Which rows usage is summed from: the coarsest rollup that knows all that is asked, else the facts."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import FromClause, Subquery

from storage.answer import weekdays
from storage.answer.shaped_facts import shaped_facts, u_column
from storage.answer.weekdays import WEEKDAY
from storage.catalogue import DIMENSIONS
from storage.catalogue.class_measures import CLASS_MEASURES
from storage.catalogue.measures import OF_SINGLE_PEOPLE, Sql, usage_sql
from storage.tables import Spell, Stream, UsageByRole, UsageByStream, UsageByTeam, UsageDaily

OF_STREAMS = {"tool", "provider", "model", "workflow", "activity", "mode", "ledger"}
# What each rollup can be split by and filtered on; of two that will do the first has fewer rows.
KNOWN: dict[Any, set[str]] = {
    UsageByStream: OF_STREAMS | {"kind", WEEKDAY},
    UsageByRole: {"title", "location", "kind", "tool", "mode", "ledger", WEEKDAY},
    UsageByTeam: {"team", "kind", "tool", "mode", "ledger", WEEKDAY},
}


@dataclass(frozen=True, slots=True)
class UsageRows:
    """Rows of usage; `who` has the columns of the people behind them and `what` those of what they used.

    `u` is a rollup, or a subquery shaped like one.
    """

    u: Any
    who: Any = Spell
    what: Any = Stream

    def column(self, name: str) -> Any:
        """A column of the rows themselves."""
        return u_column(self.u, name)

    def at(self, column: Any) -> Any:
        """Where these rows have a column of a spell or a stream; any other column is itself."""
        for table, owner in ((Spell, self.who), (Stream, self.what)):
            if column.table is table.__table__:
                return u_column(owner, column.key)
        return column

    def label(self, dimension: str) -> Any:
        """The column of a dimension."""
        if dimension == WEEKDAY:
            return weekdays.label(self.column("day"))
        return self.at(DIMENSIONS[dimension].usage)

    @property
    def source(self) -> FromClause:
        """What to select from."""
        found: FromClause = self.u if isinstance(self.u, Subquery) else self.u.__table__
        return found

    @property
    def sql(self) -> dict[str, Sql]:
        """The SQL of every measure that these rows can give."""
        return usage_sql(self.u, self.who, self.what)

    def standing_for(self, u: Any) -> UsageRows:
        """The same rows with other columns beside their keys."""
        who, what = (u if owner is self.u else owner for owner in (self.who, self.what))
        return UsageRows(u, who, what)


ROSTER = UsageRows(UsageDaily)  # the rows that know all of a person


def rows_of(asked: Collection[str], measures: Collection[str]) -> UsageRows:
    """The rows that know these dimensions and give these measures."""
    if any(DIMENSIONS[name].facts for name in asked) or not CLASS_MEASURES.isdisjoint(measures):
        return UsageRows(shaped_facts())
    if not OF_SINGLE_PEOPLE.isdisjoint(measures):
        return UsageRows(UsageDaily)
    for rollup, known in KNOWN.items():
        if known.issuperset(asked):
            return UsageRows(rollup, rollup) if rollup is UsageByStream else UsageRows(rollup, rollup, rollup)
    return UsageRows(UsageDaily)
