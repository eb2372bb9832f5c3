"""One pull of a report: its pages asked for and translated, what cannot be in its format turned into words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date
from typing import Any
from zoneinfo import ZoneInfo

from bot.sources.base import Asked, Record, Report, SourceChanged, SourceError, SourceRefused, VendorSource
from bot.sources.unmapped import UnmappedCount
from storage.records import Restate, UsageRecord, WorkRecord

MALFORMED = (KeyError, TypeError, ValueError, AttributeError, IndexError, ArithmeticError)


def usage_of(source: VendorSource, report: Report, asked: Asked) -> Iterator[UsageRecord]:
    """The usage of a pull; of whole days those alone that were asked for, by UTC as vendors cut them.

    What has an instant is of its day in the workspace's zone.
    """
    whole, period, zone = report.rule is Restate.WHOLE_DAYS, asked.period, asked.context.zone
    for record in _only(UsageRecord, _records(source, report, asked)):
        if not whole or period.start <= _utc_day(record) <= period.end:
            yield _local(record, zone)


def work_of(source: VendorSource, report: Report, asked: Asked, unmapped: UnmappedCount) -> Iterator[WorkRecord]:
    """The work of a pull; items without a workflow are counted."""
    return _only(WorkRecord, unmapped.passing(_records(source, report, asked)))


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


def _records(source: VendorSource, report: Report, asked: Asked) -> Iterator[Record]:
    for page in sound(source, report.pages(asked)):
        yield from sound(source, report.translate(page))


def _local(record: UsageRecord, zone: ZoneInfo) -> UsageRecord:
    day = record.day if record.at is None else record.at.astimezone(zone).date()
    return record if day == record.day else replace(record, day=day)


def _utc_day(record: UsageRecord) -> date:
    return record.day if record.at is None else record.at.astimezone(UTC).date()


def _only(kind: type[Any], records: Iterable[Record]) -> Iterator[Any]:
    for record in records:
        if not isinstance(record, kind):
            raise TypeError(f"a report of another kind gives a {type(record).__name__}")
        yield record
