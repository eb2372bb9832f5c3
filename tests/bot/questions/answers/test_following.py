"""Steps on from an answer: which ones a query allows, and what each asks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.questions.answers.answer import Answer, Row, Shape, Status
from bot.questions.answers.following import Following, query_of, stepped, steps_from, unit_before
from storage.query import Filter, Grain, Order, Query
from storage.records import Period

TODAY = date(2026, 11, 18)
OCTOBER = Period(date(2026, 10, 1), date(2026, 10, 31), "October 2026")
TREND, BY_TEAM, COMPARE, WHY = Following.TREND, Following.BY_TEAM, Following.COMPARE, Following.WHY
BY_TOOL, BY_MODEL, NORMAL = Following.BY_TOOL, Following.BY_MODEL, Following.NORMAL
BEFORE = Period(date(2026, 9, 1), date(2026, 9, 30))


def asked(metric: str = "tokens", **more: object) -> Query:
    return Query(metrics=(metric,), period=OCTOBER).with_(**more)


def answer(query: Query, shape: Shape = Shape.SINGLE, labels: dict[str, str] | None = None) -> Answer:
    rows = (Row(labels=labels or {}, values={query.metrics[0]: 1}),)
    return Answer(status=Status.ANSWERED, text="x", shape=shape, query=query.to_json(), rows=rows)


@pytest.mark.parametrize(
    ("query", "steps"),
    [
        (asked(), (TREND, BY_TEAM, COMPARE, BY_TOOL, BY_MODEL, NORMAL)),
        (asked(group_by=("tool",)), (TREND, COMPARE)),
        (asked(group_by=("person",)), (COMPARE,)),
        (asked(grain=Grain.WEEK), (BY_TEAM, BY_TOOL, BY_MODEL)),
        (asked(filters=(Filter("tool", ("Cursor",)),)), (TREND, BY_TEAM, COMPARE, BY_MODEL, NORMAL)),
        (asked(filters=(Filter("person", ("ana@northwind.example",)),)), (TREND, COMPARE, BY_TOOL, BY_MODEL)),
        (asked(previous=BEFORE), (WHY, TREND)),
        (asked("adoption_rate", previous=BEFORE), (TREND,)),  # a change of a rate is no sum of parts
        (asked("hours_offloaded", filters=(Filter("tool", ("Cursor",)),)), ()),  # work knows no tools
    ],
)
def test_only_the_steps_that_a_query_allows_are_offered(query: Query, steps: tuple[Following, ...]) -> None:
    assert steps_from(answer(query, labels=dict.fromkeys(query.group_by, "x")), TODAY) == steps


def test_an_answer_that_takes_a_change_apart_offers_nothing() -> None:
    apart = answer(asked(), Shape.LIST, {"part": "requests per active person"})

    assert query_of(apart) is None
    assert steps_from(apart, TODAY) == ()


def test_a_trend_is_of_the_last_twelve_complete_weeks_and_a_list_by_team_has_every_team() -> None:
    ranked = asked(order=Order(), limit=3)

    trend, teams = stepped(ranked, TREND, TODAY), stepped(ranked, BY_TEAM, TODAY)

    assert trend
    assert (trend.period.start, trend.period.end) == (date(2026, 8, 24), date(2026, 11, 15))
    assert trend.grain is Grain.WEEK
    assert teams
    assert (teams.group_by, teams.limit, teams.order) == (("team",), None, None)


def test_a_watch_is_of_the_same_scope_by_the_week_and_of_one_figure_alone() -> None:
    core = Filter("team", ("Core",))

    watch = stepped(asked(filters=(core,), grain=Grain.WEEK, previous=BEFORE), Following.WATCH, TODAY)

    assert watch
    assert (watch.filters, watch.grain, watch.previous) == ((core,), None, None)
    assert (watch.period.start, watch.period.end) == (date(2026, 11, 9), date(2026, 11, 15))
    assert stepped(asked(group_by=("team",)), Following.WATCH, TODAY) is None


@pytest.mark.parametrize(
    ("period", "before", "running"),
    [
        (("2026-10-01", "2026-10-31"), ("2026-09-01", "2026-09-30"), False),
        (("2026-11-09", "2026-11-15"), ("2026-11-02", "2026-11-08"), False),
        (("2026-11-01", "2026-11-18"), ("2026-10-01", "2026-10-18"), True),
        (("2026-10-21", "2026-11-17"), ("2026-09-23", "2026-10-20"), False),
    ],
)
def test_a_period_is_compared_with_the_one_before_it(
    period: tuple[str, str], before: tuple[str, str], running: bool
) -> None:
    def of(days: tuple[str, str]) -> Period:
        return Period(date.fromisoformat(days[0]), date.fromisoformat(days[1]))

    assert unit_before(of(period), TODAY) == (of(before), running)


def test_rows_with_other_columns_than_the_query_gives_offer_nothing() -> None:
    other = Row(labels={}, values={"cost_at_list_price": 1, "cost": 2})
    priced = replace(answer(asked("cost")), rows=(other,))

    assert query_of(priced) is None
