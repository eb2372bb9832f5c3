"""What a pull brings: an instant is of its day in the workspace's zone, a pull of whole days holds these UTC days."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.sources.base import Asked, Context, Report
from bot.sources.syncing.pulling import GivenDays, usage_of
from storage.records import Period, Restate, UsageRecord
from tests.bot.sources.acme import ACME, AcmeVendor
from tests.bot.sources.server import VendorServer

DAY = date(2026, 11, 6)
LATE = datetime(2026, 11, 6, 23, 30, tzinfo=UTC)


def report(*records: UsageRecord, rule: Restate = Restate.WHOLE_DAYS) -> Report:
    def pages(_asked: Asked) -> Iterator[Any]:
        yield records

    return Report(name="usage", rule=rule, pages=pages, translate=lambda page: page)


def record(at: datetime | None = None, day: date = DAY) -> UsageRecord:
    return UsageRecord(natural_key=f"{at}{day}", day=day if at is None else at.date(), at=at, tool="acme")


def pulled(made: Report, zone: str = "UTC") -> list[UsageRecord]:
    with VendorServer(AcmeVendor()) as server, server.http(ACME) as http:
        context = Context(zone=ZoneInfo(zone))
        asked = Asked(http=http, period=Period(DAY, DAY), settings={}, context=context)
        return [*usage_of(ACME, made, asked, GivenDays(made, asked.period))]


@pytest.mark.parametrize(
    ("zone", "day"), [("UTC", DAY), ("Europe/Berlin", DAY + timedelta(days=1)), ("America/New_York", DAY)]
)
def test_an_instant_is_of_its_day_in_the_workspaces_zone(zone: str, day: date) -> None:
    (found,) = pulled(report(record(LATE)), zone)

    assert found == replace(record(LATE), day=day)


def test_a_stated_day_is_the_sources_in_any_zone() -> None:
    (found,) = pulled(report(record()), "Pacific/Auckland")

    assert found.day == DAY


def test_of_whole_days_those_alone_count_that_were_asked_for() -> None:
    around = [record(LATE + timedelta(hours=1)), record(day=DAY + timedelta(days=1)), record(LATE), record()]

    assert pulled(report(*around), "Europe/Berlin") == [replace(record(LATE), day=DAY + timedelta(days=1)), record()]
    assert len(pulled(report(*around, rule=Restate.NEWEST))) == 4
