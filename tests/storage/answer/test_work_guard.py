"""Figures of work: a row is of the teams that own its workflows, and these must be large enough."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from storage.answer.result import Result
from storage.errors import Denied
from storage.query import Filter, Grain, Op, Query, Share
from tests.databases import BACKENDS
from tests.storage.answer.test_guard import MEMBER, START, WEEKS, organisation
from tests.storage.worlds import World, worlds

ITEMS = Query(metrics=("items",), period=WEEKS)


@pytest.fixture(scope="module", params=BACKENDS)
def world(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with worlds(request.param, tmp_path_factory.mktemp("store"), [organisation()]) as found:
        yield found[0]


def hidden(result: Result) -> list[str]:
    return sorted(", ".join(row.labels.values()) for row in result.rows if row.suppressed)


def denied(world: World, *filters: Filter) -> bool:
    try:
        world.ask(ITEMS.with_(filters=filters), MEMBER)
    except Denied:
        return True
    return False


def test_work_of_the_whole_organisation_is_shown(world: World) -> None:
    assert world.ask(ITEMS, MEMBER).rows[0].values["items"] == world.check(ITEMS).rows[0].values["items"]
    assert hidden(world.ask(ITEMS.with_(group_by=("mode",), grain=Grain.WEEK), MEMBER)) == []


def test_a_small_owner_is_hidden_and_the_next_smallest_with_work_covers_it(world: World) -> None:
    # Idle is smaller than Next, but has no work that could cover.
    assert hidden(world.ask(ITEMS.with_(group_by=("team",)), MEMBER)) == ["Next", "Small"]
    assert hidden(world.ask(ITEMS.with_(group_by=("team",), share=Share()), MEMBER)) == ["Next", "Small"]


def test_the_workflows_of_hidden_owners_are_hidden(world: World) -> None:
    assert hidden(world.ask(ITEMS.with_(group_by=("workflow",)), MEMBER)) == ["posting", "signing"]
    assert hidden(world.ask(ITEMS.with_(group_by=("team", "workflow")), MEMBER)) == ["Next, posting", "Small, signing"]
    assert denied(world, Filter("workflow", ("signing",)))
    assert not denied(world, Filter("workflow", ("checking",)))


def test_a_sum_with_one_hidden_owner_is_hidden_and_one_with_two_is_not(world: World) -> None:
    assert denied(world, Filter("workflow", ("signing", "assembling")))
    assert not denied(world, Filter("workflow", ("signing", "posting")))
    assert hidden(world.ask(ITEMS.with_(group_by=("activity",)), MEMBER)) == ["review", "writing"]


def test_leaving_out_a_hidden_owner_tells_of_it(world: World) -> None:
    assert denied(world, Filter("team", ("Small",), Op.NOT_IN))
    assert denied(world, Filter("workflow", ("signing",), Op.NOT_IN))
    assert not denied(world, Filter("workflow", ("checking",), Op.NOT_IN))


def test_a_parent_is_judged_with_all_below_it_where_it_is_named(world: World) -> None:
    assert not denied(world, Filter("team", ("Duo",)))
    scoped = world.ask(ITEMS.with_(scopes=("Duo", "Big"), group_by=("team",)), MEMBER)
    assert hidden(scoped) == []


def test_few_users_hide_no_work(world: World) -> None:
    assert not denied(world, Filter("workflow", ("assembling",)), Filter("mode", ("agent",)))


def test_a_point_of_a_series_is_judged_in_its_own_days(world: World) -> None:
    series = world.ask(ITEMS.with_(filters=(Filter("team", ("Right",)),), grain=Grain.WEEK), MEMBER)
    assert [row.labels["week"] for row in series.rows] == [
        (START + timedelta(days=7 * week)).isoformat() for week in range(4)
    ]
    assert hidden(series) == []
