"""Usage facts with the columns of the daily rollup, for what only the facts know."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from sqlalchemy import Subquery, case, func, or_, select

from storage.catalogue.measures import Sql
from storage.records import CostKind
from storage.tables import UsageFact


def u_column(u: Any, name: str) -> Any:
    """A column of the rollup, or of facts shaped like it."""
    return u.c[name] if isinstance(u, Subquery) else getattr(u, name)


@lru_cache(maxsize=1)
def shaped_facts() -> Subquery:
    """Usage facts with the columns of the rollup."""
    f = UsageFact

    def kind(one: CostKind) -> Sql:
        return case((f.cost_kind == one.value, 1), else_=0)

    return select(
        f.workspace_id,
        f.source_id,
        f.day,
        f.spell_id,
        f.stream_id,
        f.input_tokens,
        f.cached_input_tokens,
        f.cache_write_tokens,
        f.output_tokens,
        f.reasoning_tokens,
        f.requests,
        f.suggested,
        f.accepted,
        case((f.cost_kind == CostKind.SEAT.value, 0), else_=func.coalesce(f.cost_nano, 0)).label("cost_nano"),
        kind(CostKind.BILLED).label("billed_facts"),
        kind(CostKind.LIST).label("list_facts"),
        kind(CostKind.ESTIMATED).label("estimated_facts"),
        kind(CostKind.SEAT).label("seat_facts"),
        case((or_(f.cost_nano.is_(None), f.unpriced_tokens > 0), 1), else_=0).label("unpriced_facts"),
        f.unpriced_tokens,
    ).subquery("facts")
