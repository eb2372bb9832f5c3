"""What work and usage say about workflows: weeks of work, days of use, tokens outside, and whose work is hidden."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import Engine

from storage.answer.privacy import OPERATOR, Viewer
from storage.answer.workload import NONE, daily_use, hidden_teams, tokens_outside, weekly_work, whole_weeks
from storage.names import read_directory
from tests.storage.organisation import Organisation, Stay, Use, Work, save
from tests.storage.worlds import World, worlds

DAY = date(2026, 11, 18)
WORKDAYS = [date(2026, 2, 2) + timedelta(days=offset) for offset in range(28) if offset % 7 < 5]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A team of six and one of three, four weeks of work and use."""
    stays = [Stay(email=f"b{n}@x.example", team="Big") for n in range(6)]
    stays += [Stay(email=f"s{n}@x.example", team="Small") for n in range(3)]
    stays += [Stay(email=f"c{n}@x.example", team="Other") for n in range(7)]
    work = [
        Work(day=day, workflow=name, mode=mode, items=4, minutes=Decimal(minutes * 4), accepted=3, reworked=1)
        for day in WORKDAYS
        for name in ("sorting", "filing")
        for mode, minutes in (("human", 10), ("agent", 1))
    ]
    uses = [
        Use(day=day, email=f"b{n}@x.example", workflow=name, input=tokens, requests=2)
        for day in WORKDAYS
        for n in range(6)
        for name, tokens in (("sorting", 300), ("", 100))
    ]
    org = Organisation(
        {"Big": "", "Small": "", "Other": ""},
        tuple(stays),
        tuple(uses),
        {"sorting": ("Big", "classification"), "filing": ("Small", "classification")},
        tuple(work),
    )
    with worlds("sqlite", tmp_path_factory.mktemp("workload"), [org]) as (found,):
        yield found


def test_weeks_of_work_hold_items_minutes_and_how_they_ended(world: World) -> None:
    found = weekly_work(world.connection, world.directory, whole_weeks(date(2026, 3, 4), 4))

    assert len(found.rows) == 16
    assert found.weeks == pytest.approx(26 / 7)
    row = next(row for row in found.rows if row.workflow == "sorting" and row.mode == "agent")
    assert (row.items, row.minutes, row.accepted, row.reworked, row.failed) == (20, 20.0, 15, 5, 0)


def test_a_period_without_work_holds_none(world: World) -> None:
    assert weekly_work(world.connection, world.directory, whole_weeks(date(2027, 3, 4), 4)).rows == ()


def test_days_of_use_come_with_the_items_that_ai_did(world: World) -> None:
    found = daily_use(world.connection, world.directory, whole_weeks(date(2026, 3, 4), 4))

    assert {row.workflow for row in found} == {"sorting"}
    assert (found[0].items, found[0].requests, found[0].tokens) == (4, 12, 1_800)


def test_the_share_of_tokens_in_no_workflow_is_known_by_team(world: World) -> None:
    period = whole_weeks(date(2026, 3, 4), 4)

    assert tokens_outside(world.connection, world.directory, period, OPERATOR) == {"Big": 0.25}
    assert NONE not in tokens_outside(world.connection, world.directory, period, Viewer())


def test_a_small_team_and_the_next_smallest_beside_it_are_hidden(world: World) -> None:
    period, teams = whole_weeks(date(2026, 3, 4), 4), ("Big", "Small", "Other")

    assert "Small" in hidden_teams(world.connection, world.directory, period, teams, Viewer())
    assert hidden_teams(world.connection, world.directory, period, teams, OPERATOR) == frozenset()


def test_two_workspaces_do_not_see_each_others_work(engine: Engine, workspace_id: int) -> None:
    org = Organisation({"Big": ""}, (), (), {"sorting": ("Big", "")}, (Work(day=DAY, workflow="sorting", items=4),))
    with engine.begin() as connection:
        other = save(connection, org)
        period = whole_weeks(DAY + timedelta(days=7), 2)

        assert weekly_work(connection, read_directory(connection, other), period).rows
        assert not weekly_work(connection, read_directory(connection, workspace_id), period).rows
