"""What a reader has, and what may be added to it: by twos and by threes, over people, tools and days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from storage.answer.cells import Cells
from storage.answer.conditions import Condition, together
from storage.answer.differencing import Differencing, sums
from storage.answer.known_figures import KnownFigure
from storage.answer.presence import Cell, presence
from storage.query import Op
from storage.records import Period
from tests.storage.organisation import Organisation, Stay, Use
from tests.storage.worlds import World, worlds

MONDAY = date(2026, 2, 2)
WEEK = Period(MONDAY, MONDAY + timedelta(days=6))
WORKDAYS = Period(MONDAY, MONDAY + timedelta(days=4))
PEOPLE = 12  # in each of two teams; the last of each is its lead


def organisation() -> Organisation:
    """Everybody has use on five days with one tool, and all but three with another; two people also on a Saturday."""
    stays, uses = [], []
    for team in ("Red", "Blue"):
        for number in range(PEOPLE):
            email = f"{team.lower()}{number}"
            stays.append(Stay(email=email, team=team, title="Lead" if number == PEOPLE - 1 else f"{team} maker"))
            for day in WORKDAYS.each_day():
                uses.append(Use(day=day, email=email, input=1))
                uses += [Use(day=day, email=email, tool="copilot", input=1)] if number > 2 else []
    uses += [Use(day=MONDAY + timedelta(days=5), email=email, input=1) for email in ("red0", "blue0")]
    return Organisation({"Red": "", "Blue": ""}, tuple(stays), tuple(uses))


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with worlds("sqlite", tmp_path_factory.mktemp("store"), [organisation()]) as found:
        yield found[0]


RED, BLUE = Condition("team", ("Red",)), Condition("team", ("Blue",))
MAKERS, LEADS = Condition("title", ("Red maker",)), Condition("title", ("Lead",))
COPILOT = Condition("tool", ("copilot",))


def cell(world: World, *conditions: Condition, period: Period = WEEK) -> Cell:
    people = presence(world.directory, world.connection)
    people.read(world.connection, [period])
    return Cells(world.directory, people).cell(together(conditions), period)


def reader(world: World, *known: Cell) -> Differencing:
    found = Differencing(presence(world.directory, world.connection), 5, {})
    found.remember(known)
    return found


def test_whoever_has_nothing_may_have_anything(world: World) -> None:
    assert reader(world).admits(cell(world, MAKERS))


def test_a_team_less_its_makers_is_its_lead(world: World) -> None:
    assert not reader(world, cell(world, RED)).admits(cell(world, MAKERS))
    assert not reader(world, cell(world, MAKERS)).admits(cell(world, RED))
    assert reader(world, cell(world, BLUE)).admits(cell(world, MAKERS))


def test_all_less_one_team_less_the_makers_of_the_other_is_a_lead(world: World) -> None:
    every, blue, makers = cell(world), cell(world, BLUE), cell(world, MAKERS)
    for last, known in ((makers, (every, blue)), (blue, (every, makers)), (every, (blue, makers))):
        assert not reader(world, *known).admits(last)
    assert reader(world, every).admits(blue)


def test_a_week_less_its_workdays_is_the_weekend_of_two(world: World) -> None:
    assert not reader(world, cell(world)).admits(cell(world, period=WORKDAYS))
    assert not reader(world).admits(cell(world, period=WORKDAYS), [cell(world)])
    weekend = Period(MONDAY + timedelta(days=3), WEEK.end)
    first = Period(MONDAY, MONDAY + timedelta(days=2))
    assert reader(world, cell(world)).admits(cell(world, period=first))
    assert reader(world, cell(world), cell(world, period=first)).admits(cell(world, period=weekend))


def test_other_days_and_other_people_take_nothing_from_each_other(world: World) -> None:
    monday, friday = (Period(day, day) for day in (WORKDAYS.start, WORKDAYS.end))
    assert reader(world, cell(world, period=monday), cell(world, RED)).admits(cell(world, BLUE, period=friday))


def test_a_tool_of_all_less_that_of_all_but_three(world: World) -> None:
    """All but those three of Blue use it, so that the rest of the team's use is of twelve: nobody is left alone."""
    assert reader(world, cell(world, BLUE)).admits(cell(world, BLUE, COPILOT))


def test_the_same_figure_may_be_had_again(world: World) -> None:
    known = reader(world, cell(world, RED))
    assert known.admits(cell(world, Condition("team", ("Blue",), Op.NOT_IN)))
    assert known.admits(cell(world, RED))


def test_what_a_list_shows_adds_up_along_each_dimension_and_over_time(world: World) -> None:
    monday, tuesday = (Period(day, day) for day in (MONDAY, MONDAY + timedelta(days=1)))
    rows = {
        (number, name): cell(world, Condition("team", (name,)), period=day)
        for number, day in enumerate((monday, tuesday))
        for name in ("Red", "Blue")
    }
    told = {cell for _, cell in sums(rows, series=True).values()}
    both = Period(monday.start, tuesday.end)
    assert told == {
        cell(world, period=monday),
        cell(world, period=tuesday),
        cell(world, RED, period=both),
        cell(world, BLUE, period=both),
    }
    assert {cell for _, cell in sums(rows, series=False).values()} == {
        cell(world, period=monday),
        cell(world, period=tuesday),
    }


def test_the_figures_of_an_earlier_answer_count_as_those_shown_one_by_one(world: World) -> None:
    answers = [[cell(world, RED)], [cell(world, RED), cell(world, BLUE), cell(world, COPILOT)], [cell(world)]]
    asked = [cell(world, *some) for some in ((RED,), (RED, MAKERS), (LEADS,), (MAKERS,), (COPILOT, BLUE), ())]
    people, figures = presence(world.directory, world.connection), dict[Cell, KnownFigure]()

    one_by_one, at_once = Differencing(people, 5, figures), Differencing(people, 5, figures)
    for answer in answers:
        one_by_one.remember(answer)
        at_once.remember_told(at_once.told((*answer, *answer)))
        assert [*map(at_once.admits, asked)] == [*map(one_by_one.admits, asked)]
