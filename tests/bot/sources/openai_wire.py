"""OpenAI's organisation API in tests: usage and costs in buckets, users, projects, keys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from tests.bot.sources.server import Answer, Call, Route, Vendor, after, days_between, page_of, unix

Rows = Mapping[str, Sequence[Mapping[str, Any]]]  # by day
USAGE = "organization.usage.{}.result"


@dataclass
class OpenAIVendor(Vendor):
    """Rows by endpoint and day; `refused` are groupings of costs that it answers with 400."""

    usage: dict[str, Rows] = field(default_factory=dict)
    costs: Rows = field(default_factory=dict)
    users: Sequence[Mapping[str, Any]] = ()
    projects: Sequence[Mapping[str, Any]] = ()
    keys: Mapping[str, Sequence[Mapping[str, Any]]] = field(default_factory=dict)
    refused: Sequence[str] = ()

    def routes(self) -> Mapping[str, Route]:
        return {
            "/v1/organization/usage/{endpoint}": lambda call: self._buckets(
                call, self.usage.get(call.parts["endpoint"], {}), USAGE.format(call.parts["endpoint"]), 31
            ),
            "/v1/organization/costs": self._costs,
            "/v1/organization/users": lambda call: after(self.users, call),
            "/v1/organization/projects": lambda call: after(self.projects, call),
            "/v1/organization/projects/{id}/api_keys": lambda call: after(self.keys.get(call.parts["id"], ()), call),
        }

    def _costs(self, call: Call) -> Any:
        if {*self.refused} & {*call.all("group_by")}:
            return Answer({"error": {"message": "this combination cannot be grouped by"}}, 400)
        return self._buckets(call, self.costs, "organization.costs.result", 180)

    def _buckets(self, call: Call, rows: Rows, kind: str, most: int) -> Any:
        """Every day has a bucket, also one without rows; a page holds so many of them."""
        if call.number("limit", 7) > most or call.first("bucket_width", "1d") != "1d":
            return Answer({"error": {"message": "limit is too large"}}, 400)
        days = days_between(_at(call, "start_time"), _at(call, "end_time"))
        return page_of([_bucket(day, rows.get(day.isoformat(), ()), kind) for day in days], call, 7, object="page")


def _at(call: Call, name: str) -> datetime:
    return datetime.fromtimestamp(int(call.first(name)), UTC)


def _bucket(day: date, rows: Sequence[Mapping[str, Any]], kind: str) -> dict[str, Any]:
    results = [{"object": kind, **row} for row in rows]
    return {"object": "bucket", "start_time": unix(day), "end_time": unix(day) + 86_400, "results": results}
