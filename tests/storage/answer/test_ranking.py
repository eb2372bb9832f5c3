"""Thresholds, ranks and limits."""

from __future__ import annotations

from storage.answer.result import ResultRow
from storage.query import By, Compare, Grain, Having, Order, Query
from tests.storage.answer.office import MEMBER, MONDAYS, TOKENS
from tests.storage.worlds import World

BY_TOOL = TOKENS.with_(group_by=("tool",))
BY_TEAM = TOKENS.with_(group_by=("team",))


def labels(rows: tuple[ResultRow, ...]) -> list[str]:
    return [" ".join(row.labels.values()) for row in rows]


def of_office(world: World, query: Query) -> list[str]:
    return labels(world.check(query).rows)


def test_the_largest_come_first_and_rows_without_a_value_last(office: World) -> None:
    assert of_office(office, BY_TOOL) == ["cursor", "ide", "shop", "silent"]
    assert of_office(office, BY_TOOL.with_(order=Order(descending=False)))[-1] == "silent"
    assert of_office(office, BY_TOOL.with_(order=Order(By.LABEL))) == ["cursor", "ide", "shop", "silent"]


def test_neither_a_ranking_nor_a_threshold_lists_what_has_no_name(office: World) -> None:
    by_workflow = TOKENS.with_(group_by=("workflow",))

    assert of_office(office, by_workflow) == ["(none)", "sorting"]
    assert of_office(office, by_workflow.with_(order=Order())) == ["sorting"]
    assert of_office(office, by_workflow.with_(having=(Having(Compare.GE, 0),))) == ["sorting"]


def test_a_row_without_a_value_passes_no_threshold_not_even_one_below_nothing(office: World) -> None:
    below = BY_TOOL.with_(having=(Having(Compare.LT, 10**12),))
    exactly = BY_TOOL.with_(having=(Having(Compare.LE, 2000), Having(Compare.GE, 2000)))

    assert of_office(office, below) == ["cursor", "ide", "shop"]
    assert of_office(office, exactly) == ["ide"]


def test_a_limit_is_cut_after_those_passed_over(office: World) -> None:
    assert labels(office.ask(BY_TOOL.with_(order=Order(), limit=1, skip=1)).rows) == ["ide"]
    assert labels(office.ask(BY_TOOL.with_(order=Order(), limit=9, skip=3)).rows) == ["silent"]


def test_a_hidden_row_takes_no_place_in_a_ranking(office: World) -> None:
    ranked = office.ask(BY_TEAM.with_(order=Order(), limit=2), MEMBER).rows

    assert not any(row.suppressed for row in ranked)
    assert "Tend" not in labels(ranked)


def test_a_series_stays_in_the_order_of_its_days(office: World) -> None:
    weeks = office.check(TOKENS.with_(grain=Grain.WEEK)).rows

    assert labels(weeks) == [day.isoformat() for day in MONDAYS]
