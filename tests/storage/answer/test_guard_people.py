"""Figures of single people: only those whom the policy shows, and nothing of anybody by a detour."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from storage.answer.privacy import Viewer
from storage.errors import Denied
from storage.query import Compare, Filter, Having, Op, Order
from tests.storage.answer.test_guard import BY_TEAM, TOKENS, email, organisation
from tests.storage.worlds import World, worlds

ME, COLLEAGUE, SMALL = "big0@x.example", "big1@x.example", "small0@x.example"
HIDDEN = Viewer(email=ME)
MANAGER = Viewer(email=ME, others=frozenset({COLLEAGUE, SMALL}))
EVERYONE = Viewer(email=ME, others=None)
ANYBODY = Viewer()
BY_PERSON = TOKENS.with_(group_by=("person",))


def of(*emails: str, op: Op = Op.IN) -> Filter:
    return Filter("person", emails, op)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with worlds("sqlite", tmp_path_factory.mktemp("store"), [organisation()]) as found:
        yield found[0]


def reason(world: World, viewer: Viewer, *filters: Filter, ranked: bool = False, listed: bool = False) -> str | None:
    query = (BY_PERSON if listed or ranked else TOKENS).with_(filters=filters, order=Order() if ranked else None)
    try:
        world.ask(query, viewer)
    except Denied as denied:
        return denied.reason
    return None


def test_everyone_sees_their_own_figures_in_full(world: World) -> None:
    mine = world.ask(TOKENS.with_(filters=(of(ME),), group_by=("tool",)), HIDDEN)
    assert [(row.labels["tool"], row.suppressed) for row in mine.rows] == [("copilot", False)]
    assert reason(world, HIDDEN, of(ME), listed=True) is None


def test_another_person_is_denied_under_hidden_and_shown_to_whom_the_policy_allows(world: World) -> None:
    assert reason(world, HIDDEN, of(COLLEAGUE)) == "person"
    assert reason(world, ANYBODY, of(ME)) == "person"
    assert reason(world, MANAGER, of(COLLEAGUE, ME)) is None
    assert reason(world, MANAGER, of("big2@x.example")) == "person"
    assert reason(world, EVERYONE, of("big2@x.example")) is None


def test_a_person_of_a_small_team_is_shown_to_their_manager(world: World) -> None:
    assert reason(world, MANAGER, of(SMALL)) is None


def test_a_hidden_person_reads_the_same_as_an_absent_one(world: World) -> None:
    assert reason(world, HIDDEN, of("nobody@x.example")) == reason(world, HIDDEN, of(COLLEAGUE)) == "person"


def test_everyone_but_somebody_tells_of_that_one_and_is_denied_alike(world: World) -> None:
    assert reason(world, HIDDEN, of(COLLEAGUE, op=Op.NOT_IN)) == "person"
    assert reason(world, HIDDEN, of(ME, op=Op.NOT_IN), of(COLLEAGUE, op=Op.NOT_IN)) == "person"
    assert reason(world, EVERYONE, of(COLLEAGUE, op=Op.NOT_IN)) is None


def test_those_left_out_by_name_must_be_a_group_too(world: World) -> None:
    """Also where the viewer may see each of them: what is left out is a figure of a group."""
    mine = frozenset(email("big", number) for number in range(9))
    viewer = Viewer(email=ME, others=mine)
    assert reason(world, viewer, of(ME, op=Op.NOT_IN)) == "group"
    assert reason(world, viewer, of(ME, COLLEAGUE, op=Op.NOT_IN), Filter("team", ("Big",))) == "group"
    assert reason(world, viewer, of(*mine, op=Op.NOT_IN)) is None


def test_a_list_or_a_ranking_of_people_is_denied_where_one_of_them_is_hidden(world: World) -> None:
    assert reason(world, HIDDEN, listed=True) == "people"
    assert reason(world, HIDDEN, ranked=True) == "ranking"
    assert reason(world, HIDDEN, Filter("team", ("Big",)), ranked=True) == "ranking"
    assert reason(world, EVERYONE, ranked=True) is None


def test_a_list_of_people_without_usage_is_denied_too(world: World) -> None:
    query = BY_PERSON.with_(everyone=True, having=(Having(Compare.LE, 0),), filters=(Filter("team", ("Idle",)),))
    with pytest.raises(Denied):
        world.ask(query, HIDDEN)
    assert len(world.ask(query, EVERYONE).rows) == 5


def test_a_filter_on_tools_does_not_narrow_who_must_be_visible(world: World) -> None:
    assert reason(world, MANAGER, Filter("tool", ("cursor",)), Filter("team", ("Small",)), listed=True) == "people"


def test_an_agent_is_nobody_whose_figures_a_member_may_ask_for(world: World) -> None:
    assert reason(world, HIDDEN, of("bot@x.example")) == "person"


def test_figures_of_groups_hold_for_every_policy(world: World) -> None:
    for viewer in (HIDDEN, MANAGER, EVERYONE, ANYBODY):
        rows = world.ask(BY_TEAM, viewer).rows
        assert {row.labels["team"] for row in rows if row.suppressed} >= {"Small", "Sparse"}
