"""Teams that roster sources name: found under their names and other words, made where they are new, put in place."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import Connection, insert, select, update

from storage.load.organisation import GONE, SYNC, folded
from storage.roster_records import TeamRecord
from storage.tables import Alias, Team, TeamAlias

NO_TEAM = "Unassigned"  # of people whom nobody says a team of


def ensure_teams(connection: Connection, workspace_id: int, names: Collection[str]) -> dict[str, str]:
    """What each team is called in the store; one that is not there is made, one that its file dropped comes back."""
    known = known_teams(connection, workspace_id)
    missing: dict[str, str] = {}
    for name in sorted(names):
        if folded(name) not in known:
            missing.setdefault(folded(name), name)
    if missing:
        rows = select(Team.name, Team.id).where(Team.workspace_id == workspace_id, Team.origin == GONE)
        gone = {folded(name): id_ for name, id_ in connection.execute(rows)}
        for key, name in missing.items():
            if key in gone:
                connection.execute(update(Team).where(Team.id == gone[key]).values(origin=SYNC, name=name))
            else:
                connection.execute(insert(Team).values(workspace_id=workspace_id, name=name, origin=SYNC))
    known |= missing
    return {name: known[folded(name)] for name in names}


def known_teams(connection: Connection, workspace_id: int) -> dict[str, str]:
    """The teams that may have members, by their folded names and other words.

    A name comes before another team's word, but the name of a team that only a source names comes after it.
    """
    aliased = select(TeamAlias.alias, Team.name).join(Team, Team.id == TeamAlias.team_id)
    found = {
        folded(alias): name for alias, name in connection.execute(aliased.where(TeamAlias.workspace_id == workspace_id))
    }
    words = select(Alias.alias, Alias.name).where(Alias.workspace_id == workspace_id, Alias.kind == "team")
    others = {folded(alias): name for alias, name in connection.execute(words)}
    rows = select(Team.name, Team.origin).where(Team.workspace_id == workspace_id, Team.origin != GONE)
    names: dict[str, dict[str, str]] = {"": {}, SYNC: {}}
    for name, origin in connection.execute(rows):
        names[SYNC if origin == SYNC else ""][folded(name)] = name
    every = names[SYNC] | names[""]
    found |= {alias: every[folded(name)] for alias, name in others.items() if folded(name) in every}
    return names[SYNC] | {alias: name for alias, name in found.items() if folded(name) in every} | names[""]


def place_teams(connection: Connection, workspace_id: int, teams: Sequence[TeamRecord], used: Collection[str]) -> bool:
    """Put the teams in use below those that a source says; where a file or somebody says, that stays.

    Gives whether anything moved. A team above itself is put at the top.
    """
    above = {folded(team.name): team.parent for team in teams if team.parent}
    wanted = {*used}
    for name in used:
        wanted.update(_way_up(name, above))
    called = ensure_teams(connection, workspace_id, wanted)
    rows = select(Team.id, Team.name, Team.parent_id, Team.origin).where(Team.workspace_id == workspace_id)
    stored = {folded(row.name): row for row in connection.execute(rows)}
    moved = False
    for name in sorted(wanted):
        row, way = stored[folded(called[name])], _way_up(name, above)
        parent = stored[folded(called[way[0]])].id if way else None
        if row.origin == SYNC and row.parent_id != parent and row.id != parent:
            connection.execute(update(Team).where(Team.id == row.id).values(parent_id=parent))
            moved = True
    return moved


def _way_up(name: str, above: Mapping[str, str]) -> list[str]:
    """The teams above one, the nearest first; none where the way goes in a circle."""
    way: list[str] = []
    met = {folded(name)}
    while (parent := above.get(folded(name))) is not None:
        if folded(parent) in met:
            return []
        met.add(folded(parent))
        way.append(parent)
        name = parent
    return way
