"""Hours are asked for where a day begins elsewhere than in UTC, and a bucket is told from others by its beginning."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import cast
from zoneinfo import ZoneInfo

from bot.sources import hours
from bot.sources.base import Asked, Context, Http
from storage.records import Period


def asked(zone: str, first: date, last: date) -> Asked:
    context = Context(zone=ZoneInfo(zone))
    return Asked(http=cast(Http, None), period=Period(first, last), settings={}, context=context)


def test_hours_are_wanted_on_days_that_do_not_begin_with_those_of_utc() -> None:
    summer, winter = (date(2026, 7, 1), date(2026, 7, 2)), (date(2026, 12, 1), date(2026, 12, 2))
    wanted = {
        (zone, days): hours.are_wanted(asked(zone, *days))
        for zone in ("UTC", "Europe/London", "Europe/Berlin", "Asia/Kolkata")
        for days in (summer, winter)
    }

    assert [days for days, hourly in wanted.items() if not hourly] == [
        ("UTC", summer),
        ("UTC", winter),
        ("Europe/London", winter),
    ]
    assert hours.are_wanted(asked("Europe/London", date(2026, 3, 29), date(2026, 3, 29)))  # its end is an hour off
    assert hours.width(asked("UTC", *winter), 31) == {"bucket_width": "1d", "limit": 31}
    assert hours.width(asked("Europe/Berlin", *winter), 31) == {"bucket_width": "1h", "limit": 168}


def test_a_bucket_of_an_hour_has_an_instant_and_one_of_a_day_has_none() -> None:
    def at(day: int, hour: int = 0) -> datetime:
        return datetime(2026, 11, day, hour, tzinfo=UTC)

    day = date(2026, 11, 6)
    assert hours.time_of(at(6), at(7)) == (day, None)
    assert hours.time_of(at(6), at(6, 1)) == (day, at(6))
    assert hours.time_of(at(6), None) == (day, None)
    assert hours.time_of(at(6, 5), None) == (day, at(6, 5))
    assert hours.time_of(at(6, 5), at(6, 6)).told != hours.time_of(at(6, 6), at(6, 7)).told
    assert hours.time_of(at(6), at(7)).told == day
