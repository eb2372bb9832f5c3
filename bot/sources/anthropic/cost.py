"""The bill of the API, by workspace, model and class of tokens; no one knows of whom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from typing import Any

from bot.sources.anthropic import asking
from bot.sources.base import Asked, Params, Report, SourceWithheld
from bot.sources.keys import row_key, told_apart
from bot.sources.paging import paged
from bot.sources.values import CENTS, listed, money, text
from storage.records import CostKind, PricingRecord, Restate, UsageRecord


def pages(asked: Asked) -> Iterator[tuple[Mapping[str, str], Any]]:
    """The pages of the bill, each with the names of workspaces."""
    if not asking.may_read_admin(asked):
        raise SourceWithheld("the key is not one of the Admin API, so that its cost report is not read")
    params: Params = {
        **asking.span(asked.period),
        "bucket_width": "1d",
        "limit": asking.BUCKETS,
        "group_by[]": ("workspace_id", "description"),
    }
    names = asking.workspaces(asked)
    for page in paged(asked.http, "/v1/organizations/cost_report", params):
        yield names, page


def translate(page: tuple[Mapping[str, str], Any]) -> Iterator[UsageRecord]:
    """One fact a line of the bill; its amount is cents, as a text."""
    names, body = page
    for bucket in listed(body, "data", needed=True):
        day = asking.day_of(bucket, "starting_at")
        for key, row in told_apart(listed(bucket, "results", needed=True), partial(_key, day)):
            dollars = money(row, "amount") / CENTS
            workspace, tier = text(row, "workspace_id"), text(row, "service_tier")
            yield UsageRecord(
                natural_key=key,
                day=day,
                tool=asking.API,
                provider=asking.PROVIDER,
                model=text(row, "model"),
                project=names.get(workspace, workspace),
                pricing=PricingRecord(service_tier=tier, currency=(text(row, "currency") or "USD").upper()),
                requests=0,
                cost=dollars,
                cost_kind=CostKind.CREDIT if dollars < 0 else CostKind.BILLED,
            )


def _key(day: date, row: Mapping[str, Any]) -> str:
    return row_key(day, {name: value for name, value in row.items() if name != "amount"})


COST = Report(
    name="cost",
    rule=Restate.WHOLE_DAYS,
    pages=pages,
    translate=translate,
    step_days=asking.BUCKETS,
    revised_days=7,
    lists=lambda page: asking.days_of(page[1]),
)
