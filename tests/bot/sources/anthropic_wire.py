"""Anthropic's Admin and Analytics API in tests: messages, Claude Code, cost, analytics, users, workspaces."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from tests.bot.sources.buckets import MOST, Rows, buckets
from tests.bot.sources.server import Answer, Call, Route, Vendor, after, page_of

ADMIN, ANALYTICS = "admin", "analytics"


@dataclass
class AnthropicVendor(Vendor):
    """Rows by report and day or hour; `reads` is which of the two APIs the key is for."""

    messages: Rows = field(default_factory=dict)
    claude_code: Rows = field(default_factory=dict)
    cost: Rows = field(default_factory=dict)
    analytics_usage: Sequence[Mapping[str, Any]] = ()
    analytics_cost: Sequence[Mapping[str, Any]] = ()
    users: Sequence[Mapping[str, Any]] = ()
    workspaces: Sequence[Mapping[str, Any]] = ()
    reads: Sequence[str] = (ADMIN,)

    def is_let_in(self, call: Call) -> bool:
        """Its key stands in a header of its own, and a version is needed."""
        return call.headers.get("x-api-key") == self.key and call.headers.get("anthropic-version") == "2023-06-01"

    def routes(self) -> Mapping[str, Route]:
        base = "/v1/organizations"
        return {
            f"{base}/usage_report/messages": self._of(ADMIN, lambda call: self._buckets(call, self.messages)),
            f"{base}/usage_report/claude_code": self._of(ADMIN, self._claude_code),
            f"{base}/cost_report": self._of(ADMIN, lambda call: self._buckets(call, self.cost)),
            f"{base}/users": self._of(ADMIN, lambda call: after(self.users, call, sent="after_id")),
            f"{base}/workspaces": self._of(ADMIN, lambda call: after(self.workspaces, call, sent="after_id")),
            f"{base}/analytics/usage": self._of(ANALYTICS, lambda call: self._rows(call, self.analytics_usage)),
            f"{base}/analytics/cost": self._of(ANALYTICS, lambda call: self._rows(call, self.analytics_cost)),
        }

    def _of(self, api: str, give: Callable[[Call], Any]) -> Route:
        forbidden = Answer({"type": "error", "error": {"type": "permission_error"}}, 403)
        return lambda call: give(call) if api in self.reads else forbidden

    def _buckets(self, call: Call, rows: Rows) -> Any:
        width = call.first("bucket_width", "1d")
        if call.number("limit", 7) > MOST.get(width, 31) or (rows is self.cost and width != "1d"):
            return Answer({"error": {"message": "limit: at most 31"}}, 400)
        found = buckets(rows, _at(call, "starting_at"), _at(call, "ending_at"), width)
        return page_of([_bucket(*bucket) for bucket in found], call, 7)

    def _claude_code(self, call: Call) -> Any:
        """One UTC day a call."""
        return page_of(self.claude_code.get(date.fromisoformat(call.first("starting_at")).isoformat(), ()), call, 20)

    def _rows(self, call: Call, rows: Sequence[Mapping[str, Any]]) -> Any:
        start, end = _at(call, "starting_at"), _at(call, "ending_at")
        if (end - start).days > 31 or call.number("limit", 20) > 1000:
            return Answer({"error": {"message": "the range is too long"}}, 400)
        found = [row for row in rows if start <= datetime.fromisoformat(row["starting_at"]) < end]
        return page_of(found, call, 20, data_refreshed_at="2026-11-10T08:00:00Z", organization_id="org_1")


def _at(call: Call, name: str) -> datetime:
    return datetime.fromisoformat(call.first(name))


def _bucket(start: datetime, end: datetime, rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    return {"starting_at": f"{start:%Y-%m-%dT%H:%M:%SZ}", "ending_at": f"{end:%Y-%m-%dT%H:%M:%SZ}", "results": [*rows]}
