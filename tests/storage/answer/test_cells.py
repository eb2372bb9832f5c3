"""From conditions to cells: the spells, the streams and the days behind a figure."""

from __future__ import annotations

from storage.answer.cells import Cells
from storage.answer.conditions import OWNER, Condition, together
from storage.answer.presence import Presence, places, presence
from storage.query import Op
from tests.storage.answer.office import FOUR_WEEKS, LAST_WEEK, MOVED
from tests.storage.worlds import World


def cells(world: World, *always: Condition) -> Cells:
    seen: Presence = presence(world.directory, world.connection)
    seen.read(world.connection, [FOUR_WEEKS])
    return Cells(world.directory, seen, always)


def who(world: World, *conditions: Condition) -> set[str]:
    names = {person.id: person.email.split("@")[0] for person in world.directory.people}
    found = cells(world)
    return {names[found.presence.spells[place].person_id] for place in places(found.who(together(conditions)))}


def tools(world: World, *conditions: Condition, always: tuple[Condition, ...] = ()) -> set[str]:
    found = cells(world, *always)
    return {found.presence.streams[place].tool for place in places(found.what(together(conditions)))}


def test_conditions_on_people_choose_spells_and_the_others_streams(office: World) -> None:
    both = (Condition("team", ("Tend",)), Condition("tool", ("ide",)))

    assert who(office, *both) == {"t0", "t1", "t2"}
    assert tools(office, *both) == {"ide"}


def test_a_team_is_all_below_it_or_its_own_members_alone(office: World) -> None:
    assert {"boss", "b0", "t0", "mover"} <= who(office, Condition("team", ("Works",)))
    assert who(office, Condition("team", ("Works",), direct=True)) == {"boss"}


def test_conditions_on_one_dimension_must_all_hold(office: World) -> None:
    assert who(office, Condition("team", ("Works",)), Condition("team", ("Build",), Op.NOT_IN)) >= {"boss", "t0"}
    assert "b0" not in who(office, Condition("team", ("Works",)), Condition("team", ("Build",), Op.NOT_IN))
    assert who(office, Condition("team", ("Tend",)), Condition("person", ("b0@x.example",))) == set()


def test_a_name_that_nobody_knows_is_met_by_nothing_and_leaves_everything_in(office: World) -> None:
    assert tools(office, Condition("tool", ("hammer",))) == set()
    assert tools(office, Condition("tool", ("hammer",), Op.NOT_IN)) == {"cursor", "ide", "shop", "silent"}


def test_what_a_metric_always_means_holds_beside_every_condition(office: World) -> None:
    workforce = Condition("ledger", ("workforce",))

    assert "shop" not in tools(office, always=(workforce,))
    assert tools(office, Condition("tool", ("shop",)), always=(workforce,)) == set()


def test_usage_has_the_owner_and_the_activity_of_its_workflow(office: World) -> None:
    assert tools(office, Condition(OWNER, ("Build",))) == {"cursor"}
    assert tools(office, Condition("activity", ("care",))) == {"cursor"}
    assert tools(office, Condition("activity", ("",))) == {"cursor", "ide", "shop", "silent"}


def test_a_crowd_counts_a_mover_in_each_team_and_agents_in_none(office: World) -> None:
    members, users = cells(office).team_crowd({}, FOUR_WEEKS)
    sizes = {name: people.bit_count() for name, people in members.items()}

    assert sizes == {"Works": 1, "Build": 9, "Tend": 3, "Lab": 13, "Yard": 10}
    assert {name: people.bit_count() for name, people in users.items()} == {
        "Build": 9, "Tend": 1, "Lab": 11, "Yard": 10, "Robots": 0,
    }  # fmt: skip
    assert LAST_WEEK.start > MOVED
    assert cells(office).team_crowd({}, LAST_WEEK)[0]["Build"].bit_count() == 8


def test_users_by_title_are_only_those_with_use(office: World) -> None:
    found = cells(office).users_by("title", {}, FOUR_WEEKS)

    assert sorted(people.bit_count() for people in found) == [1, 29]


def test_the_values_of_a_cell_are_those_with_somebody_or_some_use_behind_them(office: World) -> None:
    found = cells(office)
    lab = found.cell(together([Condition("team", ("Lab",))]), LAST_WEEK)

    assert found.values_of("tool", lab) == ["cursor", "ide"]
    assert found.values_of("location", lab) == ["Berlin", "Lisbon"]
