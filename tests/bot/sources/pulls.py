"""One pull of a vendor's report, over real HTTP on loopback, without a store."""

from __future__ import annotations

from datetime import date

from bot.sources.base import Asked, VendorSource
from storage.records import IdentityRecord, Period, UsageRecord
from tests.bot.sources.server import VendorServer

DAY = date(2026, 11, 6)
TODAY = Period(DAY, DAY)


def pulled(
    server: VendorServer, source: VendorSource, report: str, period: Period = TODAY, **more: str
) -> list[UsageRecord]:
    """What a report gives for the days, each key once, the newest."""
    told = next(each for each in source.reports if each.name == report)
    with server.http(source, None, **more) as http:
        asked = Asked(http=http, period=period, settings=server.settings(source, **more))
        found = [record for page in told.pages(asked) for record in told.translate(page)]
    held = {record.natural_key: record for record in found if isinstance(record, UsageRecord)}
    assert len(found) >= len(held)
    return [*held.values()]


def known(server: VendorServer, source: VendorSource, **more: str) -> dict[str, str]:
    """Whom the source's ids stand for."""
    assert source.identities is not None
    with server.http(source, None, **more) as http:
        asked = Asked(http=http, period=TODAY, settings=server.settings(source, **more))
        people: list[IdentityRecord] = [*source.identities(asked)]
    return {person.outside_id: person.email for person in people}
