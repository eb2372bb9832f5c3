"""From sums to rows: columns, thresholds, ranks, shares and comparisons."""

from __future__ import annotations

from datetime import timedelta

from storage.answer.result import ResultRow
from storage.answer.shape import column_name, columns_of
from storage.catalogue import metric
from storage.query import By, Compare, Grain, Having, Order, Query, Share
from storage.records import Period
from tests.storage.answer.office import LAST_WEEK, MEMBER, MONDAYS, TOKENS, of
from tests.storage.worlds import World

BY_TOOL = TOKENS.with_(group_by=("tool",))
BY_TEAM = TOKENS.with_(group_by=("team",))


def labels(rows: tuple[ResultRow, ...]) -> list[str]:
    return [" ".join(row.labels.values()) for row in rows]


def of_office(world: World, query: Query) -> list[str]:
    return labels(world.check(query).rows)


def test_columns_are_named_by_their_role_and_by_metric_where_there_are_several() -> None:
    tokens, cost = metric("tokens"), metric("cost")
    compared = TOKENS.with_(previous=Period(MONDAYS[0], MONDAYS[1]), share=Share())

    assert [column.name for column in columns_of(compared, [tokens])] == [
        "tokens", "share", "previous", "change", "change_pct",
    ]  # fmt: skip
    assert [column.name for column in columns_of(TOKENS, [tokens, cost])] == ["tokens", "cost"]
    assert column_name(cost, "change", several=True) == "cost_change"


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


def test_shares_are_of_the_same_question_without_its_groups(office: World) -> None:
    shares = office.check(BY_TOOL.with_(share=Share(), filters=(of("tool", "ide", "shop"),)))
    of_those = office.check(
        BY_TOOL.with_(share=Share((of("tool", "ide", "shop"),)), filters=(of("tool", "ide", "shop"),))
    )

    assert shares.rows[0].values["share"] == 2000 / (4 * 2547)
    assert of_those.rows[0].values["share"] == 2000 / 2028


def test_a_change_from_nothing_has_no_percentage(office: World) -> None:
    quiet = Period(MONDAYS[2] + timedelta(days=1), MONDAYS[3] - timedelta(days=1))
    row = office.check(TOKENS.with_(period=LAST_WEEK, previous=quiet)).rows[0]

    assert (row.values["previous"], row.values["change"], row.values["change_pct"]) == (0, 2547, None)


def test_an_average_is_over_the_whole_of_the_period(office: World) -> None:
    fortnight = TOKENS.with_(period=Period(MONDAYS[0], MONDAYS[2] - timedelta(days=1)))

    assert office.check(fortnight.with_(average=Grain.WEEK)).rows[0].values["tokens"] == 2547
    assert office.check(fortnight.with_(average=Grain.DAY)).rows[0].values["tokens"] == 2 * 2547 / 14
