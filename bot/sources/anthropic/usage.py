"""Usage of the API by key and of Claude Code by person, laid over each other so that each token is told once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from typing import Any

from bot.sources import hours, prices
from bot.sources.anthropic import asking, tokens
from bot.sources.anthropic.tokens import NONE, Tokens
from bot.sources.base import Asked, Params, Report, SourceWithheld
from bot.sources.keys import Row, row_key, told_apart
from bot.sources.paging import paged
from bot.sources.values import CENTS, amount, count, inner, listed, text
from storage.records import CostKind, Mode, PricingRecord, Restate, UsageRecord

CLAUDE_CODE_REPORT = "/v1/organizations/usage_report/claude_code"
ROWS = 1000
# From the finest on: what a server does not group by is asked for without it.
GROUPS = (
    (
        *("api_key_id", "workspace_id", "model", "account_id", "service_account_id"),
        *("service_tier", "context_window", "inference_geo"),
    ),
    ("api_key_id", "workspace_id", "model", "account_id"),
)
LONG_CONTEXT = 200_001  # tokens of a call in the window 200k-1M, at least
TIERS = {"batch": {"processing": "batch"}}
STEP_DAYS = 7  # a pull keeps its days in memory


Timed = tuple[datetime | None, Row]  # with the beginning of its hour, where it is of one


@dataclass(frozen=True, slots=True)
class ToldTwice:
    """What both reports say of one day, by the keys of rows; `seats` whether Claude Code on seats counts by itself.

    `listed` is whether the messages have the day at all, which they have without use too.
    """

    day: date
    listed: bool
    messages: Mapping[str, Timed]
    claude_code: Mapping[str, Row]
    workspaces: Mapping[str, str]
    seats: bool


def pages(asked: Asked) -> Iterator[ToldTwice]:
    """Each day with all its rows."""
    if not asking.may_read_admin(asked):
        raise SourceWithheld("the key is not one of the Admin API, so that usage by key is not read")
    found: dict[date, dict[str, Timed]] = {}
    for page in _message_pages(asked):
        for bucket in listed(page, "data", needed=True):
            when = asking.time_of(bucket)
            rows = told_apart(listed(bucket, "results", needed=True), partial(row_key, when.told))
            found.setdefault(when.day, {}).update((key, (when.at, row)) for key, row in rows)
    names, seats = asking.workspaces(asked), not may_read_analytics(asked)
    for day in sorted({*asked.period.each_day(), *found}):
        yield ToldTwice(day, day in found, found.get(day, {}), _claude_code(asked, day), names, seats)


def may_read_analytics(asked: Asked) -> bool:
    """Whether the key reads the analytics of usage, which know Claude Code on seats better."""
    if "analytics" not in asked.memo:
        from bot.sources.anthropic.analytics import may_read

        asked.memo["analytics"] = may_read(asked)
    return bool(asked.memo["analytics"])


def _message_pages(asked: Asked) -> Iterator[Any]:
    wanted: dict[str, Any] = {**asking.span(asked.period), **hours.width(asked, asking.BUCKETS)}
    for groups in GROUPS:
        params: Params = {**wanted, "group_by[]": groups}
        refused = groups != GROUPS[-1] and _is_refused(asked, params)
        if not refused:
            yield from paged(asked.http, asking.MESSAGES, params)
            return


def _is_refused(asked: Asked, params: Params) -> bool:
    if "groups" not in asked.memo:
        asked.memo["groups"] = asked.http.get(asking.MESSAGES, {**params, "limit": 1}, allowed=(400,)).status == 400
    return bool(asked.memo["groups"])


def _claude_code(asked: Asked, day: date) -> dict[str, Mapping[str, Any]]:
    """By key the rows of one day, each once; none where the key may not read them, and none that say another day."""
    params: Params = {"starting_at": day.isoformat(), "limit": ROWS}
    found: dict[str, Mapping[str, Any]] = {}
    for page in paged(asked.http, CLAUDE_CODE_REPORT, params, allowed=asking.NOT_ALLOWED):
        rows = [
            row for row in listed(page, "data", needed=True) if ("date" not in row or asking.day_of(row, "date") == day)
        ]
        found |= told_apart(rows, lambda row: row_key(day, row, inner(row, "actor")))
    return found


def translate(day: ToldTwice) -> Iterator[UsageRecord]:
    """Claude Code by person, and of the messages what is not in it."""
    from storage.catalogue.spellings import family  # heavy, and every command reads the settings of sources

    told: dict[str, Tokens] = defaultdict(lambda: NONE)
    for key, row in day.claude_code.items():
        on_seat = text(row, "customer_type") == "subscription"
        yield from _of_person(key, row, day, counts=day.seats or not on_seat)
        for part in () if on_seat else _models(row):
            model = family("model", part.model)
            told[model] = tokens.added(told[model], part.tokens)
    for key, (at, row) in _in_order(day):
        model = family("model", text(row, "model"))
        left, told[model] = tokens.taken_out(tokens.of_row(row), told[model])
        yield _of_key(key, at, row, day, left)


def _in_order(day: ToldTwice) -> list[tuple[str, Timed]]:
    """Rows of who signs in, then those of the workspace that is Claude Code's own, then the largest."""

    def order(keyed: tuple[str, Timed]) -> tuple[bool, bool, int, str]:
        key, (_, row) = keyed
        name = day.workspaces.get(text(row, "workspace_id"), "")
        return (
            row.get("account_id") is None,
            name.casefold() != "claude code",
            -sum(tokens.of_row(row)),
            key,
        )

    return sorted(day.messages.items(), key=order)


def _of_key(key: str, at: datetime | None, row: Row, day: ToldTwice, left: Tokens) -> UsageRecord:
    tier, model = text(row, "service_tier"), text(row, "model")
    workspace, is_long = text(row, "workspace_id"), row.get("context_window") == "200k-1M"
    subject = text(row, "account_id") or text(row, "service_account_id") or text(row, "api_key_id")
    return UsageRecord(
        natural_key=f"messages|{key}",
        day=day.day,
        at=at,
        subject=subject,
        tool=asking.API,
        provider=asking.PROVIDER,
        model=model,
        project=day.workspaces.get(workspace, workspace),
        # What is all told of persons is no use of its own any more, and a row of zeros was never any.
        requests=None if any(left) or _searches(row) else 0,
        **tokens.counts(left),
        pricing=_priced(model, day.day, tier, left, is_long),
        list_cost=_listed(model, day.day, left, TIERS.get(tier, {}), is_long),
        cost_kind=CostKind.APART,
    )


@dataclass(frozen=True, slots=True)
class _Model:
    """What a row of Claude Code says of one model."""

    model: str
    tokens: Tokens
    cents: Decimal | None


def _models(row: Mapping[str, Any]) -> list[_Model]:
    found = []
    for part in listed(row, "model_breakdown"):
        said = inner(part, "tokens")
        fresh, cached, written, output = (
            count(said, name) or 0 for name in ("input", "cache_read", "cache_creation", "output")
        )
        cents = amount(inner(part, "estimated_cost"), "amount")
        found.append(_Model(text(part, "model", needed=True), (fresh, cached, written, 0, output), cents))
    return found


def _of_person(key: str, row: Mapping[str, Any], day: ToldTwice, counts: bool) -> Iterator[UsageRecord]:
    """One fact a model, without tokens where another report has them.

    What is told of the row and of no model stands beside the model with most tokens.
    """
    actor = inner(row, "actor", needed=True)
    subject = text(actor, "email_address") or text(actor, "api_key_name")
    on_seat = text(row, "customer_type") == "subscription"
    common: dict[str, Any] = {
        "day": day.day,
        "subject": subject,
        "tool": asking.CLAUDE_CODE,
        "provider": asking.PROVIDER,
        "mode": Mode.AGENT,
        "cost_kind": CostKind.COVERED if on_seat and counts else CostKind.APART,
        "cost": Decimal(0) if on_seat and counts else None,
    }
    models = sorted(_models(row), key=lambda part: -sum(part.tokens)) if counts else []
    if not models:
        yield UsageRecord(natural_key=f"claude_code|{key}", **common, **_actions(row))
    for place, part in enumerate(models):
        yield UsageRecord(
            natural_key=f"claude_code|{key}|{part.model}",
            model=part.model,
            **tokens.counts(part.tokens, hour=None),
            list_cost=None if part.cents is None else part.cents / CENTS,
            pricing=PricingRecord(rule="Claude Code analytics", price_day=day.day),
            **common,
            **(_actions(row) if place == 0 else {}),
        )


def _actions(row: Mapping[str, Any]) -> dict[str, Any]:
    """Edits offered and taken; somebody without a session was not active."""
    by_tool = inner(row, "tool_actions")
    tools = [inner(by_tool, name) for name in by_tool if name.endswith("_tool")]
    accepted = sum(count(tool, "accepted") or 0 for tool in tools)
    rejected = sum(count(tool, "rejected") or 0 for tool in tools)
    sessions = count(inner(row, "core_metrics", needed=True), "num_sessions")
    idle = sessions == 0 and not accepted + rejected and not row.get("model_breakdown")
    return {"suggested": accepted + rejected, "accepted": accepted, "requests": 0 if idle else None}


def _searches(row: Mapping[str, Any]) -> int:
    return count(inner(row, "server_tool_use"), "web_search_requests") or 0


def _priced(model: str, day: date, tier: str, tokens: Tokens, is_long: bool) -> PricingRecord:
    """How it is priced; cache writes of an hour have no price of their class, so that none is given where there are."""
    terms, size = tuple(sorted(TIERS.get(tier, {}).items())), LONG_CONTEXT if is_long else 0
    by_class: dict[str, Any] = dict(prices.class_prices(asking.PROVIDER, model, day, terms, size))
    if tokens[3]:
        by_class.pop("price_cache_write", None)
    return PricingRecord(service_tier=tier, rule=prices.table(), price_day=day, **by_class)


def _listed(model: str, day: date, tokens: Tokens, terms: Mapping[str, str], is_long: bool) -> Any:
    fresh, cached, short, long, output = tokens
    return prices.list_cost(
        asking.PROVIDER,
        model,
        day,
        terms,
        input=fresh,
        cached=cached,
        written=short,
        written_hour=long,
        output=output,
        size=LONG_CONTEXT if is_long else 0,
    )


USAGE = Report(
    name="usage",
    rule=Restate.WHOLE_DAYS,
    pages=pages,
    translate=translate,
    step_days=STEP_DAYS,
    revised_days=3,
    lists=lambda day: [day.day] if day.listed else [],
    overlaps=("claude_code", "anthropic_api"),
    precedence=10,
)
