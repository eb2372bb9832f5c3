"""Filters as conditions on each kind of rows; a name is only ever a name."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from storage.answer.scope import Scope
from storage.errors import InvalidQuery, UnknownName
from storage.query import Filter, Op, Query
from storage.tables import Person, Spell, Stream, Team
from tests.storage.answer.office import TOKENS, of
from tests.storage.worlds import World


def scope(world: World, query: Query = TOKENS) -> Scope:
    return Scope(world.directory.workspace_id, world.directory, query)


def teams(world: World, condition: Filter, query: Query = TOKENS) -> set[str]:
    names = {team.id: team.name for team in world.directory.teams}
    return {names[id_] for id_ in scope(world, query).team_ids(condition)}


def people(world: World, *filters: Filter) -> set[str]:
    rows = select(Person.email).join(Spell, Spell.person_id == Person.id).outerjoin(Team, Team.id == Spell.team_id)
    found = world.connection.scalars(rows.where(*scope(world).people(filters))).all()
    return {email.split("@")[0] for email in found}


def streams(world: World, *filters: Filter) -> int | None:
    return world.connection.scalar(select(func.count(Stream.id)).where(*scope(world).usage(filters)))


def test_a_team_is_all_below_it(office: World) -> None:
    assert teams(office, of("team", "Works")) == {"Works", "Build", "Tend"}
    assert teams(office, of("team", "Works", op=Op.BELOW)) == {"Build", "Tend"}
    assert teams(office, of("team", "Works", op=Op.NOT_IN)) == {"Works", "Build", "Tend"}


def test_a_list_by_team_leaves_out_the_named_row_alone(office: World) -> None:
    assert teams(office, of("team", "Works", op=Op.NOT_IN), TOKENS.with_(group_by=("team",))) == {"Works"}


@pytest.mark.parametrize(
    "condition",
    [
        of("team", "Nowhere"),
        of("person", "x@x.example"),
        of("tool", "hammer"),
        of("activity", "rest"),
        of("title", "X"),
    ],
    ids=lambda condition: condition.dimension,
)
def test_a_name_that_is_nobodys_is_refused_by_its_dimension(office: World, condition: Filter) -> None:
    with pytest.raises(UnknownName) as refused:
        scope(office).usage([condition])

    assert (refused.value.dimension, refused.value.name) == (condition.dimension, condition.values[0])


def test_conditions_on_tools_act_on_no_people(office: World) -> None:
    assert scope(office).people([of("tool", "ide"), of("workflow", "sorting")]) == []
    assert people(office, of("tool", "ide"), of("title", "Chief", "Tender")) == {"boss", "t0", "t1", "t2"}
    assert people(office, of("team", "Tend"), of("person", "t1@x.example", op=Op.NOT_IN)) == {"t0", "t2"}


def test_an_activity_means_its_workflows_and_none_also_usage_without_one(office: World) -> None:
    assert scope(office).workflow_names(of("activity", "care")) == ["sorting"]
    assert scope(office).workflow_names(of("activity", "")) == ["stray", ""]
    assert streams(office, of("activity", "care")) == 1
    assert streams(office, of("activity", "")) == 5


def test_work_is_not_recorded_by_tool_and_knows_no_ledger(office: World) -> None:
    with pytest.raises(InvalidQuery):
        scope(office).work([of("tool", "ide")])

    assert scope(office).work([of("ledger", "product")]) == []
