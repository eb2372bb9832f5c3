"""The figure that is said is the one queried; so are a share, a grain and the direction of a threshold."""

from __future__ import annotations

import pytest

from bot.questions.guards import figures
from bot.questions.reading import Intent, Unclear
from storage.query import By, Compare, Grain, Having, Order, Query, Share
from tests.bot.questions.guards.scenes import COST, SEPTEMBER, Guard, scene, words_of

TOKENS = COST.with_(metrics=("tokens",))
BY_TEAM = COST.with_(group_by=("team",))
BELOW = COST.with_(group_by=("team",), having=(Having(Compare.LT, 200),))


@pytest.mark.parametrize(
    ("guard", "text", "query"),
    [
        (figures.figure_said, "requests in October", COST),
        (figures.money_said, "how many dollars in October", TOKENS),
        (figures.share_said, "what percentage of cost is Web", COST),
        (figures.share_said, "reasoning token share in October", COST),
        (figures.grain_said, "cost in October", COST.with_(grain=Grain.WEEK)),
        (figures.direction_said, "teams with cost over 200", BELOW),
        (figures.direction_said, "teams with cost of 200", BELOW),
        (figures.comparison_said, "compare cost", COST),
        (figures.comparison_said, "average cost of Web", COST),
        (figures.comparison_said, "did cost get worse in October", COST),
        (
            figures.order_said,
            "teams with the highest cost",
            COST.with_(group_by=("team",), order=Order(By.VALUE, False)),
        ),
        (figures.order_said, "weekly cost", COST.with_(grain=Grain.MONTH)),
    ],
)
def test_what_was_said_and_is_not_queried_is_asked_about(guard: Guard, text: str, query: Query) -> None:
    assert isinstance(guard(scene(text, query)), Unclear)


@pytest.mark.parametrize(
    ("guard", "text", "query"),
    [
        (figures.figure_said, "cost in October", COST),
        (figures.figure_said, "tokens per employee", COST.with_(metrics=("tokens_per_employee",))),
        (figures.figure_said, "tokens of cached input", COST.with_(metrics=("cached_input_tokens",))),
        (figures.money_said, "how many dollars in October", COST),
        (figures.share_said, "share of cost by team", COST.with_(share=Share(), group_by=("team",))),
        (figures.share_said, "kindly share the cost", COST),
        (figures.share_said, "could you share cost by team", COST),
        (figures.grain_said, "weekly cost", COST.with_(grain=Grain.WEEK)),
        (figures.direction_said, "teams with cost under 200", BELOW),
        (figures.direction_said, "teams with cost of 200 or less", BELOW),
        (figures.comparison_said, "compare cost with September", COST.with_(previous=SEPTEMBER)),
        (figures.comparison_said, "did cost get worse in October", COST.with_(previous=SEPTEMBER)),
        (figures.comparison_said, "average cost per day", COST.with_(average=Grain.DAY)),
        (figures.order_said, "teams with the highest cost", COST.with_(group_by=("team",), order=Order())),
        (figures.order_said, "weekly cost", COST.with_(grain=Grain.WEEK)),
    ],
)
def test_what_was_said_and_is_queried_passes(guard: Guard, text: str, query: Query) -> None:
    assert guard(scene(text, query)) is None


def test_whether_a_figure_is_usual_is_asked_only_where_that_is_not_what_was_read() -> None:
    assert isinstance(figures.comparison_said(scene("is the cost normal")), Unclear)
    assert figures.comparison_said(scene("is the cost normal", COST, intent=Intent.NORMAL)) is None


def test_the_question_back_names_the_figure_that_was_read() -> None:
    asked = words_of(figures.figure_said(scene("requests in October", COST)))

    assert "requests" in asked
    assert "cost" in asked


@pytest.mark.parametrize(
    "guard",
    [figures.figure_said, figures.money_said, figures.share_said, figures.grain_said, figures.direction_said,
     figures.comparison_said, figures.order_said],
)  # fmt: skip
def test_without_a_query_there_is_nothing_to_hold_it_to(guard: Guard) -> None:
    assert guard(scene("compare the highest average share of requests over 200", None)) is None
