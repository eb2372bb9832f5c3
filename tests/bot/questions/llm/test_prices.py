"""What a model's tokens cost by its maker's list."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bot.questions.llm.prices import LIST, estimate
from bot.questions.llm.wire import Spent

MILLION = 1_000_000


def test_each_class_of_tokens_has_its_price() -> None:
    spent = Spent(model="gpt-5-mini", input=MILLION, cached=2 * MILLION, output=MILLION, reasoning=MILLION)

    assert estimate(spent, "openai") == Decimal("0.25") + 2 * Decimal("0.025") + Decimal(2)


def test_a_dated_name_has_the_price_of_its_model_and_one_call_an_exact_one() -> None:
    assert estimate(Spent(model="GPT-4o-2024-08-06", input=1), "openai") == Decimal("0.0000025")


@pytest.mark.parametrize(("model", "provider"), [("house-model", "openai"), ("", "openai"), ("gpt-5", "azure")])
def test_what_the_list_does_not_have_is_unknown_and_not_free(model: str, provider: str) -> None:
    assert estimate(Spent(model=model, input=MILLION), provider) is None


def test_what_is_read_from_a_cache_is_never_dearer_than_what_is_not() -> None:
    for fresh, cached, output in LIST.values():
        assert 0 < Decimal(cached) < Decimal(fresh) < Decimal(output)
