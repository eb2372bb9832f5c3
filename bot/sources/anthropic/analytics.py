"""The Analytics API of Claude Enterprise: use and cost by person and product, not final for a month.

Where the key reads the Admin API too, what is done by its API is left to the reports of that one. The list price of use
is what the cost report tells it to be, before discounts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from bot.sources import hours
from bot.sources.anthropic import asking
from bot.sources.base import Asked, Params, Report, SourceWithheld
from bot.sources.keys import row_key
from bot.sources.paging import paged
from bot.sources.values import CENTS, amount, count, inner, listed, money, text
from storage.records import CostKind, Mode, Period, PricingRecord, Restate, UsageRecord

USAGE_PATH, COST_PATH = "/v1/organizations/analytics/usage", "/v1/organizations/analytics/cost"
ROWS = 1000
GROUPS = ("actor", "product", "model")
OF_API = frozenset({"messages_api", "message_batches_api", "managed_agents_api", "claude_console"})
TOOLS = {"chat": "claude", "chat_cowork_unified": "claude", "claude_code": asking.CLAUDE_CODE}
AGENTS = frozenset({"claude_code", "cowork", "managed_agents_api", "claude_tag"})
NOT_GIVEN = "the key may not read the analytics (read:analytics), or the organisation has none"


def may_read(asked: Asked) -> bool:
    """Whether the key reads the analytics of usage."""
    return _may(asked, USAGE_PATH)


def _may(asked: Asked, path: str) -> bool:
    day = Period(asked.period.end, asked.period.end)
    params: Params = {**asking.span(day), "limit": 1, "group_by[]": GROUPS, "time_bucket_width": "1d"}
    return asked.http.get(path, params, allowed=(400, *asking.NOT_ALLOWED)).status < 400


def _pages(path: str, by_hour: bool = False) -> Callable[[Asked], Iterator[Any]]:
    def pages(asked: Asked) -> Iterator[Any]:
        if path not in asked.memo:
            asked.memo[path] = _may(asked, path)
        if not asked.memo[path]:
            raise SourceWithheld(NOT_GIVEN)
        with_api = not asking.may_read_admin(asked)
        width = "1h" if by_hour and hours.are_wanted(asked) else "1d"
        params: Params = {**asking.span(asked.period), "time_bucket_width": width, "limit": ROWS, "group_by[]": GROUPS}
        for page in paged(asked.http, path, params):
            yield with_api, page

    return pages


def _rows(page: tuple[bool, Any]) -> Iterator[tuple[Mapping[str, Any], dict[str, Any]]]:
    """Each row that is not left to the Admin API, with what it is of."""
    with_api, body = page
    for row in listed(body, "data", needed=True):
        group = inner(row, "group")
        product, actor = text(group, "product").replace("-", "_"), inner(group, "actor")
        if not with_api and _is_of_api(product, actor):
            continue
        when = asking.time_of(row)
        who = next(filter(None, (text(actor, name) for name in ("email_address", *_IDS))), "")
        own = product if product.startswith("claude") else f"claude_{product}"
        tool = asking.API if product in OF_API else TOOLS.get(product, own)
        yield (
            row,
            {
                "natural_key": f"{row_key(when.told, group)}|{row_key(when.told, _lasting(actor))}",
                "day": when.day,
                "at": when.at,
                "subject": who,
                "tool": tool if product else "claude",
                "provider": asking.PROVIDER,
                "model": text(group, "model"),
                "mode": Mode.AGENT if product in AGENTS else Mode.CHAT if TOOLS.get(product) == "claude" else "",
            },
        )


_IDS = ("user_id", "service_account_id", "api_key_id", "subject")


def _is_of_api(product: str, actor: Mapping[str, Any]) -> bool:
    return product in OF_API or (product == "claude_code" and text(actor, "type") == "api_actor")


def _lasting(actor: Mapping[str, Any]) -> dict[str, Any]:
    """What stays of somebody who is renamed or deleted."""
    return {name: text(actor, name) for name in ("type", "provider", *_IDS) if text(actor, name)} or {
        "email": text(actor, "email_address")
    }


def _usage(page: tuple[bool, Any]) -> Iterator[UsageRecord]:
    for row, what in _rows(page):
        used = inner(row, "usage", needed=True)
        written = inner(used, "cache_creation")
        short = count(written, "ephemeral_5m_input_tokens") or 0
        long = count(written, "ephemeral_1h_input_tokens") or 0
        fresh, cached, output = (
            count(used, name, needed=True) or 0
            for name in ("uncached_input_tokens", "cache_read_input_tokens", "output_tokens")
        )
        yield UsageRecord(
            **what,
            input_tokens=fresh,
            cached_input_tokens=cached,
            cache_write_tokens=short + long,
            cache_write_1h_tokens=long,
            output_tokens=output,
            requests=count(used, "requests"),
            cost_kind=CostKind.APART,
        )


def _cost(page: tuple[bool, Any]) -> Iterator[UsageRecord]:
    for row, what in _rows(page):
        cost = inner(row, "cost", needed=True)
        dollars, listed_at = money(cost, "amount") / CENTS, amount(cost, "list_amount")
        yield UsageRecord(
            **what,
            requests=0,
            cost=dollars,
            cost_kind=CostKind.CREDIT if dollars < 0 else CostKind.BILLED,
            list_cost=None if listed_at is None else listed_at / CENTS,
            pricing=PricingRecord(currency=(text(cost, "currency") or "USD").upper()),
        )


ANALYTICS_USAGE = Report(
    name="analytics usage",
    rule=Restate.WHOLE_DAYS,
    pages=_pages(USAGE_PATH, by_hour=True),
    translate=_usage,
    step_days=31,
    revised_days=31,
    overlaps=("claude_code",),
    precedence=20,
)
ANALYTICS_COST = Report(
    name="analytics cost",
    rule=Restate.WHOLE_DAYS,
    pages=_pages(COST_PATH),
    translate=_cost,
    step_days=31,
    revised_days=31,
)
