"""Cohorts and weeks since the last use, against plain sets of people; to others than the operator in groups."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from storage.answer.cohorts import RECENT, cohorts, since_last_use
from storage.answer.privacy import OPERATOR, Viewer
from storage.errors import Denied
from storage.names import Directory
from storage.query import Filter, Query
from storage.records import Period
from tests.storage.by_hand import is_active, is_person
from tests.storage.organisation import seeded
from tests.storage.worlds import World, worlds

AS_OF = date(2026, 3, 5)
TODAY = Query(metrics=("active_people",), period=Period(AS_OF, AS_OF))


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with worlds("sqlite", tmp_path_factory.mktemp("store"), [seeded(1, rows=200)]) as found:
        yield found[0]


def days_of(world: World) -> dict[str, tuple[date, date]]:
    """The first and last active day of each person before today, in their own work."""
    found: dict[str, list[date]] = {}
    for spent in world.independent.uses:
        use = spent.row
        if use.ledger == "workforce" and is_active(use) and use.day < AS_OF and is_person(spent):
            found.setdefault(use.email, []).append(use.day)
    return {email: (min(days), max(days)) for email, days in found.items()}


def test_a_cohort_is_the_people_whose_first_day_lies_in_its_months(world: World) -> None:
    uses = days_of(world)
    since = AS_OF - timedelta(days=RECENT)
    months = Counter(first.replace(day=1) for first, _ in uses.values())
    active = Counter(first.replace(day=1) for first, last in uses.values() if last >= since)

    _, found = cohorts(world.connection, world.directory, TODAY, OPERATOR, AS_OF)
    assert [(cohort.first, cohort.people, cohort.active) for cohort in found] == [
        (month, months[month], active[month]) for month in sorted(months)
    ]
    _, grouped = cohorts(world.connection, world.directory, TODAY, Viewer(), AS_OF)
    assert min(group.people for group in grouped) >= 5
    assert sum(group.people for group in grouped) == len(uses)


def test_members_of_today_are_counted_by_the_weeks_since_their_last_day(world: World) -> None:
    uses = days_of(world)
    members = {stay.email for stay in world.org.stays if stay.start <= AS_OF <= stay.end and stay.kind != "agent"}
    weeks = {email: (AS_OF - uses[email][1]).days // 7 for email in members if email in uses}

    for viewer, fewest in ((OPERATOR, 1), (Viewer(), 5)):
        _, found = since_last_use(world.connection, world.directory, TODAY, viewer, AS_OF)
        assert sum(group.people for group in found) == len(members)
        assert min(group.people for group in found) >= fewest
        for group in found:
            never = group.low is None or group.with_never
            low, high = (1_000 if group.low is None else group.low), group.high or 1_000
            inside = sum(low <= count < high for count in weeks.values())
            assert group.people == inside + (len(members) - len(weeks)) * never


def test_too_few_people_have_no_cohort(world: World) -> None:
    few = TODAY.with_(filters=(Filter("team", (smallest(world.directory),)),))

    with pytest.raises(Denied):
        cohorts(world.connection, world.directory, few, Viewer(), AS_OF)


def smallest(directory: Directory) -> str:
    """A team with fewer than five people and none below it."""
    sizes = Counter(team for person in directory.people if person.kind != "agent" for team in person.teams)
    return min((name for name in sizes if not directory.children.get(name)), key=lambda name: sizes[name])
