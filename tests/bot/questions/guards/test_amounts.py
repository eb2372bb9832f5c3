"""Numbers, amounts of money, clock times, years and periods are used, or stop the answer."""

from __future__ import annotations

import pytest

from bot.questions.guards.amounts import clock_times, held_against, numbers, periods
from bot.questions.reading import Impossible, Unclear
from storage.query import Compare, Grain, Having, Order, Query
from tests.bot.questions.guards.scenes import COST, SEPTEMBER, Guard, scene

ABOVE = COST.with_(group_by=("team",), having=(Having(Compare.GT, 500),))


@pytest.mark.parametrize("text", ["cost after 10 pm", "cost at 14:30", "cost before 9am"])
def test_hours_of_the_day_are_not_recorded(text: str) -> None:
    assert isinstance(clock_times(scene(text)), Impossible)
    assert clock_times(scene("cost in October")) is None


@pytest.mark.parametrize(
    ("guard", "text", "query"),
    [
        (numbers, "teams with cost over 500", COST),
        (numbers, "top 5 teams by cost", COST.with_(group_by=("team",), order=Order())),
        (numbers, "cost of $ 300 claims", COST),
        (periods, "cost by weeks", COST),
        (periods, "cost in a month", COST),
    ],
)
def test_a_number_or_a_word_of_time_that_is_not_in_the_query_is_asked_about(
    guard: Guard, text: str, query: Query
) -> None:
    assert isinstance(guard(scene(text, query)), Unclear)


@pytest.mark.parametrize(
    ("guard", "text", "query"),
    [
        (numbers, "teams with cost over 500", ABOVE),
        (numbers, "top 5 teams by cost", COST.with_(group_by=("team",), order=Order(), limit=5)),
        (numbers, "teams with adoption under 80%", COST.with_(having=(Having(Compare.LT, 0.8),))),
        (periods, "cost in October", COST),
        (periods, "cost by weeks", COST.with_(grain=Grain.WEEK)),
        (periods, "cost per month on average", COST.with_(average=Grain.MONTH)),
    ],
)
def test_what_the_query_holds_passes(guard: Guard, text: str, query: Query) -> None:
    assert guard(scene(text, query)) is None


def test_a_period_that_is_not_used_counts_where_the_query_was_made_of_it() -> None:
    text = "cost in October compared with September"

    assert periods(scene(text, COST.with_(previous=SEPTEMBER), "in October", "September")) is None
    assert isinstance(periods(scene("cost in October and in July", COST, "in July")), Unclear)


def test_what_no_query_can_hold_is_asked_back() -> None:
    above = COST.with_(group_by=("team",), having=(Having(Compare.GT, 10),))
    stopped = {
        "cost by team, only teams with more than 10 people": above,
        "teams below the company average in cost": COST.with_(group_by=("team",)),
        "cost per 1000 requests": COST,
        "before and after 1 October: cost": COST,
    }
    assert [text for text, query in stopped.items() if not isinstance(held_against(scene(text, query)), Unclear)] == []
    heads = above.with_(metrics=("headcount",))
    assert held_against(scene("teams with more than 10 people", heads)) is None
    assert held_against(scene("average cost per day", COST)) is None
