"""Which model a word means, and what its tokens cost on which days."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from bot.questions.looks.models import PricedModel, list_prices, priced_model
from bot.sources.prices import list_cost
from storage.names import Directory
from storage.records import Period

OCTOBER = Period(date(2026, 10, 1), date(2026, 10, 31))
USED = ("claude-sonnet-4-5", "gpt-5", "gpt-5-mini", "gpt-4.1")
DIRECTORY = Directory(1, 1, (), (), (), {"model": USED}, None, None, aliases=(("model", "gpt-5", "the big one"),))


def test_a_model_in_use_comes_first_then_the_newest_that_the_table_knows() -> None:
    meant = {said: priced_model(said, DIRECTORY) for said in ("Sonnet", "GPT-5", "the big one", "Haiku", "gpt")}

    assert meant == {
        "Sonnet": PricedModel("claude-sonnet-4-5"),
        "GPT-5": PricedModel("gpt-5"),
        "the big one": PricedModel("gpt-5"),
        "Haiku": PricedModel("claude-haiku-4-5"),
        "gpt": PricedModel("gpt-4.1", ("gpt-5", "gpt-5-mini")),
    }


def test_prices_are_those_that_a_call_of_the_day_is_priced_by() -> None:
    prices = list_prices("claude-sonnet-4-5", OCTOBER)

    assert {price.over for price in prices} == {-1, 200_000}
    assert sum((price.last - price.first).days + 1 for price in prices if price.over == -1) == OCTOBER.days
    used = {"input": 7_000, "cached": 300_000, "written": 40_000, "output": 900}
    for price in prices:
        dollars = Decimal(sum(pico * count for pico, count in zip(price.prices, used.values(), strict=True))) / 10**12
        size = 0 if price.over < 0 else 347_000
        assert dollars == list_cost("", "claude-sonnet-4-5", price.first, {}, size=size, **used)
