"""Names side by side in a thread: held against the one before, added to those before, or taken away."""

from __future__ import annotations

import pytest

from bot.questions.guards.beside import held_against, several_teams
from storage.query import Filter, Query
from tests.bot.questions.guards.scenes import COST, scene

WEB, DATA = Filter("team", ("Web",)), Filter("team", ("Data",))
SIDE_BY_SIDE = COST.with_(scopes=("Web", "Data"), group_by=("team",))


def after(text: str, query: Query, before: Query) -> Query:
    said = scene(text, query, before=before)
    return several_teams(held_against(query, said), said)


@pytest.mark.parametrize("text", ["how does that compare with Data?", "versus Data", "more than Data?"])
def test_a_name_held_against_the_one_before_is_a_list_of_both(text: str) -> None:
    found = after(text, COST.with_(filters=(DATA,)), COST.with_(filters=(WEB,)))

    assert (found.scopes, found.group_by, found.filters) == (("Web", "Data"), ("team",), ())


def test_two_of_another_dimension_are_two_values_of_it() -> None:
    old, new = Filter("tool", ("cursor",)), Filter("tool", ("copilot",))

    found = after("compared to Copilot", COST.with_(filters=(new,)), COST.with_(filters=(old,)))

    assert (found.filters, found.group_by) == ((Filter("tool", ("cursor", "copilot")),), ("tool",))


def test_a_name_alone_replaces_the_one_before() -> None:
    query = COST.with_(filters=(DATA,))

    assert after("and Data?", query, COST.with_(filters=(WEB,))) is query
    assert after("Data", query, SIDE_BY_SIDE) is query
    assert after("do Data next", query, COST.with_(filters=(WEB,))) is query
    assert after("thanks, you are faster than Petra! and Data?", query, COST.with_(filters=(WEB,))) is query


def test_teams_side_by_side_gain_one_and_lose_one() -> None:
    named = COST.with_(filters=(DATA,), scopes=("Web", "Growth"), group_by=("team",))
    before = COST.with_(scopes=("Web", "Growth"), group_by=("team",))

    assert after("add Data", named, before).scopes == ("Web", "Growth", "Data")
    assert after("remove Data", SIDE_BY_SIDE.with_(filters=(DATA,)), SIDE_BY_SIDE).filters == (WEB,)
