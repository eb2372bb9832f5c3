"""Answers of typed queries: worked out by hand for the sentences of the definitions page, and what is cut or denied."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

import pytest

from storage.answer.privacy import OPERATOR, Viewer
from storage.answer.result import NoteKind
from storage.answer.run import clip, may_show, run
from storage.catalogue import metric
from storage.errors import Denied, NoData
from storage.query import By, Filter, Grain, Op, Order, Query
from storage.records import Period
from tests.databases import BACKENDS
from tests.storage.organisation import Organisation, Stay, Use, Work
from tests.storage.worlds import World, worlds

START = date(2026, 10, 1)
TEN_DAYS = Period(START, START + timedelta(days=9))
FIVE_DAYS = Period(START + timedelta(days=5), TEN_DAYS.end)
EARLIER = Period(START, START + timedelta(days=4))
TEAMS = {"Top": "", "Red": "Top", "Blue": "Top", "Robots": "", "Nobody": ""}
STAYS = (
    Stay(email="boss@x.example", team="Top"),
    Stay(email="mover@x.example", team="Red", end=EARLIER.end),
    Stay(email="mover@x.example", team="Blue", start=FIVE_DAYS.start),
    Stay(email="leaver@x.example", team="Red", end=START + timedelta(days=1), kind="contractor"),
    Stay(email="idle@x.example", team="Blue"),
    Stay(email="bot@x.example", team="Red", kind="agent", location=""),
    Stay(email="drone@x.example", team="Robots", kind="agent"),
)
USES = (
    # A source that counts cached input inside input: 10,000 of which 8,000 cached, 500 out.
    Use(day=START, email="boss@x.example", input=2000, cached=8000, output=500, requests=1),
    Use(day=START, email="mover@x.example", tool="copilot", input=100, requests=2),
    Use(day=FIVE_DAYS.start, email="mover@x.example", input=40, requests=1, mode="agent"),
    Use(day=START, email="bot@x.example", input=1000, requests=9),
    Use(day=START, email="drone@x.example", input=7, requests=1),
    Use(day=START, email="unknown@x.example", input=3, requests=1),
    # On a day outside every spell of its user.
    Use(day=TEN_DAYS.end, email="leaver@x.example", input=5, requests=1),
    Use(day=START, email="boss@x.example", input=60, requests=1, ledger="product"),
)
WORK = (
    Work(day=START, workflow="sorting", mode="human", items=10, minutes=Decimal(100)),
    Work(day=FIVE_DAYS.start, workflow="sorting", mode="agent", items=30, minutes=Decimal(60)),
    Work(day=START, workflow="unmeasured", mode="agent", items=5, minutes=Decimal(1)),
    Work(day=START, workflow="manual", mode="human", items=4, minutes=Decimal(8)),
)
ORG = Organisation(TEAMS, STAYS, USES, {"sorting": ("Red", "care"), "manual": ("Blue", "care")}, WORK)


@pytest.fixture(scope="module", params=BACKENDS)
def world(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with worlds(request.param, tmp_path_factory.mktemp("store"), [ORG]) as found:
        yield found[0]


def value(world: World, metric: str, *filters: Filter, period: Period = TEN_DAYS) -> object:
    return world.check(Query(metrics=(metric,), period=period, filters=filters)).rows[0].values[metric]


def listed(world: World, metric: str, by: str, *filters: Filter, period: Period = TEN_DAYS) -> dict[str, object]:
    query = Query(metrics=(metric,), period=period, group_by=(by,), filters=filters)
    return {row.labels[by]: row.values[metric] for row in world.check(query).rows}


def team(*names: str, op: Op = Op.IN) -> Filter:
    return Filter("team", names, op)


def test_cached_input_counts_once_and_a_tenth_in_effective_tokens(world: World) -> None:
    boss = Filter("person", ("boss@x.example",)), Filter("ledger", ("workforce",))
    assert value(world, "tokens", *boss) == 10_500
    assert value(world, "effective_tokens", *boss) == 5_300


def test_usage_belongs_to_the_team_of_that_day_and_unknown_users_to_none(world: World) -> None:
    assert listed(world, "tokens", "team") == {"Top": 10_560, "Red": 1_100, "Blue": 40, "(none)": 8}


def test_a_list_by_team_has_no_row_for_a_team_without_people_but_the_total_has_its_use(world: World) -> None:
    assert "Robots" not in listed(world, "tokens", "team")
    assert value(world, "tokens") == 10_560 + 1_100 + 40 + 7 + 8
    assert value(world, "tokens", team("Robots")) == 7


def test_a_team_is_all_below_it_and_except_leaves_all_of_that_out(world: World) -> None:
    assert value(world, "tokens", team("Top")) == 11_700
    assert value(world, "tokens", team("Top", op=Op.BELOW)) == 1_140
    assert value(world, "tokens", team("Top", op=Op.NOT_IN)) == 15
    assert listed(world, "tokens", "team", team("Top", op=Op.NOT_IN)) == {"Red": 1_100, "Blue": 40, "(none)": 8}


def test_headcount_is_the_mean_over_the_days_and_members_are_counted_once(world: World) -> None:
    assert value(world, "headcount") == 3.2
    assert listed(world, "headcount", "team") == {"Top": 1, "Blue": 1.5, "Red": 0.7}
    assert value(world, "adoption_rate") == 0.5
    assert value(world, "inactive_people", team("Blue")) == 1


def test_agents_count_per_employee_and_not_per_active_person(world: World) -> None:
    assert value(world, "tokens_per_employee", team("Red")) == pytest.approx(1_100 / 0.7)
    assert value(world, "tokens_per_active_person", team("Red")) == 100
    assert value(world, "agent_share", team("Red")) == pytest.approx(1_000 / 1_100)
    assert listed(world, "tokens_per_employee", "kind")["agent"] is None


def test_a_filter_on_tools_acts_on_usage_alone(world: World) -> None:
    copilot = Filter("tool", ("copilot",))
    assert value(world, "adoption_rate", copilot, team("Red")) == 0.5
    assert listed(world, "tokens", "team", copilot) == {"Red": 100, "Top": 0, "Blue": 0}


def test_product_inference_counts_in_tokens_and_not_per_head(world: World) -> None:
    assert value(world, "tokens", team("Top"), period=Period(START, START)) == 11_660
    assert value(world, "tokens_per_employee", period=Period(START, START)) == pytest.approx(11_610 / 4)


def test_hours_offloaded_take_the_baseline_of_the_whole_period(world: World) -> None:
    assert value(world, "hours_offloaded") == pytest.approx((10 * 30 - 60) / 60)
    by_workflow = listed(world, "hours_offloaded", "workflow")
    assert by_workflow == {"sorting": pytest.approx(4), "manual": 0, "unmeasured": None}
    assert listed(world, "hours_offloaded", "mode") == {"agent": pytest.approx(4), "human": None}
    days = Query(metrics=("hours_offloaded",), period=TEN_DAYS, grain=Grain.DAY)
    assert [row.values["hours_offloaded"] for row in world.check(days).rows][4:6] == [0, pytest.approx(4)]


def test_a_comparison_lists_groups_of_either_period_and_ranks_null_last(world: World) -> None:
    query = Query(metrics=("tokens",), period=FIVE_DAYS, previous=EARLIER, group_by=("team",))
    rows = world.check(query.with_(order=Order(By.CHANGE_PCT))).rows
    assert [(row.labels["team"], row.values["change"], row.values["change_pct"]) for row in rows] == [
        ("Red", -1_100, -1),
        ("Top", -10_560, -1),
        ("Blue", 40, None),
    ]


def test_a_period_is_cut_to_the_recorded_days_and_one_beyond_them_has_nothing(world: World) -> None:
    wide = Query(metrics=("tokens",), period=Period(START - timedelta(days=5), TEN_DAYS.end + timedelta(days=5)))
    clipped, notes = clip(wide, [metric("tokens")], world.directory)

    assert clipped.period == TEN_DAYS
    assert [note.kind for note in notes] == [NoteKind.STARTS_LATE, NoteKind.ENDS_EARLY]
    later = Period(TEN_DAYS.end + timedelta(days=1), TEN_DAYS.end + timedelta(days=3))
    with pytest.raises(NoData):
        clip(wide.with_(period=later), [metric("tokens")], world.directory)


def test_whether_a_figure_may_be_shown_is_known_without_working_it_out(world: World) -> None:
    query = Query(metrics=("tokens",), period=TEN_DAYS)

    assert may_show(world.connection, world.directory, query, OPERATOR)
    assert not may_show(world.connection, world.directory, query, Viewer(min_group=100))
    with pytest.raises(Denied):
        run(world.connection, world.directory, query, Viewer(min_group=100))
