"""What a row is of: the conditions of a question's filters and those that its labels say."""

from __future__ import annotations

from datetime import date

from storage.answer.conditions import (
    OWNER,
    Condition,
    by_owner,
    conditions_of,
    of_catalogue,
    of_filters,
    team_names,
    together,
    without,
)
from storage.query import Op, Query
from storage.records import Period
from tests.storage.answer.office import of
from tests.storage.worlds import World

TOKENS = Query(metrics=("tokens",), period=Period(date(2026, 2, 2), date(2026, 2, 8)))


def test_a_label_says_more_than_a_filter_on_its_dimension() -> None:
    query = TOKENS.with_(group_by=("tool",), filters=(of("tool", "ide", "shop"), of("team", "Lab")))

    assert conditions_of(query, ("ide",)) == {
        "team": (Condition("team", ("Lab",)),),
        "tool": (Condition("tool", ("ide",)),),
    }


def test_a_teams_label_is_of_its_own_members_but_of_all_below_it_where_teams_stand_side_by_side() -> None:
    listed = TOKENS.with_(group_by=("team",))

    assert conditions_of(listed, ("Works",))["team"] == (Condition("team", ("Works",), direct=True),)
    beside = listed.with_(scopes=("Works", "Lab"))
    assert conditions_of(beside, ("Works",))["team"] == (Condition("team", ("Works",)),)


def test_teams_left_out_of_a_list_are_left_out_one_by_one_and_so_they_are_in_its_total() -> None:
    without_works = (of("team", "Works", op=Op.NOT_IN),)

    assert not of_filters(TOKENS.with_(filters=without_works))[0].direct
    assert of_filters(TOKENS.with_(filters=without_works), listed=True)[0].direct


def test_the_teams_of_a_condition_are_with_without_or_alone_those_below(office: World) -> None:
    def names(op: Op = Op.IN, direct: bool = False) -> set[str]:
        return team_names(Condition("team", ("Works", "nobody knows"), op, direct), office.directory)

    assert names() == {"Works", "Build", "Tend"}
    assert names(Op.BELOW) == {"Build", "Tend"}
    assert names(direct=True) == {"Works"}


def test_conditions_on_one_dimension_stay_together_and_are_dropped_together() -> None:
    both = together([Condition("team", ("Works",))], [Condition("tool", ("ide",)), Condition("team", ("Lab",))])

    assert both["team"] == (Condition("team", ("Works",)), Condition("team", ("Lab",)))
    assert without(both, ["team"]) == {"tool": (Condition("tool", ("ide",)),)}


def test_booked_usage_is_of_the_owner_of_its_workflow_and_of_no_people(office: World) -> None:
    kept = by_owner(together([Condition("team", ("Works",)), Condition("tool", ("ide",))]), office.directory)
    left = by_owner(together([Condition("team", ("Lab",), Op.NOT_IN)]), office.directory)

    assert kept == {
        "tool": (Condition("tool", ("ide",)),),
        OWNER: (Condition(OWNER, ("Build", "Tend", "Works")),),
    }
    assert left == {OWNER: (Condition(OWNER, ("Lab",), Op.NOT_IN),)}


def test_a_workflow_with_neither_owner_nor_activity_is_not_catalogued(office: World) -> None:
    assert of_catalogue(office.directory) == Condition("workflow", ("sorting",))
