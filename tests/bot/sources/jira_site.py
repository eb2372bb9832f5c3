"""A Jira Cloud site as its API tells of it: pages of two; work logs and changelogs have pages of their own."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tests.bot.sources.server import Answer, Call, Route, Vendor

EMAIL = "ops@acme.example"
SHOWN_LOGS, PAGE_OF_LOGS = 20, 15
CATEGORIES = {"1": "new", "3": "indeterminate", "4": "indeterminate", "10001": "done", "10002": "done"}


def issue(id_: int, resolved: str | None = "2026-11-10T10:00:00.000+0000", **fields: Any) -> dict[str, Any]:
    """An issue that is done, or open where it is resolved at no time; `fields` are Jira's own."""
    status = "10001" if resolved else "3"
    made: dict[str, Any] = {
        "project": {"id": "1", "key": "PAY", "name": "Payments"},
        "issuetype": {"id": "7", "name": "Task", "subtask": False, "hierarchyLevel": 0},
        "status": {"id": status, "name": "完成", "statusCategory": {"key": CATEGORIES[status]}},
        "resolution": {"id": "10000", "name": "Done"} if resolved else None,
        "resolutiondate": resolved,
        "created": "2026-11-01T09:00:00.000+0000",
        "updated": fields.pop("updated", resolved or "2026-11-12T09:00:00.000+0000"),
        "assignee": {"accountId": "a1", "displayName": "Ana", "accountType": "atlassian"},
        "labels": [],
        "components": [],
        "subtasks": [],
        "timespent": None,
        "timeoriginalestimate": 28_800,
        "aggregatetimespent": 999_999,
    }
    return {"id": str(id_), "key": f"PAY-{id_}", "fields": made | fields}


def log(seconds: int, who: str = "atlassian") -> dict[str, Any]:
    """A work log of somebody."""
    return {
        "author": {"accountId": "a1", "accountType": who},
        "started": "2026-11-09T09:00:00.000+0800",
        "timeSpentSeconds": seconds,
    }


def change(field_: str, before: str | None, after: str | None) -> dict[str, Any]:
    """One history of a changelog."""
    change_ = {"field": field_, "fieldId": field_, "from": before, "fromString": "x", "to": after, "toString": "y"}
    return {"id": "1", "created": "2026-11-11T09:00:00.000+0000", "items": [{"field": "Rank"}, change_]}


@dataclass
class JiraSite(Vendor):
    """What the site holds; without `bulk` it lacks the bulk endpoint of changelogs, `size` is that of its pages."""

    issues: list[dict[str, Any]] = field(default_factory=list)
    logs: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    histories: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    bulk: bool = True
    size: int = 2

    def is_let_in(self, call: Call) -> bool:
        given = call.headers.get("authorization", "").removeprefix("Basic ")
        return b64decode(given).decode() == f"{EMAIL}:{self.key}"

    def routes(self) -> Mapping[str, Route]:
        bulk: dict[str, Route] = {"POST /rest/api/3/changelog/bulkfetch": self.changes} if self.bulk else {}
        return bulk | {
            "POST /rest/api/3/search/jql": self.search,
            "/rest/api/3/status": self.statuses,
            "/rest/api/3/issue/{id}/worklog": self.worklog,
            "/rest/api/3/issue/{id}/changelog": self.changelog,
        }

    def search(self, call: Call) -> Any:
        since = re.fullmatch(r'updated >= "(\d{4}-\d\d-\d\d)" ORDER BY updated ASC', call.body["jql"])
        assert since, "a search must be bounded"
        found = sorted(
            (issue for issue in self.issues if _at(issue) >= since[1]),
            key=lambda issue: str(issue["fields"]["updated"]),
        )
        start = int(call.body.get("nextPageToken", "t0").removeprefix("t"))
        end = start + min(call.body["maxResults"], self.size)
        more = {"nextPageToken": f"t{end}", "isLast": False} if end < len(found) else {"isLast": True}
        return {"issues": [self._shown(issue, call.body["fields"]) for issue in found[start:end]], **more}

    def _shown(self, issue: dict[str, Any], wanted: list[str]) -> dict[str, Any]:
        logs = self.logs.get(issue["id"], [])
        worklog = {"startAt": 0, "maxResults": 20, "total": len(logs), "worklogs": logs[:SHOWN_LOGS]}
        fields = issue["fields"] | {"worklog": worklog}
        return {**issue, "fields": {name: value for name, value in fields.items() if name in wanted}}

    def statuses(self, _call: Call) -> Any:
        return [{"id": id_, "name": "状态", "statusCategory": {"id": 1, "key": key}} for id_, key in CATEGORIES.items()]

    def worklog(self, call: Call) -> Any:
        return self._numbered(call, "worklogs", self.logs.get(call.parts["id"], []))

    def changelog(self, call: Call) -> Any:
        return self._numbered(call, "values", self.histories.get(call.parts["id"], []))

    def changes(self, call: Call) -> Any:
        ids: list[str] = call.body["issueIdsOrKeys"]
        told = [
            {"issueId": id_, "changeHistories": [history]} for id_ in ids for history in self.histories.get(id_, [])
        ]
        start = int(call.body.get("nextPageToken", "0"))
        end = start + self.size - 1
        more = {"nextPageToken": str(end)} if end < len(told) else {}
        return {"issueChangeLogs": told[start:end], **more}

    def _numbered(self, call: Call, name: str, rows: list[dict[str, Any]]) -> Any:
        start = call.number("startAt", 0)
        shown = rows[start : start + min(call.number("maxResults", 50), PAGE_OF_LOGS)]
        return Answer({"startAt": start, "maxResults": PAGE_OF_LOGS, "total": len(rows), name: shown})


def _at(issue: dict[str, Any]) -> str:
    return datetime.fromisoformat(issue["fields"]["updated"]).date().isoformat()
