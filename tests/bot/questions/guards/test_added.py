"""Nothing stands in a query that no word asked for."""

from __future__ import annotations

import pytest

from bot.questions.guards.added import holds_anyway, unasked
from bot.questions.reading import Unclear
from storage.query import Compare, Filter, Grain, Having, Op, Order, Query, Share
from tests.bot.questions.guards.scenes import COST, SEPTEMBER, scene, words_of

MAY = "may.lind@bureau.example"


@pytest.mark.parametrize(
    ("query", "what"),
    [
        (COST.with_(group_by=("tool",)), "a list by tool"),
        (COST.with_(filters=(Filter("kind", ("contractor",)),)), "a filter on kind"),
        (COST.with_(filters=(Filter("team", ("Web",), Op.NOT_IN),)), "an exception on team"),
        (COST.with_(share=Share()), "a share"),
        (COST.with_(average=Grain.DAY), "an average"),
        (COST.with_(previous=SEPTEMBER), "a comparison"),
        (COST.with_(limit=7), "a number of rows"),
        (COST.with_(having=(Having(Compare.GT, 5000),)), "a threshold"),
    ],
)
def test_what_no_word_says_is_asked_about_by_its_name(query: Query, what: str) -> None:
    assert f"I read {what} into that question" in words_of(unasked(scene("cost in October", query)))


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("cost in October", COST),
        ("cost by tool in October", COST.with_(group_by=("tool",))),
        ("cost of contractors", COST.with_(filters=(Filter("kind", ("contractor",)),))),
        ("cost without Web", COST.with_(filters=(Filter("team", ("Web",), Op.NOT_IN),))),
        ("share of cost by team", COST.with_(share=Share(), group_by=("team",))),
        ("average cost per day", COST.with_(average=Grain.DAY)),
        ("cost in October compared with September", COST.with_(previous=SEPTEMBER)),
        ("top 7 teams by cost", COST.with_(group_by=("team",), order=Order(), limit=7)),
        ("teams with cost over 5000", COST.with_(group_by=("team",), having=(Having(Compare.GT, 5000),))),
    ],
)
def test_what_a_word_says_may_stand_there(text: str, query: Query) -> None:
    assert unasked(scene(text, query)) is None


def test_what_the_question_before_had_needs_no_word() -> None:
    before = COST.with_(group_by=("tool",), share=Share(), previous=SEPTEMBER, limit=7, order=Order())

    assert unasked(scene("and in Web?", before, before=before)) is None


def test_ones_own_figures_are_given_only_to_whom_asks_for_them() -> None:
    mine = COST.with_(filters=(Filter("person", (MAY,)),))

    assert isinstance(unasked(scene("cost in October", mine, asker=MAY)), Unclear)
    assert unasked(scene("my cost in October", mine, asker=MAY)) is None


@pytest.mark.parametrize(
    ("text", "holds"),
    [("cost, contractors too", True), ("cost including agents", True), ("cost of contractors", False), ("cost", False)],
)
def test_some_words_say_what_holds_anyway(text: str, holds: bool) -> None:
    assert holds_anyway(scene(text)) is holds
