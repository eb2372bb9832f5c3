"""OpenAI's organisation API in tests: usage and costs in buckets, users, projects, keys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from tests.bot.sources.buckets import MOST, Rows, buckets
from tests.bot.sources.server import Answer, Call, Route, Vendor, after, page_of

USAGE = "organization.usage.{}.result"


@dataclass
class OpenAIVendor(Vendor):
    """Rows by endpoint and day or hour; `refused` are groupings of costs that it answers with 400."""

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
        """Every day or hour has a bucket, also one without rows; a page holds so many of them."""
        width = call.first("bucket_width", "1d")
        if call.number("limit", 7) > MOST.get(width, most) or (rows is self.costs and width != "1d"):
            return Answer({"error": {"message": "limit is too large"}}, 400)
        found = buckets(rows, _at(call, "start_time"), _at(call, "end_time"), width)
        return page_of([_bucket(*bucket, kind) for bucket in found], call, 7, object="page")


def _at(call: Call, name: str) -> datetime:
    return datetime.fromtimestamp(int(call.first(name)), UTC)


def _bucket(start: datetime, end: datetime, rows: Sequence[Mapping[str, Any]], kind: str) -> dict[str, Any]:
    results = [{"object": kind, **row} for row in rows]
    times = {"start_time": int(start.timestamp()), "end_time": int(end.timestamp())}
    return {"object": "bucket", **times, "results": results}
