"""PagerDuty: incidents that are resolved, with the effort or the engaged time of their responders.

Wire:     GET /incidents in windows of their creation, since one query gives 10,000 at most;
          POST /analytics/raw/incidents by `starting_after`, up to a day late and not in every plan
Item:     a resolved incident, on the day of its resolution; not one merged into another, nor one that resolved by
          itself before anybody took it up
Minutes:  the effort that somebody entered, else the engaged seconds of all responders together
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from bot.sources.base import Asked, Http, Report, SourceChanged, Unmapped, VendorSource
from bot.sources.paging import NewPages, paged_post
from bot.sources.values import flag, inner, listed, text
from bot.sources.work_items import REREAD_DAYS, NoItem, WorkItem, WorkPage, facts, instants, minutes_of, moment, words
from storage.records import Restate, WorkRecord

OPEN_DAYS, OPEN_DAYS_OF_ANALYTICS = timedelta(days=30), timedelta(days=180)  # how long an incident may have been open
WINDOW, SMALLEST_WINDOW = timedelta(days=7), timedelta(minutes=1)
PAGE, MOST = 100, 10_000
NOT_GIVEN = (402, 403, 404)  # plans and keys without analytics
MERGED = "merge_resolve_reason"

Json = Mapping[str, Any]


def pages(asked: Asked) -> Iterator[WorkPage]:
    """The incidents, each with its analytics; then those that have analytics alone."""
    begin, end = instants(asked.period, asked.context)
    analytics = {text(row, "id", needed=True): row for row in _analytics(asked.http, begin, end)}
    seen: set[str] = set()
    for incidents in _incidents(asked.http, begin - OPEN_DAYS, end):
        ids = [text(incident, "id", needed=True) for incident in incidents]
        seen.update(ids)
        yield WorkPage.of(asked, [(incident, analytics.get(id_)) for id_, incident in zip(ids, incidents, strict=True)])
    yield WorkPage.of(asked, [(None, row) for id_, row in analytics.items() if id_ not in seen])


def translate(page: WorkPage) -> Iterator[WorkRecord | Unmapped]:
    """The facts of pairs of an incident and its analytics, one of which may be missing."""
    return facts(page, (_item(incident or {}, row or {}) for incident, row in page.body))


def _item(incident: Json, row: Json) -> WorkItem | NoItem:
    key = text(incident or row, "id", needed=True)
    resolved = _resolution(incident, row)
    merged = inner(incident, "resolve_reason").get("type") == MERGED
    if resolved is None or merged or _is_noise(row):
        return NoItem(key)
    return WorkItem(
        source="pagerduty",
        kind="incident",
        key=key,
        done_at=moment(*resolved),
        fields={
            "service": _named(_name(incident, "service"), text(row, "service_name")),
            "team": _named(*(text(team, "summary") for team in listed(incident, "teams")), text(row, "team_name")),
            "type": _named(text(inner(incident, "incident_type"), "name"), text(row, "incident_type_name")),
            "urgency": _named(text(incident, "urgency"), text(row, "urgency")),
            "priority": _named(_name(incident, "priority"), text(row, "priority_name")),
        },
        minutes=effort(row),
    )


def effort(row: Json) -> Decimal | None:
    """The minutes of all responders together, None where there are none on record."""
    if row.get("user_defined_effort_seconds") is not None:
        return minutes_of(row, "user_defined_effort_seconds")
    engaged = row.get("engaged_seconds")
    nobody = not engaged and not row.get("engaged_user_count")
    return None if engaged is None or nobody else minutes_of(row, "engaged_seconds")


def _resolution(incident: Json, row: Json) -> tuple[Json, str] | None:
    """Which field of which of the two says when it was resolved, None where none does."""
    told = incident or row
    if (text(told, "status") or "resolved") != "resolved":
        return None
    places = ((incident, "resolved_at"), (incident, "last_status_change_at"), (row, "resolved_at"))
    return next(((place, name) for place, name in places if place.get(name)), None)


def _is_noise(row: Json) -> bool:
    return bool(row.get("auto_resolved")) and not row.get("acknowledgement_count") and not effort(row)


def _name(incident: Json, field: str) -> str:
    return text(inner(incident, field), "summary")


def _named(*values: Any) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words(*values)))


def _analytics(http: Http, begin: datetime, end: datetime) -> Iterator[Json]:
    """What was measured of every incident that changed since the first day; nothing where the key may not read it."""
    asked = {
        "filters": {
            "created_at_start": _utc(begin - OPEN_DAYS_OF_ANALYTICS),
            "created_at_end": _utc(end),
            "updated_after": _utc(begin),
        },
        "limit": 1000,
        "order": "asc",
        "order_by": "created_at",
        "time_zone": "Etc/UTC",
    }
    path = "/analytics/raw/incidents"
    for body in paged_post(http, path, asked, send="starting_after", next_of=_last, allowed=NOT_GIVEN):
        yield from listed(body, "data", needed=True)


def _last(body: Json) -> str | None:
    return text(body, "last", needed=True) if flag(body, "more") else None


def _incidents(http: Http, begin: datetime, end: datetime) -> Iterator[Sequence[Json]]:
    """The incidents created from an instant to before another."""
    while begin < end:
        until = min(begin + WINDOW, end)
        yield from _window(http, begin, until)
        begin = until


def _window(http: Http, since: datetime, until: datetime) -> Iterator[Sequence[Json]]:
    """A window page by page; where it holds more than one query gives, in halves."""
    query = {"since": _utc(since), "until": _utc(until), "time_zone": "UTC", "sort_by": "created_at:asc"}
    offset, more, pages = 0, True, NewPages()
    while more and offset + PAGE <= MOST:
        body = http.get("/incidents", {**query, "limit": PAGE, "offset": offset}).body
        incidents = listed(body, "incidents", needed=True)
        yield incidents
        more = flag(body, "more", needed=True) and bool(incidents)
        pages.check(incidents)
        offset += len(incidents)
    if not more:
        return
    if until - since < SMALLEST_WINDOW:
        raise SourceChanged(f"PagerDuty has more than {MOST:,} incidents within a minute, which it cannot list")
    middle = since + (until - since) / 2
    yield from _window(http, since, middle)
    yield from _window(http, middle, until)


def _utc(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


PAGERDUTY = VendorSource(
    name="pagerduty",
    label="PagerDuty",
    base_url="https://api.pagerduty.com",
    needs=("PAGERDUTY_API_KEY",),
    meanings={"PAGERDUTY_API_KEY": "a read-only REST API key of PagerDuty"},
    key_is="a REST API key of the account, read-only; minutes need a plan with analytics",
    headers=lambda settings: {"Authorization": f"Token token={settings['PAGERDUTY_API_KEY']}"},
    reports=(
        Report(
            name="incidents",
            rule=Restate.WHOLE_DAYS,
            pages=pages,
            translate=translate,
            facts="work",
            revised_days=REREAD_DAYS,
        ),
    ),
)
