"""Cursor's events count once, in tokens and cents as Cursor gives them, however often they are pulled."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from bot.sources.base import Record, SourceChanged
from bot.sources.cursor import daily_records, event_records
from storage.records import CostKind, UsageRecord
from tests.bot.sources.wire import expected, sample
from tests.shared import needs_shared

AT = 1_793_956_400_000


def event(**more: Any) -> dict[str, Any]:
    return {
        "timestamp": str(AT),
        "userEmail": "Ada@acme.test ",
        "model": "claude-4.5-sonnet",
        "kind": "Usage-based",
        "isChargeable": True,
        "tokenUsage": {
            "inputTokens": 10,
            "outputTokens": 20,
            "cacheWriteTokens": 30,
            "cacheReadTokens": 40,
            "totalCents": 8,
        },
        "chargedCents": 9.18,
        "cursorTokenFee": 1.18,
    } | more


def told(*events: dict[str, Any]) -> list[UsageRecord]:
    return usage(event_records([*events]))


def usage(records: Iterable[Record]) -> list[UsageRecord]:
    return [record for record in records if isinstance(record, UsageRecord)]


def only(*events: dict[str, Any]) -> UsageRecord:
    (record,) = told(*events)
    return record


def newest(*pulls: list[UsageRecord]) -> list[UsageRecord]:
    """What is left where the newest observation of a key counts."""
    return [*{record.natural_key: record for pull in pulls for record in pull}.values()]


def test_what_the_subscription_pays_is_covered_without_an_amount_too() -> None:
    found = told(*(event(kind=kind, tokenUsage=None, chargedCents=None) for kind in ("Free", "Included in Pro")))

    assert {(record.cost, record.cost_kind, record.list_cost) for record in found} == {
        (Decimal(0), CostKind.COVERED, None)
    }


@needs_shared
def test_the_wire_samples_come_to_their_totals() -> None:
    wanted = expected("cursor_events")
    first, second = (
        told(*sample("cursor", name)["usageEvents"])
        for name in ("filtered-usage-events_pull1.json", "filtered-usage-events_pull2_next_day.json")
    )
    held = newest(first, second)
    ada = [record for record in held if record.subject == "ada@acme.test"]

    assert len(held) == wanted["events"]
    billed = sum(record.cost or 0 for record in held if record.cost_kind is CostKind.BILLED)
    assert billed == Decimal(str(wanted["billed_on_demand_cents"])) / 100
    covered = [record for record in held if record.cost_kind is CostKind.COVERED]
    assert sum(record.list_cost or 0 for record in covered) == Decimal(str(wanted["seat_covered_cents"])) / 100
    assert {record.cost for record in covered} == {Decimal(0)}
    assert {
        "uncached_in": sum(record.input_tokens or 0 for record in ada),
        "cache_read": sum(record.cached_input_tokens or 0 for record in ada),
        "cache_write": sum(record.cache_write_tokens or 0 for record in ada),
        "out": sum(record.output_tokens or 0 for record in ada),
    } == wanted["ada"]


def test_an_event_has_its_instant_its_person_in_lower_case_and_four_disjoint_counts() -> None:
    record = only(event())

    assert (record.at, record.day) == (datetime(2026, 11, 6, 9, 13, 20, tzinfo=UTC), date(2026, 11, 6))
    assert (record.subject, record.tool, record.requests) == ("ada@acme.test", "cursor", 1)
    tokens = (record.input_tokens, record.cached_input_tokens, record.cache_write_tokens, record.output_tokens)
    assert tokens == (10, 40, 30, 20)


@pytest.mark.parametrize("told_as", [AT, str(AT), "2026-11-06T09:13:20Z"])
def test_an_event_is_the_same_however_its_time_is_written(told_as: Any) -> None:
    assert only(event(timestamp=told_as)).natural_key == only(event()).natural_key


def test_neither_tokens_nor_price_make_an_event_another_one() -> None:
    restated = event(
        userEmail="ada@acme.test", chargedCents=3.5, kind="Included in Business", tokenUsage={"outputTokens": 7}
    )

    assert only(restated).natural_key == only(event()).natural_key


@pytest.mark.parametrize(
    "more", [{"model": "gpt-5.5"}, {"userEmail": "bo@acme.test"}, {"timestamp": AT + 1}, {"conversationId": "c2"}]
)
def test_another_person_time_model_or_conversation_makes_another_event(more: dict[str, Any]) -> None:
    assert len(newest(told(event(conversationId="c1"), event(**{"conversationId": "c1"} | more)))) == 2


def test_the_fee_is_in_the_charge_already() -> None:
    record = only(event())

    assert record.cost == Decimal("0.0918")
    assert record.list_cost == Decimal("0.0918")


def test_where_the_charge_is_missing_it_is_price_less_discount_plus_fee() -> None:
    record = only(event(chargedCents=None, tokenUsage={"totalCents": 40.167, "discountPercentOff": 10}))

    assert record.cost == Decimal("0.373303")
    assert record.list_cost == Decimal("0.41347")


@pytest.mark.parametrize(
    ("kind", "chargeable", "cost", "cost_kind", "listed"),
    [
        ("Usage-based", True, "0.0918", CostKind.BILLED, "0.0918"),
        ("USAGE_EVENT_KIND_USAGE_BASED", True, "0.0918", CostKind.BILLED, "0.0918"),
        ("On-Demand", True, "0.0918", CostKind.BILLED, "0.0918"),
        ("Included in Business", False, "0", CostKind.COVERED, "0.0918"),
        ("Included in Pro", True, "0", CostKind.COVERED, "0.0918"),
        ("USAGE_EVENT_KIND_INCLUDED_IN_ULTRA", False, "0", CostKind.COVERED, "0.0918"),
        ("Errored, Not Charged", False, "0", CostKind.BILLED, None),
        ("USAGE_EVENT_KIND_ABORTED_NOT_CHARGED", False, "0", CostKind.BILLED, None),
        ("User API Key", False, None, None, None),
        ("USAGE_EVENT_KIND_USER_API_KEY", False, None, None, None),
        ("something new", False, "0", CostKind.COVERED, "0.0918"),
    ],
)
def test_what_an_event_costs_is_told_by_its_kind(
    kind: str, chargeable: bool, cost: str | None, cost_kind: CostKind | None, listed: str | None
) -> None:
    record = only(event(kind=kind, isChargeable=chargeable))

    assert record.cost == (None if cost is None else Decimal(cost))
    assert record.cost_kind is cost_kind
    assert record.list_cost == (None if listed is None else Decimal(listed))


def test_an_event_without_tokens_does_not_report_them() -> None:
    record = only(event(tokenUsage=None, isTokenBasedCall=False))

    assert record.input_tokens is record.output_tokens is record.cached_input_tokens is None
    assert record.requests == 1


@pytest.mark.parametrize("name", ["timestamp", "userEmail", "model", "kind"])
def test_an_event_without_its_time_person_model_or_kind_is_a_changed_format(name: str) -> None:
    row = event()
    del row[name]

    with pytest.raises(SourceChanged, match=name):
        told(row)


def test_an_event_that_says_that_it_is_nobodys_is_nobodys() -> None:
    assert only(event(userEmail=None)).subject == ""


def test_a_day_gives_tab_completions_alone_for_the_rest_is_in_the_events() -> None:
    row = {
        "userId": 7,
        "email": "Ada@acme.test",
        "day": "2026-11-06",
        "isActive": True,
        "totalTabsShown": 120,
        "totalTabsAccepted": 30,
        "totalAccepts": 9,
        "composerRequests": 4,
        "agentRequests": 5,
    }
    (record,) = usage(
        daily_records([row, row | {"email": "idle@acme.test", "totalTabsShown": 0, "totalTabsAccepted": 0}])
    )

    assert (record.subject, record.day, record.mode) == ("ada@acme.test", date(2026, 11, 6), "completion")
    assert (record.suggested, record.accepted) == (120, 30)
    assert record.requests is record.input_tokens is None
    assert (record.cost, record.cost_kind) == (Decimal(0), CostKind.COVERED)


def test_a_day_may_be_milliseconds() -> None:
    row = {"email": "a@b.test", "date": AT, "totalTabsShown": 1, "totalTabsAccepted": 0}
    (record,) = usage(daily_records([row]))

    assert record.day == date(2026, 11, 6)
