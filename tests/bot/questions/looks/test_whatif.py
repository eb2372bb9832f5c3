"""The same tokens at another model's list prices."""

from __future__ import annotations

from collections import defaultdict

import pytest

from bot.questions.answers.answer import Status
from bot.questions.looks.whatif import MEANING, WHAT_IF
from tests.bot.questions.plans.conftest import Asked

HAIKU = {"input tokens": 1.0, "cached input tokens": 0.1, "cache write tokens": 1.25, "output tokens": 5.0}


def test_the_tokens_of_each_class_are_priced_and_the_cost_stands_beside(ask: Asked) -> None:
    expected: dict[str, float] = defaultdict(float)
    for words, price in HAIKU.items():
        for row in ask(f"{words} by tool in October").rows:
            expected[row.labels["tool"]] += float(next(iter(row.values.values())) or 0) * price / 1_000_000
    found = ask("what would October have cost on Haiku by tool")

    assert found.status is Status.ANSWERED
    told = {row.labels["tool"]: row.values[WHAT_IF] for row in found.rows if row.values[WHAT_IF]}
    assert told == pytest.approx({tool: dollars for tool, dollars in expected.items() if dollars})
    assert len(told) >= 3
    assert sum(float(row.values["cost"] or 0) for row in found.rows) == pytest.approx(
        float(ask("cost in October").rows[0].values["cost"] or 0)
    )
    assert MEANING in found.caveats
    assert "“Haiku” was read as claude-haiku-4-5." in found.caveats


def test_a_small_group_stays_hidden_and_an_unknown_model_has_no_price(ask: Asked) -> None:
    engineer = "oluwaseun.castillo@larkspur.example"

    assert ask("what would Counsel have cost on Haiku last month", engineer).status is Status.DENIED
    assert ask("what would October have cost on zebra-99").status is Status.NO_DATA
