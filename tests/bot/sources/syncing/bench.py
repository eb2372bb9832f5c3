"""A store, a vendor's server and a clock: passes over a source, and what the store holds after them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Engine, func, select

from bot.sources.base import UTC as UTC_ZONE
from bot.sources.base import VendorSource
from bot.sources.syncing.passes import Syncing
from bot.sources.syncing.planning import Wanted
from bot.sources.syncing.results import ReportPass, SourcePass
from storage.load.source_states import LastPass, day_states, last_passes
from storage.tables import NANO, Feed, Load, Subject, UsageDaily, UsageFact
from tests.bot.sources.acme import ACME, AcmeVendor
from tests.bot.sources.server import VendorServer, opener

NOON = datetime(2026, 11, 10, 12, tzinfo=UTC)


@dataclass
class Bench:
    """One workspace of a store, and one vendor."""

    engine: Engine
    workspace_id: int
    server: VendorServer
    now: datetime = NOON
    source: VendorSource = ACME
    slept: list[float] = field(default_factory=list)
    settings: dict[str, str] = field(default_factory=dict)
    first: date | None = None
    zone: ZoneInfo = UTC_ZONE

    @property
    def acme(self) -> AcmeVendor:
        """The vendor, where it is Acme."""
        assert isinstance(self.server.vendor, AcmeVendor)
        return self.server.vendor

    def sync(self, since: date | None = None, until: date | None = None, **settings: str) -> SourcePass:
        """One pass."""
        return self.sync_wanted(Wanted(since or self.first, until), **settings)

    def sync_wanted(self, wanted: Wanted, **settings: str) -> SourcePass:
        """One pass over what somebody asks for."""
        syncing = Syncing(
            engine=self.engine,
            workspace_id=self.workspace_id,
            clock=lambda: self.now,
            open_http=opener(self.slept),
            zone=self.zone,
        )
        return syncing.sync(self.source, self.server.settings(self.source, **{**self.settings, **settings}), wanted)

    def report(self, name: str, made: SourcePass) -> ReportPass:
        """One report of a pass."""
        return next(report for report in made.reports if report.name == name)

    def facts(self, feed: str = "usage") -> list[tuple[str, str, int]]:
        """Day, subject and input of each fact of a feed."""
        rows = (
            select(UsageFact.day, Subject.name, UsageFact.input_tokens)
            .join(Subject, Subject.id == UsageFact.subject_id)
            .join(Feed, Feed.id == UsageFact.feed_id)
            .where(Feed.name == feed)
            .order_by(UsageFact.day, Subject.name)
        )
        with self.engine.connect() as connection:
            return [(str(day), name, tokens or 0) for day, name, tokens in connection.execute(rows)]

    def states(self, feed: str = "usage") -> dict[str, str]:
        """The state of each day of a feed."""
        with self.engine.connect() as connection:
            found = day_states(connection, self.workspace_id, self.source.name, feed)
        return {str(day): state.value for day, state in sorted(found.items())}

    def passes(self) -> dict[str, LastPass]:
        """How the last pass over each report went."""
        with self.engine.connect() as connection:
            return last_passes(connection, self.workspace_id, self.source.name)

    def loads(self) -> int:
        """How many loads the log has."""
        with self.engine.connect() as connection:
            return connection.scalar(select(func.count()).select_from(Load)) or 0

    def dollars(self) -> float:
        """The cost of it all, as the rollup has it."""
        with self.engine.connect() as connection:
            return float(connection.scalar(select(func.sum(UsageDaily.cost_nano))) or 0) / NANO
