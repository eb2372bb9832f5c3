"""Conditions: neither the people of a row nor those left out of it may be one to four; hidden rows hold a group."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from storage.answer.nearest import nearest
from storage.answer.privacy import Viewer
from storage.errors import Denied
from storage.query import Filter, Op, Query
from storage.records import Period
from tests.storage.organisation import Organisation, Stay, Use
from tests.storage.worlds import World, worlds

START = date(2026, 2, 2)
WEEKS = Period(START, START + timedelta(days=27))
TOKENS = Query(metrics=("tokens",), period=WEEKS)
MEMBER = Viewer(email="m0")
# A title and a place for each person of a team, and the workflow that they use AI in.
PEOPLE = {
    "Makers": [("Maker", "Rome", "making")] * 9 + [("Chief", "Oslo", "making")],
    "Menders": [("Mender", "Rome", "mending")] * 8 + [("Mason", "Oslo", "mending")] * 6,
    "Movers": [("Mover", "Rome", "moving")] * 7 + [("Mover", "Rome", "")] * 3,
    "Misc": [("Clerk", "Oslo", "filing")] * 3 + [("Guard", "Oslo", "")] * 2 + [("Cook", "Oslo", "")] * 2,
}


def organisation() -> Organisation:
    stays, uses = [], []
    for team, people in PEOPLE.items():
        for number, (title, place, workflow) in enumerate(people):
            email = f"{team.lower()}{number}"
            kind = "contractor" if team == "Movers" and number < 6 else "employee"
            stays.append(Stay(email=email, team=team, title=title, location=place, kind=kind))
            for week in range(4):
                day = START + timedelta(days=7 * week)
                uses.append(Use(day=day, email=email, workflow=workflow, input=1_000 + number, requests=1))
                if team == "Makers" and number < 4:
                    uses.append(Use(day=day, email=email, tool="rare", input=70, requests=1))
    stays.append(Stay(email="bot", team="Makers", kind="agent", title="Agent", location=""))
    uses.append(Use(day=START, email="bot", tool="ci", input=9, requests=1))
    return Organisation(dict.fromkeys(PEOPLE, ""), tuple(stays), tuple(uses))


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with worlds("sqlite", tmp_path_factory.mktemp("store"), [organisation()]) as found:
        yield found[0]


def shown(world: World, *filters: Filter, metric: str = "tokens") -> bool:
    try:
        world.ask(TOKENS.with_(metrics=(metric,), filters=filters), MEMBER)
    except Denied:
        return False
    return True


def hidden(world: World, dimension: str, *filters: Filter) -> list[str]:
    rows = world.ask(TOKENS.with_(group_by=(dimension,), filters=filters), MEMBER).rows
    return sorted(row.labels[dimension] for row in rows if row.suppressed)


def of(dimension: str, *values: str, op: Op = Op.IN) -> Filter:
    return Filter(dimension, values, op)


def test_all_but_one_persons_title_is_not_shown(world: World) -> None:
    assert not shown(world, of("title", "Chief"))
    assert not shown(world, of("title", "Chief", op=Op.NOT_IN))
    assert shown(world, of("title", "Mover", op=Op.NOT_IN))


def test_a_condition_within_a_team_must_leave_out_nobody_or_a_group(world: World) -> None:
    makers, movers = of("team", "Makers"), of("team", "Movers")
    assert shown(world, makers)
    assert not shown(world, makers, of("title", "Maker")), "the chief is left out"
    assert shown(world, movers, of("title", "Mover")), "nobody is left out"
    assert shown(world, of("team", "Menders"), of("title", "Mender")), "six masons are left out"
    assert not shown(world, movers, of("kind", "contractor")), "four employees are left out"
    assert shown(world, of("kind", "contractor"))
    assert shown(world, of("kind", "contractor", op=Op.NOT_IN))


def test_counts_of_people_need_the_members_of_the_group_alone(world: World) -> None:
    makers = of("team", "Makers")
    for metric in ("headcount", "active_people", "adoption_rate"):
        assert shown(world, makers, of("title", "Maker"), metric=metric)
        assert not shown(world, of("title", "Chief"), metric=metric)


def test_each_condition_is_looked_at_and_all_together(world: World) -> None:
    rome, mender = of("location", "Rome"), of("title", "Mender")
    assert shown(world, rome, mender)
    assert shown(world, rome, of("title", "Mover"), of("team", "Movers"))
    assert not shown(world, rome, mender, of("tool", "rare", op=Op.NOT_IN))
    assert not shown(world, rome, of("team", "Makers"), of("title", "Chief", op=Op.NOT_IN))


def test_a_title_in_one_team_is_hidden_where_it_tells_somebody_of_another(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """All makers less those of Menders are those of Makers, and that team less them is its chief."""
    titles = {"Makers": ["Maker"] * 9 + ["Chief"], "Menders": ["Maker"] * 6 + ["Mender"] * 8}
    stays = tuple(
        Stay(email=f"{team}{number}", team=team, title=title)
        for team, own in titles.items()
        for number, title in enumerate(own)
    )
    uses = tuple(
        Use(day=START + timedelta(days=7 * week), email=stay.email, input=5) for stay in stays for week in range(4)
    )
    org = Organisation(dict.fromkeys(titles, ""), stays, uses)
    with worlds("sqlite", tmp_path_factory.mktemp("store"), [org]) as (other,):
        assert shown(other, of("team", "Makers"))
        assert shown(other, of("team", "Menders"))
        assert not shown(other, of("team", "Menders"), of("title", "Maker"))


def test_a_tool_of_four_people_is_hidden_with_all_that_would_tell_it(world: World) -> None:
    assert hidden(world, "tool") == ["cursor", "rare"]
    assert not shown(world, of("tool", "rare"))
    assert not shown(world, of("tool", "rare", op=Op.NOT_IN))
    assert not shown(world, of("team", "Makers"), of("tool", "rare"))


def test_hidden_rows_of_a_list_hold_a_group_together(world: World) -> None:
    # Three clerks, two guards, two cooks and a chief are eight people; the three who file take the next smallest along.
    assert hidden(world, "title") == ["Agent", "Chief", "Clerk", "Cook", "Guard"]
    assert hidden(world, "workflow") == ["filing", "moving"]
    assert not shown(world, of("workflow", "moving"))


def test_the_use_of_agents_is_nobodys(world: World) -> None:
    assert shown(world, of("kind", "agent"))
    assert shown(world, of("kind", "agent"), of("team", "Makers"))
    assert shown(world, of("tool", "ci"))


def test_a_setting_that_asks_for_larger_groups_holds_for_those_left_out(world: World) -> None:
    query = TOKENS.with_(filters=(of("team", "Menders"), of("title", "Mender")))
    assert world.ask(query, MEMBER).rows
    with pytest.raises(Denied):
        world.ask(query, Viewer(email="m0", min_group=7))


def test_the_nearest_figure_is_that_of_more_people(world: World) -> None:
    query = TOKENS.with_(filters=(of("team", "Makers"), of("title", "Maker")))
    found = nearest(world.connection, world.directory, query, MEMBER, other_days_first=False)
    assert found == TOKENS.with_(filters=(of("title", "Maker"),))
    chief = TOKENS.with_(filters=(of("title", "Chief"),), group_by=("tool",))
    assert nearest(world.connection, world.directory, chief, MEMBER, other_days_first=False) == TOKENS
    nothing = TOKENS.with_(filters=(of("tool", "rare"),))
    assert nearest(world.connection, world.directory, nothing, MEMBER, other_days_first=False) == TOKENS
