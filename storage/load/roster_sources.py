"""What roster sources say beside roster.csv, as spells.

Of somebody whom the file knows, it counts, until a source sees a change of theirs after the file was loaded: from that
day on the source counts, and the file's spell ends the day before. Of others the sources count alone. A source that
knows accounts and no employment (Slack) counts only where nothing else gives a roster.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from storage.load.identities import without
from storage.load.linking import same_people
from storage.load.snapshots import YESTERDAY
from storage.load.teams import ensure_teams
from storage.roster_records import Kind, SpellRecord
from storage.tables import OPEN_END, RosterEntry

WEAK = "slack"


@dataclass(frozen=True, slots=True)
class Seen:
    """What sources make of a roster: the file's spells, cut or None where nothing is left, and those of their own."""

    of_file: Sequence[SpellRecord | None]
    of_sources: Sequence[SpellRecord]


def seen(connection: Connection, workspace_id: int, spells: Sequence[SpellRecord], since: int | None) -> Seen:
    """What counts of a file's spells and beside them; `since` is the load that brought them, None for one to come."""
    rows = _entries(connection, workspace_id, bool(spells))
    if not rows:
        return Seen(spells, [])
    person = same_people(connection, workspace_id, {row.email for row in rows} | {spell.email for spell in spells})
    cuts: dict[str, date | None] = {person(spell.email): None for spell in spells}
    for email, day in _changes(rows, since):
        if person(email) in cuts:
            cuts[person(email)] = min(cuts[person(email)] or day, day)
    own = [*_spells(rows, person, cuts)]
    teams = ensure_teams(connection, workspace_id, {spell.team for spell in own})
    return Seen(
        [_cut(spell, cuts[person(spell.email)]) for spell in spells],
        [replace(spell, team=teams[spell.team]) for spell in own],
    )


def has_entries(connection: Connection, workspace_id: int) -> bool:
    """Whether any roster source has told anything."""
    rows = select(RosterEntry.id).where(RosterEntry.workspace_id == workspace_id).limit(1)
    return connection.scalar(rows) is not None


def _entries(connection: Connection, workspace_id: int, with_file: bool) -> list[Any]:
    rows = (
        select(*RosterEntry.__table__.columns)
        .where(RosterEntry.workspace_id == workspace_id)
        .order_by(RosterEntry.source, RosterEntry.native_id, RosterEntry.start_day)
    )
    found = [*connection.execute(rows)]
    others = with_file or any(row.source != WEAK for row in found)
    return [row for row in found if row.source != WEAK or not others]


def _changes(rows: Iterable[Any], since: int | None) -> Iterator[tuple[str, date]]:
    """Whom a source saw to change after a load, and from which day."""
    if since is None:
        return
    earlier = None
    for row in rows:
        again = earlier is not None and (earlier.source, earlier.native_id) == (row.source, row.native_id)
        if again and row.opened_by > since:
            yield row.email, row.start_day
        if (row.closed_by or 0) > since:
            yield row.email, row.end_day + YESTERDAY
        earlier = row


def _spells(rows: Iterable[Any], person: Any, cuts: Mapping[str, date | None]) -> Iterator[SpellRecord]:
    """The sources' own spells; of two that overlap the one of the earlier source counts, then the later one."""
    by_person: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        by_person[person(row.email)].append(row)
    for email, own in by_person.items():
        first = cuts.get(email, date.min)
        if first is None:
            continue
        free = [(first, OPEN_END)]
        for row in sorted(own, key=lambda row: (row.source, -row.start_day.toordinal())):
            for start, end in free:
                if start <= row.end_day and row.start_day <= end:
                    yield _spell(row, email, max(start, row.start_day), min(end, row.end_day))
            free = without(free, row.start_day, row.end_day)


def _spell(row: Any, email: str, start: date, end: date) -> SpellRecord:
    return SpellRecord(
        email=email,
        name=row.name,
        team=row.team,
        title=row.title,
        manager_email=row.manager_email,
        kind=Kind(row.kind),
        location=row.location,
        start=start,
        end=None if end == OPEN_END else end,
    )


def _cut(spell: SpellRecord, cut: date | None) -> SpellRecord | None:
    if cut is None or (spell.end or OPEN_END) < cut:
        return spell
    return replace(spell, end=cut - YESTERDAY) if spell.start < cut else None
