"""When digests are due: by the clock on the wall of each subscription's zone, every week or every second one."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import takewhile
from zoneinfo import ZoneInfo

from bot.digest.week import WORKDAYS, Week, parse_week, week_of
from storage.keep.digests import Subscribed

LATEST = timedelta(hours=72)  # later than this a digest is no news
ON_TIME = timedelta(minutes=30)
DAY_MINUTES = 24 * 60


@dataclass(frozen=True, slots=True)
class Due:
    """A week whose digest should be out; `skip` where it is too late for it, `asked` where somebody wants it now."""

    week: Week
    at: datetime
    skip: bool
    late: bool
    asked: bool = False


def due(
    subscription: Subscribed, newest: str, now: datetime, workspace_zone: ZoneInfo, free: Container[date] = frozenset()
) -> list[Due]:
    """What is due of one subscription, oldest first; `newest` is the last week that was made or skipped."""
    calendar = takewhile(lambda due: due[1] <= now, _calendar(subscription, newest, workspace_zone, free))
    return [Due(week, at, skip=now - at > LATEST, late=now - at > ON_TIME) for week, at in calendar]


def coming(
    subscription: Subscribed, newest: str, now: datetime, workspace_zone: ZoneInfo, free: Container[date] = frozenset()
) -> datetime:
    """When the next one comes."""
    return next(at for _, at in _calendar(subscription, newest, workspace_zone, free) if at > now)


def _calendar(
    subscription: Subscribed, newest: str, workspace_zone: ZoneInfo, free: Container[date]
) -> Iterator[tuple[Week, datetime]]:
    """The weeks that get a digest after the newest, each with its time, without end."""
    zone = ZoneInfo(subscription.zone)
    since = subscription.since
    # The digest of a week comes in the week after it, so that the first candidate is the week before it began.
    week = parse_week(newest).plus(subscription.every) if newest else week_of(since.astimezone(zone).date()).plus(-2)
    counted = False
    while True:
        at = due_at(week, subscription, zone, workspace_zone, free)
        if since < at:
            counted = True
            yield week, at
        # Every second week is counted from the one that came last, whatever its number in the year.
        week = week.plus(subscription.every if counted else 1)


def due_at(
    week: Week, subscription: Subscribed, zone: ZoneInfo, workspace_zone: ZoneInfo, free: Container[date] = frozenset()
) -> datetime:
    """When the digest of a week is due: never before the week is over where its figures are counted."""
    day = _workday(week.plus(1).monday + timedelta(days=subscription.weekday - 1), free)
    over = instant(week.plus(1).monday, 0, workspace_zone)
    return max(instant(day, subscription.minute, zone), over)


def instant(day: date, minute: int, zone: ZoneInfo) -> datetime:
    """A local time as an instant: one that the clock skips is the next it shows, one it shows twice the first."""
    wall = datetime.combine(day, time()) + timedelta(minutes=minute)
    for later in range(DAY_MINUTES + 1):
        local = (wall + timedelta(minutes=later)).replace(tzinfo=zone)
        found = local.astimezone(UTC)
        if found.astimezone(zone).replace(tzinfo=None) == local.replace(tzinfo=None):
            return found
    return wall.replace(tzinfo=zone).astimezone(UTC)


def _workday(day: date, free: Container[date]) -> date:
    """A holiday gives way to the next workday, where there is one before the next week's digest."""
    if day not in free:
        return day
    rest = (day + timedelta(days=later) for later in range(1, 7))
    return next((later for later in rest if later.weekday() < WORKDAYS and later not in free), day)
