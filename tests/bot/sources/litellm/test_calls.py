"""A call of LiteLLM's logs: input without its caches, an instant, and a price that may be unknown."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from bot.sources.base import SourceChanged
from bot.sources.litellm.calls import call_records
from storage.records import CostKind, UsageRecord
from tests.bot.sources.wire import expected, sample
from tests.shared import needs_shared


def call(**more: Any) -> dict[str, Any]:
    return {
        "request_id": "c1",
        "startTime": "2026-11-06T10:00:00Z",
        "model": "claude-opus-4-8",
        "custom_llm_provider": "anthropic",
        "api_key": "88dc",
        "user": "ada",
        "spend": 0.5,
        "prompt_tokens": 100,
        "completion_tokens": 20,
        "cache_hit": "False",
        "metadata": {},
    } | more


def only(**more: Any) -> UsageRecord:
    (record,) = call_records([call(**more)])
    return record


@needs_shared
def test_the_wire_sample_comes_to_its_totals() -> None:
    wanted = expected("litellm_spend_log")
    (record,) = call_records([sample("litellm", "spend_log.json")])

    tokens = (record.input_tokens or 0, record.cached_input_tokens or 0, record.cache_write_tokens or 0)
    assert record.day.isoformat() == wanted["day_utc"]
    assert tokens == (wanted["uncached_in"], wanted["cache_read"], wanted["cache_write"])
    assert sum(tokens) == wanted["in_total"]
    assert (record.output_tokens, record.reasoning_tokens) == (wanted["out"], wanted["reasoning"])
    assert record.cost == Decimal(str(wanted["usd"]))


def test_a_call_of_the_last_tenth_of_a_second_is_of_that_day() -> None:
    record = only(startTime="2026-11-06 23:59:59.900000")

    assert record.at == datetime(2026, 11, 6, 23, 59, 59, 900_000, tzinfo=UTC)
    assert record.day == date(2026, 11, 6)


def test_input_is_what_its_caches_leave_and_never_under_0() -> None:
    record = only(metadata={"usage_object": {"cache_read_input_tokens": 70, "cache_creation_input_tokens": 20}})
    over = only(metadata={"usage_object": {"prompt_tokens_details": {"cached_tokens": 130}}})

    assert (record.input_tokens, record.cached_input_tokens, record.cache_write_tokens) == (10, 70, 20)
    assert (over.input_tokens, over.cached_input_tokens, over.cache_write_tokens) == (0, 130, None)


def test_caches_that_are_not_reported_are_not_0() -> None:
    record = only(metadata=None)

    assert (record.input_tokens, record.cached_input_tokens, record.cache_write_tokens) == (100, None, None)


def test_metadata_may_be_json_in_a_text() -> None:
    told = json.dumps({"usage_object": {"cache_read_input_tokens": 70}, "user_api_key_user_email": "ada@acme.test"})
    record = only(metadata=told)

    assert (record.cached_input_tokens, record.subject) == (70, "ada@acme.test")


def test_the_gateways_money_is_an_estimate_and_says_whose() -> None:
    record = only()

    assert (record.cost, record.cost_kind) == (Decimal("0.5"), CostKind.ESTIMATED)
    assert record.pricing is not None
    assert "LiteLLM" in record.pricing.rule


def test_tokens_at_0_dollars_that_no_cache_gave_are_unpriced() -> None:
    record = only(spend=0, cache_hit="None")

    assert record.cost is None
    assert record.cost_kind is None
    assert record.input_tokens == 100


def test_a_hit_of_the_gateways_cache_is_a_request_without_tokens_that_costs_nothing() -> None:
    record = only(spend=0, cache_hit="True")

    assert (record.input_tokens, record.output_tokens, record.cost, record.requests) == (0, 0, Decimal(0), 1)
    assert record.cost_kind is CostKind.ESTIMATED


def test_a_failed_call_is_a_request_that_costs_nothing() -> None:
    record = only(spend=0, prompt_tokens=0, completion_tokens=0, status="failure")

    assert (record.requests, record.cost) == (1, Decimal(0))


@pytest.mark.parametrize(
    "more", [{"metadata": {"internal_call_origin": "guardrail"}}, {"mcp_namespaced_tool_name": "jira/search"}]
)
def test_a_call_that_the_gateway_makes_itself_is_no_request_of_anybody(more: dict[str, Any]) -> None:
    record = only(**more)

    assert (record.requests, record.input_tokens) == (0, 100)


@pytest.mark.parametrize(
    ("more", "subject"),
    [
        ({"metadata": {"user_api_key_user_email": "ada@acme.test"}}, "ada@acme.test"),
        ({}, "ada"),
        ({"user": "", "metadata": {"user_api_key_user_id": "u7"}}, "u7"),
        ({"user": "", "end_user": "bo@acme.test"}, "bo@acme.test"),
        ({"user": None, "end_user": "customer-9", "metadata": {"user_api_key_alias": "ci"}}, "ci"),
        ({"user": None}, "88dc"),
    ],
)
def test_a_call_is_the_persons_that_is_known_best_else_the_keys(more: dict[str, Any], subject: str) -> None:
    assert only(**more).subject == subject


def test_a_call_is_booked_by_tags_else_to_the_keys_project_or_team() -> None:
    team = {"user_api_key_team_alias": "payments", "user_api_key_team_id": "t1"}
    tagged = only(metadata=team, request_tags='["User-Agent: claude-cli", "cost_center:R&D", "project=atlas"]')

    assert only(metadata=team).project == "payments"
    assert only(metadata=team | {"user_api_key_project_alias": "atlas"}).project == "atlas"
    assert only(team_id="t1").project == "t1"
    assert (tagged.project, tagged.cost_center) == ("atlas", "R&D")


@pytest.mark.parametrize("name", ["startTime", "request_id", "model", "spend", "prompt_tokens", "completion_tokens"])
def test_a_call_without_what_makes_it_one_is_a_changed_format(name: str) -> None:
    row = call()
    del row[name]

    with pytest.raises(SourceChanged, match=name):
        [*call_records([row])]
