"""Weekdays pick days of every kind of rows alike."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

import pytest

from storage.answer.weekdays import WEEKDAYS, days_of, kept
from storage.errors import UnknownName
from storage.query import Filter, Grain, Op, Query
from storage.records import Period
from tests.databases import BACKENDS
from tests.storage.by_hand import all_tokens, is_active, is_person
from tests.storage.organisation import seeded
from tests.storage.worlds import World, worlds

FEBRUARY = Period(date(2026, 2, 1), date(2026, 2, 28))
WEEKEND = Filter("weekday", ("Saturday", "Sunday"))


@pytest.fixture(scope="module", params=BACKENDS)
def world(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with worlds(request.param, tmp_path_factory.mktemp("store"), [seeded(1)]) as found:
        yield found[0]


def test_a_span_has_as_many_of_each_weekday_as_the_calendar() -> None:
    period = Period(date(2026, 1, 29), date(2026, 3, 2))

    assert [days_of(period, (name,)) for name in WEEKDAYS] == [
        sum(day.weekday() == at for day in period.each_day()) for at in range(7)
    ]


def test_a_filter_leaves_the_weekdays_that_it_names_or_the_others() -> None:
    assert kept([WEEKEND]) == ("Saturday", "Sunday")
    assert kept([Filter("weekday", ("Saturday", "Sunday"), Op.NOT_IN)]) == WEEKDAYS[:5]
    with pytest.raises(UnknownName):
        kept([Filter("weekday", ("Caturday",))])


@pytest.mark.parametrize("metric", ["tokens", "cost", "headcount", "tokens_per_employee", "adoption_rate", "items"])
def test_a_list_by_weekday_holds_each_day_under_its_name_monday_first(world: World, metric: str) -> None:
    rows = world.ask(Query(metrics=(metric,), period=FEBRUARY, group_by=("weekday",))).rows
    named = [row.labels["weekday"] for row in rows]

    assert named == [name for name in WEEKDAYS if name in named]
    for row in rows:
        expected = on_days(world, metric, [WEEKDAYS.index(row.labels["weekday"])])
        assert row.values[metric] == (None if expected is None else pytest.approx(float(expected)))


def test_a_filter_on_weekdays_cuts_sums_heads_and_the_days_of_an_average(world: World) -> None:
    plain = Query(metrics=("tokens",), period=FEBRUARY, filters=(WEEKEND,))

    def figure(query: Query) -> float | int | None:
        return world.ask(query).rows[0].values[query.metrics[0]]

    tokens = on_days(world, "tokens", [5, 6])
    assert tokens
    assert figure(plain) == tokens
    assert figure(plain.with_(average=Grain.DAY)) == pytest.approx(float(tokens) / 8)
    for metric in ("headcount", "tokens_per_employee", "adoption_rate"):
        assert figure(plain.with_(metrics=(metric,))) == pytest.approx(float(on_days(world, metric, [5, 6]) or 0))


def on_days(world: World, metric: str, weekdays: list[int]) -> Fraction | None:
    """The figure of these days, from what the second opinion says of each of them."""
    days = [day for day in FEBRUARY.each_day() if day.weekday() in weekdays]

    def total(name: str) -> Fraction:
        answers = (world.independent.answer(Query(metrics=(name,), period=Period(day, day))) for day in days)
        return sum((answer[0].figures[name, "value"] or Fraction(0) for answer in answers), Fraction(0))

    heads = total("headcount") / len(days)
    if metric == "headcount":
        return heads
    if metric == "tokens_per_employee":
        rows = [use for use in world.independent.uses if use.row.day in days and use.row.ledger == "workforce"]
        return sum((Fraction(all_tokens(row.row)) for row in rows), Fraction(0)) / heads
    if metric == "adoption_rate":
        rows = [use for use in world.independent.uses if use.row.day in days and use.row.ledger == "workforce"]
        used = {row.row.email for row in rows if is_person(row) and is_active(row.row)}
        whole = Query(metrics=("active_people", "inactive_people"), period=FEBRUARY)
        figures = world.independent.answer(whole)[0].figures
        return Fraction(len(used)) / sum((value or Fraction(0) for value in figures.values()), Fraction(0))
    return total(metric)
