"""Which streams are one under other names: the canonical one of each, worked out of all spellings and aliases in use.

Facts keep the stream their source named; only the rollup goes by the canonical one, so that a name can be folded and
unfolded without touching a fact.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from storage.catalogue.spellings import family, plain, proper
from storage.load.locking import lock_revision
from storage.load.organisation import FILE, Replaced, compared
from storage.load.overlaps import may_overlap
from storage.load.rollups import chunks, rebuild_summaries, rebuild_usage
from storage.load.staging import STREAM
from storage.records import AliasRecord
from storage.tables import Alias, Stream, UsageByStream, UsageDaily, UsageFact, Workflow
from storage.workspaces import bump_revision

FOLDED = ("tool", "provider", "model", "workflow")
Names = tuple[str, ...]


def add_canonical(connection: Connection, workspace_id: int) -> bool:
    """Work out the canonical stream of each, after streams, aliases or the catalogue of workflows changed.

    Gives whether any is another one now; the rollup follows.
    """
    rows = connection.execute(
        select(Stream.id, Stream.canonical_id, *(getattr(Stream, name) for name in STREAM)).where(
            Stream.workspace_id == workspace_id
        )
    ).all()
    names = {row[0]: tuple(row[2:]) for row in rows}
    before = {row[0]: row[1] or row[0] for row in rows}
    made = _canonical_names(connection, workspace_id, [*names.values()])
    ids = {streams: id_ for id_, streams in names.items()}
    missing = {made[name] for name in names.values()} - ids.keys()
    for name in sorted(missing):
        values = {"workspace_id": workspace_id} | dict(zip(STREAM, name, strict=True))
        ids[name] = connection.execute(insert(Stream).values(values).returning(Stream.id)).scalar_one()
    after = {id_: ids[made[name]] for id_, name in names.items()}
    moved = {id_: new for id_, new in after.items() if before[id_] != new}
    if not moved:
        return False
    for id_, new in moved.items():
        connection.execute(update(Stream).where(Stream.id == id_).values(canonical_id=None if new == id_ else new))
    _move_rollup(connection, workspace_id, before, after)
    return True


def save_aliases(connection: Connection, workspace_id: int, aliases: Sequence[AliasRecord]) -> Replaced:
    """Make these the workspace's aliases that the file brought; rows already stored follow with `add_canonical`."""
    lock_revision(connection, workspace_id)
    of_file = (Alias.workspace_id == workspace_id, Alias.origin == FILE)
    taught = select(Alias.kind, Alias.alias).where(Alias.workspace_id == workspace_id, Alias.origin != FILE)
    by_hand = {(kind, alias) for kind, alias in connection.execute(taught)}
    rows = connection.execute(select(Alias.kind, Alias.alias, Alias.name).where(*of_file))
    held = {(kind, alias): name for kind, alias, name in rows}
    wanted = {(alias.kind, alias.alias): alias.name for alias in aliases if (alias.kind, alias.alias) not in by_hand}
    result = compared(held.items(), wanted.items())
    if result.differs:
        connection.execute(delete(Alias).where(*of_file))
        fresh = [
            {"workspace_id": workspace_id, "kind": kind, "alias": alias, "name": name}
            for (kind, alias), name in wanted.items()
        ]
        if fresh:
            connection.execute(insert(Alias), fresh)
        bump_revision(connection, workspace_id)
    return result


def _canonical_names(connection: Connection, workspace_id: int, streams: Sequence[Names]) -> dict[Names, Names]:
    aliases: dict[str, dict[str, str]] = {kind: {} for kind in FOLDED}
    for kind, alias, name in connection.execute(
        select(Alias.kind, Alias.alias, Alias.name).where(Alias.workspace_id == workspace_id)
    ):
        aliases.setdefault(kind, {})[plain(alias)] = name
    catalogued = connection.scalars(select(Workflow.name).where(Workflow.workspace_id == workspace_id))
    workflows = {plain(name): name for name in catalogued}
    spelled = {
        kind: _spelled(kind, {stream[STREAM.index(kind)] for stream in streams}, aliases[kind])
        for kind in ("tool", "provider", "model")
    }
    spelled["workflow"] = {
        name: aliases["workflow"].get(plain(name), workflows.get(plain(name), name))
        for name in {stream[STREAM.index("workflow")] for stream in streams}
    }
    return {
        stream: tuple(
            spelled[kind][name] if kind in spelled else name for kind, name in zip(STREAM, stream, strict=True)
        )
        for stream in streams
    }


def _spelled(kind: str, names: set[str], aliases: Mapping[str, str]) -> dict[str, str]:
    """Each spelling in use, and what it is called in answers."""
    given = {family(kind, alias): name for alias, name in aliases.items()}
    families: dict[str, set[str]] = defaultdict(set)
    called: dict[str, str] = {}
    for name in names:
        own = aliases.get(plain(name)) or given.get(family(kind, name))
        if not name:
            called[name] = name
        elif own:
            called[name] = own
            given.setdefault(family(kind, own), own)
        else:
            families[family(kind, name)].add(name)
    for key, spellings in families.items():
        meant = given.get(key) or proper(kind, spellings)
        called |= dict.fromkeys(spellings, meant)
    return called


def _move_rollup(
    connection: Connection, workspace_id: int, before: Mapping[int, int], after: Mapping[int, int]
) -> None:
    """Bring the rollup to the new canonical streams; rows of one key may lie side by side there, they are summed."""
    goes: dict[int, set[int]] = defaultdict(set)
    for id_, old in before.items():
        goes[old].add(after[id_])
    parted = [id_ for id_, old in before.items() if len(goes[old]) > 1]
    moved: set[int] = set()
    for old, new in goes.items():
        if len(new) == 1 and (target := next(iter(new))) != old:
            for rollup in (UsageDaily, UsageByStream):
                connection.execute(update(rollup).where(rollup.stream_id == old).values(stream_id=target))
            moved.add(target)
    if may_overlap(connection, workspace_id):  # one tool now may be two that told of it before
        parted = [id_ for id_, old in before.items() if after[id_] != old]
    days: set[Any] = set()
    for ids in chunks(parted):
        days |= set(connection.scalars(select(UsageFact.day).where(UsageFact.stream_id.in_(ids)).distinct()))
    rebuild_usage(connection, workspace_id, days)
    renamed: set[Any] = set()
    for ids in chunks(moved):  # other rollups have the name of the tool instead of the stream
        mine = UsageByStream.stream_id.in_(ids)
        renamed |= set(connection.scalars(select(UsageByStream.day).where(mine).distinct()))
    rebuild_summaries(connection, workspace_id, renamed)
