"""Words that turn a question round have an effect on the query, or stop the answer."""

from __future__ import annotations

import pytest

from bot.questions.guards.turns import divided, left_out, money_by_class
from bot.questions.reading import Impossible, Unclear
from storage.query import Filter, Op
from tests.bot.questions.guards.scenes import COST, scene

WITHOUT_WEB = COST.with_(filters=(Filter("team", ("Web",), Op.NOT_IN),))


@pytest.mark.parametrize("text", ["cost without Web in October", "cost except Web", "cost in October, not Web"])
def test_what_is_left_out_is_left_out_of_the_query(text: str) -> None:
    assert isinstance(left_out(scene(text)), Unclear)
    assert left_out(scene(text, WITHOUT_WEB)) is None


def test_manners_leave_nothing_out() -> None:
    assert left_out(scene("cost of Web without delay please")) is None
    assert left_out(scene("cost of Web in October")) is None


def test_money_is_not_recorded_by_class_of_token() -> None:
    assert isinstance(money_by_class(scene("how much did we pay for cached input tokens")), Impossible)
    assert money_by_class(scene("cached input tokens in October", COST.with_(metrics=("cached_input_tokens",)))) is None
    assert money_by_class(scene("cost and cached input tokens")) is None


@pytest.mark.parametrize(
    ("text", "stops"),
    [
        ("cost per weekly report", True),
        ("cost per week", False),
        ("cost per request", False),
        ("cost per employee", False),
    ],
)
def test_a_noun_that_nothing_counts_cannot_divide(text: str, stops: bool) -> None:
    assert isinstance(divided(scene(text)), Impossible) is stops
