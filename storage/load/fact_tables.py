"""What differs between merging usage and merging work: their tables and columns."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import BigInteger, Table, column

from storage.load import staging
from storage.load.staging import USAGE_SUMS, WORK_SUMS
from storage.tables import UsageBefore, UsageFact, WorkBefore, WorkFact

# The number of a fact's row on SQLite, where others of its day lie; PostgreSQL has none.
USAGE_ROW = column("rowid", BigInteger(), _selectable=UsageFact.__table__)


@dataclass(frozen=True, slots=True)
class FactTable:
    """What differs between merging usage and merging work."""

    kind: str
    incoming: Table
    staged: Table
    fact: Any
    before: Any  # where a fact goes that a load changes or removes
    sums: tuple[str, ...]
    plain: tuple[str, ...]  # the other columns that go over as they are

    @property
    def is_usage(self) -> bool:
        """Whether these are facts of usage, which have people, streams and prices; else of work."""
        return self.kind == "usage"


USAGE = FactTable(
    "usage", staging.usage_in, staging.usage, UsageFact, UsageBefore, USAGE_SUMS, ("day", "at", "cost_kind")
)
USAGE_ONCE = replace(USAGE, staged=staging.usage_in)  # where no key came twice
WORK = FactTable("work", staging.work_in, staging.work, WorkFact, WorkBefore, WORK_SUMS, ("day", "workflow", "mode"))
