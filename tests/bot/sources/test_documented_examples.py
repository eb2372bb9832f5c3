"""Every vendor's documented example of a row is read as it is meant, also as other servers of the format write it.

Numbers come as texts, ids as numbers, fields that need not be there are missing or null, words are new.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import pytest

from bot.sources.anthropic import ANTHROPIC
from bot.sources.base import Asked, Http, Params, Reply, SourceChanged, VendorSource
from bot.sources.chatgpt import CHATGPT
from bot.sources.cursor import CURSOR
from bot.sources.github import GITHUB
from bot.sources.litellm.source import LITELLM
from bot.sources.openai import OPENAI
from storage.records import Period, UsageRecord
from tests.bot.sources.pulls import DAY

START, END, LINK = 1793923200, 1794009600, "https://files.example/part"
SETTINGS = {"FULCRUM_CHATGPT_WORKSPACE": "ws", "FULCRUM_GITHUB_ORG": "o"}
Sums = tuple[int | None, int | None, int | None, int | None, int | None, Decimal | None]


@dataclass(frozen=True, slots=True)
class Example:
    """A documented answer, what it comes to (input, cached, written, output, requests, cost), and what it needs."""

    source: VendorSource
    report: str
    path: str
    body: Mapping[str, Any]
    sums: Sums
    subject: str
    needed: frozenset[str]
    ids: frozenset[str] = frozenset({"user_id", "api_key_id", "project_id", "workspace_id"})
    words: frozenset[str] = frozenset({"service_tier", "context_window", "inference_geo", "quantity_unit"})


@dataclass
class Canned:
    """A vendor of one answer: of every other path it has an empty list, or nothing."""

    example: Example
    body: Any
    rows: Sequence[Any] = field(default_factory=list)

    def get(self, path: str, params: Params = {}, *, allowed: Sequence[int] = ()) -> Reply:  # noqa: B006  # unchanged
        if path.endswith(self.example.path):
            return Reply(200, self.body)
        return Reply(404, None) if 404 in allowed else Reply(200, {"data": [], "results": [], "has_more": False})

    def post(self, path: str, body: Any, params: Params = {}, *, allowed: Sequence[int] = ()) -> Reply:  # noqa: B006
        return self.get(path, params, allowed=allowed)

    def file(self, path: str) -> bytes:
        raise AssertionError(path)

    def lines(self, link: str) -> Iterator[Any]:
        assert link == LINK
        yield from self.body["rows"]


def bucket(row: Mapping[str, Any], **times: Any) -> dict[str, Any]:
    return {"object": "page", "data": [{"object": "bucket", **times, "results": [row]}], "has_more": False}


UNIX, ISO = (
    {"start_time": START, "end_time": END},
    {"starting_at": "2026-11-06T00:00:00Z", "ending_at": "2026-11-07T00:00:00Z"},
)
EXAMPLES = {
    "openai usage": Example(
        OPENAI,
        "completions",
        "/usage/completions",
        bucket(
            {
                **{"object": "organization.usage.completions.result", "input_tokens": 1000, "input_cached_tokens": 400},
                **{"input_cache_write_tokens": 100, "input_uncached_tokens": 500, "output_tokens": 300},
                **{"num_model_requests": 5, "project_id": "proj_a", "user_id": "user-1", "api_key_id": None},
                **{"model": "gpt-5.5-2026-04-23", "batch": None, "service_tier": None},
            },
            **UNIX,
        ),
        (500, 400, 100, 300, 5, None),
        "user-1",
        frozenset({"data", "start_time", "results", "input_tokens", "output_tokens", "num_model_requests"}),
    ),
    "openai costs": Example(
        OPENAI,
        "costs",
        "/costs",
        bucket(
            {
                **{"object": "organization.costs.result", "amount": {"value": 0.06, "currency": "usd"}},
                **{"line_item": "gpt-5.5, input", "project_id": "proj_a", "api_key_id": None},
                **{"quantity": 12000, "quantity_unit": "tokens"},
            },
            **UNIX,
        ),
        (None, None, None, None, 0, Decimal("0.06")),
        "",
        frozenset({"data", "start_time", "results", "amount", "value"}),
    ),
    "chatgpt": Example(
        CHATGPT,
        "usage",
        "/workspaces/ws/usage",
        {
            "object": "page",
            "data": [
                {
                    **{"object": "workspace.usage.result", **UNIX, "user_id": "user-abc"},
                    "actor": {"type": "ACCOUNT_USER", "user_id": "user-abc", "email": "ada@acme.test"},
                    "totals": {
                        **{"threads": 4, "turns": 19, "credits": 12.5, "cost_usd": None, "estimated_cost_usd": 0.5},
                        **{"uncached_text_input_tokens": 110, "cached_text_input_tokens": 220},
                        **{"text_output_tokens": 55, "text_total_tokens": 385},
                    },
                    "clients": [
                        {"client_id": "CODEX_CLI", "threads": 2, "turns": 9, "credits": 8.0, "text_total_tokens": 300}
                    ],
                    "models": [{"model": "gpt-5.5", "credits": 12.5}],
                    "code_attribution": {"lines_of_code": {"added": 12}},
                }
            ],
            "has_more": False,
        },
        (110, 220, None, 55, 19, None),
        "ada@acme.test",
        frozenset({"data", "start_time", "totals"}),
    ),
    "anthropic messages": Example(
        ANTHROPIC,
        "usage",
        "/usage_report/messages",
        bucket(
            {
                **{"uncached_input_tokens": 1500, "cache_read_input_tokens": 20000, "output_tokens": 800},
                "cache_creation": {"ephemeral_1h_input_tokens": 1000, "ephemeral_5m_input_tokens": 500},
                **{"server_tool_use": {"web_search_requests": 10}, "api_key_id": "apikey_01", "account_id": None},
                **{"workspace_id": "wrkspc_01", "service_account_id": None, "model": "claude-opus-4-8"},
                **{"service_tier": "standard", "context_window": "0-200k", "inference_geo": "global"},
            },
            **ISO,
        ),
        (1500, 20000, 1500, 800, None, None),
        "apikey_01",
        frozenset({"data", "starting_at", "results", "uncached_input_tokens", "cache_read_input_tokens"})
        | {"output_tokens"},
    ),
    "anthropic cost": Example(
        ANTHROPIC,
        "cost",
        "/cost_report",
        bucket(
            {
                **{"amount": "123.78912", "currency": "USD", "workspace_id": None, "cost_type": "tokens"},
                **{"description": "Claude Sonnet 4 Usage - Input Tokens", "model": "claude-sonnet-4-5"},
                **{"token_type": "uncached_input_tokens", "service_tier": "standard", "context_window": "0-200k"},
            },
            **ISO,
        ),
        (None, None, None, None, 0, Decimal("1.2378912")),
        "",
        frozenset({"data", "starting_at", "results", "amount"}),
    ),
    "claude enterprise cost": Example(
        ANTHROPIC,
        "analytics cost",
        "/analytics/cost",
        {
            "data": [
                {
                    **ISO,
                    "group": {
                        "actor": {
                            **{"type": "user_actor", "user_id": "user_01", "email_address": "ada@acme.test"},
                            **{"name": "Ada", "deleted": False},
                        },
                        **{"product": "claude_code", "model": "claude-opus-4-8"},
                    },
                    "cost": {
                        **{"amount": "41280.000000", "list_amount": "51600.000000", "currency": "USD", "requests": 128}
                    },
                }
            ],
            **{"data_refreshed_at": "2026-11-07T00:00:00Z", "has_more": False, "next_page": None},
        },
        (None, None, None, None, 0, Decimal("412.8")),
        "ada@acme.test",
        frozenset({"data", "starting_at", "cost", "amount"}),
    ),
    "cursor": Example(
        CURSOR,
        "events",
        "/teams/filtered-usage-events",
        {
            "totalUsageEventsCount": 1,
            "pagination": {"numPages": 1, "currentPage": 1, "pageSize": 10, "hasNextPage": False},
            "usageEvents": [
                {
                    **{"timestamp": "1793956300000", "userEmail": "ada@acme.test", "conversationId": "8f2e"},
                    **{"model": "claude-4.5-sonnet", "kind": "Usage-based", "maxMode": True, "requestsCosts": 10},
                    **{"isTokenBasedCall": True, "isChargeable": True, "isHeadless": False, "isFreeBugbot": False},
                    "tokenUsage": {
                        **{"inputTokens": 5805, "outputTokens": 311, "cacheWriteTokens": 11964, "cacheReadTokens": 0},
                        **{"totalCents": 40.167, "discountPercentOff": 10},
                    },
                    **{"chargedCents": 37.33, "cursorTokenFee": 1.18},
                }
            ],
        },
        (5805, 0, 11964, 311, 1, Decimal("0.3733")),
        "ada@acme.test",
        frozenset({"totalUsageEventsCount", "usageEvents", "timestamp", "userEmail", "model", "kind"}),
    ),
    "copilot": Example(
        GITHUB,
        "copilot",
        "/copilot/metrics/reports/users-1-day",
        {
            "download_links": [LINK],
            "report_day": str(DAY),
            "rows": [
                {
                    **{"day": str(DAY), "user_id": "1001", "user_login": "ada-gh", "organization_id": "456"},
                    **{"user_initiated_interaction_count": 5, "code_generation_activity_count": 20},
                    **{"code_acceptance_activity_count": 6, "used_cli": True},
                    "totals_by_cli": {
                        **{"session_count": 2, "request_count": 31, "prompt_count": 5},
                        "token_usage": {"prompt_tokens_sum": 90000, "output_tokens_sum": 4000},
                    },
                    "ai_credits_used": 24.5,
                }
            ],
        },
        (90000, None, None, 4000, 36, Decimal(0)),
        "ada-gh",
        frozenset({"download_links", "day", "user_login", "rows"}),
    ),
    "litellm daily": Example(
        LITELLM,
        "calls",
        "/user/daily/activity",
        {
            "results": [
                {
                    "date": str(DAY),
                    "metrics": {
                        **{"spend": 0.5, "prompt_tokens": 110, "completion_tokens": 10, "cache_read_input_tokens": 100},
                        **{"cache_creation_input_tokens": 0, "api_requests": 2},
                    },
                    "breakdown": {
                        "models": {
                            "opus": {
                                "metrics": {
                                    **{"spend": 0.5, "prompt_tokens": 110, "completion_tokens": 10},
                                    **{"cache_read_input_tokens": 100, "cache_creation_input_tokens": 0},
                                    "api_requests": 2,
                                }
                            }
                        },
                    },
                }
            ],
            "metadata": {"page": 1, "total_pages": 1, "has_more": False},
        },
        (10, 100, 0, 10, 2, Decimal("0.5")),
        "",
        frozenset({"results", "date", "metrics", "breakdown", "models", "opus", "metadata", "spend", "prompt_tokens"})
        | {"completion_tokens", "api_requests"},
    ),
}


def read(example: Example, body: Any) -> tuple[Sums, set[str]]:
    """What an answer comes to, and whom it names."""
    http: Http = Canned(example, body)
    asked = Asked(http=http, period=Period(DAY, DAY), settings=SETTINGS)
    if example.source is ANTHROPIC and "analytics" not in example.report:
        asked.memo.update({"admin": True, "analytics": False, "groups": False})
    elif example.source is ANTHROPIC:
        asked.memo.update({"admin": False, "/v1/organizations/analytics/cost": True})
    report = next(each for each in example.source.reports if each.name == example.report)
    found = [record for page in report.pages(asked) for record in report.translate(page)]
    records = [record for record in found if isinstance(record, UsageRecord)]
    columns = ("input_tokens", "cached_input_tokens", "cache_write_tokens", "output_tokens", "requests", "cost")
    sums = ([getattr(record, column) for record in records] for column in columns)
    total: Any = tuple(
        sum(value for value in told if value is not None) if any(value is not None for value in told) else None
        for told in sums
    )
    return total, {record.subject for record in records}


def changed(value: Any, change: Callable[[str, Any], Any], name: str = "") -> Any:
    """The same JSON with each value that is no object or list as `change` has it; `...` leaves a field out."""
    if isinstance(value, Mapping):
        made = {key: changed(inner, change, key) for key, inner in value.items()}
        return {key: inner for key, inner in made.items() if inner is not ...}
    if isinstance(value, list):
        return [changed(inner, change, name) for inner in value]
    return change(name, value)


def as_text(_name: str, value: Any) -> Any:
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_documented_example_is_read_in_every_way_of_writing_it(name: str) -> None:
    example = EXAMPLES[name]
    wanted = (example.sums, {example.subject})

    assert read(example, example.body) == wanted
    assert read(example, changed(example.body, as_text)) == wanted
    words = changed(example.body, lambda field, value: "brand_new" if field in example.words and value else value)
    assert read(example, words) == wanted
    numbered = changed(example.body, lambda field, value: 17 if field in example.ids and value else value)
    assert read(example, numbered)[0] == example.sums


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_field_that_need_not_be_there_may_be_missing_or_null_alike(name: str) -> None:
    example = EXAMPLES[name]
    fields: set[str] = set()
    changed(example.body, lambda field, _value: fields.add(field))

    for left_out in sorted(fields - example.needed):
        missing = read(example, changed(example.body, lambda field, value: ... if field == left_out else value))  # noqa: B023
        null = read(example, changed(example.body, lambda field, value: None if field == left_out else value))  # noqa: B023
        assert missing == null, left_out
    for lost in sorted(fields & example.needed - {"rows"}):
        with pytest.raises(SourceChanged, match=lost):
            read(example, changed(example.body, lambda field, value: ... if field == lost else value))  # noqa: B023
