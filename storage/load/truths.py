"""Whole truths: what files say of teams, roster, workflows, rules of work, seats, …, kept to be undone.

The newest one that was not taken back counts. The store's people, spells and names are made of it, again whenever what
joins people changes.
"""

from __future__ import annotations

import json
import zlib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from enum import Enum
from operator import ne
from typing import Any, get_type_hints

from sqlalchemy import Connection, delete, func, insert, select, update

from storage.load.attribution import reattribute
from storage.load.forgotten import PERSONAL, Forgotten, read_forgotten
from storage.load.invoices import save_invoices
from storage.load.locking import lock_revision
from storage.load.naming import add_canonical, save_aliases
from storage.load.organisation import FILE, Replaced, save_teams, save_workflows
from storage.load.past import Past
from storage.load.people import save_identity_file
from storage.load.plans import save_budgets, save_events, save_targets
from storage.load.rates import save_rates
from storage.load.roster import save_roster
from storage.load.roster_sources import has_entries
from storage.load.seats import save_seats
from storage.plan_records import BudgetRecord, EventRecord, TargetRecord
from storage.records import (
    AliasRecord,
    IdentityRecord,
    InvoiceRecord,
    RateRecord,
    SeatRecord,
    WorkflowRecord,
    WorkRuleRecord,
)
from storage.roster_records import Kind, SpellRecord, TeamRecord
from storage.tables import OPEN_END, Person, Spell, Team, TeamAlias, Truth, Workflow

Save = Callable[[Connection, int, Sequence[Any]], Replaced]
SAME = b""  # the records of a load that said what the one before it said


@dataclass(frozen=True, slots=True)
class KindOfTruth:
    """How one kind of truth is read back and brought into the store."""

    record: type[Any]
    save: Save


def _save_work_rules(connection: Connection, workspace_id: int, rules: Sequence[WorkRuleRecord]) -> Replaced:
    """Count what differs; the rules are read from their truth, nothing is made of them. Their order counts."""
    lock_revision(connection, workspace_id)
    held = read_truth(connection, workspace_id, "work_rules")
    kept = (Counter(held) & Counter(rules)).total()
    moved = 0 if kept < max(len(held), len(rules)) else sum(map(ne, held, rules))
    return Replaced(new=len(rules) - kept, changed=moved, unchanged=kept - moved, removed=len(held) - kept)


TRUTHS: Mapping[str, KindOfTruth] = {
    "teams": KindOfTruth(TeamRecord, save_teams),
    "roster": KindOfTruth(SpellRecord, save_roster),
    "workflows": KindOfTruth(WorkflowRecord, save_workflows),
    "aliases": KindOfTruth(AliasRecord, save_aliases),
    "identities": KindOfTruth(IdentityRecord, save_identity_file),
    "rates": KindOfTruth(RateRecord, save_rates),
    "invoices": KindOfTruth(InvoiceRecord, save_invoices),
    "seats": KindOfTruth(SeatRecord, save_seats),
    "budgets": KindOfTruth(BudgetRecord, save_budgets),
    "targets": KindOfTruth(TargetRecord, save_targets),
    "events": KindOfTruth(EventRecord, save_events),
    "work_rules": KindOfTruth(WorkRuleRecord, _save_work_rules),
}


def save_truth(
    connection: Connection, workspace_id: int, kind: str, records: Sequence[Any], note: Callable[[Replaced], int]
) -> Replaced:
    """Replace what files said; `note` keeps the load and gives its number."""
    _keep_first(connection, workspace_id, kind)
    records = read_forgotten(connection, workspace_id).records(kind, records)
    packed = _packed(records)
    held = _newest(connection, workspace_id, kind)
    if kind == "roster":
        since = _brought_by(connection, workspace_id) if held == packed else None
        result = save_roster(connection, workspace_id, records, since)
    else:
        result = TRUTHS[kind].save(connection, workspace_id, records)
        _follow_truth(connection, workspace_id, kind)
    result.load_id = note(result)
    values = {"workspace_id": workspace_id, "kind": kind, "load_id": result.load_id}
    connection.execute(insert(Truth).values(**values, records=SAME if held == packed else packed))
    return result


def follow(connection: Connection, workspace_id: int, people: bool) -> None:
    """Bring people and facts to the identities and names as they are now."""
    if people:
        derive_roster(connection, workspace_id)
        reattribute(connection, workspace_id)
    add_canonical(connection, workspace_id)


def forget_in_truths(connection: Connection, workspace_id: int, forgotten: Forgotten | Past) -> None:
    """Take those who are forgotten, or what is past, out of all that files ever said; people and spells follow."""
    for kind in PERSONAL:
        _keep_first(connection, workspace_id, kind)
    rows = select(Truth.id, Truth.kind, Truth.records).where(
        Truth.workspace_id == workspace_id, Truth.kind.in_(PERSONAL), Truth.records != SAME
    )
    for id_, kind, packed in connection.execute(rows).all():
        said = _packed(forgotten.records(kind, _unpacked(packed, kind)))
        connection.execute(update(Truth).where(Truth.id == id_).values(records=said))
    derive_roster(connection, workspace_id)


def derive_roster(connection: Connection, workspace_id: int) -> None:
    """Make people and spells of the newest roster file and of what roster sources saw."""
    _keep_first(connection, workspace_id, "roster")
    spells = read_truth(connection, workspace_id, "roster")
    save_roster(connection, workspace_id, spells, _brought_by(connection, workspace_id))


def undo_truth(connection: Connection, workspace_id: int, kind: str, load_id: int) -> None:
    """Take back what one load said; where a later one said it all anew, the store stays as it is."""
    mine = (Truth.workspace_id == workspace_id, Truth.kind == kind)
    taken = connection.scalar(select(Truth.records).where(*mine, Truth.load_id == load_id))
    after = select(Truth.id, Truth.records).where(*mine, Truth.load_id > load_id).order_by(Truth.load_id).limit(1)
    later = connection.execute(after).one_or_none()
    if later is not None and later.records == SAME:
        said = _before(connection, workspace_id, kind, load_id) if taken == SAME else taken
        connection.execute(update(Truth).where(Truth.id == later.id).values(records=said))
    connection.execute(delete(Truth).where(*mine, Truth.load_id == load_id))
    if later is None and kind == "roster":
        derive_roster(connection, workspace_id)
    elif later is None:
        TRUTHS[kind].save(connection, workspace_id, read_truth(connection, workspace_id, kind))
        _follow_truth(connection, workspace_id, kind)


def _follow_truth(connection: Connection, workspace_id: int, kind: str) -> None:
    if kind in ("identities", "aliases", "workflows"):
        follow(connection, workspace_id, people=kind == "identities")
    if kind in ("teams", "aliases") and has_entries(connection, workspace_id):
        derive_roster(connection, workspace_id)  # what a source calls a team may be another one now


def _brought_by(connection: Connection, workspace_id: int) -> int:
    """The load that brought what the newest roster file says; 0 from before loads could be taken back."""
    rows = select(func.max(Truth.load_id)).where(
        Truth.workspace_id == workspace_id, Truth.kind == "roster", Truth.records != SAME
    )
    return connection.scalar(rows) or 0


def read_truth(connection: Connection, workspace_id: int, kind: str) -> list[Any]:
    """The records of a kind as files say them now, in their order."""
    return _unpacked(_newest(connection, workspace_id, kind), kind)


def _newest(connection: Connection, workspace_id: int, kind: str) -> bytes:
    return _before(connection, workspace_id, kind, None)


def _before(connection: Connection, workspace_id: int, kind: str, load_id: int | None) -> bytes:
    """What the newest truth says, or the newest before a load."""
    rows = select(Truth.load_id, Truth.records).where(
        Truth.workspace_id == workspace_id, Truth.kind == kind, Truth.records != SAME
    )
    found = [
        (held or 0, records) for held, records in connection.execute(rows) if load_id is None or (held or 0) < load_id
    ]
    return max(found, default=(0, _packed([])))[1]


def _keep_first(connection: Connection, workspace_id: int, kind: str) -> None:
    """Keep what the store has of files from before loads could be taken back."""
    known = select(Truth.id).where(Truth.workspace_id == workspace_id, Truth.kind == kind).limit(1)
    if kind not in _STORED or connection.scalar(known) is not None:
        return
    records = _STORED[kind](connection, workspace_id)
    connection.execute(
        insert(Truth).values(workspace_id=workspace_id, kind=kind, load_id=None, records=_packed(records))
    )


def _packed(records: Sequence[Any]) -> bytes:
    names = [field.name for field in fields(records[0])] if records else []
    rows = [{name: getattr(record, name) for name in names} for record in records]  # `asdict` copies each value deeply
    return zlib.compress(json.dumps(rows, default=str, ensure_ascii=False).encode())


def _unpacked(packed: bytes, kind: str) -> list[Any]:
    record = TRUTHS[kind].record
    hints = get_type_hints(record)
    rows = json.loads(zlib.decompress(packed))
    return [
        record(**{field.name: _value(row.get(field.name), hints[field.name]) for field in fields(record)})
        for row in rows
    ]


def _value(value: Any, hint: Any) -> Any:
    if value is None:
        return None
    if hint in (date, date | None):
        return date.fromisoformat(value)
    if hint in (Decimal, Decimal | None):
        return Decimal(value)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return hint(value)
    return tuple(value) if isinstance(value, list) else value


def _stored_teams(connection: Connection, workspace_id: int) -> list[TeamRecord]:
    parent = Team.__table__.alias("parent")
    aliases: dict[int, list[str]] = {}
    named = select(TeamAlias.team_id, TeamAlias.alias).where(
        TeamAlias.workspace_id == workspace_id, TeamAlias.origin == FILE
    )
    for team, alias in connection.execute(named.order_by(TeamAlias.id)):
        aliases.setdefault(team, []).append(alias)
    rows = (
        select(Team.id, Team.name, parent.c.name, Team.channel)
        .outerjoin(parent, parent.c.id == Team.parent_id)
        .where(Team.workspace_id == workspace_id, Team.origin == FILE)
        .order_by(Team.id)
    )
    return [
        TeamRecord(name=name, parent=above or "", aliases=tuple(aliases.get(id_, ())), channel=channel)
        for id_, name, above, channel in connection.execute(rows)
    ]


def _stored_roster(connection: Connection, workspace_id: int) -> list[SpellRecord]:
    rows = (
        select(Person.email, Person.name, Team.name.label("team"), *Spell.__table__.columns)
        .join_from(Spell, Person, Person.id == Spell.person_id)
        .join(Team, Team.id == Spell.team_id)
        .where(Spell.workspace_id == workspace_id, Spell.origin == FILE)
        .order_by(Spell.id)
    )
    return [
        SpellRecord(
            email=row.email,
            name=row.name,
            team=row.team,
            title=row.title,
            manager_email=row.manager_email,
            kind=Kind(row.kind),
            location=row.location,
            start=row.start_day,
            end=None if row.end_day == OPEN_END else row.end_day,
        )
        for row in connection.execute(rows)
    ]


def _stored_workflows(connection: Connection, workspace_id: int) -> list[WorkflowRecord]:
    rows = (
        select(Team.name.label("team"), *Workflow.__table__.columns)
        .outerjoin_from(Workflow, Team, Team.id == Workflow.team_id)
        .where(Workflow.workspace_id == workspace_id, Workflow.origin == FILE)
        .order_by(Workflow.id)
    )
    names = [field.name for field in fields(WorkflowRecord) if field.name != "team"]
    return [
        WorkflowRecord(team=row.team or "", **{name: getattr(row, name) for name in names})
        for row in connection.execute(rows)
    ]


_STORED: Mapping[str, Callable[[Connection, int], Sequence[Any]]] = {
    "teams": _stored_teams,
    "roster": _stored_roster,
    "workflows": _stored_workflows,
}
