"""A store, a work vendor's server and rules of work: passes over it, and the work that the store holds after them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import Engine, select

from bot.sources.base import VendorSource
from bot.sources.files.work_rules import record
from bot.sources.syncing.passes import Syncing
from bot.sources.syncing.planning import Wanted
from bot.sources.syncing.results import ReportPass
from storage.engine import writing_engine
from storage.load.load_log import note_load
from storage.load.truths import save_truth
from storage.tables import MS_PER_MINUTE, WorkDaily
from storage.workspaces import default_workspace
from tests.bot.sources.server import Vendor, VendorServer, opener
from tests.databases import fresh_store

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Done:
    """The work of a day: `minutes` are those of the `timed` items, None where none is."""

    day: str
    workflow: str
    mode: str = "human"
    items: int = 1
    timed: int = 0
    minutes: float | None = None
    accepted: int = 1
    reworked: int = 0


@dataclass
class WorkBench:
    """One workspace of a store, and one vendor of work."""

    engine: Engine
    workspace_id: int
    server: VendorServer
    source: VendorSource
    settings: Mapping[str, str]
    now: datetime = NOON
    zone: ZoneInfo = ZoneInfo("UTC")  # noqa: RUF009  # a value
    slept: list[float] = field(default_factory=list)

    def rules(self, *rows: str) -> None:
        """Rules as rows of work_rules.csv: source, item, field, pattern, workflow, mode."""
        rules = [record(*row.split(",")) for row in rows]
        with self.engine.begin() as connection:
            save_truth(
                connection,
                self.workspace_id,
                "work_rules",
                rules,
                lambda done: note_load(connection, self.workspace_id, "files", "rules", self.now, done.counts()),
            )

    def sync(self, since: date | None = None, until: date | None = None) -> ReportPass:
        """One pass over the source's one report of work."""
        syncing = Syncing(
            engine=self.engine,
            workspace_id=self.workspace_id,
            clock=lambda: self.now,
            open_http=opener(self.slept),
            zone=self.zone,
        )
        settings = self.server.settings(self.source, **self.settings)
        made = syncing.sync(self.source, settings, Wanted(since, until))
        return made.reports[-1]

    def work(self) -> list[Done]:
        """What the rollup holds, in order."""
        d = WorkDaily
        columns = (d.day, d.workflow, d.mode, d.items, d.timed_items, d.human_ms, d.accepted, d.reworked)
        with self.engine.connect() as connection:
            rows = connection.execute(select(*columns).order_by(d.day, d.workflow, d.mode))
            return [
                Done(str(day), workflow, mode, items, timed, None if ms is None else ms / MS_PER_MINUTE, *rest)
                for day, workflow, mode, items, timed, ms, *rest in rows
            ]


@contextmanager
def work_bench(vendor: Vendor, source: VendorSource, folder: Path, **settings: str) -> Iterator[WorkBench]:
    """A fresh store and this vendor's server."""
    with fresh_store("sqlite", folder) as url, VendorServer(vendor) as server:
        engine = writing_engine(url)
        with engine.begin() as connection:
            workspace_id = default_workspace(connection)
        yield WorkBench(engine, workspace_id, server, source, settings)
        engine.dispose()
