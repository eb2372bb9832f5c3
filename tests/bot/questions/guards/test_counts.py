"""A figure nobody named, days of a group and counts of people by a condition are asked back."""

from __future__ import annotations

from datetime import date

import pytest

from bot.questions.finders.marking import mark
from bot.questions.guards.counts import (
    agents_counted,
    days_said,
    figure_named,
    nothing_named,
    outcomes_counted,
    people_counted,
    shares_of_modes,
)
from bot.questions.guards.scene import Choice, Scene
from bot.questions.reading import Impossible, Unclear
from storage.query import Compare, Filter, Grain, Having, Query
from storage.records import Period
from tests.bot.questions.finders.bureau import world

OCTOBER = Period(date(2026, 10, 1), date(2026, 10, 31), "October 2026")


def scene(text: str, query: Query, before: Query | None = None) -> Scene:
    """A message and the query that it became."""
    marked = mark(text, world())
    return Scene(marked, Choice(tuple("in" for _ in marked.mentions)), world(), query, before)


def of(metric: str, **more: object) -> Query:
    """A query for October."""
    return Query(metrics=(metric,), period=OCTOBER).with_(**more)


@pytest.mark.parametrize("text", ["the numbers by supplier for October", "October by team", "Web in October"])
def test_a_question_without_a_figure_is_asked_back(text: str) -> None:
    assert figure_named(scene(text, of("cost"))) is not None
    assert figure_named(scene(text, of("cost"), of("cost"))) is None  # a reply has its thread's


@pytest.mark.parametrize("text", ["spend in October", "who used Web's budget", "the priciest team", "over $50"])
def test_a_word_for_a_figure_is_enough(text: str) -> None:
    assert figure_named(scene(text, of("cost"))) is None


def test_work_is_counted_where_a_workflow_is_named() -> None:
    assert figure_named(scene("the workflows that failed in October", of("failure_rate"))) is None


def test_days_of_use_are_those_of_a_person() -> None:
    group = of("active_days_per_person", filters=(Filter("team", ("Web",)),))
    assert days_said(scene("on how many days did Web use AI in October", group)) is not None
    assert days_said(scene("on how many days did an average user of Web use AI", group)) is None
    single = of("active_days_per_person", filters=(Filter("person", ("may@bureau.example",)),))
    assert days_said(scene("on how many days did May Lind use AI", single)) is None


def test_people_are_not_counted_by_what_they_used() -> None:
    listed = of("tokens", group_by=("person",), having=(Having(Compare.GT, 1e6),))
    assert people_counted(scene("number of people over 1m tokens", listed)) is not None
    assert people_counted(scene("people over 1m tokens", listed)) is None
    daily = of("active_people", grain=Grain.DAY)
    assert people_counted(scene("how many people used AI every day", daily)) is not None
    assert people_counted(scene("how many people used AI by day", daily)) is None


def test_agents_are_nobodys_heads() -> None:
    for text in ("how many agents do we have", "how many active bots in October", "headcount of the agents"):
        assert isinstance(agents_counted(scene(text, of("active_people"))), Impossible), text
    assert agents_counted(scene("how many people used Web in October", of("active_people"))) is None
    assert agents_counted(scene("how many tokens of agents", of("tokens"))) is None


def test_what_has_no_team_or_workflow_is_a_row_of_a_list_and_never_the_sum_of_all() -> None:
    for text in ("cost without a team", "tokens not booked to any workflow", "unattributed cost", "nobody's team"):
        assert nothing_named(scene(text, of("cost"))) is not None, text
    for text in ("cost without the team Web", "cost by team", "cost in no team of Web", "requests without Cursor"):
        assert nothing_named(scene(text, of("cost"))) is None, text
    assert nothing_named(scene("by workflow, also without any workflow", of("cost", group_by=("workflow",)))) is None


def test_a_share_of_one_modes_items_is_all_or_nothing() -> None:
    by_agents = of("autonomy_share", filters=(Filter("mode", ("agent",)),))
    asked = shares_of_modes(scene("share of items done by agents", by_agents))

    assert isinstance(asked, Unclear)
    assert [option.ask for option in asked.options] == ["autonomy share, October 2026", "items, by mode, October 2026"]
    assert shares_of_modes(scene("autonomy share", of("autonomy_share"))) is None


def test_what_became_of_items_is_no_count() -> None:
    for text, passes in (
        ("how many price reviews failed", False),
        ("number of items that failed", False),
        ("how many percent of items failed", True),
        ("failure rate of price review", True),
    ):
        assert (outcomes_counted(scene(text, of("failure_rate"))) is None) is passes, text
