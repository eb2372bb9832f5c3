"""Who used what on which days, as sets of people, against the rows themselves."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from storage.answer.cells import Cells
from storage.answer.conditions import Condition, together
from storage.answer.presence import Cell, Presence, places, presence
from storage.query import Op
from storage.records import Period
from storage.tables import BLOCK
from tests.databases import BACKENDS
from tests.storage.organisation import Organisation, Stay, Use
from tests.storage.worlds import World, worlds

START = date(2026, 2, 2)
LONG = Period(START, START + timedelta(days=3 * BLOCK))


def organisation() -> Organisation:
    """Ana moves, Ben uses two tools, Cleo uses none, Dan an empty row; a bot and somebody unknown use one."""
    stays = (
        Stay(email="ana", team="One", end=START + timedelta(days=9)),
        Stay(email="ana", team="Two", start=START + timedelta(days=10)),
        Stay(email="ben", team="Two"),
        Stay(email="cleo", team="Two"),
        Stay(email="dan", team="One"),
        Stay(email="bot", team="Two", kind="agent"),
    )
    uses = (
        Use(day=START, email="ana", requests=1),
        Use(day=START + timedelta(days=2 * BLOCK + 1), email="ana", requests=1),
        Use(day=START + timedelta(days=1), email="ben", input=5),
        Use(day=START + timedelta(days=2), email="ben", tool="copilot", suggested=1),
        Use(day=START, email="dan"),
        # Two rows of one day and one stream, of two kinds of cost: they are that day and no other.
        Use(day=START + timedelta(days=20), email="ben", input=5),
        Use(day=START + timedelta(days=20), email="ben", input=5, cost_kind="billed"),
        Use(day=START + timedelta(days=3), email="bot", tool="ci", input=9),
        Use(day=START, email="ghost", tool="ci", input=9),
    )
    return Organisation({"One": "", "Two": ""}, stays, uses)


@pytest.fixture(scope="module", params=BACKENDS)
def world(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with worlds(request.param, tmp_path_factory.mktemp("store"), [organisation()]) as found:
        yield found[0]


def seen(world: World) -> Presence:
    found = presence(world.directory, world.connection)
    found.read(world.connection, [LONG])
    return found


def cell(world: World, *conditions: Condition, period: Period = LONG) -> Cell:
    return Cells(world.directory, seen(world)).cell(together(conditions), period)


def names(world: World, people: int) -> set[str]:
    bits = {spell.person: spell.person_id for spell in seen(world).spells if spell.person}
    emails = {person.id: person.email for person in world.directory.people}
    return {emails[id_] for bit, id_ in bits.items() if people & bit}


def users(world: World, *conditions: Condition, period: Period = LONG) -> set[str]:
    return names(world, seen(world).users(cell(world, *conditions, period=period)))


def test_people_with_use_are_those_with_any_of_it_and_neither_agents_nor_unknown_users(world: World) -> None:
    assert users(world) == {"ana", "ben"}
    assert users(world, Condition("tool", ("ci",))) == set()
    ci = cell(world, Condition("tool", ("ci",)))
    (place,) = places(seen(world).active(ci.what, ci.days))
    assert seen(world).spells[place].kind == "agent"


def test_use_is_of_the_team_that_somebody_was_in_on_the_day(world: World) -> None:
    assert users(world, Condition("team", ("One",))) == {"ana"}
    later = Period(START + timedelta(days=2 * BLOCK), LONG.end)
    assert users(world, Condition("team", ("One",)), period=later) == set()
    assert users(world, Condition("team", ("Two",)), period=later) == {"ana"}


def test_days_far_apart_are_told_apart(world: World) -> None:
    late = 2 * BLOCK + 1
    expected = {0: {"ana"}, 1: {"ben"}, 3: set(), 20: {"ben"}, 21: set(), late: {"ana"}, late + 1: set()}
    for first, who in expected.items():
        day = START + timedelta(days=first)
        assert users(world, period=Period(day, day)) == who, first


def test_members_are_those_with_a_day_in_the_period_whether_they_use_or_not(world: World) -> None:
    people = seen(world)
    one = cell(world, Condition("team", ("One",)))
    later = Period(START + timedelta(days=10), LONG.end)
    for period, members in ((LONG, {"ana", "dan"}), (later, {"dan"})):
        assert names(world, people.people_of(one.who & people.employed(period))) == members


def test_what_is_left_over_of_a_whole_and_its_parts_is_whose_rows_do_not_cancel(world: World) -> None:
    people, every = seen(world), cell(world)
    cursor, copilot = (cell(world, Condition("tool", (tool,))) for tool in ("cursor", "copilot"))
    assert names(world, people.left_over(every, [cursor], 9)) == {"ben"}
    assert names(world, people.left_over(every, [cursor, copilot], 9)) == set()
    assert names(world, people.left_over(cursor, [copilot], 9)) == {"ana", "ben"}
    assert names(world, people.left_over(every, [cursor, cursor], 9)) == {"ana", "ben"}
    assert people.left_over(cursor, [copilot], 1).bit_count() == 1


def test_who_is_left_out_of_a_wider_cell(world: World) -> None:
    def left_out(condition: Condition) -> set[str]:
        return names(world, seen(world).people_of(seen(world).left_out(cell(world), cell(world, condition))))

    assert left_out(Condition("tool", ("cursor",))) == {"ben"}
    assert left_out(Condition("team", ("One",))) == {"ana", "ben"}
    assert left_out(Condition("team", ("One",), Op.NOT_IN)) == {"ana"}


def test_few_people_are_some_and_fewer_than_that(world: World) -> None:
    people, every = seen(world), seen(world).active(cell(world).what, cell(world).days)
    assert [people.are_few(every, fewest) for fewest in (1, 2, 3)] == [False, False, True]
    assert not people.are_few(0, 3)
    assert not people.are_few(people.active(cell(world, Condition("tool", ("ci",))).what, cell(world).days), 3)


def test_places_are_those_of_the_bits_however_many(world: World) -> None:
    for count in (0, 1, 39, 41, 200):
        assert [*places(sum(1 << 3 * place for place in range(count)))] == [3 * place for place in range(count)]


def test_busy_days_are_those_on_which_more_than_a_few_people_have_use(world: World) -> None:
    people = seen(world)
    assert people.busy_days(cell(world), 0).bit_count() == 5
    assert people.busy_days(cell(world), 1) == 0
