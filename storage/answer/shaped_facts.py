"""Usage facts with the columns of the daily rollup, for what only the facts know."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from sqlalchemy import Subquery, func, literal, select

from storage.catalogue.class_measures import class_columns
from storage.catalogue.daily import COUNTS, TOKENS, Counted, currency
from storage.tables import Feed, Pricing, Stream, UsageFact


def u_column(u: Any, name: str) -> Any:
    """A column of the rollup, or of facts shaped like it."""
    return u.c[name] if isinstance(u, Subquery) else getattr(u, name)


@lru_cache(maxsize=64)
def shaped_facts(larger: int | None = None) -> Subquery:
    """Usage facts with the columns of the rollup; only single requests with more input than `larger`, where given."""
    f, once = UsageFact, Counted()
    size = sum((func.coalesce(getattr(f, name), 0) for name in TOKENS[1:3]), start=func.coalesce(f.input_tokens, 0))
    single = [] if larger is None else [f.requests == 1, size > larger]
    return (
        select(
            f.workspace_id,
            f.day,
            f.spell_id,
            func.coalesce(Stream.canonical_id, Stream.id).label("stream_id"),
            Feed.source_id,
            f.allocation_id,
            currency().label("currency"),
            f.cost_kind,
            *(getattr(once, name).label(name) for name in COUNTS),
            once.list_nano.label("list_nano"),
            literal(1).label("facts"),
            *(sql.label(name) for name, sql in once.daily_sums().items()),
            *(sql.label(name) for name, sql in class_columns(once).items()),
        )
        .select_from(f.__table__)
        .join(Stream, Stream.id == f.stream_id)
        .join(Feed, Feed.id == f.feed_id)
        .outerjoin(Pricing, Pricing.id == f.pricing_id)
        .where(*single)
        .subquery("facts")
    )
