"""Sums by bucket and label: what has no rows is zero, what nobody reports is unknown."""

from __future__ import annotations

from storage.answer.fetch import Fetched, fetch
from storage.catalogue import metric
from storage.query import Filter, Grain, Query
from tests.storage.answer.office import LAST_WEEK, TOKENS, compiler, of
from tests.storage.worlds import World


def fetched(world: World, query: Query) -> Fetched:
    metrics = [metric(name) for name in query.metrics]
    return fetch(world.connection, compiler(world, query), metrics, query.group_by, query.filters)


def by_label(world: World, name: str, metrics: str, dimension: str, *filters: Filter) -> dict[str, object]:
    query = TOKENS.with_(metrics=(metrics,), group_by=(dimension,), filters=filters)
    return {labels[0]: sums.get(name) for (_, labels), sums in fetched(world, query).sums.items()}


def test_a_cost_is_unknown_where_no_row_has_a_price_and_zero_where_one_says_so(office: World) -> None:
    found = by_label(office, "cost_nano", "cost", "tool")

    assert found == {"cursor": 32 * 10**9, "ide": 0, "shop": None, "silent": 0}


def test_tokens_are_unknown_where_there_is_use_and_none_of_it_reports_any(office: World) -> None:
    found = by_label(office, "input", "tokens", "tool")

    assert (found["silent"], found["shop"]) == (None, 28)


def test_a_list_by_team_has_one_without_use_and_none_of_agents_alone(office: World) -> None:
    found = by_label(office, "input", "tokens_per_employee", "team", of("tool", "ide"))

    assert found.keys() >= {"Tend", "Works"}
    assert "Robots" not in by_label(office, "input", "tokens", "team")


def test_every_point_of_a_series_without_groups_is_there_with_its_days(office: World) -> None:
    days = TOKENS.with_(period=LAST_WEEK, grain=Grain.DAY, filters=(of("tool", "ide"),))
    found = fetched(office, days)

    assert sorted(number for number, _ in found.sums) == list(range(7))
    assert {sums["days"] for sums in found.sums.values()} == {1}
    assert found.sums[0, ()]["input"] == 500


def test_heads_of_a_group_are_known_where_it_has_no_row(office: World) -> None:
    found = fetched(office, TOKENS.with_(metrics=("tokens_per_employee",), group_by=("team", "tool")))

    assert found.heads(0, ("Tend", "hammer"))["members"] == 3
    assert found.heads(0, ("Nowhere", "ide")) == {"headcount_days": 0, "members": 0}


def test_the_top_tenth_of_a_group_is_counted_up(office: World) -> None:
    found = fetched(office, TOKENS.with_(metrics=("top_decile_share",), filters=(of("team", "Build"),)))

    # Nine members: the top tenth is one person, who has 100 on each of four days.
    assert found.sums[0, ()]["decile_tokens"] == 400


def test_work_without_any_item_has_no_baseline_but_a_point_of_a_series_none_to_miss(office: World) -> None:
    stray = TOKENS.with_(metrics=("hours_offloaded",), filters=(of("workflow", "stray"),))

    assert fetched(office, stray).sums[0, ()]["offloaded_ms"] is None
    assert "offloaded_ms" not in fetched(office, stray.with_(grain=Grain.WEEK)).sums[0, ()]
