"""What every report of Anthropic is asked with: days in its words, names of workspaces, what the key may read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from bot.sources import hours
from bot.sources.base import Asked, Params
from bot.sources.hours import BucketTime
from bot.sources.paging import last_id, paged
from bot.sources.values import listed, moment, text
from storage.records import Period

PROVIDER, API, CLAUDE_CODE = "anthropic", "anthropic_api", "claude_code"
BUCKETS = 31  # the most days that a page of usage or cost holds
PEOPLE = 1000
NOT_ALLOWED = (401, 403, 404)
MESSAGES = "/v1/organizations/usage_report/messages"


def span(period: Period) -> dict[str, Any]:
    """The days of a pull; the end is not included."""
    return {"starting_at": instant(period.start), "ending_at": instant(period.end + timedelta(days=1))}


def instant(day: date) -> str:
    """Midnight of a UTC day."""
    return f"{day.isoformat()}T00:00:00Z"


def day_of(row: Any, name: str) -> date:
    """The UTC day of a time."""
    return moment(row, name).date()


def time_of(row: Any) -> BucketTime:
    """When a bucket, or a row with times of its own, is."""
    end = moment(row, "ending_at") if row.get("ending_at") else None
    return hours.time_of(moment(row, "starting_at"), end)


def days_of(body: Any) -> Iterator[date]:
    """The days of a page's buckets, which are there without rows too."""
    return (day_of(bucket, "starting_at") for bucket in listed(body, "data", needed=True))


def may_read_admin(asked: Asked) -> bool:
    """Whether the key reads the Admin API at all, which a key for analytics alone does not."""
    if "admin" not in asked.memo:
        params: Params = {**span(Period(asked.period.end, asked.period.end)), "limit": 1}
        asked.memo["admin"] = asked.http.get(MESSAGES, params, allowed=NOT_ALLOWED).status < 400
    return bool(asked.memo["admin"])


def workspaces(asked: Asked) -> Mapping[str, str]:
    """The names of workspaces by their ids; of two that are named alike the id says which."""
    if "workspaces" not in asked.memo:
        found = {text(row, "id", needed=True): text(row, "name") or text(row, "id") for row in _workspace_rows(asked)}
        twice = {name for name in found.values() if [*found.values()].count(name) > 1}
        asked.memo["workspaces"] = {id_: f"{name} ({id_})" if name in twice else name for id_, name in found.items()}
    names: Mapping[str, str] = asked.memo["workspaces"]
    return names


def _workspace_rows(asked: Asked) -> Iterator[Any]:
    params: Params = {"limit": PEOPLE, "include_archived": "true"}
    path = "/v1/organizations/workspaces"
    for page in paged(asked.http, path, params, send="after_id", next_of=last_id, allowed=NOT_ALLOWED):
        yield from listed(page, "data", needed=True)
