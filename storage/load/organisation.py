"""Saves the team tree and the catalogue of workflows: each file is the whole truth of what files brought.

Rows that somebody entered in Slack (`origin` slack) are never changed from here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from sqlalchemy import Connection, delete, exists, insert, or_, select, update

from storage.load.locking import lock_revision
from storage.load.rollups import chunks
from storage.records import WorkflowRecord
from storage.roster_records import TeamRecord
from storage.tables import Spell, Team, TeamAlias, WorkDaily, Workflow
from storage.workspaces import bump_revision

FILE, SLACK, GONE, SYNC = "file", "slack", "gone", "sync"


@dataclass(slots=True)
class Replaced:
    """What loading a whole truth did; `rejected` names rows by the place they have in what was given."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0
    rejected: list[tuple[int, str]] = field(default_factory=list)
    load_id: int = 0

    @property
    def differs(self) -> bool:
        """Whether the store is another one now."""
        return bool(self.new or self.changed or self.removed)

    def counts(self) -> dict[str, int]:
        """The figures alone, for the log of loads."""
        counts = {name: getattr(self, name) for name in ("new", "changed", "unchanged", "removed")}
        return counts | {"rejected": len(self.rejected)}


def compared(held: Iterable[tuple[Hashable, Hashable]], wanted: Iterable[tuple[Hashable, Hashable]]) -> Replaced:
    """What replacing the held rows by the wanted ones does, each a key and what stands under it."""
    old, new = Counter(held), Counter(wanted)
    kept = old & new
    gone, fresh = (Counter(key for key, _ in (rows - kept).elements()) for rows in (old, new))
    changed = gone & fresh
    return Replaced(
        new=(fresh - changed).total(),
        changed=changed.total(),
        unchanged=kept.total(),
        removed=(gone - changed).total(),
    )


def folded(name: str) -> str:
    """A name as it is compared: team names differ in more than case."""
    return " ".join(name.split()).casefold()


def team_ids(connection: Connection, workspace_id: int) -> dict[str, int]:
    """The teams that may have members, by folded name."""
    rows = select(Team.name, Team.id).where(Team.workspace_id == workspace_id, Team.origin != GONE)
    return {folded(name): id_ for name, id_ in connection.execute(rows)}


def save_teams(connection: Connection, workspace_id: int, teams: Sequence[TeamRecord]) -> Replaced:
    """Replace the teams that files brought; a team that still has spells stays until they are gone."""
    lock_revision(connection, workspace_id)
    known = {
        folded(row.name): row
        for row in connection.execute(
            select(Team.id, Team.name, Team.parent_id, Team.channel, Team.origin).where(
                Team.workspace_id == workspace_id
            )
        )
    }
    result = Replaced()
    kept = _sound_tree(teams, {key for key, row in known.items() if row.origin in (SLACK, SYNC)}, result)
    fresh = [{"workspace_id": workspace_id, "name": team.name} for key, team in kept.items() if key not in known]
    if fresh:
        connection.execute(insert(Team), fresh)
    ids = {
        folded(name): id_
        for name, id_ in connection.execute(select(Team.name, Team.id).where(Team.workspace_id == workspace_id))
    }
    aliases = _file_aliases(connection, workspace_id)
    for key, team in kept.items():
        _save_team(connection, workspace_id, team, ids, known.get(key), aliases.get(ids[key], set()), result)
    gone = [row.id for key, row in known.items() if key not in kept and row.origin == FILE]
    for chosen in chunks(gone):
        connection.execute(update(Team).where(Team.id.in_(chosen)).values(origin=GONE, parent_id=None))
        connection.execute(delete(TeamAlias).where(TeamAlias.team_id.in_(chosen), TeamAlias.origin == FILE))
    result.removed = len(gone)
    drop_gone_teams(connection, workspace_id)
    if result.differs:
        bump_revision(connection, workspace_id)
    return result


def drop_gone_teams(connection: Connection, workspace_id: int) -> None:
    """Delete the teams that no file and no roster source has any more, as soon as nothing refers to them."""
    child = Team.__table__.alias("child")
    used = or_(
        exists().where(Spell.team_id == Team.id),
        exists().where(Workflow.team_id == Team.id),
        exists().where(child.c.parent_id == Team.id),
    )
    connection.execute(delete(Team).where(Team.workspace_id == workspace_id, Team.origin.in_((GONE, SYNC)), ~used))


def save_workflows(connection: Connection, workspace_id: int, workflows: Sequence[WorkflowRecord]) -> Replaced:
    """Replace the catalogue that files brought."""
    lock_revision(connection, workspace_id)
    teams = team_ids(connection, workspace_id)
    known = {
        row["name"]: row
        for row in connection.execute(
            select(*Workflow.__table__.columns).where(Workflow.workspace_id == workspace_id)
        ).mappings()
    }
    result, seen = Replaced(), set[str]()
    for place, workflow in enumerate(workflows):
        reason = _workflow_fault(workflow, teams, seen)
        if reason:
            result.rejected.append((place, reason))
            continue
        seen.add(workflow.name)
        values = asdict(workflow) | {"team_id": teams.get(folded(workflow.team))}
        del values["team"]
        _save_workflow(connection, workspace_id, values, known.get(workflow.name), result)
    gone = [row["id"] for name, row in known.items() if name not in seen and row["origin"] == FILE]
    for chosen in chunks(gone):
        connection.execute(delete(Workflow).where(Workflow.id.in_(chosen)))
    result.removed = len(gone)
    drop_gone_teams(connection, workspace_id)
    if result.differs:
        bump_revision(connection, workspace_id)
    return result


def uncatalogued_workflows(connection: Connection, workspace_id: int) -> list[str]:
    """Workflows that work was done in and that nobody catalogued, by name."""
    catalogued = exists().where(Workflow.workspace_id == workspace_id, Workflow.name == WorkDaily.workflow)
    names = select(WorkDaily.workflow).where(WorkDaily.workspace_id == workspace_id, ~catalogued)
    return [*connection.scalars(names.distinct().order_by(WorkDaily.workflow))]


def _workflow_fault(workflow: WorkflowRecord, teams: Mapping[str, int], seen: set[str]) -> str:
    if workflow.name in seen:
        return f"the workflow {workflow.name!r} is there twice"
    if workflow.team and folded(workflow.team) not in teams:
        return f"no team is called {workflow.team!r}"
    return ""


def _save_workflow(
    connection: Connection, workspace_id: int, values: dict[str, Any], known: Any, result: Replaced
) -> None:
    if known is None:
        connection.execute(insert(Workflow).values(workspace_id=workspace_id, **values))
        result.new += 1
    elif known["origin"] == SLACK or all(known[name] == value for name, value in values.items()):
        result.unchanged += 1
    else:
        connection.execute(update(Workflow).where(Workflow.id == known["id"]).values(**values))
        result.changed += 1


def _sound_tree(teams: Sequence[TeamRecord], others: Iterable[str], result: Replaced) -> dict[str, TeamRecord]:
    """The teams whose parents are there up to the top; the others are rejected with the reason."""
    first: dict[str, int] = {}
    for place, team in enumerate(teams):
        if folded(team.name) in first:
            result.rejected.append((place, f"the team {team.name!r} is there twice"))
        else:
            first[folded(team.name)] = place
    parents = {key: folded(teams[place].parent) for key, place in first.items()}
    outside = set(others)
    faults = {key: _tree_fault(key, parents, outside, teams, first) for key in first}
    for key, place in first.items():
        if faults[key]:
            result.rejected.append((place, faults[key]))
    result.rejected.sort()
    return {key: teams[place] for key, place in first.items() if not faults[key]}


def _tree_fault(
    key: str, parents: Mapping[str, str], outside: set[str], teams: Sequence[TeamRecord], first: Mapping[str, int]
) -> str:
    path, above = [key], parents[key]
    while above and above not in outside:
        if above not in parents:
            below = teams[first[path[-1]]]
            found = f"no team is called {below.parent!r}"
            return found if len(path) == 1 else f"{found}, the parent of {below.name!r} above it"
        if above in path:
            circle = " under ".join(teams[first[step]].name for step in [*path[path.index(above) :], above])
            return f"teams in a circle: {circle}"
        path.append(above)
        above = parents[above]
    return ""


def _file_aliases(connection: Connection, workspace_id: int) -> dict[int, set[str]]:
    found: dict[int, set[str]] = {}
    rows = select(TeamAlias.team_id, TeamAlias.alias).where(
        TeamAlias.workspace_id == workspace_id, TeamAlias.origin == FILE
    )
    for team_id, alias in connection.execute(rows):
        found.setdefault(team_id, set()).add(alias)
    return found


def _save_team(
    connection: Connection,
    workspace_id: int,
    team: TeamRecord,
    ids: Mapping[str, int],
    known: Any,
    aliases: set[str],
    result: Replaced,
) -> None:
    if known is not None and known.origin == SLACK:
        result.unchanged += 1
        return
    id_ = ids[folded(team.name)]
    parent_id = ids[folded(team.parent)] if team.parent else None
    wanted = (team.name, parent_id, team.channel, FILE)
    same = known is not None and (known.name, known.parent_id, known.channel, known.origin) == wanted
    if same and aliases == set(team.aliases):
        result.unchanged += 1
        return
    connection.execute(
        update(Team)
        .where(Team.id == id_)
        .values(name=team.name, parent_id=parent_id, channel=team.channel, origin=FILE)
    )
    _save_aliases(connection, workspace_id, id_, aliases, set(team.aliases))
    if known is None:
        result.new += 1
    else:
        result.changed += 1


def _save_aliases(connection: Connection, workspace_id: int, team_id: int, old: set[str], new: set[str]) -> None:
    for chosen in chunks(old - new):
        connection.execute(
            delete(TeamAlias).where(TeamAlias.team_id == team_id, TeamAlias.origin == FILE, TeamAlias.alias.in_(chosen))
        )
    by_hand = set(
        connection.scalars(select(TeamAlias.alias).where(TeamAlias.team_id == team_id, TeamAlias.origin != FILE))
    )
    rows = [{"workspace_id": workspace_id, "team_id": team_id, "alias": alias} for alias in sorted(new - old - by_hand)]
    if rows:
        connection.execute(insert(TeamAlias), rows)
