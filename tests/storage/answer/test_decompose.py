"""A change taken apart: parts that sum to it exactly, by the factors of use or by the rows of a list."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from math import log

import pytest

from storage.answer.decompose import Decomposition, decompose, decompose_series
from storage.answer.privacy import OPERATOR, Viewer
from storage.errors import InvalidQuery
from storage.query import By, Compare, Filter, Grain, Having, Order, Query
from storage.records import Period
from tests.storage.organisation import Organisation, Stay, Use
from tests.storage.worlds import World, worlds

BEFORE = Period(date(2026, 2, 2), date(2026, 2, 8))
WEEK = Period(date(2026, 2, 9), date(2026, 2, 15))
TEAMS = {"Large": "", "Middle": "", "Little": ""}
SIZES = {"Large": 8, "Middle": 6, "Little": 2}


def organisation() -> Organisation:
    """People of three teams, an agent, somebody unknown and a product; each uses more in the second week."""
    stays = [Stay(email=f"{team}{n}", team=team) for team, size in SIZES.items() for n in range(size)]
    stays.append(Stay(email="bot", team="Large", kind="agent"))
    uses = []
    for week, more in ((BEFORE, 1), (WEEK, 3)):
        for position, email in enumerate([*(stay.email for stay in stays), "stranger"]):
            for day in range(1 + position % 3):
                uses.append(
                    Use(
                        day=week.start + timedelta(days=day),
                        email=email,
                        tool=("cursor", "codex", "zed")[position % 3],
                        workflow=("review", "")[position % 2],
                        input=1_000 * more + 7 * position,
                        requests=more + day,
                        cost=Decimal(more * (1 + position)) / 7,
                    )
                )
        uses.append(Use(day=week.start, email="bot", ledger="product", input=5_000 * more, requests=more))
    uses.append(Use(day=WEEK.start, email="Large0", tool="windsurf", input=90, requests=1, cost=Decimal(3)))
    return Organisation(TEAMS, tuple(stays), tuple(uses))


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with worlds("sqlite", tmp_path_factory.mktemp("store"), [organisation()]) as found:
        yield found[0]


def apart(world: World, query: Query, viewer: Viewer = OPERATOR) -> Decomposition:
    return decompose(world.connection, world.directory, query, viewer)


def of(metric: str, *group_by: str) -> Query:
    return Query(metrics=(metric,), period=WEEK, previous=BEFORE, group_by=group_by)


@pytest.mark.parametrize("metric", ["tokens", "cost", "requests"])
@pytest.mark.parametrize("dimension", ["", "tool", "model", "workflow", "team", "mode"])
def test_the_parts_sum_to_the_change_whatever_they_are_by(world: World, metric: str, dimension: str) -> None:
    found = apart(world, of(metric, dimension) if dimension else of(metric))

    assert found.change == pytest.approx(found.value - found.previous)
    assert sum(part.contribution for part in found.parts) == pytest.approx(found.change, rel=1e-9)


def test_tokens_are_people_times_activity_times_requests_times_size_and_what_others_add(world: World) -> None:
    found = apart(world, of("tokens"))

    parts = {part.labels["part"]: part.contribution for part in found.parts}
    assert parts.keys() == {
        "headcount",
        "active people per head",
        "requests per active person",
        "tokens per request",
        "agents",
        "unattributed",
        "product inference",
    }
    assert parts["headcount"] == parts["active people per head"] == 0, "the same people, all of them active"
    assert parts["product inference"] == 10_000
    assert [abs(part.contribution) for part in found.parts] == sorted(map(abs, parts.values()), reverse=True)


def test_a_factors_part_is_its_share_on_the_log_scale(world: World) -> None:
    parts = {part.labels["part"]: part.contribution for part in apart(world, of("tokens")).parts}

    before, now = (of_people(world, period) for period in (BEFORE, WEEK))
    size = (now["tokens"] - before["tokens"]) / log(now["tokens"] / before["tokens"])
    assert parts["requests per active person"] == pytest.approx(size * log(now["requests"] / before["requests"]))
    growth = (now["tokens"] / now["requests"]) / (before["tokens"] / before["requests"])
    assert parts["tokens per request"] == pytest.approx(size * log(growth))


def of_people(world: World, period: Period) -> dict[str, int]:
    uses = [use for use in world.org.uses if use.email not in ("bot", "stranger") and use.day in period.each_day()]
    return {
        "tokens": sum(use.input or 0 for use in uses),
        "requests": sum(use.requests or 0 for use in uses),
    }


def test_per_head_the_people_are_no_factor(world: World) -> None:
    found = apart(world, of("tokens_per_employee"))

    assert "headcount" not in {part.labels["part"] for part in found.parts}
    assert sum(part.contribution for part in found.parts) == pytest.approx(found.change, rel=1e-9)


def test_a_sum_per_head_is_told_by_tool_and_a_list_of_one_team_not_by_itself(world: World) -> None:
    per_head = apart(world, of("cost_per_employee", "team"))
    whole = apart(world, of("tokens_per_employee", "team"))
    cut = apart(world, of("cost", "team").with_(filters=(Filter("team", ("Large",)),)))

    assert {label for part in (*per_head.parts, *cut.parts) for label in part.labels} == {"tool"}
    assert {label for part in whole.parts for label in part.labels} == {"part"}
    for found in (per_head, cut, whole):
        assert sum(part.contribution for part in found.parts) == pytest.approx(found.change, rel=1e-9)


def test_a_row_of_one_period_alone_is_a_part_too(world: World) -> None:
    parts = {part.labels["tool"]: part.contribution for part in apart(world, of("cost", "tool")).parts}

    assert parts["windsurf"] == pytest.approx(3)


def test_ranks_and_thresholds_of_the_question_take_no_part_away(world: World) -> None:
    query = of("cost", "workflow").with_(order=Order(By.VALUE), limit=1, having=(Having(Compare.GT, 1e9),))

    assert apart(world, query).parts == apart(world, of("cost", "workflow")).parts


def test_parts_of_small_groups_are_named_and_not_told(world: World) -> None:
    found = apart(world, of("cost", "team"), Viewer(email="Large0"))

    assert "Little" in found.hidden
    assert not {part.labels["team"] for part in found.parts} & {*found.hidden}


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        (of("adoption_rate"), "cannot be taken apart"),
        (of("cost").with_(previous=None), "no earlier cost"),
        (of("cost").with_(previous=Period(date(2025, 1, 1), date(2025, 1, 7))), "no earlier cost"),
    ],
)
def test_what_is_no_sum_or_has_nothing_before_it_is_refused(world: World, query: Query, reason: str) -> None:
    with pytest.raises(InvalidQuery, match=reason):
        apart(world, query)


def test_a_series_is_taken_apart_point_by_point_as_two_periods_are(world: World) -> None:
    series = Query(metrics=("tokens_per_employee",), period=Period(BEFORE.start, WEEK.end), grain=Grain.WEEK)

    found = decompose_series(world.connection, world.directory, series, OPERATOR)

    alone = apart(world, of("tokens_per_employee"))
    assert {part.labels["part"]: part.contribution for part in found[BEFORE.start.isoformat()]} == pytest.approx(
        {part.labels["part"]: part.contribution for part in alone.parts}
    )
    assert all(part.contribution == 0 for part in found[WEEK.start.isoformat()])
