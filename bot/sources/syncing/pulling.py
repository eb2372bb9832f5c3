"""One pull of a report: its pages asked for and translated, what cannot be in its format turned into words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from itertools import chain
from typing import Any
from zoneinfo import ZoneInfo

from bot.sources.base import Asked, Record, Report, SourceChanged, SourceError, SourceRefused, VendorSource
from bot.sources.unmapped import UnmappedCount
from storage.records import DayState, Period, Restate, UsageRecord, WorkRecord

MALFORMED = (KeyError, TypeError, ValueError, AttributeError, IndexError, ArithmeticError)


@dataclass(slots=True)
class GivenDays:
    """Which days of a pull the vendor listed, and which have rows; known once the pull is read to its end.

    Days from `since` on are missed where they are not listed: before it nobody counts on the source. `held` says how
    many facts there were of each day, where few of them left make a day doubted.
    """

    report: Report
    period: Period
    since: date | None = None
    held: Mapping[date, int] = field(default_factory=dict)
    listed: set[date] = field(default_factory=set)
    rows: Counter[date] = field(default_factory=Counter)

    def begin(self) -> None:
        """Forget what a pull that broke off had."""
        self.listed.clear()
        self.rows.clear()

    def lacking(self) -> dict[date, DayState | None]:
        """The days that were not given, each with the state that it gets: none where nobody misses it."""
        if self.report.lists is None:
            return {day: DayState.PARTIAL for day, held in self.held.items() if 2 * self.rows[day] < held}
        first = min(filter(None, (self.since, *self.listed)), default=None)
        return {day: self._state(day, first) for day in self.period.each_day() if day not in self.listed}

    def _state(self, day: date, first: date | None) -> DayState | None:
        if self.rows[day]:
            return DayState.PARTIAL
        return DayState.MISSING if first is not None and day >= first else None


def usage_of(source: VendorSource, report: Report, asked: Asked, given: GivenDays) -> Iterator[UsageRecord]:
    """The usage of a pull; of whole days those alone that were asked for, by UTC as vendors cut them.

    What has an instant is of its day in the workspace's zone.
    """
    whole, period, zone = report.rule is Restate.WHOLE_DAYS, asked.period, asked.context.zone
    for records in _pages(source, report, asked, given):
        for record in _only(UsageRecord, records):
            day = _utc_day(record)
            if not whole or period.start <= day <= period.end:
                given.rows[day] += 1
                yield record if record.at is None else _local(record, record.at, zone)


def work_of(source: VendorSource, report: Report, asked: Asked, unmapped: UnmappedCount) -> Iterator[WorkRecord]:
    """The work of a pull; items without a workflow are counted."""
    pages = _pages(source, report, asked, GivenDays(report, asked.period))
    return _only(WorkRecord, unmapped.passing(chain.from_iterable(pages)))


def sound(source: VendorSource, values: Iterable[Any]) -> Iterator[Any]:
    """What a source gives; where its code trips over a vendor's answer, that is SourceChanged."""
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


def with_scope(error: SourceError, report: Report) -> SourceError:
    """The error with what the key must be allowed for this report, where that is what it lacks."""
    if isinstance(error, SourceRefused) and error.status == 403 and report.scope:
        return SourceRefused(f"{error}; for {report.name} it must be allowed {report.scope}", 403)
    return error


def _pages(source: VendorSource, report: Report, asked: Asked, given: GivenDays) -> Iterator[Sequence[Record]]:
    for page in sound(source, report.pages(asked)):
        if report.lists is not None:
            given.listed.update(sound(source, report.lists(page)))
        yield [*sound(source, report.translate(page))]


def _local(record: UsageRecord, at: datetime, zone: ZoneInfo) -> UsageRecord:
    day = at.astimezone(zone).date()
    return record if day == record.day else replace(record, day=day)


def _utc_day(record: UsageRecord) -> date:
    return record.day if record.at is None else record.at.astimezone(UTC).date()


def _only(kind: type[Any], records: Iterable[Record]) -> Iterator[Any]:
    for record in records:
        if not isinstance(record, kind):
            raise TypeError(f"a report of another kind gives a {type(record).__name__}")
        yield record
