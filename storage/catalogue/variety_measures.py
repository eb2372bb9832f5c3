"""The measures that count different things in use, whatever the number of rows they are in."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, and_, case, distinct, func

from storage.tables import Stream

DAYS_USED = "days_used"
VARIETIES = {f"{column}s_used": column for column in ("tool", "model", "provider", "workflow")}
VARIETY_MEASURES = frozenset((DAYS_USED, *VARIETIES))


def variety_sums(u: Any) -> dict[str, ColumnElement[Any]]:
    """The SQL of each over rows of single people."""
    used = u.active_facts > 0
    columns = {name: getattr(Stream, column) for name, column in VARIETIES.items()}
    counted = {name: func.count(distinct(case((and_(used, column != ""), column)))) for name, column in columns.items()}
    return {DAYS_USED: func.count(distinct(case((used, u.day)))), **counted}
