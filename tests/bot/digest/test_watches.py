"""A watch speaks where its figure changed by the digest's test, so strict that few quiet ones speak in a quarter."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest

from bot.digest.movers import Judged
from bot.digest.watches import QUARTER, Fired, check, fires
from bot.settings import Settings
from bot.statistics.weekly import WEEKS, usual
from storage.answer.privacy import Viewer
from storage.keep.watches import ABOVE, RANGE, Watched
from storage.names import read_directory
from storage.query import Filter, Query
from storage.records import Period
from tests.bot.digest.bed import bed
from tests.bot.digest.company import Company
from tests.bot.digest.conftest import Store
from tests.sampling import size

ONE_DAY = timedelta(days=1)
METRICS = ("tokens_per_employee", "cost_per_employee")
READER = Viewer(email="core1@company.example")


@pytest.mark.sampled
def test_on_noise_at_most_one_watch_in_twenty_speaks_in_a_quarter() -> None:
    beds = size(40, 300)
    spoke = 0
    for seed in range(beds):
        team = bed(Random(seed), (8, 20, 60)[seed % 3], WEEKS + QUARTER)
        for metric in METRICS:
            values = team.series(metric)
            tests = (
                Judged(metric=metric, value=values[week], usual=known, breadth_p=None)
                for week in range(WEEKS, WEEKS + QUARTER)
                if (known := usual(values[:week]))
            )
            spoke += any(map(fires, tests))

    assert spoke / (beds * len(METRICS)) <= 0.05


def watch(kind: str = RANGE, level: float | None = None, team: str = "Core") -> Watched:
    query = Query(
        metrics=("tokens_per_employee",),
        period=Period(date(2026, 1, 5), date(2026, 1, 11)),
        filters=(Filter("team", (team,)),),
    )
    return Watched(
        workspace_id=1,
        email="core1@company.example",
        key="k",
        kind=kind,
        query=query.to_json(),
        level=level,
        title=f"tokens per employee, {team}, leaves its usual range",
        since=datetime(2026, 1, 1, tzinfo=UTC),
    )


@pytest.fixture
def told(store: Store) -> dict[str, Fired | None]:
    """What watches of a team say on the Tuesday after a week with four times its use."""
    company = Company(
        weeks=16,
        teams={"Core": 12, "Sales": 9, "Tiny": 3},
        factor=lambda _team, _person, week: 4.0 if week == 15 else 1.0,
    )
    company.save(store.writing)
    after = company.monday(16)
    with store.reading.connect() as connection:
        directory = read_directory(connection, 1)

        def said(watched: Watched, day: date) -> Fired | None:
            return check(connection, directory, watched, READER, Settings(), day)

        return {
            "changed": said(watch(), after + ONE_DAY),
            "quiet": said(watch(), company.monday(14) + ONE_DAY),
            "too soon": said(watch(), after),
            "above": said(watch(ABOVE, 1.0), after + ONE_DAY),
            "not above": said(watch(ABOVE, 1e12), after + ONE_DAY),
            "hidden": said(watch(team="Tiny"), after + ONE_DAY),
            "gone": said(replace(watch(), query={}), after + ONE_DAY),
        }


def test_it_speaks_of_a_change_and_of_the_level_that_was_asked_for(told: dict[str, Fired | None]) -> None:
    assert {name: bool(fired) for name, fired in told.items()} == {
        "changed": True,
        "quiet": False,
        "too soon": False,
        "above": True,
        "not above": False,
        "hidden": False,
        "gone": False,
    }
    changed = told["changed"]
    assert changed is not None
    assert "above its usual range" in changed.text
