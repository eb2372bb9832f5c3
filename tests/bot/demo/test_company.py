"""What the invented company is: a tree of teams, one of them too small to show and one that uses nothing."""

from __future__ import annotations

from collections import Counter

from tests.bot.demo.larkspur import (
    Files,
    team_of,
)


def test_teams_are_a_tree_of_two_levels(files: Files) -> None:
    parents = {row["team"]: row["parent"] for row in files["teams"]}
    below = [parent for parent in parents.values() if parent]

    assert below
    assert all(parents[parent] == "" for parent in below)
    aliases = [alias.lower() for row in files["teams"] for alias in row["aliases"].split("|") if alias]
    assert len({*aliases, *map(str.lower, parents)}) == len(aliases) + len(parents)


def test_one_team_uses_nothing_and_one_is_too_small_to_show(files: Files) -> None:
    using = {team_of(files, row) for row in files["usage"]}
    sizes = Counter(row["team"] for row in files["roster"])

    assert {row["team"] for row in files["teams"]} - using == {"Workplace"}
    assert sizes["Counsel"] < 5
