"""A prediction is read as the same question about the past: which figure, of whom, over which days to come."""

from __future__ import annotations

import pytest

from bot.questions.plans.predictions import predicted
from bot.questions.read import read
from bot.questions.reading import Intent, World

Told = tuple[Intent, str, tuple[str, ...], str]
NOVEMBER = "November 2026"


def test_many_ways_to_ask_what_is_to_come(world: World) -> None:
    told: dict[str, Told] = {
        "what will we spend this month?": (Intent.FORECAST, "cost", (), NOVEMBER),
        "at this pace what's November's bill": (Intent.FORECAST, "cost", (), NOVEMBER),
        "what's our run rate?": (Intent.FORECAST, "cost", (), NOVEMBER),
        "where are we going to land by month end": (Intent.FORECAST, "cost", (), NOVEMBER),
        "if we keep going like this, what do we spend this month?": (Intent.FORECAST, "cost", (), NOVEMBER),
        "how many tokens will Checkout use next week": (
            Intent.FORECAST,
            "tokens",
            ("Checkout",),
            "23-29 Nov 2026",
        ),
        "what should I expect Checkout to cost this month": (Intent.FORECAST, "cost", ("Checkout",), NOVEMBER),
        "forecast of active people next week": (Intent.FORECAST, "active_people", (), "23-29 Nov 2026"),
        "when will we pass $5k?": (Intent.PASSING, "cost", (), NOVEMBER),
        "how long until we have spent $5k": (Intent.PASSING, "cost", (), NOVEMBER),
        "will we spend more than $5k this month?": (Intent.PASSING, "cost", (), NOVEMBER),
        "will tokens exceed 2B": (Intent.PASSING, "tokens", (), NOVEMBER),
        "monthly run rate of spend": (Intent.FORECAST, "cost", (), NOVEMBER),
        "when are we going to hit 2 billion tokens": (Intent.PASSING, "tokens", (), NOVEMBER),
    }

    found = {text: predicted(text, world, read)[0] for text in told}

    assert {
        text: (
            reading.intent,
            reading.query.metrics[0],
            tuple(name for condition in reading.query.filters for name in condition.values),
            reading.query.period.label,
        )
        for text, reading in found.items()
    } == told
    assert found["when will we pass $5k?"].query.having[0].value == 5000
    assert found["when are we going to hit 2 billion tokens"].query.having[0].value == 2e9


@pytest.mark.parametrize(
    "text",
    [
        "since when do we have data",
        "Will you tell me the spend of September?",
        "what will anthropic charge us per token next year?",
        "who will spend most next month",
        "should we raise the budget, given where we are heading",
        "will AI take our jobs?",
        "cost last month",
    ],
)
def test_whatever_is_no_figure_to_come_is_left_to_the_reader(text: str, world: World) -> None:
    assert predicted(text, world, read) == ()
