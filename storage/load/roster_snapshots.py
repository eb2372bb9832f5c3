"""Saves whom a roster source has on a day: spells begin and end with what changed since the snapshot before.

A snapshot read twice changes nothing. Who is not in it has left; where more than half of the people are gone, that is
taken for a fault of the source and refused.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import Connection, select

from storage.load.attribution import save_identities
from storage.load.forgotten import read_forgotten
from storage.load.identities import SYNC
from storage.load.load_log import note_load
from storage.load.locking import lock_revision
from storage.load.organisation import Replaced, folded
from storage.load.roster_entries import Employment, History, copied, differ, read_history, write_history
from storage.load.snapshots import ROSTER, SnapshotOf, SnapshotRefused, take
from storage.load.teams import NO_TEAM, known_teams, place_teams
from storage.load.truths import derive_roster
from storage.roster_records import PersonRecord, RosterSnapshot
from storage.tables import OPEN_END, Identity
from storage.workspaces import bump_revision

LOAD = "snapshot"  # the kind of its loads, which the next snapshot would only bring again
LONGEST = {"name": 200, "title": 200, "location": 200, "team": 200}


def save_roster_snapshot(
    connection: Connection, of: SnapshotOf, snapshot: RosterSnapshot, *, believed: bool = False
) -> Replaced:
    """Bring the roster to whom a source has now; `believed` takes it even where most people are gone.

    `rejected` names people by the place they have in it. Raises SnapshotRefused; then nothing may be kept.
    """
    lock_revision(connection, of.workspace_id)
    before_day, newest = take(connection, of, ROSTER)
    result = Replaced()
    if not newest:
        result.unchanged = len(snapshot.people)
        return result
    before = read_history(connection, of.workspace_id, of.source)
    if not (snapshot.people or before.entries or believed):
        raise SnapshotRefused(f"{of.source} lists nobody at all: see what its key may read")
    after = copied(before)
    told = read_forgotten(connection, of.workspace_id).people(snapshot.people)
    people = _sound(told, after, result)
    gone = _gone(after, people, snapshot)
    if not believed:
        _refuse_most_gone(of, after, gone, before_day)
    _follow_addresses(after, people)
    known = known_teams(connection, of.workspace_id)
    for person in people.values():
        after.see(_entry(person, _team_of(person, after, known)), person.start, before_day, of.day)
    for native_id in gone:
        after.miss(native_id, of.day)
    _count(before, after, people, gone, result)
    joined = _keep_names(connection, of, people, before)
    _keep(connection, of, snapshot, before, after, result)
    if joined and not result.load_id:
        derive_roster(connection, of.workspace_id)
    return result


def _keep(
    connection: Connection,
    of: SnapshotOf,
    snapshot: RosterSnapshot,
    before: History,
    after: History,
    result: Replaced,
) -> None:
    running = {entry.team for own in after.entries.values() for entry in own[-1:] if entry.end_day == OPEN_END}
    moved = place_teams(connection, of.workspace_id, snapshot.teams, running)
    if differ(before, after):
        report, what = result.counts(), f"roster of {of.day}"
        result.load_id = note_load(connection, of.workspace_id, of.source, what, of.now, report, LOAD)
        write_history(connection, of.workspace_id, of.source, before, after, result.load_id)
        derive_roster(connection, of.workspace_id)
    elif moved:
        bump_revision(connection, of.workspace_id)


def _sound(people: Sequence[PersonRecord], history: History, result: Replaced) -> dict[str, PersonRecord]:
    """One account an address: the one that was there before, else the first."""
    by_address: dict[str, list[int]] = {}
    for place, person in enumerate(people):
        by_address.setdefault(_address(person), []).append(place)
    found: dict[str, PersonRecord] = {}
    for address, places in by_address.items():
        chosen = min(places, key=lambda place: (history.running(people[place].native_id) is None, place))
        result.rejected += [
            (place, f"another account has the address {address}") for place in places if place != chosen
        ]
        found[people[chosen].native_id] = people[chosen]
    result.rejected.sort()
    return found


def _gone(history: History, people: Mapping[str, PersonRecord], snapshot: RosterSnapshot) -> list[str]:
    if not snapshot.complete:
        return []
    there = people.keys() | snapshot.unread
    return sorted(native_id for native_id in history.entries if history.running(native_id) and native_id not in there)


def _refuse_most_gone(of: SnapshotOf, history: History, gone: Sequence[str], before: date | None) -> None:
    there = sum(history.running(native_id) is not None for native_id in history.entries)
    if 2 * len(gone) > there:
        raise SnapshotRefused(
            f"{of.source} no longer lists {len(gone)} of the {there} people it had on {before}, so nobody was changed: "
            f"see whether its key may still read everybody, or say `fulcrum sync {of.source} --believe`"
        )


def _follow_addresses(history: History, people: Mapping[str, PersonRecord]) -> None:
    """A new address or name is the same person's, also in the past."""
    for native_id, person in people.items():
        for entry in history.entries.get(native_id, ()):
            entry.email, entry.name = _address(person), person.name[: LONGEST["name"]]


def _team_of(person: PersonRecord, history: History, known: Mapping[str, str]) -> str:
    """The team somebody stays in while it is one of theirs; else one that is known, else the likeliest."""
    teams = [name[: LONGEST["team"]] for name in person.teams if name.strip()]
    now = history.running(person.native_id)
    if now is not None and now.team in teams:
        return now.team
    return next((name for name in teams if folded(name) in known), teams[0] if teams else NO_TEAM)


def _entry(person: PersonRecord, team: str) -> Employment:
    return Employment(
        id=None,
        native_id=person.native_id,
        email=_address(person),
        name=person.name[: LONGEST["name"]],
        team=team,
        title=person.title[: LONGEST["title"]],
        manager_email=person.manager_email.strip().lower(),
        kind=person.kind.value,
        location=person.location[: LONGEST["location"]],
        start_day=date.min,
        end_day=OPEN_END,
        opened_by=0,
        closed_by=None,
    )


def _address(person: PersonRecord) -> str:
    return person.email.strip().lower()


def _count(
    before: History, after: History, people: Mapping[str, PersonRecord], gone: Sequence[str], result: Replaced
) -> None:
    for native_id in people:
        held = before.entries.get(native_id)
        if not held or before.running(native_id) is None:
            result.new += 1
        elif held == after.entries[native_id]:
            result.unchanged += 1
        else:
            result.changed += 1
    result.removed = len(gone)


def _keep_names(connection: Connection, of: SnapshotOf, people: Mapping[str, PersonRecord], before: History) -> bool:
    """Other addresses are the same person's for every source, the source's own ids for itself.

    Gives whether other addresses are somebody else's now.
    """
    addresses = {_address(person) for person in people.values()}
    said = [
        (other.strip().lower(), _address(person))
        for native_id, person in people.items()
        for other in {*person.also, *(entry.email for entry in before.entries.get(native_id, ()))}
    ]
    owners = Counter(other for other, _ in {*said})
    others = {other: email for other, email in said if owners[other] == 1 and other and other not in addresses}
    ids = {id_: _address(person) for native_id, person in people.items() for id_ in {native_id, *person.ids} if id_}
    held = select(Identity.subject, Identity.email).where(
        Identity.workspace_id == of.workspace_id, Identity.source == "", Identity.origin == SYNC
    )
    known = {(subject, email) for subject, email in connection.execute(held)}
    save_identities(connection, of.workspace_id, of.source, ids)
    save_identities(connection, of.workspace_id, "", others)
    return not others.items() <= known
