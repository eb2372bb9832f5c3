"""Saves the roster: people and their spells. Facts follow the spells that hold their days, in the same transaction.

Several e-mails of one person (`storage.load.linking`) are one person here, known by the newest of them. Beside the
file's spells stand those of roster sources (`storage.load.roster_sources`).
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, delete, exists, insert, select, update

from storage.load.attribution import reattribute
from storage.load.linking import join_people
from storage.load.locking import lock_revision
from storage.load.organisation import FILE, SLACK, SYNC, Replaced, drop_gone_teams, folded, team_ids
from storage.load.past import read_past
from storage.load.rollups import chunks, rebuild_summaries
from storage.load.roster_sources import seen
from storage.load.summaries import days_of_spells
from storage.load.teams import ensure_teams
from storage.roster_records import SpellRecord
from storage.tables import OPEN_END, Person, Spell
from storage.workspaces import bump_revision

Values = tuple[Any, ...]  # as COLUMNS has them
COLUMNS = ("team_id", "title", "kind", "location", "manager_email", "start_day", "end_day", "origin")
GROUPED = 4  # of them the first, which groups of people are alike in
START, END, ORIGIN = 5, 6, 7


class StoredSpell(NamedTuple):
    """A spell of the store."""

    id: int
    values: Values


class RosterSpell(NamedTuple):
    """A spell as the roster has it now."""

    name: str
    values: Values


def save_roster(
    connection: Connection, workspace_id: int, spells: Sequence[SpellRecord], since: int | None = None
) -> Replaced:
    """Replace the spells that files brought; a spell that goes on keeps its id.

    `since` is the load that brought them: what roster sources saw to change after it counts, None for nothing.
    Of two spells of a person that overlap the later one given is rejected; what was entered in Slack comes first.
    """
    lock_revision(connection, workspace_id)
    held = _held(connection, workspace_id)
    by_hand = {email: [spell for spell in own if spell.values[ORIGIN] == SLACK] for email, own in held.items()}
    result = Replaced()
    beside = seen(connection, workspace_id, _in_teams(connection, workspace_id, spells), since)
    given = [(place, spell, FILE) for place, spell in enumerate(beside.of_file) if spell is not None]
    given += [(len(spells), spell, SYNC) for spell in beside.of_sources]
    joined = join_people(connection, workspace_id, [spell for _, spell, _ in given])
    told = [(place, spell, origin) for (place, _, origin), spell in zip(given, joined, strict=True)]
    past = read_past(connection, workspace_id)
    if past:
        told = [(place, part, origin) for place, spell, origin in told if spell for part in past.parts(spell)]
    wanted = _sound_spells(told, team_ids(connection, workspace_id), by_hand, result)
    result.rejected = [(place, reason) for place, reason in result.rejected if place < len(spells)]
    people, renamed = _save_people(connection, workspace_id, wanted)
    moved: set[str] = set()
    corrected: list[int] = []
    changes = _Changes()
    for email in {*wanted, *held}:
        own = [spell for spell in held.get(email, []) if spell.values[ORIGIN] != SLACK]
        corrected += _corrected(wanted.get(email, []), own)
        if changes.compare(people[email], wanted.get(email, []), own, email in renamed, result):
            moved.add(email)
    changes.save(connection, workspace_id)
    if moved:
        given_emails = {spell.email for _, spell, _ in given}
        reattribute(connection, workspace_id, moved | (given_emails - people.keys()))
    for spells_ in chunks(corrected):
        rebuild_summaries(connection, workspace_id, days_of_spells(connection, workspace_id, spells_))
    _drop_people_without_spells(connection, workspace_id)
    drop_gone_teams(connection, workspace_id)
    if result.differs:
        bump_revision(connection, workspace_id)
    return result


def _in_teams(connection: Connection, workspace_id: int, spells: Sequence[SpellRecord]) -> list[SpellRecord]:
    """The spells of HR exports in the teams that they mean, made where they are new."""
    named = ensure_teams(connection, workspace_id, {spell.team for spell in spells if spell.makes_team})
    return [replace(spell, team=named[spell.team]) if spell.makes_team else spell for spell in spells]


def _held(connection: Connection, workspace_id: int) -> dict[str, list[StoredSpell]]:
    columns = [getattr(Spell, name) for name in COLUMNS]
    rows = connection.execute(
        select(Person.email, Spell.id, *columns)
        .join(Spell, (Spell.person_id == Person.id) & (Spell.workspace_id == workspace_id))  # as its index has it
        .where(Person.workspace_id == workspace_id)
        .order_by(Spell.start_day)
    )
    found: dict[str, list[StoredSpell]] = defaultdict(list)
    for email, id_, *values in rows:
        found[email].append(StoredSpell(id_, tuple(values)))
    return found


def _sound_spells(
    told: Sequence[tuple[int, SpellRecord | None, str]],
    teams: Mapping[str, int],
    by_hand: Mapping[str, list[StoredSpell]],
    result: Replaced,
) -> dict[str, list[RosterSpell]]:
    taken: dict[str, list[tuple[date, date]]] = {
        email: sorted((spell.values[START], spell.values[END]) for spell in own) for email, own in by_hand.items()
    }
    sound: dict[str, list[RosterSpell]] = defaultdict(list)
    for place, spell, origin in told:
        if spell is None:
            continue
        team_id, span = teams.get(folded(spell.team)), (spell.start, spell.end or OPEN_END)
        own = taken.setdefault(spell.email, [])
        at = bisect_right(own, span)
        beside = [other for other in own[max(at - 1, 0) : at + 1] if other[0] <= span[1] and span[0] <= other[1]]
        if team_id is None:
            result.rejected.append((place, f"no team is called {spell.team!r}"))
        elif beside:
            result.rejected.append((place, f"overlaps another spell of {spell.email}, {_words(beside[0])}"))
        else:
            own.insert(at, span)
            values = (team_id, spell.title, spell.kind.value, spell.location, spell.manager_email, *span, origin)
            sound[spell.email].append(RosterSpell(spell.name, values))
    return sound


def _words(span: tuple[date, date]) -> str:
    return f"from {span[0]}" if span[1] == OPEN_END else f"{span[0]} to {span[1]}"


def _save_people(
    connection: Connection, workspace_id: int, wanted: Mapping[str, list[RosterSpell]]
) -> tuple[dict[str, int], set[str]]:
    """Everybody's id by e-mail, and those whose name is another one now: that of their newest spell."""
    names = {email: max(own, key=lambda spell: spell.values[START]).name for email, own in wanted.items()}
    mine = select(Person.email, Person.id, Person.name).where(Person.workspace_id == workspace_id)
    known = {email: (id_, name) for email, id_, name in connection.execute(mine)}
    fresh = [
        {"workspace_id": workspace_id, "email": email, "name": name}
        for email, name in names.items()
        if email not in known
    ]
    if fresh:
        connection.execute(insert(Person), fresh)
    renamed = {email for email, name in names.items() if email in known and known[email][1] != name}
    for email in renamed:
        connection.execute(update(Person).where(Person.id == known[email][0]).values(name=names[email]))
    return {email: id_ for email, id_, _ in connection.execute(mine)}, renamed


def _corrected(wanted: Sequence[RosterSpell], held: Sequence[StoredSpell]) -> list[int]:
    """The spells that go on with another team, title, kind or location, which sums of many people are kept by."""
    now = {spell.values[START]: spell.values[:GROUPED] for spell in wanted}
    before = {spell.values[START]: spell for spell in held}
    goes_on = before.keys() & now.keys()
    return [before[start].id for start in goes_on if before[start].values[:GROUPED] != now[start]]


@dataclass(slots=True)
class _Changes:
    """What is to change in the spells of everybody, which is written together."""

    fresh: list[dict[str, Any]] = field(default_factory=list)
    other: list[dict[str, Any]] = field(default_factory=list)
    gone: list[int] = field(default_factory=list)

    def compare(
        self,
        person_id: int,
        wanted: Sequence[RosterSpell],
        held: Sequence[StoredSpell],
        renamed: bool,
        result: Replaced,
    ) -> bool:
        """Take in one person's spells; True where the days that they cover are others now."""
        moved, fresh, left = False, [], {spell.values[START]: spell for spell in held}
        for values in (spell.values for spell in wanted):
            same = left.pop(values[START], None)
            if same is None:
                fresh.append({"person_id": person_id, **_named(values)})
            elif same.values != values:
                self.other.append({"changed": same.id, **_named(values)})
                moved |= same.values[START : END + 1] != values[START : END + 1]
                result.changed += 1
            else:
                result.changed += renamed
                result.unchanged += not renamed
        self.fresh += fresh
        self.gone += [spell.id for spell in left.values()]
        result.removed += len(left)
        result.new += len(fresh)
        return moved or bool(fresh) or bool(left)

    def save(self, connection: Connection, workspace_id: int) -> None:
        """Write what was taken in."""
        if self.other:
            connection.execute(update(Spell).where(Spell.id == bindparam("changed")), self.other)
        for ids in chunks(self.gone):
            connection.execute(delete(Spell).where(Spell.id.in_(ids)))
        if self.fresh:
            connection.execute(insert(Spell), [{"workspace_id": workspace_id} | spell for spell in self.fresh])


def _named(values: Values) -> dict[str, Any]:
    return dict(zip(COLUMNS, values, strict=True))


def _drop_people_without_spells(connection: Connection, workspace_id: int) -> None:
    used = exists().where(Spell.person_id == Person.id, Spell.workspace_id == workspace_id)
    unused = select(Person.id).where(Person.workspace_id == workspace_id, ~used)
    for ids in chunks(connection.scalars(unused).all()):
        connection.execute(delete(Person).where(Person.id.in_(ids)))
