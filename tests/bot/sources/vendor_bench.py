"""A vendor's own API in a test: passes over its source, and sums over what the store then holds."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from bot.sources.base import VendorSource
from storage.engine import writing_engine
from storage.tables import NANO, Feed, Stream, Subject, UsageFact
from storage.workspaces import default_workspace
from tests.bot.sources.server import Vendor, VendorServer
from tests.bot.sources.syncing.bench import Bench
from tests.databases import fresh_store

FIRST = date(2026, 11, 4)  # from which day on it asks unless told otherwise
CLASSES = ("input_tokens", "cached_input_tokens", "cache_write_tokens", "cache_write_1h_tokens", "output_tokens")


class VendorBench(Bench):
    """A bench with sums over facts; `where` are names of a tool, a subject, a model or a feed."""

    def total(self, column: str, **where: str) -> int | None:
        """The sum of a column, None where no fact reports it."""
        rows = (
            select(func.sum(getattr(UsageFact, column)))
            .join(Stream, Stream.id == UsageFact.stream_id)
            .join(Subject, Subject.id == UsageFact.subject_id)
            .join(Feed, Feed.id == UsageFact.feed_id)
        )
        columns = {"tool": Stream.tool, "model": Stream.model, "subject": Subject.name, "feed": Feed.name}
        for name, value in where.items():
            rows = rows.where(columns[name] == value)
        with self.engine.connect() as connection:
            found = connection.scalar(rows)
        return None if found is None else int(found)

    def tokens(self, **where: str) -> tuple[int | None, ...]:
        """Fresh input, cached input, cache writes, those kept an hour, output."""
        return tuple(self.total(name, **where) for name in CLASSES)

    def usd(self, column: str = "cost_nano", **where: str) -> Decimal | None:
        """A sum of money."""
        found = self.total(column, **where)
        return None if found is None else Decimal(found) / NANO

    def by_day(self, column: str = "input_tokens") -> dict[str, int]:
        """The sum of a column on each day that has any."""
        rows = select(UsageFact.day, func.sum(getattr(UsageFact, column))).group_by(UsageFact.day)
        with self.engine.connect() as connection:
            return {str(day): int(found) for day, found in connection.execute(rows) if found}

    def subjects(self) -> set[str]:
        """Everybody that a fact names."""
        rows = select(Subject.name).join(UsageFact, UsageFact.subject_id == Subject.id).distinct()
        with self.engine.connect() as connection:
            return {*connection.scalars(rows)}


@contextmanager
def bench_of(source: VendorSource, vendor: Vendor, folder: Path, **settings: str) -> Iterator[VendorBench]:
    """A store of one's own, and the vendor behind its source."""
    with fresh_store("sqlite", folder) as url, VendorServer(vendor) as server:
        engine = writing_engine(url)
        with engine.begin() as connection:
            workspace_id = default_workspace(connection)
        yield VendorBench(engine, workspace_id, server, source=source, settings=settings, first=FIRST)
        engine.dispose()


def by_day(wire: dict[str, Any], name: str = "starting_at") -> dict[str, list[Any]]:
    """The rows of a page of buckets by the day that they are of."""
    return {str(bucket[name])[:10]: bucket["results"] for bucket in wire["data"]}
