"""Hours in place of days: where the workspace's days are not those of UTC, they are put together from a vendor's hours.

A zone whose offset is no whole number of hours gets the hour that lies across its midnight on the day it begins in.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from bot.sources.base import UTC, Asked

MOST = 168  # hours that a page of OpenAI's or Anthropic's reports holds
DAY = timedelta(days=1)


class BucketTime(NamedTuple):
    """The UTC day of a bucket, and the instant it begins at where it is shorter than a day."""

    day: date
    at: datetime | None

    @property
    def told(self) -> date:
        """What tells it from other buckets of its report."""
        return self.at or self.day


def are_wanted(asked: Asked) -> bool:
    """Whether any day asked for begins at another instant in the workspace's zone than in UTC."""
    zone = asked.context.zone
    ends = (asked.period.start, asked.period.end + DAY)
    days = (datetime.combine(day, time(), zone) for day in {*asked.period.each_day(), *ends})
    return any(day.utcoffset() for day in days)


def width(asked: Asked, most_days: int) -> dict[str, str | int]:
    """The parameters that ask for buckets of the width that is wanted, as many a page as may be."""
    return {"bucket_width": "1h", "limit": MOST} if are_wanted(asked) else {"bucket_width": "1d", "limit": most_days}


def time_of(start: datetime, end: datetime | None) -> BucketTime:
    """When a bucket is; one without an end is a day where it begins with one."""
    start = start.astimezone(UTC)
    is_day = end - start >= DAY if end is not None else start.time() == time()
    return BucketTime(start.date(), None if is_day else start)
