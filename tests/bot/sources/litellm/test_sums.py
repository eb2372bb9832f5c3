"""LiteLLM's daily sums: rows of the tables, and the nested replies of the API as the same rows."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from bot.sources.base import SourceChanged
from bot.sources.litellm.sums import calls_in, rows_of, sum_records
from storage.records import CostKind, UsageRecord


def metrics(
    spend: float = 0.0, prompt: int = 0, output: int = 0, read: int = 0, written: int = 0, calls: int = 1
) -> Any:
    return {
        "spend": spend,
        "prompt_tokens": prompt,
        "completion_tokens": output,
        "cache_read_input_tokens": read,
        "cache_creation_input_tokens": written,
        "total_tokens": prompt + output,
        "api_requests": calls,
    }


def cell(told: Any, **keys: Any) -> Any:
    return {"metrics": told, "metadata": {}, "api_key_breakdown": keys}


def key(told: Any, **about: Any) -> Any:
    return {"metrics": told, "metadata": about}


def result(total: Any, day: str = "2026-11-06", **breakdown: Any) -> dict[str, Any]:
    return {"date": day, "metrics": total, "breakdown": breakdown}


def facts(*results: dict[str, Any]) -> list[UsageRecord]:
    return [*sum_records(rows_of(results))]


def tokens(records: list[UsageRecord]) -> dict[tuple[str, str], tuple[Any, ...]]:
    return {
        (record.subject, record.model): (
            record.input_tokens,
            record.cached_input_tokens,
            record.cache_write_tokens,
            record.output_tokens,
        )
        for record in records
    }


def test_a_row_of_the_table_is_a_fact_with_input_without_its_caches() -> None:
    row = metrics(0.25, 1110, 20, 1000, 100, 3) | {
        "date": "2026-11-06",
        "user_id": "ada",
        "api_key": "k1",
        "model": "opus",
        "custom_llm_provider": "anthropic",
    }
    (record,) = sum_records([row])

    assert tokens([record]) == {("ada", "opus"): (10, 1000, 100, 20)}
    assert (record.day, record.requests, record.provider) == (date(2026, 11, 6), 3, "anthropic")
    assert (record.cost, record.cost_kind, record.at) == (Decimal("0.25"), CostKind.ESTIMATED, None)


def test_tokens_at_0_dollars_are_unpriced_and_a_day_of_failures_costs_nothing() -> None:
    unpriced, failed = sum_records(
        [metrics(0, 10, 2) | {"date": "2026-11-06"}, metrics(0) | {"date": "2026-11-06", "model": "x"}]
    )

    assert unpriced.cost is None
    assert unpriced.cost_kind is None
    assert failed.cost == 0


def test_models_crossed_with_keys_give_a_fact_each() -> None:
    ada, bo = metrics(1, 100, 10), metrics(2, 200, 20)
    found = facts(
        result(
            metrics(3, 300, 30, calls=2),
            models={"opus": cell(metrics(3, 300, 30, calls=2), k1=key(ada), k2=key(bo))},
            api_keys={"k1": key(ada, user_email="ada@acme.test", team_id="t1"), "k2": key(bo, key_alias="ci")},
        )
    )

    assert tokens(found) == {("ada@acme.test", "opus"): (100, 0, 0, 10), ("ci", "opus"): (200, 0, 0, 20)}
    assert {record.project for record in found} == {"t1", ""}


def test_a_day_on_two_pages_is_put_together() -> None:
    page = result(metrics(1, 100, 10), models={"opus": cell(metrics(1, 100, 10), k1=key(metrics(1, 100, 10)))})
    (record,) = facts(page, page | {"metrics": metrics(1, 100, 10)})

    assert (record.input_tokens, record.output_tokens, record.requests, record.cost) == (200, 20, 2, Decimal(2))
    assert calls_in([page, page]) == 2


def test_what_no_key_is_named_for_is_nobodys() -> None:
    found = facts(
        result(
            metrics(4, 400, 40, calls=4),
            models={"opus": cell(metrics(3, 300, 30, calls=3), k1=key(metrics(1, 100, 10)))},
        )
    )

    assert tokens(found) == {("k1", "opus"): (100, 0, 0, 10), ("", "opus"): (200, 0, 0, 20), ("", ""): (100, 0, 0, 10)}
    assert sum(record.requests or 0 for record in found) == 4


def test_keys_and_models_that_are_not_crossed_are_not_added_to_each_other() -> None:
    one, two = metrics(1, 100, 10), metrics(2, 200, 20)
    keys = {"k1": key(one, user_id="ada"), "k2": key(two, user_id="bo")}
    several = facts(
        result(metrics(3, 300, 30, calls=2), models={"a": {"metrics": one}, "b": {"metrics": two}}, api_keys=keys)
    )
    single = facts(result(metrics(3, 300, 30, calls=2), models={"a": {"metrics": metrics(3, 300, 30)}}, api_keys=keys))

    assert tokens(several) == {("ada", ""): (100, 0, 0, 10), ("bo", ""): (200, 0, 0, 20)}
    assert tokens(single).keys() == {("ada", "a"), ("bo", "a")}


def test_cells_of_older_releases_are_the_sums_themselves() -> None:
    found = facts(result(metrics(1, 100, 10), models={"opus": metrics(1, 100, 10)}))

    assert tokens(found) == {("", "opus"): (100, 0, 0, 10)}


def test_floats_that_do_not_add_up_leave_no_money() -> None:
    found = facts(result(metrics(0.30000000000000004, 30, 3), models={"a": {"metrics": metrics(0.3, 30, 3)}}))

    assert [record.cost for record in found] == [Decimal("0.3")]


@pytest.mark.parametrize("name", ["spend", "prompt_tokens", "completion_tokens", "api_requests"])
def test_sums_without_a_count_are_a_changed_format(name: str) -> None:
    told = metrics(1, 100, 10)
    del told[name]

    with pytest.raises(SourceChanged, match=name):
        facts(result(told))


def test_an_empty_day_gives_nothing() -> None:
    assert facts(result(metrics(calls=0))) == []
