"""Which e-mails of a roster are one person's: by a link, by identities.csv, or by the rule of a changed address."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from sqlalchemy import Connection, delete, insert, select

from storage.load.identities import APART, FILE, FIRST_DAY, LINK, RULE, STRENGTH, SYNC
from storage.roster_records import Kind, SpellRecord
from storage.tables import OPEN_END, Identity

LONGEST_GAP = timedelta(days=4)  # an old address ends on a Friday, the new one begins on the Monday after


def join_people(connection: Connection, workspace_id: int, spells: Sequence[SpellRecord]) -> list[SpellRecord | None]:
    """The spells under the one e-mail of each person, in order; None where another of their addresses has the days.

    What a rule finds is kept as an identity, so that use under an old address goes to the same person.
    """
    links, apart = _links(connection, workspace_id, {spell.email for spell in spells})
    ruled = {old: new for old, new in _changed_addresses(spells) if frozenset((old, new)) not in apart}
    joined = ruled | links
    _keep_ruled(connection, workspace_id, {old: _end_of(old, joined) for old in ruled if old not in links})
    if not joined:
        return [*spells]
    return _without_overlaps([(spell, replace(spell, email=_end_of(spell.email, joined))) for spell in spells])


def same_people(connection: Connection, workspace_id: int, emails: set[str]) -> Callable[[str], str]:
    """The one e-mail that each of these stands for at all times."""
    links, _ = _links(connection, workspace_id, emails)
    return partial(_end_of, joined=links)


def _links(connection: Connection, workspace_id: int, emails: set[str]) -> tuple[dict[str, str], set[frozenset[str]]]:
    """The roster's e-mails that stand for others at all times, and the pairs that somebody parted."""
    links: dict[str, str] = {}
    apart: set[frozenset[str]] = set()
    domains: dict[str, str] = {}
    rows = (
        select(Identity.subject, Identity.email, Identity.start_day, Identity.end_day, Identity.origin)
        .where(
            Identity.workspace_id == workspace_id, Identity.source == "", Identity.origin.in_((LINK, FILE, SYNC, APART))
        )
        .order_by(Identity.id)
    )
    # What is stronger comes last, and so counts.
    weakest_first = [APART, *reversed(STRENGTH)]
    for subject, email, start, end, origin in sorted(
        connection.execute(rows), key=lambda row: weakest_first.index(row.origin)
    ):
        if origin == APART:
            apart.add(frozenset((subject, email)))
        elif start > FIRST_DAY or end < OPEN_END:
            continue  # an address that was somebody's for a time only makes nobody one
        elif subject.startswith("@"):
            domains[subject] = email
        elif subject in emails:
            links[subject] = email
    for address in emails - links.keys():
        local, _, domain = address.rpartition("@")
        if f"@{domain}" in domains and local + domains[f"@{domain}"] in emails:
            links[address] = local + domains[f"@{domain}"]
    return links, apart


def _changed_addresses(spells: Iterable[SpellRecord]) -> Iterator[tuple[str, str]]:
    """Two e-mails of one name, of which one begins where the other ends."""
    by_name: dict[str, dict[str, list[SpellRecord]]] = defaultdict(lambda: defaultdict(list))
    for spell in spells:
        if spell.kind is not Kind.AGENT and spell.name and spell.name != spell.email:
            by_name[" ".join(spell.name.split()).casefold()][spell.email].append(spell)
    for addresses in by_name.values():
        if len(addresses) != 2:
            continue
        old, new = sorted(addresses, key=lambda email: min(spell.start for spell in addresses[email]))
        left = max(address.end or OPEN_END for address in addresses[old])
        gap = min(spell.start for spell in addresses[new]) - left
        if timedelta(0) < gap <= LONGEST_GAP:
            yield old, new


def _end_of(email: str, joined: Mapping[str, str]) -> str:
    seen = {email}
    while (other := joined.get(email)) is not None and other not in seen:
        seen.add(other)
        email = other
    return email


def _keep_ruled(connection: Connection, workspace_id: int, ruled: Mapping[str, str]) -> None:
    of_rule = (Identity.workspace_id == workspace_id, Identity.origin == RULE)
    if {old: new for old, new in connection.execute(select(Identity.subject, Identity.email).where(*of_rule))} == ruled:
        return
    connection.execute(delete(Identity).where(*of_rule))
    rows = [
        {
            "workspace_id": workspace_id,
            "source": "",
            "subject": old,
            "email": new,
            "start_day": FIRST_DAY,
            "end_day": OPEN_END,
            "origin": RULE,
        }
        for old, new in ruled.items()
    ]
    if rows:
        connection.execute(insert(Identity), rows)


def _without_overlaps(pairs: Sequence[tuple[SpellRecord, SpellRecord]]) -> list[SpellRecord | None]:
    """An older address ends where a newer one of the same person begins."""
    begins: dict[str, list[tuple[date, str]]] = defaultdict(list)
    for given, linked in pairs:
        begins[linked.email].append((linked.start, given.email))
    found: list[SpellRecord | None] = []
    for given, linked in pairs:
        later = [start for start, email in begins[linked.email] if email != given.email and start >= linked.start]
        first = min((start for start in later if start > linked.start or given.email != linked.email), default=None)
        if first is None or (linked.end is not None and linked.end < first):
            found.append(linked)
        else:
            found.append(replace(linked, end=first - timedelta(days=1)) if first > linked.start else None)
    return found
