"""A question for a quotient, a day or one thing over another is not answered with a plain figure."""

from __future__ import annotations

from datetime import date

import pytest

from bot.questions.finders.marking import mark
from bot.questions.guards.scene import Choice, Scene
from bot.questions.guards.shapes import day_said, divided_by, one_over_another, ratio_said, share_of_people
from bot.questions.reading import Unclear
from storage.query import Filter, Grain, Query
from storage.records import Period
from tests.bot.questions.finders.bureau import world

OCTOBER = Period(date(2026, 10, 1), date(2026, 10, 31), "October 2026")
TOKENS = Query(metrics=("tokens",), period=OCTOBER)


def scene(text: str, query: Query) -> Scene:
    """A message and the query that it became."""
    marked = mark(text, world())
    return Scene(marked, Choice(tuple("in" for _ in marked.mentions)), world(), query)


@pytest.mark.parametrize("text", ["tokens per dollar in October", "tokens per active user", "tokens per single commit"])
def test_a_figure_per_something_is_no_sum(text: str) -> None:
    assert isinstance(divided_by(scene(text, TOKENS)), Unclear)
    assert divided_by(scene(text, TOKENS.with_(metrics=("tokens_per_dollar",)))) is None


@pytest.mark.parametrize("text", ["tokens per team", "tokens per month", "tokens per our talk", "what percent is it"])
def test_a_list_a_grain_or_a_way_of_speaking_divides_nothing(text: str) -> None:
    assert divided_by(scene(text, TOKENS)) is None


def test_a_ratio_of_two_figures_is_asked_back_where_one_of_them_was_read() -> None:
    text = "ratio of review tokens to all tokens"

    assert ratio_said(scene(text, TOKENS)) is not None
    assert ratio_said(scene(text, TOKENS.with_(metrics=("tokens/requests",)))) is None
    assert ratio_said(scene("acceptance ratio", TOKENS.with_(metrics=("acceptance_rate",)))) is None


def test_a_question_for_the_day_of_first_use_offers_the_weeks_of_use() -> None:
    found = day_said(scene("when did Web first use AI", TOKENS))

    assert isinstance(found, Unclear)
    assert "week" in found.options[0].ask
    assert day_said(scene("when did Web first use AI", TOKENS.with_(grain=Grain.WEEK))) is None
    assert day_said(scene("when cost rises, tokens of Web", TOKENS)) is None


def test_how_few_people_use_half_is_not_told_as_a_share_of_everything() -> None:
    text = "what percentage of people account for half the tokens"

    assert share_of_people(scene(text, TOKENS)) is not None
    assert share_of_people(scene(text, TOKENS.with_(metrics=("top_decile_share",)))) is None
    assert share_of_people(scene("what share of tokens is ours", TOKENS)) is None


def test_rows_are_not_kept_by_one_value_over_another_but_both_are_offered() -> None:
    two = TOKENS.with_(group_by=("team",), filters=(Filter("tool", ("cursor", "copilot")),))

    found = one_over_another(scene("teams where cursor costs more than copilot", two))

    assert isinstance(found, Unclear)
    assert found.options
    assert one_over_another(scene("did cursor cost more than copilot", two.with_(group_by=("tool",)))) is None
    assert one_over_another(scene("cost of cursor and copilot by team", two)) is None
