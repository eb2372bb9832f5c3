"""One pass over a source: its people, then each report step by step, each step saved whole or not at all.

What is done is what the store holds, so that a pass that was killed is gone on with by the next one.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Engine

from bot.logs import cause
from bot.sources.base import (
    Asked,
    Http,
    Record,
    Report,
    SourceChanged,
    SourceError,
    SourceExpired,
    SourceRefused,
    SourceWithheld,
    VendorSource,
)
from bot.sources.http.redaction import redacted, secrets_of
from bot.sources.syncing.planning import Wanted, due_days, states, steps
from bot.sources.syncing.snapshots import kinds_of, snapshot_of
from storage.leases import lease
from storage.load.attribution import save_identities
from storage.load.snapshots import SnapshotRefused
from storage.load.source_states import day_states, note_missing, note_pass
from storage.load.writes import LoadOf, Saved, save_usage, save_work
from storage.records import Period, Restate, UsageRecord, WorkRecord

log = logging.getLogger(__name__)

PEOPLE = ""  # the report under which the store keeps how reading the source's people went
MALFORMED = (KeyError, TypeError, ValueError, AttributeError, IndexError, ArithmeticError)
TRIES = 3  # pulls of one step whose cursor expires

OpenHttp = Callable[[VendorSource, Mapping[str, str]], AbstractContextManager[Http]]
Told = Callable[[str, int, int], None]  # told a report, its days done, and all its days


@dataclass(slots=True, kw_only=True)
class ReportPass:
    """What a pass did for one report; `withheld` says why the key does not get it, where it need not."""

    name: str
    days: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0
    error: str = ""
    withheld: str = ""

    def add(self, saved: Saved, days: int) -> None:
        """Count one step."""
        self.days += days
        for name in ("new", "changed", "unchanged", "removed"):
            setattr(self, name, getattr(self, name) + getattr(saved, name))


@dataclass(slots=True, kw_only=True)
class SourcePass:
    """What a pass over a source did; `error` is of the source as a whole, "" where it went well."""

    name: str
    label: str
    error: str = ""
    reports: list[ReportPass] = field(default_factory=list)

    @property
    def errors(self) -> list[str]:
        """What went wrong, each sentence once."""
        return [*dict.fromkeys(filter(None, (self.error, *(report.error for report in self.reports))))]


@dataclass(frozen=True, slots=True, kw_only=True)
class Syncing:
    """Reads sources into one workspace of a store."""

    engine: Engine
    workspace_id: int
    clock: Callable[[], datetime]
    open_http: OpenHttp

    def sync(
        self,
        source: VendorSource,
        settings: Mapping[str, str],
        wanted: Wanted = Wanted(),  # noqa: B008  # a value
        told: Told = lambda _report, _done, _all: None,
    ) -> SourcePass:
        """Read what is due. What goes wrong is said in the result, and kept in the store; it raises nothing of it."""
        made = SourcePass(name=source.name, label=source.label)
        with lease(self.engine, f"sync {self.workspace_id} {source.name}") as held:
            if not held:
                made.error = f"{source.label} is being read by another process; look again later"
                return made
            try:
                with self.open_http(source, settings) as http:
                    made.error = self._people(source, settings, http)
                    made.reports += self._snapshots(source, settings, http, wanted)
                    for report in source.reports:
                        made.reports.append(self._report(source, settings, http, report, wanted, told))
            except SourceError as error:  # there is no way to the vendor at all
                made.error = self._kept(source, settings, PEOPLE, error)
        return made

    def _people(self, source: VendorSource, settings: Mapping[str, str], http: Http) -> str:
        if source.identities is None:
            self._note(source, PEOPLE)
            return ""
        today = self._today()
        asked = Asked(http=http, period=Period(today, today), settings=settings)
        try:
            found = {record.outside_id: record.email for record in _sound(source, source.identities(asked))}
        except SourceWithheld:
            found = {}
        except SourceError as error:
            return self._kept(source, settings, PEOPLE, error)
        with self.engine.begin() as connection:
            save_identities(connection, self.workspace_id, source.name, found)
        self._note(source, PEOPLE)
        return ""

    def _snapshots(
        self, source: VendorSource, settings: Mapping[str, str], http: Http, wanted: Wanted
    ) -> Iterator[ReportPass]:
        now, today = self.clock(), self._today()
        asked = Asked(http=http, period=Period(today, today), settings=settings)
        for kind in kinds_of(source, asked, wanted.believed):
            made = ReportPass(name=kind.name)
            try:
                read = [*_sound(source, kind.read())]
                with self.engine.begin() as connection:
                    of = snapshot_of(connection, self.workspace_id, source.name, kind.name, now)
                    saved = kind.save(connection, of, read)
                made.new, made.changed, made.unchanged = saved.new, saved.changed, saved.unchanged
                made.removed = saved.removed
                self._note(source, kind.name)
            except SourceWithheld as withheld:
                made.withheld = str(withheld)
            except SnapshotRefused as refused:
                made.error = self._kept(source, settings, kind.name, SourceRefused(str(refused)))
            except SourceError as error:
                made.error = self._kept(source, settings, kind.name, error)
            yield made

    def _report(
        self,
        source: VendorSource,
        settings: Mapping[str, str],
        http: Http,
        report: Report,
        wanted: Wanted,
        told: Told,
    ) -> ReportPass:
        made = ReportPass(name=report.name)
        feed, today = report.feed_name(settings), self._today()
        with self.engine.connect() as connection:
            known = day_states(connection, self.workspace_id, source.name, feed)
        days = due_days(report, known, today, wanted)
        told(report.name, 0, len(days))
        try:
            for period in steps(report, days):
                asked = Asked(http=http, period=period, settings=settings)
                made.add(self._step(source, report, feed, asked, today), period.days)
                told(report.name, made.days, len(days))
        except SourceWithheld as withheld:
            made.withheld = str(withheld)
        except SourceError as error:
            lost = [day for day in days[made.days :] if known and day >= min(known) and day not in known]
            if lost:
                with self.engine.begin() as connection:
                    note_missing(connection, self.workspace_id, source.name, feed, lost)
            made.error = self._kept(source, settings, report.name, _with_scope(error, report))
            return made
        self._note(source, report.name)
        return made

    def _step(self, source: VendorSource, report: Report, feed: str, asked: Asked, today: date) -> Saved:
        load = LoadOf(
            workspace_id=self.workspace_id,
            source=source.name,
            what=report.name,
            now=self.clock(),
            feed=feed,
            rule=report.rule,
            whole=asked.period if report.rule is Restate.WHOLE_DAYS else None,
            states=states(report, asked.period, today),
            quiet=True,
        )
        for attempt in range(1, TRIES + 1):
            try:
                records = _records(source, report, asked)
                if report.facts == "work":
                    return save_work(self.engine, load, _only(WorkRecord, records))
                return save_usage(self.engine, load, _only(UsageRecord, records), utc_days=True)
            except SourceExpired:
                if attempt == TRIES:
                    raise
        raise AssertionError("the loop returns or raises")

    def _kept(self, source: VendorSource, settings: Mapping[str, str], report: str, error: SourceError) -> str:
        words = redacted(str(error), secrets_of(settings, source.headers(settings)))
        log.warning("%s %s: %s: %s", source.name, report, words, cause(error))
        self._note(source, report, words)
        return words

    def _note(self, source: VendorSource, report: str, error: str = "") -> None:
        with self.engine.begin() as connection:
            note_pass(connection, self.workspace_id, source.name, report, self.clock(), error)

    def _today(self) -> date:
        return self.clock().astimezone(UTC).date()


def _records(source: VendorSource, report: Report, asked: Asked) -> Iterator[Record]:
    """The records of all pages of a pull; of whole days those alone that were asked for."""
    whole, period = report.rule is Restate.WHOLE_DAYS, asked.period
    for page in _sound(source, report.pages(asked)):
        for record in _sound(source, report.translate(page)):
            if not whole or period.start <= _utc_day(record) <= period.end:
                yield record


def _utc_day(record: Record) -> date:
    at = record.at if isinstance(record, UsageRecord) else None
    return record.day if at is None else at.astimezone(UTC).date()


def _sound(source: VendorSource, values: Iterable[Any]) -> Iterator[Any]:
    """What a source gives; where its code trips over a vendor's answer, the answer is not in its format."""
    walk = iter(values)
    while True:
        try:
            value = next(walk)
        except StopIteration:
            return
        except MALFORMED as error:
            raise SourceChanged(
                f"{source.label} answered in a form that is not expected; its format may have changed"
            ) from error
        yield value


def _only(kind: type[Any], records: Iterable[Record]) -> Iterator[Any]:
    for record in records:
        if not isinstance(record, kind):
            raise TypeError(f"a report of another kind gives a {type(record).__name__}")
        yield record


def _with_scope(error: SourceError, report: Report) -> SourceError:
    if isinstance(error, SourceRefused) and error.status == 403 and report.scope:
        return SourceRefused(f"{error}; for {report.name} it must be allowed {report.scope}", 403)
    return error
