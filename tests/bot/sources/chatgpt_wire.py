"""The ChatGPT workspace's analytics in tests: a row a person and day, and who people are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tests.bot.sources.server import Answer, Call, Route, Vendor, after, page_of

WORKSPACE = "ws-1"


@dataclass
class ChatGPTVendor(Vendor):
    """Rows as the vendor gives them, with `start_time`."""

    rows: Sequence[Mapping[str, Any]] = ()
    users: Sequence[Mapping[str, Any]] | None = None  # None: the key may not read them

    def routes(self) -> Mapping[str, Route]:
        return {
            f"/v1/analytics/workspaces/{WORKSPACE}/usage": self._usage,
            f"/v1/manage/workspaces/{WORKSPACE}/users": self._users,
        }

    def _usage(self, call: Call) -> Any:
        start, end = call.number("start_time", 0), call.number("end_time", 0)
        rows = [row for row in self.rows if start <= row["start_time"] < end]
        return page_of(rows, call, 1000, object="page")

    def _users(self, call: Call) -> Any:
        return Answer({"error": "forbidden"}, 403) if self.users is None else after(self.users, call)
