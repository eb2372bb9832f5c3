"""A request of an export without a price is estimated by itself; a sum of requests is not."""

from __future__ import annotations

from decimal import Decimal

from bot.sources import prices
from bot.sources.files.estimates import estimate
from storage.load.filling import nano
from tests.bot.sources.files.shop import Shop
from tests.bot.sources.files.test_exports import facts, load

OPUS = ("anthropic", "claude-opus-4-8")
DAY = 20_763  # 6 November 2026


def sums(
    requests: int | None, fresh: int = 0, cached: int = 0, written: int = 0, output: int = 0
) -> tuple[int | None, ...]:
    return fresh, cached, written, output, 0, requests, None, None


def dollars(provider: str, model: str, counts: tuple[int | None, ...]) -> Decimal | None:
    found = estimate(provider, model, counts, None, DAY, None)
    return None if found is None else Decimal(found[0]) / 10**9


def test_a_request_costs_what_its_list_says() -> None:
    assert dollars(*OPUS, sums(1, fresh=1_000_000, output=100_000)) == Decimal("7.5")  # 5 and 25 dollars a million


def test_a_sum_of_requests_and_a_model_without_a_list_stay_without_a_price() -> None:
    assert dollars(*OPUS, sums(2, fresh=1_000_000)) is None
    assert dollars(*OPUS, sums(None, fresh=1_000_000)) is None
    assert dollars("nobody", "unheard-of", sums(1, fresh=1_000_000)) is None


def test_a_gateways_call_without_a_price_is_estimated_and_says_of_which_day_its_price_is(shop: Shop) -> None:
    load(
        shop,
        "request_id,spend,prompt_tokens,completion_tokens,startTime,model,user,custom_llm_provider,cache_hit\n"
        "r1,0.0,1000,100,2026-11-06 10:00:00,claude-opus-4-8,ana@acme.example,anthropic,False\n",
    )

    (fact,) = facts(shop)

    assert (fact["cost_nano"], fact["cost_kind"], fact["unpriced_tokens"]) == (
        nano(Decimal("0.0075")),
        "estimated",
        None,
    )
    with shop.engine.connect() as connection:
        (priced,) = connection.exec_driver_sql("SELECT rule, price_day FROM pricing").all()
    assert tuple(priced) == (prices.table(), DAY)
