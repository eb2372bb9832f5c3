"""What the sentences of an answer share: how its figures and names are written."""

from __future__ import annotations

from bot.questions.answers.writing import NAMED, Writer, joined, unit_of
from storage.answer.privacy import OPERATOR
from storage.answer.result import ResultColumn
from storage.answer.run import run
from storage.catalogue import metric
from storage.query import Query, Share
from tests.bot.questions.answers.sample import OCTOBER, SEPTEMBER, Sample

TOKENS = Query(metrics=("tokens",), period=OCTOBER)


def writer(sample: Sample, query: Query) -> Writer:
    return Writer(run(sample.connection, sample.directory, query, OPERATOR), sample.directory)


def column(role: str, name: str = "tokens") -> ResultColumn:
    return ResultColumn(name=role, metric=metric(name), role=role)


def test_parts_are_joined_as_people_do() -> None:
    assert [joined(parts) for parts in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == ["", "a", "a and b", "a, b and c"]


def test_a_share_and_a_relative_change_are_fractions_whatever_the_metric_is() -> None:
    shared = TOKENS.with_(share=Share())

    assert unit_of(column("value"), shared) == "tokens"
    assert unit_of(column("share"), shared) == unit_of(column("change_pct"), TOKENS) == "fraction"
    assert unit_of(column("change"), shared) == "fraction"
    assert unit_of(column("change"), TOKENS) == "tokens"


def test_money_is_in_the_currency_asked_for() -> None:
    cost = Query(metrics=("cost",), period=OCTOBER, currency="EUR")

    assert unit_of(column("value", "cost"), cost) != unit_of(column("value", "cost"), cost.with_(currency=""))


def test_a_long_list_names_its_first_rows_and_how_many_more_there_are(sample: Sample) -> None:
    found = writer(sample, TOKENS.with_(group_by=("team",)))
    said = found.listed(found.rows, found.main)

    assert said.count(",") == NAMED - 1
    assert said.endswith(f" and {len(found.rows) - NAMED} more")


def test_rows_are_counted_by_what_they_are(sample: Sample) -> None:
    by_team = writer(sample, TOKENS.with_(group_by=("team",)))
    by_both = writer(sample, TOKENS.with_(group_by=("team", "tool")))

    assert [by_team.count(number) for number in (1, 12)] == ["1 team", "12 teams"]
    assert [by_both.count(number) for number in (1, 2)] == ["1 row", "2 rows"]


def test_a_change_is_told_by_its_size_alone_and_that_of_a_rate_in_points(sample: Sample) -> None:
    found = writer(sample, Query(metrics=("adoption_rate",), period=OCTOBER, previous=SEPTEMBER))
    (row,) = found.rows
    change = found.cells(metric("adoption_rate"))["change"]

    assert found.is_rate
    assert found.change(row, change, of_rate=True).endswith("points")
    assert not found.change(row, change, of_rate=False).startswith(("-", "−"))
