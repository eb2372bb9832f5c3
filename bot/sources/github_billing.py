"""GitHub Copilot's bill outside the quotas, and the seats that these come from.

Source of the wire formats: GitHub's REST API, billing usage and Copilot seats. A bill is not split by user: it is asked
for each seat holder, on days that cost anything. It holds dollars; credits are counted by the usage reports.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from bot.sources.base import Asked, Record, Report, SourceDown, SourceWithheld
from bot.sources.paging import linked
from bot.sources.values import count, inner, listed, moment, money, text, utc_day
from storage.records import CostKind, Restate, SeatRecord, UsageRecord

ORG = "FULCRUM_GITHUB_ORG"
TOOL, PROVIDER = "copilot", "github"
CREDITS_SINCE = date(2026, 6, 1)  # before it Copilot was billed by premium requests
NOTHING = Decimal(0)

Items = dict[tuple[str, str], Decimal]  # what remains to be paid, in dollars, by sku and model


def pages(asked: Asked) -> Iterator[dict[str, Any]]:
    """What each day cost beyond the quotas: by seat holder, then what is left of the organisation's bill."""
    holders: list[str] | None = None
    for day in asked.period.each_day():
        left = _bill(asked, day)
        if any(left.values()) and holders is None:
            holders = [seat.subject for seat in seats_now(asked)]
        for login in holders or ():
            if not any(left.values()):
                break
            own = _bill(asked, day, login)
            left = {item: cost - own.get(item, NOTHING) for item, cost in left.items()}
            yield {"day": day, "user": login, "items": own}
        yield {"day": day, "user": "", "items": left}


def records(page: Mapping[str, Any]) -> Iterator[Record]:
    """A fact of each item that costs anything; nobody's is what no seat holder is billed for."""
    for (sku, model), cost in page["items"].items():
        if cost:
            yield UsageRecord(
                natural_key=f"{page['day']}|{page['user']}|{sku}|{model}",
                day=page["day"],
                subject=page["user"],
                tool=TOOL,
                provider=PROVIDER,
                model=model,
                requests=0,  # the usage reports count them
                cost=cost,
                cost_kind=CostKind.BILLED,
            )


def seats_now(asked: Asked) -> Iterator[SeatRecord]:
    """The seats as they are now; whoever comes twice, by several teams, holds one.

    Raises SourceDown where fewer come than GitHub says there are.
    """
    seen: set[str] = set()
    rows = told = 0
    for body in linked(asked.http, f"/orgs/{asked.settings[ORG]}/copilot/billing/seats", {"per_page": 100}):
        told = max(told, count(body, "total_seats") or 0)
        held = listed(body, "seats", needed=True)
        rows += len(held)
        for seat in seats(held):
            if seat.subject not in seen:
                seen.add(seat.subject)
                yield seat
    if rows < told:
        raise SourceDown(f"GitHub says that there are {told} Copilot seats and gave {rows}; the next pass asks again")


def seats(rows: Iterable[Mapping[str, Any]]) -> Iterator[SeatRecord]:
    """Seats of rows of GitHub's list, which tells no price; days are those of UTC, whatever offset a time has."""
    for row in rows:
        yield SeatRecord(
            subject=text(inner(row, "assignee", needed=True), "login", needed=True),
            tool=TOOL,
            plan=text(row, "plan_type"),
            start=moment(row, "created_at").date(),
            end=utc_day(row, "pending_cancellation_date") if row.get("pending_cancellation_date") else None,
        )


def _bill(asked: Asked, day: date, user: str = "") -> Items:
    unit = "ai_credit" if day >= CREDITS_SINCE else "premium_request"
    path = f"/organizations/{asked.settings[ORG]}/settings/billing/{unit}/usage"
    params = {"year": day.year, "month": day.month, "day": day.day} | ({"user": user} if user else {})
    reply = asked.http.get(path, params, allowed=(404,))
    if reply.status >= 400:
        raise SourceWithheld(f"GitHub has no bill of {asked.settings[ORG]} by {unit.replace('_', ' ')}")
    items: Items = defaultdict(Decimal)
    for item in listed(reply.body, "usageItems", needed=True):
        model = text(item, "model").removeprefix("Auto: ")
        items[text(item, "sku"), model] += money(item, "netAmount")
    return items


REPORT = Report(
    name="copilot bill",
    rule=Restate.WHOLE_DAYS,
    pages=pages,
    translate=records,
    step_days=1,
    revised_days=7,
    feed=lambda settings: settings.get(ORG, ""),
    scope="“Administration” of the organisation, to read",
)
