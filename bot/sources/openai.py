"""OpenAI's organisation reports: usage by endpoint, costs, and who and what its ids are.

Wire format: `/v1/organization/usage/*`, `/v1/organization/costs`, `/users`, `/projects`, `/projects/*/api_keys`.

Tokens  `input_tokens` holds cached input and cache writes: what is fresh is the difference. Reasoning lies in output
        and is not told. One canonical grouping is asked for, and no second one is added to it.
Money   the costs report is the bill, by project, key and line item; it carries no tokens here, and requests 0. Usage
        carries its list price alone and is billed apart, so that a sum of cost is the bill and a sum of tokens the
        usage report, and neither holds anything twice.
Days    usage is asked for by hour where the workspace's days are not UTC's; the bill has days of UTC alone.
Who     a user, else the key, whose owner it stands for; what has neither is nobody's.
Left    file and web searches, code interpreter sessions, vector stores: they are part of calls that are counted, and
out     cost what the costs report says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any

from bot.sources import hours, prices
from bot.sources.base import Asked, Http, Params, Report, SourceChanged, VendorSource
from bot.sources.hours import BucketTime
from bot.sources.keys import row_key, told_apart
from bot.sources.modalities import beyond_text, other_than_text
from bot.sources.paging import last_id, paged
from bot.sources.values import count, inner, listed, money, seconds, text
from storage.records import CostKind, IdentityRecord, Period, PricingRecord, Restate, UsageRecord

PROVIDER, TOOL = "openai", "openai_api"
BUCKETS = 31  # the most days that a page of usage holds
COST_BUCKETS = 180
PEOPLE = 100
BASIC = ("project_id", "user_id", "api_key_id", "model")
# From the finest on, as some combinations are refused; the bill by key is a person's, by line item a model's.
COST_GROUPS = (
    ("project_id", "line_item", "api_key_id", "user_id"),
    ("project_id", "line_item", "api_key_id"),
    ("project_id", "line_item"),
    ("line_item",),
)
COSTS = "/v1/organization/costs"
PROJECTS, GROUPING = "projects", "grouping of costs"  # in the pass's memo
TERMS = {"flex": {"service_tier": "flex"}, "priority": {"service_tier": "priority"}}
BATCH = "batch"


def _usage(endpoint: str, groups: Iterable[str], translate: Callable[[Any, str], Iterator[UsageRecord]]) -> Report:
    def pages(asked: Asked) -> Iterator[Any]:
        params = _span(asked.period) | hours.width(asked, BUCKETS) | {"group_by[]": list(groups)}
        names = _projects(asked)
        for page in paged(asked.http, f"/v1/organization/usage/{endpoint}", params):
            yield names, page

    return Report(
        name=endpoint,
        rule=Restate.WHOLE_DAYS,
        pages=pages,
        translate=lambda page: translate(page, endpoint),
        step_days=BUCKETS,
        revised_days=3,
        lists=_days,
        overlaps=("openai_api", "codex"),
        precedence=10,
    )


def _span(period: Period) -> dict[str, Any]:
    return {"start_time": _unix(period.start), "end_time": _unix(period.end + timedelta(days=1))}


def _unix(day: date) -> int:
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())


def _days(page: Any) -> Iterator[date]:
    """The days of a page's buckets, which are there without rows too."""
    return (_time(bucket).day for bucket in listed(page[1], "data", needed=True))


def _time(bucket: Any) -> BucketTime:
    end = seconds(bucket, "end_time") if bucket.get("end_time") is not None else None
    return hours.time_of(seconds(bucket, "start_time"), end)


def _rows(page: Any, kinds: Iterable[str]) -> Iterator[tuple[BucketTime, str, Mapping[str, Any]]]:
    """The rows of all buckets, each with its time and key; a row of another kind is another format."""
    for bucket in listed(page, "data", needed=True):
        when = _time(bucket)
        rows = listed(bucket, "result" if "result" in bucket else "results", needed=True)
        for key, row in told_apart(rows, partial(row_key, when.told)):
            kind = text(row, "object")
            if kind and not any(kind == f"organization.{known}.result" for known in kinds):
                raise SourceChanged(f"OpenAI's answer has rows of another kind than was asked for ({kind[:80]})")
            yield when, key, row


def _completions(page: Any, endpoint: str) -> Iterator[UsageRecord]:
    names, body = page
    for when, key, row in _rows(body, (f"usage.{endpoint}",)):
        total = count(row, "input_tokens", needed=True) or 0
        cached, written = count(row, "input_cached_tokens"), _written(row)
        fresh = max(0, total - (cached or 0) - (written or 0))
        output = count(row, "output_tokens", needed=True) or 0
        tier = BATCH if row.get("batch") is True else text(row, "service_tier")
        model = text(row, "model")
        listed = prices.list_cost(
            PROVIDER,
            model,
            when.day,
            _terms(tier),
            input=fresh,
            cached=cached or 0,
            written=written or 0,
            output=output,
        )
        other = other_than_text(row)
        what = _what(when, key, row, names, tier)
        if other and listed is not None:
            tokens = {"input_tokens": total, "cache_read_tokens": cached or 0, "output_tokens": output}
            listed += beyond_text(PROVIDER, model, when.day, _terms(tier), tokens, other)
            # One price by class would be that of text.
            what["pricing"] = PricingRecord(service_tier=tier, rule=prices.table(), price_day=when.day)
        yield UsageRecord(
            **what,
            model=model,
            input_tokens=fresh,
            cached_input_tokens=cached,
            cache_write_tokens=written,
            output_tokens=output,
            requests=count(row, "num_model_requests", needed=True),
            list_cost=listed,
            cost_kind=CostKind.APART,
        )


def _written(row: Mapping[str, Any]) -> int | None:
    """Cache writes, of which some answers tell only how long they are kept."""
    total, *parts = (count(row, f"input_cache_write_{kept}tokens") for kept in ("", "30m_", "12h_"))
    return sum(part or 0 for part in parts) if total is None and parts != [None, None] else total


def _inputs(page: Any, endpoint: str) -> Iterator[UsageRecord]:
    """Endpoints that take tokens in and write none."""
    names, body = page
    for when, key, row in _rows(body, (f"usage.{endpoint}",)):
        tokens, model = count(row, "input_tokens", needed=True) or 0, text(row, "model")
        yield UsageRecord(
            **_what(when, key, row, names, ""),
            model=model,
            input_tokens=tokens,
            output_tokens=0,
            requests=count(row, "num_model_requests", needed=True),
            list_cost=prices.list_cost(PROVIDER, model, when.day, {}, input=tokens),
            cost_kind=CostKind.APART,
        )


def _requests(page: Any, endpoint: str) -> Iterator[UsageRecord]:
    """Endpoints that count pictures, letters or seconds, which are no tokens."""
    names, body = page
    for when, key, row in _rows(body, (f"usage.{endpoint}",)):
        yield UsageRecord(
            **_what(when, key, row, names, ""),
            model=text(row, "model"),
            requests=count(row, "num_model_requests", needed=True),
            cost_kind=CostKind.APART,
        )


def _what(when: BucketTime, key: str, row: Mapping[str, Any], names: Mapping[str, str], tier: str) -> dict[str, Any]:
    project, model = text(row, "project_id"), text(row, "model")
    by_class = prices.class_prices(PROVIDER, model, when.day, tuple(sorted(_terms(tier).items())))
    return {
        "natural_key": key,
        "day": when.day,
        "at": when.at,
        "subject": text(row, "user_id") or text(row, "api_key_id"),
        "tool": TOOL,
        "provider": PROVIDER,
        "project": names.get(project, project),
        "pricing": PricingRecord(service_tier=tier, rule=prices.table(), price_day=when.day, **by_class),
    }


def _terms(tier: str) -> Mapping[str, str]:
    return {"processing": BATCH} if tier == BATCH else TERMS.get(tier, {})


def _cost_pages(asked: Asked) -> Iterator[Any]:
    names, groups = _projects(asked), _cost_groups(asked)
    params = _span(asked.period) | {"bucket_width": "1d", "limit": COST_BUCKETS, "group_by[]": groups}
    yield from ((names, page) for page in paged(asked.http, COSTS, params))


def _cost_groups(asked: Asked) -> Sequence[str]:
    """The finest grouping that is not refused."""
    if GROUPING not in asked.memo:
        day = _span(Period(asked.period.end, asked.period.end)) | {"bucket_width": "1d", "limit": 1}
        asked.memo[GROUPING] = next(
            groups
            for groups in COST_GROUPS
            if groups is COST_GROUPS[-1]
            or asked.http.get(COSTS, {**day, "group_by[]": groups}, allowed=(400,)).status < 400
        )
    found: Sequence[str] = asked.memo[GROUPING]
    return found


def _costs(page: Any) -> Iterator[UsageRecord]:
    names, body = page
    for when, key, row in _rows(body, ("costs",)):
        told = inner(row, "amount", needed=True)
        amount = money(told, "value")
        currency = (text(told, "currency") or "usd").upper()
        model, comma, _ = text(row, "line_item").partition(", ")
        project = text(row, "project_id")
        yield UsageRecord(
            natural_key=key,
            day=when.day,
            subject=text(row, "user_id") or text(row, "api_key_id"),
            tool=TOOL,
            provider=PROVIDER,
            model=model if comma else "",
            project=names.get(project, project),
            pricing=PricingRecord(currency=currency),
            requests=0,
            cost=amount,
            cost_kind=CostKind.CREDIT if amount < 0 else CostKind.BILLED,
        )


def _projects(asked: Asked) -> Mapping[str, str]:
    """The names of projects by their ids; of two that are named alike the id says which."""
    if PROJECTS not in asked.memo:
        found = {
            text(row, "id", needed=True): text(row, "name") or text(row, "id") for row in _project_rows(asked.http)
        }
        twice = {name for name in found.values() if [*found.values()].count(name) > 1}
        asked.memo[PROJECTS] = {id_: f"{name} ({id_})" if name in twice else name for id_, name in found.items()}
    names: Mapping[str, str] = asked.memo[PROJECTS]
    return names


def _project_rows(http: Http) -> Iterator[Any]:
    params: Params = {"limit": PEOPLE, "include_archived": "true"}
    for page in paged(http, "/v1/organization/projects", params, send="after", next_of=last_id, allowed=(403, 404)):
        yield from listed(page, "data", needed=True)


def _identities(asked: Asked) -> Iterator[IdentityRecord]:
    """Users by their ids, and keys by those of their owners."""
    for page in paged(asked.http, "/v1/organization/users", {"limit": PEOPLE}, send="after", next_of=last_id):
        for user in listed(page, "data", needed=True):
            if text(user, "email"):
                yield IdentityRecord(outside_id=text(user, "id", needed=True), email=text(user, "email"))
    for project in _projects(asked):
        yield from _keys(asked.http, project)


def _keys(http: Http, project: str) -> Iterator[IdentityRecord]:
    path = f"/v1/organization/projects/{project}/api_keys"
    params: Params = {"limit": PEOPLE, "owner_project_access": "any"}
    for page in paged(http, path, params, send="after", next_of=last_id, allowed=(400, 403, 404)):
        for key in listed(page, "data", needed=True):
            email = text(inner(inner(key, "owner"), "user"), "email")
            if email:
                yield IdentityRecord(outside_id=text(key, "id", needed=True), email=email)


OPENAI = VendorSource(
    name="openai",
    label="OpenAI",
    base_url="https://api.openai.com",
    needs=("OPENAI_ADMIN_KEY",),
    meanings={"OPENAI_ADMIN_KEY": "reads usage and costs of your OpenAI organisation: an Admin key (`sk-admin-…`)"},
    key_is="an Admin key (sk-admin-…), which an owner of the organisation makes, with api.usage.read",
    headers=lambda settings: {"Authorization": f"Bearer {settings['OPENAI_ADMIN_KEY']}"},
    identities=_identities,
    every_minutes=60,
    reports=(
        _usage("completions", (*BASIC, "batch", "service_tier"), _completions),
        _usage("embeddings", BASIC, _inputs),
        _usage("moderations", BASIC, _inputs),
        _usage("images", BASIC, _requests),
        _usage("audio_speeches", BASIC, _requests),
        _usage("audio_transcriptions", BASIC, _requests),
        Report(
            name="costs",
            rule=Restate.WHOLE_DAYS,
            pages=_cost_pages,
            translate=_costs,
            step_days=90,
            revised_days=7,
            lists=_days,
        ),
    ),
)
