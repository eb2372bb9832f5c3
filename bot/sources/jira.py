"""Jira Cloud: issues that are done, with the time that people logged on them.

Wire:     POST /rest/api/3/search/jql by nextPageToken; what its pages lack by endpoints of their own: work logs beyond
          the first 20, the history of statuses and resolutions
Item:     a leaf issue, closed with a resolution that means done, on the day of that resolution
Minutes:  people's work logs on it, never an estimate or the time that passed
Reworked: closed before and opened again
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

from bot.sources.base import Asked, Http, Report, SourceChanged, Unmapped, VendorSource
from bot.sources.paging import paged_post
from bot.sources.values import count, inner, listed, required, text, texts, unexpected
from bot.sources.work_items import REREAD_DAYS, NoItem, WorkItem, WorkPage, facts, minutes_of, moment, words
from storage.records import Restate, WorkRecord

DONE = frozenset(("done", "fixed", "resolved", "complete", "completed", "implemented", "delivered"))
NOT_DONE = frozenset(
    (
        *("won't do", "wont do", "won't fix", "wont fix", "duplicate", "cannot reproduce", "declined", "rejected"),
        *("incomplete", "invalid", "obsolete", "abandoned", "cancelled", "canceled", "withdrawn", "not a bug"),
        *("works as designed", "known error", "moved"),
    )
)
# What a new site gives these ids; the names that a reader sees are in the language of the key's owner.
DONE_ID, NOT_DONE_IDS = "10000", frozenset(("10001", "10002", "10003"))
LEVELS_OF_LEAVES = ("-1", "0")  # subtasks, and what is neither one nor an epic
DONE_CATEGORY = "3"  # so is that of its categories of statuses
ISSUE_FIELDS = (
    *("project", "issuetype", "status", "resolution", "resolutiondate", "assignee", "labels", "components", "subtasks"),
    *("worklog", "timespent"),
)
SEARCH = "/rest/api/3/search/jql"
PAGE = 100
NONE_THERE = (404, 405)
UNKNOWN = "issue with a resolution that may mean done or not"
REMEDY = "FULCRUM_JIRA_DONE says which resolutions mean done"

Json = Mapping[str, Any]


def pages(asked: Asked) -> Iterator[WorkPage]:
    """Everything that was updated since the first day: what was closed, logged or opened again is among it."""
    since = asked.period.start - timedelta(days=1)  # JQL cuts days in the zone of the key's owner
    categories = _categories(asked.http)
    search = {
        "jql": f'updated >= "{since}" ORDER BY updated ASC',
        "fields": [*ISSUE_FIELDS],
        "maxResults": PAGE,
    }
    for body in paged_post(asked.http, SEARCH, search, send="nextPageToken", next_of=_next_token):
        issues = listed(body, "issues", needed=True)
        closed = [
            text(issue, "id", needed=True) for issue in issues if inner(issue, "fields", needed=True).get("resolution")
        ]
        yield WorkPage.of(
            asked,
            {
                "issues": issues,
                "worklogs": {id_: [*_worklogs(asked.http, id_)] for id_ in closed if _lacks_logs(issues, id_)},
                "histories": _histories(asked.http, closed),
                "categories": categories,
                "done": asked.settings.get("FULCRUM_JIRA_DONE", ""),
            },
        )


def translate(page: WorkPage) -> Iterator[WorkRecord | Unmapped]:
    """The facts of the issues of a page."""
    named = frozenset(_plain(name) for name in page.body["done"].split(",") if name.strip())
    for issue in page.body["issues"]:
        key, fields = text(issue, "id", needed=True), inner(issue, "fields", needed=True)
        if not _is_closed_leaf(fields):
            yield from facts(page, [NoItem(key)])
            continue
        is_done = means_done(inner(fields, "resolution"), named)
        yield from facts(page, [_item(key, fields, page.body) if is_done else NoItem(key)])
        if is_done is None and page.holds(moment(fields, "resolutiondate")):
            name = words(text(fields["resolution"], "name"))
            yield Unmapped(item=UNKNOWN, fields={"resolution": name}, remedy=REMEDY)


def means_done(resolution: Json, named: frozenset[str] = frozenset()) -> bool | None:
    """Whether a resolution means done: as it is named by a setting, else by its name, else by its id; None: unknown."""
    name, id_ = _plain(text(resolution, "name")), text(resolution, "id")
    if named:
        return name in named
    if name in DONE or name in NOT_DONE:
        return name in DONE
    return True if id_ == DONE_ID else False if id_ in NOT_DONE_IDS else None


def _item(key: str, fields: Json, body: Json) -> WorkItem:
    logs = body["worklogs"].get(key) or listed(inner(fields, "worklog"), "worklogs")
    assignee = inner(fields, "assignee")
    by_bot = assignee.get("accountType") == "app"
    project = inner(fields, "project", needed=True)
    return WorkItem(
        source="jira",
        kind="issue",
        key=key,
        done_at=moment(fields, "resolutiondate"),
        fields={
            "project": words(text(project, "key"), text(project, "name")),
            "type": words(text(inner(fields, "issuetype", needed=True), "name")),
            "label": words(*texts(fields, "labels")),
            "component": words(*(text(component, "name") for component in listed(fields, "components"))),
            "bot": words(text(assignee, "displayName")) if by_bot else (),
        },
        minutes=logged(logs),
        reworked=was_reopened(body["histories"].get(key, ()), body["categories"]),
        by_bot=by_bot,
    )


def logged(logs: Iterable[Json]) -> Decimal | None:
    """The minutes that people logged, None where nobody did."""
    own = [minutes_of(log, "timeSpentSeconds") for log in logs if inner(log, "author").get("accountType") != "app"]
    return sum(own, Decimal(0)) if own else None


def was_reopened(histories: Iterable[Json], categories: Mapping[str, str]) -> bool:
    """Whether a resolution was taken off, or a status that means done was left for one that does not."""
    for history in histories:
        for change in listed(history, "items"):
            before, after = change.get("from"), change.get("to")
            field = change.get("fieldId") or change.get("field")
            if field == "resolution" and before and not after:
                return True
            known = (categories.get(str(before)), categories.get(str(after)))
            if field == "status" and known[0] == "done" and known[1] not in ("done", None):
                return True
    return False


def _is_closed_leaf(fields: Json) -> bool:
    kind = inner(fields, "issuetype", needed=True)
    level = text(kind, "hierarchyLevel") or ("1" if _plain(text(kind, "name")) == "epic" else "0")
    if level not in LEVELS_OF_LEAVES and not level.isdigit():
        raise unexpected(level, "hierarchyLevel", "a whole number")
    closed = _category(inner(fields, "status")) == "done" and required(fields, "resolution")
    closed = closed and required(fields, "resolutiondate")
    return bool(closed) and not listed(fields, "subtasks") and level in LEVELS_OF_LEAVES


def _category(status: Json) -> str:
    """What a status means (new, indeterminate or done); done where it is not told, as of an issue with a resolution."""
    category = inner(status, "statusCategory")
    return "done" if text(category, "id") == DONE_CATEGORY else text(category, "key") or "done"


def _plain(name: str) -> str:
    return " ".join(name.replace("\u2019", "'").split()).casefold()


def _next_token(body: Json) -> str | None:
    if body.get("isLast") is False:
        return text(body, "nextPageToken", needed=True)
    return None if body.get("isLast") is True else text(body, "nextPageToken") or None


def _lacks_logs(issues: Sequence[Json], id_: str) -> bool:
    fields = next(issue["fields"] for issue in issues if str(issue["id"]) == id_)
    held = inner(fields, "worklog")
    if not held:
        return bool(fields.get("timespent"))
    return (count(held, "total") or 0) > len(listed(held, "worklogs", needed=True))


def _worklogs(http: Http, id_: str) -> Iterator[Json]:
    yield from _numbered(http, f"/rest/api/3/issue/{id_}/worklog", "worklogs", 1000)


def _histories(http: Http, ids: Sequence[str]) -> dict[str, list[Json]]:
    """What happened to these issues; a site without the bulk endpoint is asked issue by issue."""
    found: dict[str, list[Json]] = {id_: [] for id_ in ids}
    if not ids:
        return found
    wanted = {"issueIdsOrKeys": [*ids], "fieldIds": ["status", "resolution"], "maxResults": 1000}
    path, answered = "/rest/api/3/changelog/bulkfetch", False
    for body in paged_post(
        http, path, wanted, send="nextPageToken", next_of=lambda page: page.get("nextPageToken"), allowed=NONE_THERE
    ):
        answered = True
        for log in listed(body, "issueChangeLogs", needed=True):
            found.setdefault(text(log, "issueId", needed=True), []).extend(listed(log, "changeHistories"))
    if not answered:
        for id_ in ids:
            found[id_] = [*_numbered(http, f"/rest/api/3/issue/{id_}/changelog", "values", PAGE)]
    return found


def _categories(http: Http) -> dict[str, str]:
    """What each status means: new, indeterminate or done."""
    reply = http.get("/rest/api/3/status", allowed=(403, *NONE_THERE))
    statuses = reply.body if reply.status < 400 and isinstance(reply.body, list) else ()
    return {text(status, "id"): _category(status) for status in statuses}


def _numbered(http: Http, path: str, name: str, size: int) -> Iterator[Json]:
    """What a list that is asked for by `startAt` holds; the server may give less a page than asked for."""
    at = 0
    while True:
        body = http.get(path, {"startAt": at, "maxResults": size}).body
        rows = listed(body, name, needed=True)
        if "startAt" in body and count(body, "startAt") != at:
            raise SourceChanged(
                f"Jira gives rows from {body['startAt']} of {path} where those from {at} were asked for"
            )
        yield from rows
        at += len(rows)
        if not rows or at >= (count(body, "total", needed=True) or 0):
            return


def _headers(settings: Mapping[str, str]) -> dict[str, str]:
    pair = f"{settings['JIRA_EMAIL']}:{settings['JIRA_API_TOKEN']}"
    return {"Authorization": f"Basic {b64encode(pair.encode()).decode()}", "Accept": "application/json"}


def _site(settings: Mapping[str, str]) -> str:
    return urlsplit(settings.get("FULCRUM_JIRA_URL", "")).hostname or ""


JIRA = VendorSource(
    name="jira",
    label="Jira",
    base_url="",
    needs=("JIRA_EMAIL", "JIRA_API_TOKEN", "FULCRUM_JIRA_URL"),
    optional=("FULCRUM_JIRA_DONE",),
    meanings={
        "JIRA_EMAIL": "the address of the Jira account whose API token is read with",
        "JIRA_API_TOKEN": "that account's API token; it may browse the projects to be read",
        "FULCRUM_JIRA_URL": "your Jira, `https://YOURS.atlassian.net`",
        "FULCRUM_JIRA_DONE": "names of resolutions that mean done, between commas; "
        "without it Done, Fixed, Resolved and the like",
    },
    key_is="an API token of JIRA_EMAIL, an account that may browse the projects",
    headers=_headers,
    reports=(
        Report(
            name="issues",
            rule=Restate.WHOLE_DAYS,
            pages=pages,
            translate=translate,
            facts="work",
            step_days=3660,  # each pull reads all that was updated since its first day
            revised_days=REREAD_DAYS,
            feed=_site,
        ),
    ),
)
