"""What a row is of, as conditions by dimension: those of the question's filters, and those that its labels say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from storage.names import Directory
from storage.query import Op, Query

OWNER = "owner"  # of the workflow that usage is booked to: a team, but none of people


class Condition(NamedTuple):
    """What a filter or a label says; `direct` means a team's own members alone, not those of the teams below."""

    dimension: str
    values: tuple[str, ...]
    op: Op = Op.IN
    direct: bool = False


# By dimension; all of one dimension belong together, since a question without it drops them all.
Conditions = Mapping[str, tuple[Condition, ...]]


def conditions_of(query: Query, labels: Sequence[str], listed: bool = False) -> dict[str, tuple[Condition, ...]]:
    """The conditions of a row with these labels; `listed` where the query is the total of a list by team."""
    return together(of_filters(query, listed), of_labels(query.group_by, labels, direct=not query.scopes))


def of_filters(query: Query, listed: bool = False) -> tuple[Condition, ...]:
    """The conditions that every row of a query has.

    A label says more than a filter on its own dimension, so that such a filter is left out.
    """
    direct = listed or "team" in query.group_by
    said_by_label = [name for name in query.group_by if not (name == "team" and query.scopes)]
    return tuple(
        Condition(
            item.dimension,
            tuple(item.values),
            item.op,
            direct=direct and item.dimension == "team" and item.op is Op.NOT_IN,
        )
        for item in query.filters
        if item.dimension not in said_by_label
    )


def of_labels(group_by: Sequence[str], labels: Sequence[str], direct: bool) -> tuple[Condition, ...]:
    """The conditions that the labels of a row say; `direct`: a team's label is of its own members alone."""
    return tuple(
        Condition(name, (label,), direct=direct and name == "team")
        for name, label in zip(group_by, labels, strict=True)
    )


def without(conditions: Conditions, dimensions: Iterable[str]) -> dict[str, tuple[Condition, ...]]:
    """The conditions of the same question without those on some dimensions."""
    left_out = set(dimensions)
    return {name: alike for name, alike in conditions.items() if name not in left_out}


def team_names(condition: Condition, directory: Directory) -> set[str]:
    """The teams whose own members a condition names; names that nobody knows are left out."""
    known = [name for name in condition.values if name in directory.team]
    if condition.direct:
        return set(known)
    found = {below for name in known for below in directory.below(name)}
    return found - set(known) if condition.op is Op.BELOW else found


def together(*some: Iterable[Condition]) -> dict[str, tuple[Condition, ...]]:
    """Conditions by their dimension."""
    found: dict[str, tuple[Condition, ...]] = {}
    for condition in (condition for conditions in some for condition in conditions):
        found[condition.dimension] = (*found.get(condition.dimension, ()), condition)
    return found


def by_owner(conditions: Conditions, directory: Directory) -> dict[str, tuple[Condition, ...]]:
    """The same where a team is the owner of the workflows that usage is booked to, and not that of who uses."""
    owners = [
        Condition(
            OWNER, tuple(sorted(team_names(condition, directory))), Op.NOT_IN if condition.op is Op.NOT_IN else Op.IN
        )
        for condition in conditions.get("team", ())
    ]
    others = (condition for alike in without(conditions, ("team",)).values() for condition in alike)
    return together(others, owners)


def of_catalogue(directory: Directory) -> Condition:
    """The workflows that are catalogued: the others have neither an owner nor an activity."""
    return Condition("workflow", tuple(item.name for item in directory.workflows if item.team or item.activity))
