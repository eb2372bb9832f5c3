"""Zendesk: tickets that are solved, with the time that its Time Tracking app wrote on them.

Wire:     GET /api/v2/incremental/tickets/cursor.json with the metric sets, by cursor to the end of the stream; a search
          would end at 1,000 tickets without a word
Item:     a solved or closed ticket, on the day it was (last) solved; not one that is deleted or merged into another
Minutes:  seconds in the custom fields that a setting names; handling time is in no field of Zendesk's own
Reworked: opened again after it was solved. One that its requester rated bad is not accepted
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

from bot.sources.base import Asked, Params, Report, Unmapped, VendorSource
from bot.sources.paging import paged
from bot.sources.values import count, flag, inner, listed, required, text, texts
from bot.sources.work_items import REREAD_DAYS, NoItem, WorkItem, WorkPage, facts, instants, minutes_of, moment, words
from storage.records import Restate, WorkRecord

SOLVED = ("solved", "closed")
MERGED = "closed_by_merge"  # the tag that Zendesk gives a ticket whose talk goes on in another
PAGE = 500
TIME_FIELDS = "FULCRUM_ZENDESK_TIME_FIELDS"

Json = Mapping[str, Any]


def pages(asked: Asked) -> Iterator[WorkPage]:
    """Every ticket that changed since the first day: what was solved, opened again or deleted is among it."""
    begin, _ = instants(asked.period, asked.context)
    # A day early: the stream takes no beginning of the last minute.
    query: Params = {
        "start_time": int((begin - timedelta(days=1)).timestamp()),
        "per_page": PAGE,
        "include": "metric_sets",
    }
    path = "/api/v2/incremental/tickets/cursor.json"
    for body in paged(asked.http, path, query, send="cursor", next_of=_cursor):
        yield WorkPage.of(asked, {"time_fields": asked.settings.get(TIME_FIELDS, ""), **body})


def translate(page: WorkPage) -> Iterator[WorkRecord | Unmapped]:
    """The facts of the tickets of a page."""
    metrics = {
        text(metric, "ticket_id", needed=True): metric for metric in listed(page.body, "metric_sets", needed=True)
    }
    time_fields = [name.strip() for name in page.body["time_fields"].split(",") if name.strip()]
    tickets = listed(page.body, "tickets", needed=True)
    return facts(page, (_item(ticket, metrics.get(text(ticket, "id"), {}), time_fields) for ticket in tickets))


def _item(ticket: Json, metric: Json, time_fields: list[str]) -> WorkItem | NoItem:
    key, tags = text(ticket, "id", needed=True), texts(ticket, "tags")
    solved_at = required(metric, "solved_at") if metric else None
    if text(ticket, "status", needed=True) not in SOLVED or not solved_at or MERGED in tags:
        return NoItem(key)
    return WorkItem(
        source="zendesk",
        kind="ticket",
        key=key,
        done_at=moment(metric, "solved_at"),
        fields={
            "form": words(text(ticket, "ticket_form_id")),
            "tag": words(*tags),
            "type": words(text(ticket, "type")),
            "group": words(text(ticket, "group_id")),
            "brand": words(text(ticket, "brand_id")),
            "channel": words(text(inner(ticket, "via"), "channel")),
        },
        minutes=tracked(listed(ticket, "custom_fields"), time_fields),
        accepted=text(inner(ticket, "satisfaction_rating"), "score") not in ("bad", "bad_with_comment"),
        reworked=bool(count(metric, "reopens")),
    )


def tracked(custom_fields: Any, time_fields: list[str]) -> Decimal | None:
    """The minutes in these custom fields of seconds, None where none of them has any."""
    by_id = {text(field, "id", needed=True): field for field in custom_fields}
    there = [by_id[name] for name in time_fields if by_id.get(name, {}).get("value") not in (None, "")]
    return sum((minutes_of(field, "value") for field in there), Decimal(0)) if there else None


def _cursor(body: Json) -> str | None:
    return None if flag(body, "end_of_stream", needed=True) else text(body, "after_cursor", needed=True)


def _headers(settings: Mapping[str, str]) -> dict[str, str]:
    pair = f"{settings['ZENDESK_EMAIL']}/token:{settings['ZENDESK_API_TOKEN']}"
    return {"Authorization": f"Basic {b64encode(pair.encode()).decode()}"}


ZENDESK = VendorSource(
    name="zendesk",
    label="Zendesk",
    base_url="",
    needs=("ZENDESK_EMAIL", "ZENDESK_API_TOKEN", "FULCRUM_ZENDESK_URL"),
    optional=(TIME_FIELDS,),
    meanings={
        "ZENDESK_EMAIL": "the address of the Zendesk admin whose API token is read with",
        "ZENDESK_API_TOKEN": "an API token of that Zendesk",
        "FULCRUM_ZENDESK_URL": "your Zendesk, `https://YOURS.zendesk.com`",
        TIME_FIELDS: "the ids, between commas, of the ticket fields that hold the total seconds spent "
        "(“Total time spent (sec)” of the Time Tracking app)",
    },
    key_is="an API token of ZENDESK_EMAIL, an admin: the incremental export is for admins alone",
    headers=_headers,
    reports=(
        Report(
            name="tickets",
            rule=Restate.WHOLE_DAYS,
            pages=pages,
            translate=translate,
            facts="work",
            step_days=3660,  # each pull reads the stream from its first day to now
            revised_days=REREAD_DAYS,
            feed=lambda settings: urlsplit(settings.get("FULCRUM_ZENDESK_URL", "")).hostname or "",
        ),
    ),
)
