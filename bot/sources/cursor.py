"""Cursor: usage events with their tokens and money, tab completions by day, and the members of the team.

Source of the wire format: Cursor's Admin API. An event has no id of its own; who, when and which model make it one,
never its price, which the next day restates up or down. What a day no longer shows, by that model or at all, is gone;
a reply of a few events of a day restates these alone. `chargedCents` holds Cursor's fee already.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any

from bot.sources.base import Asked, Report, SourceChanged, SourceDown, VendorSource
from bot.sources.paging import NewPages
from bot.sources.values import (
    CENTS,
    amount,
    count,
    flag,
    inner,
    listed,
    milliseconds,
    moment,
    required,
    text,
    utc_day,
)
from storage.records import CostKind, IdentityRecord, Restate, SeatRecord, UsageRecord

TOOL = PROVIDER = "cursor"
EVENTS, DAILY, MEMBERS = "/teams/filtered-usage-events", "/teams/daily-usage-data", "/teams/members"
PAGE = 500  # the most that a page may hold
DAYS = 30  # the longest that one request may ask for
TOKENS = ("inputTokens", "outputTokens", "cacheWriteTokens", "cacheReadTokens")
COVERED = ("included", "free", "custom subscription")  # beginnings of kinds that the subscription pays
SEATLESS = ("removed", "free-owner")
UNCHARGED = ("errored", "aborted")

Money = tuple[Decimal | None, CostKind | None, Decimal | None]


def event_pages(asked: Asked) -> Iterator[Sequence[Any]]:
    """The events of the days, page by page. Raises SourceDown where fewer come than Cursor says there are."""
    wanted: int | None = None
    rows, known = 0, set[int]()
    for body in _pages(asked, EVENTS):
        events = listed(body, "usageEvents", needed=True)
        wanted = count(body, "totalUsageEventsCount", needed=True) if wanted is None else wanted
        rows += len(events)
        known |= {hash(repr(event)) for event in events}
        yield events
    # Events that arrive meanwhile push others onto the next page, so that they come twice.
    if rows < (wanted or 0) or (rows > (wanted or 0) > len(known)):
        raise SourceDown(f"Cursor says that there are {wanted} events and gave {len(known)}; the next pass asks again")


def event_records(events: Sequence[Any]) -> Iterator[UsageRecord]:
    """A usage fact of each event."""
    for event in events:
        at = moment(event, "timestamp")
        who, model = _who(event, "userEmail"), text(event, "model", needed=True)
        tokens = inner(event, "tokenUsage")
        if event.get("isTokenBasedCall") is True and not any(name in tokens for name in TOKENS):
            required(tokens, TOKENS[0])
        cost, kind, listed = _money(event, tokens)
        yield UsageRecord(
            natural_key=f"{who}|{at.isoformat()}|{model}|{text(event, 'conversationId')}",
            day=at.date(),
            at=at,
            subject=who,
            tool=TOOL,
            provider=PROVIDER,
            model=model,
            mode="agent",
            input_tokens=count(tokens, "inputTokens"),
            cached_input_tokens=count(tokens, "cacheReadTokens"),
            cache_write_tokens=count(tokens, "cacheWriteTokens"),
            output_tokens=count(tokens, "outputTokens"),
            requests=1,
            cost=cost,
            cost_kind=kind,
            list_cost=listed,
        )


def daily_pages(asked: Asked) -> Iterator[Sequence[Any]]:
    """Each member's days, page by page."""
    return (listed(body, "data", needed=True) for body in _pages(asked, DAILY))


def daily_records(rows: Sequence[Any]) -> Iterator[UsageRecord]:
    """Tab completions alone: whatever else a day counts is in the events."""
    for row in rows:
        shown, taken = (count(row, name, needed=True) for name in ("totalTabsShown", "totalTabsAccepted"))
        if not shown and not taken:
            continue
        on = utc_day(row, "day") if row.get("day") else moment(row, "date").date()
        who = _who(row, "email")
        yield UsageRecord(
            natural_key=f"tabs|{who}|{on}",
            day=on,
            subject=who,
            tool=TOOL,
            provider=PROVIDER,
            mode="completion",
            suggested=shown,
            accepted=taken,
            cost=Decimal(0),
            cost_kind=CostKind.COVERED,
        )


def identities(asked: Asked) -> Iterator[IdentityRecord]:
    """Members by their ids, which some rows give in place of an e-mail."""
    for member in listed(asked.http.get(MEMBERS).body, "teamMembers", needed=True):
        email = text(member, "email").strip().lower()
        if email and text(member, "id"):
            yield IdentityRecord(outside_id=text(member, "id"), email=email, origin="sync")


def seats(asked: Asked) -> Iterator[SeatRecord]:
    """The members of the team, each with a seat but for those whom Cursor has removed or lets manage for free."""
    for member in listed(asked.http.get(MEMBERS).body, "teamMembers", needed=True):
        email = text(member, "email").strip().lower()
        if email and member.get("role") not in SEATLESS and member.get("isRemoved") is not True:
            yield SeatRecord(subject=email, tool=TOOL)


def _pages(asked: Asked, path: str) -> Iterator[Mapping[str, Any]]:
    until = asked.period.end + timedelta(days=1)
    body: dict[str, Any] = {"startDate": milliseconds(asked.period.start), "endDate": milliseconds(until)}
    page, pages = 1, NewPages()
    while True:
        reply = asked.http.post(path, body | {"page": page, "pageSize": PAGE}).body
        paging = inner(reply, "pagination")
        told = count(paging, "currentPage" if "currentPage" in paging else "page") or page
        if told != page:
            raise SourceChanged(f"Cursor gave page {told} of {path} where page {page} was asked for")
        yield reply
        if not flag(paging, "hasNextPage"):
            return
        pages.check(reply)
        page += 1


def _who(row: Mapping[str, Any], email: str) -> str:
    """The e-mail, else the id of a member; a row that names neither is a changed format."""
    return (text(row, email) or text(row, "userId") or text(row, email, needed=True)).strip().lower()


def _money(
    event: Mapping[str, Any], tokens: Mapping[str, Any]
) -> tuple[Decimal | None, CostKind | None, Decimal | None]:
    """Cost, its kind and the value at list price, in dollars."""
    kind = text(event, "kind", needed=True).lower().removeprefix("usage_event_kind_").replace("_", " ")
    priced = amount(tokens, "totalCents")
    fee = amount(event, "cursorTokenFee") or Decimal(0)
    charged = amount(event, "chargedCents")
    if charged is None and priced is not None:
        off = amount(tokens, "discountPercentOff") or Decimal(0)
        charged = priced * (1 - off / 100) + fee
    if kind.startswith(UNCHARGED):
        return Decimal(0), CostKind.BILLED, None
    if "api key" in kind:
        return None, None, None  # paid to the model's vendor and not here
    if kind.startswith(COVERED) or event.get("isChargeable") is False:
        return Decimal(0), CostKind.COVERED, None if charged is None else charged / CENTS
    if charged is None:
        return None, None, None
    return charged / CENTS, CostKind.BILLED, (charged if priced is None else priced + fee) / CENTS


def _headers(settings: Mapping[str, str]) -> Mapping[str, str]:
    name = b64encode(f"{settings['CURSOR_API_KEY']}:".encode()).decode()  # the key is the user, without a password
    return {"Authorization": f"Basic {name}"}


CURSOR = VendorSource(
    name="cursor",
    label="Cursor",
    base_url="https://api.cursor.com",
    needs=("CURSOR_API_KEY",),
    headers=_headers,
    identities=identities,
    seats=seats,
    meanings={"CURSOR_API_KEY": "an Admin API key of a Cursor team: reads its usage events, days and members"},
    key_is="an Admin API key, which a team admin makes under Settings, Advanced",
    reports=(
        Report(
            name="events",
            rule=Restate.WHOLE_DAYS,
            pages=event_pages,
            translate=event_records,
            step_days=1,
            doubted=True,
        ),
        Report(
            name="daily",
            rule=Restate.WHOLE_DAYS,
            pages=daily_pages,
            translate=daily_records,
            step_days=DAYS,
        ),
    ),
)
