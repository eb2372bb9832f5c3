"""One pass over a source: its people, then each report step by step, each step saved whole or not at all.

What is done is what the store holds, so that a pass that was killed is gone on with by the next one.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import Engine

from bot.logs import cause
from bot.sources.base import (
    UTC,
    Asked,
    Context,
    Http,
    Report,
    SourceError,
    SourceExpired,
    SourceRefused,
    SourceWithheld,
    VendorSource,
)
from bot.sources.http.redaction import redacted, secrets_of
from bot.sources.syncing.planning import Wanted, due_days, states, steps
from bot.sources.syncing.pulling import GivenDays, sound, usage_of, with_scope, work_of
from bot.sources.syncing.results import ReportPass, SourcePass
from bot.sources.syncing.snapshots import SnapshotKind, kinds_of, snapshot_of
from bot.sources.unmapped import UnmappedCount
from storage import workspaces
from storage.leases import lease
from storage.load.attribution import save_identities
from storage.load.snapshots import SnapshotRefused
from storage.load.source_states import day_states, facts_by_day, note_missing, note_pass
from storage.load.work_rules import read_work_rules
from storage.load.writes import LoadOf, Saved, save_usage, save_work
from storage.load.zones import own_zone
from storage.records import IdentityRecord, Period, Restate

log = logging.getLogger(__name__)

PEOPLE = ""  # the report under which the store keeps how reading the source's people went
NAMELESS = re.compile(r"^the vendor\b")  # who it is, is known here alone
TRIES = 3  # pulls whose cursor expires

T = TypeVar("T")
OpenHttp = Callable[[VendorSource, Mapping[str, str]], AbstractContextManager[Http]]
Told = Callable[[str, int, int], None]  # told a report, its days done, and all its days


@dataclass(frozen=True, slots=True, kw_only=True)
class Syncing:
    """Reads sources into one workspace of a store; `zone` is where its days of work begin."""

    engine: Engine
    workspace_id: int
    clock: Callable[[], datetime]
    open_http: OpenHttp
    zone: ZoneInfo = UTC

    @classmethod
    def into(
        cls, engine: Engine, workspace: str, zone: ZoneInfo, clock: Callable[[], datetime], open_http: OpenHttp
    ) -> Syncing:
        """Into the workspace of this name ("": the first), by its own zone, or `zone` where it has none. Raises
        UnknownWorkspace."""
        with engine.connect() as connection:
            workspace_id = workspaces.chosen(connection, workspace)
        own = own_zone(engine, workspace_id, zone)
        return cls(engine=engine, workspace_id=workspace_id, clock=clock, open_http=open_http, zone=own)

    def sync(
        self,
        source: VendorSource,
        settings: Mapping[str, str],
        wanted: Wanted = Wanted(),  # noqa: B008  # a value
        told: Told = lambda _report, _done, _all: None,
    ) -> SourcePass:
        """Read what is due. What goes wrong is said in the result, and kept in the store; it raises nothing of it."""
        with lease(self.engine, f"sync {self.workspace_id} {source.name}") as held:
            if not held:
                error = f"{source.label} is being read by another process; look again later"
                return SourcePass(name=source.name, label=source.label, error=error)
            made = _Pass(self, source, settings, wanted, told)
            try:
                with self.open_http(source, settings) as http:
                    made.run(http)
            except SourceError as error:  # there is no way to the vendor at all
                made.result.error = made.kept(PEOPLE, error)
        return made.result


class _Pass:
    """One pass over one source."""

    def __init__(
        self, syncing: Syncing, source: VendorSource, settings: Mapping[str, str], wanted: Wanted, told: Told
    ) -> None:
        self._engine, self._workspace_id, self._clock = syncing.engine, syncing.workspace_id, syncing.clock
        self._source, self._settings, self._wanted, self._told = source, settings, wanted, told
        self._zone = syncing.zone
        self._secrets = secrets_of(settings, source.headers(settings))
        self._memo: dict[str, Any] = {}
        self.result = SourcePass(name=source.name, label=source.label)

    def run(self, http: Http) -> None:
        """Read people, what there is today, and the reports."""
        with self._engine.connect() as connection:
            context = Context(zone=self._zone, rules=read_work_rules(connection, self._workspace_id))
        today = self._today()

        def asked(period: Period) -> Asked:
            return Asked(http=http, period=period, settings=self._settings, context=context, memo=self._memo)

        self.result.error = self._people(asked(Period(today, today)))
        for kind in kinds_of(self._source, asked(Period(today, today)), self._wanted.believed):
            self.result.reports.append(self._snapshot(kind))
        for report in self._source.reports:
            self.result.reports.append(self._report(report, asked))

    def kept(self, report: str, error: SourceError) -> str:
        """Keep an error of a report in the store and the log; gives its words."""
        words = redacted(NAMELESS.sub(self._source.label, str(error)), self._secrets)
        why = f" ({cause(error)})" if error.__cause__ else ""
        log.warning("%s %s: %s%s", self._source.name, report or "people", words, why)
        self._note(report, words)
        return words

    def _people(self, asked: Asked) -> str:
        identities = self._source.identities or (lambda _asked: iter(()))
        try:
            emails = _unexpired(lambda: dict(sound(self._source, map(_texts, identities(asked)))))
        except SourceWithheld:
            emails = {}
        except SourceError as error:
            return self.kept(PEOPLE, error)
        if emails:
            with self._engine.begin() as connection:
                save_identities(connection, self._workspace_id, self._source.name, emails)
        self._note(PEOPLE)
        return ""

    def _snapshot(self, kind: SnapshotKind) -> ReportPass:
        made = ReportPass(name=kind.name)
        try:
            read = _unexpired(lambda: [*sound(self._source, kind.read())])
            with self._engine.begin() as connection:
                of = snapshot_of(connection, self._workspace_id, self._source.name, kind.name, self._clock())
                made.add(kind.save(connection, of, read))
            self._note(kind.name)
        except SourceWithheld as withheld:
            made.withheld = str(withheld)
        except SnapshotRefused as refused:
            made.error = self.kept(kind.name, SourceRefused(str(refused)))
        except SourceError as error:
            made.error = self.kept(kind.name, error)
        return made

    def _report(self, report: Report, asked: Callable[[Period], Asked]) -> ReportPass:
        made, feed, today = ReportPass(name=report.name), report.feed_name(self._settings), self._today()
        with self._engine.connect() as connection:
            known = day_states(connection, self._workspace_id, self._source.name, feed)
        days = due_days(report, known, today, self._wanted)
        self._told(report.name, 0, len(days))
        try:
            for period in steps(report, days):
                given = self._given(report, feed, period, known)
                saved, unmapped = self._step(report, feed, asked(period), today, given)
                made.add(saved)
                made.lacking += [day for day, state in given.lacking().items() if state]
                made.add_days(period)
                made.unmapped.add_all(unmapped)
                self._told(report.name, made.days, len(days))
        except SourceWithheld as withheld:
            made.withheld = str(withheld)
        except SourceError as error:
            # Before a first day is known nobody counts on the source, and a day that is known keeps its state.
            lost = [day for day in days[made.days :] if known and day >= min(known) and day not in known]
            if lost:
                with self._engine.begin() as connection:
                    note_missing(connection, self._workspace_id, self._source.name, feed, lost)
            made.error = self.kept(report.name, with_scope(error, report))
            return made
        self._note(report.name)
        return made

    def _given(self, report: Report, feed: str, period: Period, known: Iterable[date]) -> GivenDays:
        since = min(filter(None, (self._wanted.since, *known)), default=None)
        if not report.doubted or self._wanted.believed:
            return GivenDays(report, period, since)
        with self._engine.connect() as connection:
            held = facts_by_day(connection, self._workspace_id, self._source.name, feed, period)
        return GivenDays(report, period, since, held)

    def _step(
        self, report: Report, feed: str, asked: Asked, today: date, given: GivenDays
    ) -> tuple[Saved, UnmappedCount]:
        load = LoadOf(
            workspace_id=self._workspace_id,
            source=self._source.name,
            what="sync",
            now=self._clock(),
            feed=feed,
            rule=report.rule,
            whole=asked.period if report.rule is Restate.WHOLE_DAYS else None,
            states=states(report, asked.period, today),
            lacking=given.lacking,
            precedence=report.precedence,
            vendor_keys=report.vendor_keys(self._settings),
            quiet=True,
        )

        def pull() -> tuple[Saved, UnmappedCount]:
            unmapped = UnmappedCount()
            given.begin()
            if report.facts == "work":
                return save_work(self._engine, load, work_of(self._source, report, asked, unmapped)), unmapped
            use = usage_of(self._source, report, asked, given)
            return save_usage(self._engine, load, use, utc_days=True), unmapped

        return _unexpired(pull)

    def _note(self, report: str, error: str = "") -> None:
        with self._engine.begin() as connection:
            note_pass(connection, self._workspace_id, self._source.name, report, self._clock(), error)

    def _today(self) -> date:
        return self._clock().astimezone(UTC).date()


def _texts(person: IdentityRecord) -> tuple[str, str]:
    """Whom an id stands for; raises TypeError where one of the two is no text, as vendors' JSON may have it."""
    if not (isinstance(person.outside_id, str) and isinstance(person.email, str)):
        raise TypeError("an id or an e-mail is no text")
    return person.outside_id, person.email


def _unexpired(pull: Callable[[], T]) -> T:
    """What a pull gives, made from its beginning again where a cursor of it expires."""
    for _ in range(TRIES - 1):
        with suppress(SourceExpired):
            return pull()
    return pull()
