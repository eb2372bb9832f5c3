"""The parts of the team tree that are hidden: crowds by hand, and an attack on random trees."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from storage.answer.conditions import Condition
from storage.answer.privacy import Rule
from storage.answer.tree import Crowd, TeamPart, crowd_of, hidden_parts, parts_of
from storage.names import Directory, TeamName
from storage.query import Op
from tests.sampling import sampled, size
from tests.storage.answer.linear import follows, reduced

SMALL = Rule(5, 5)
MEMBERS_ALONE = Rule(5)


def tree(parents: Mapping[str, str]) -> Directory:
    teams = tuple(TeamName(i, name, parents[name], ()) for i, name in enumerate(sorted(parents), 1))
    return Directory(1, 1, teams, (), (), {}, None, None)


def crowd(directory: Directory, members: Mapping[str, int], users: Mapping[str, int]) -> Crowd:
    """A crowd without movers, from how many members and users each team has (one without usage is not in `users`)."""
    at = {name: 64 * place for place, name in enumerate(sorted(directory.team))}
    heads, active = (
        {name: ((1 << count) - 1) << at[name] for name, count in counts.items()} for counts in (members, users)
    )
    return crowd_of(directory, heads, active)


def direct_without_children(directory: Directory, part: TeamPart) -> bool:
    return part.direct and not directory.children.get(part.team)


def hidden(
    parents: Mapping[str, str],
    members: Mapping[str, int],
    users: Mapping[str, int] | None = None,
    rule: Rule = SMALL,
) -> set[str]:
    """The hidden parts, written "Team" or "Team itself"."""
    directory = tree(parents)
    found = hidden_parts(directory, crowd(directory, members, members if users is None else users), rule)
    return {f"{part.team} itself" if part.direct else part.team for part in found}


FLAT = {"A": "", "B": "", "C": "", "D": ""}


def test_nothing_is_hidden_of_large_teams() -> None:
    assert hidden(FLAT, {"A": 5, "B": 6, "C": 7, "D": 8}) == set()


def test_a_small_team_takes_the_next_smallest_with_it() -> None:
    assert hidden(FLAT, {"A": 9, "B": 4, "C": 7, "D": 8}) == {"B", "C"}


def test_two_small_teams_cover_each_other() -> None:
    assert hidden(FLAT, {"A": 9, "B": 4, "C": 3, "D": 8}) == {"B", "C"}


def test_ties_of_the_cover_break_by_name() -> None:
    assert hidden(FLAT, {"A": 9, "B": 4, "D": 8, "C": 8}) == {"B", "C"}


def test_a_team_without_usage_covers_nothing() -> None:
    assert hidden(FLAT, {"A": 9, "B": 4, "C": 5, "D": 8}, {"A": 9, "B": 4, "D": 8}) == {"B", "D"}


def test_few_users_hide_a_figure_of_usage_and_no_count_of_people() -> None:
    users = {"A": 9, "B": 4, "C": 7, "D": 8}
    everybody = {"A": 9, "B": 10, "C": 7, "D": 8}
    assert hidden(FLAT, everybody, users) == {"B", "C"}
    assert hidden(FLAT, everybody, users, MEMBERS_ALONE) == set()


def test_a_team_that_nobody_uses_ai_in_is_shown() -> None:
    assert hidden(FLAT, {"A": 9, "B": 6, "C": 7}, {"A": 9, "B": 0, "C": 7}) == set()


def test_the_own_members_of_a_parent_are_a_part_of_it() -> None:
    parents = {"Top": "", "Left": "Top", "Right": "Top"}
    assert hidden(parents, {"Top": 2, "Left": 8, "Right": 9}) == {"Top itself", "Left"}


def test_a_cover_with_teams_below_takes_two_of_its_parts_along() -> None:
    parents = {"Small": "", "Big": "", "Big A": "Big", "Big B": "Big", "Big C": "Big"}
    assert hidden(parents, {"Small": 3, "Big A": 6, "Big B": 7, "Big C": 8}) == {"Small", "Big", "Big A", "Big B"}


def test_the_cover_goes_on_below_a_cover() -> None:
    parents = {"Small": "", "Big": "", "Mid": "Big", "Low A": "Mid", "Low B": "Mid", "Wide": "Big"}
    found = hidden(parents, {"Small": 3, "Low A": 6, "Low B": 7, "Wide": 50})
    assert found == {"Small", "Big", "Mid", "Wide", "Low A", "Low B"}


def test_a_chain_of_single_teams_is_hidden_whole() -> None:
    parents = {"Small": "", "One": "", "Two": "One", "Three": "Two"}
    assert hidden(parents, {"Small": 3, "Three": 9}) == {"Small", "One", "Two", "Three"}


def test_the_smallest_group_may_be_raised_and_counts_for_users_too() -> None:
    assert hidden(FLAT, {"A": 9, "B": 7, "C": 10, "D": 12}, None, Rule(8, 8)) == {"A", "B"}


def test_a_filter_tells_of_the_teams_it_keeps_or_leaves_out() -> None:
    directory = tree({"A": "", "B": "A"})

    def parts(*names: str, op: Op = Op.IN, direct: bool = False) -> set[TeamPart]:
        return parts_of(Condition("team", names, op, direct), directory)

    assert parts("A", "B") == {TeamPart("A"), TeamPart("B")}
    assert parts("A", op=Op.NOT_IN) == {TeamPart("A")}
    assert (
        parts("A", op=Op.BELOW) == parts("A", op=Op.NOT_IN, direct=True) == {TeamPart("A"), TeamPart("A", direct=True)}
    )
    assert parts("A", direct=True) == {TeamPart("A", direct=True)}
    assert parts("B", direct=True) == {TeamPart("B")}
    assert parts("") == set()


# The attack: everything shown as equations, everything hidden as what must not follow from them.


@st.composite
def forests(draw: st.DrawFn) -> tuple[dict[str, str], dict[str, int], dict[str, int]]:
    names = [f"T{number}" for number in range(draw(st.integers(2, 12)))]
    parents = {name: draw(st.sampled_from(["", "", *names[:i]])) for i, name in enumerate(names)}
    members = {name: draw(st.sampled_from((0, 1, 3, 4, 5, 6, 9, 20))) for name in names}
    users = {name: draw(st.integers(0, members[name])) for name in names if draw(st.booleans()) or members[name] > 4}
    return parents, members, users


@sampled
@settings(max_examples=size(30, 400))
@given(forest=forests(), rule=st.sampled_from((SMALL, MEMBERS_ALONE, Rule(8, 8))))
def test_no_hidden_part_follows_from_the_parts_that_are_shown(
    forest: tuple[dict[str, str], dict[str, int], dict[str, int]], rule: Rule
) -> None:
    parents, members, users = forest
    directory = tree(parents)
    people = crowd(directory, members, users)
    found = hidden_parts(directory, people, rule)
    lonely = [parent for parent in ["", *directory.team] if len(parts_below(directory, parent) & found) == 1]
    for parent in lonely:  # the page asks for a cover with usage, and there is none
        assert not (parts_below(directory, parent) - found) & people.users.keys()
    if lonely:
        return
    shown = [row_of(directory, None), *(row_of(directory, part) for part in all_parts(directory) if part not in found)]
    basis = reduced(shown, [*directory.team])
    for part in found:
        assert not follows(row_of(directory, part), basis), (part, found, people)


def parts_below(directory: Directory, parent: str) -> set[TeamPart]:
    return {part for part in all_parts(directory) if parent_of(directory, part) == parent}


def all_parts(directory: Directory) -> list[TeamPart]:
    return [
        part
        for name, direct in product(directory.team, (False, True))
        if not direct_without_children(directory, part := TeamPart(name, direct=direct))
    ]


def parent_of(directory: Directory, part: TeamPart) -> str:
    return part.team if part.direct else directory.team[part.team].parent


def row_of(directory: Directory, part: TeamPart | None) -> dict[str, int]:
    """Which teams' own figures a part adds up; None is the whole organisation."""
    if part is None:
        return dict.fromkeys(directory.team, 1)
    return {part.team: 1} if part.direct else dict.fromkeys(directory.below(part.team), 1)
