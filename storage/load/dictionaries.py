"""The dictionaries of facts: feeds, subjects, streams, bookings and pricings get their ids in the store."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, bindparam, delete, insert, literal, select, update

from storage.load.forgotten import read_forgotten
from storage.load.identities import Resolver
from storage.load.staging import (
    ALLOCATION,
    PRICING,
    STREAM,
    allocations,
    feeds,
    pricings,
    spans,
    streams,
    subjects,
)
from storage.tables import Allocation, Feed, Pricing, Stream, Subject


@dataclass(frozen=True, slots=True)
class Target:
    """Whose facts these are."""

    workspace_id: int
    source_id: int
    source: str


@dataclass(frozen=True, slots=True)
class _Dictionary:
    words: Table
    id: str
    stored: Any
    same: tuple[str, ...]  # what makes an entry one
    more: tuple[str, ...] = ()


_OF_USAGE = (
    _Dictionary(subjects, "subject_id", Subject, ("name",)),
    _Dictionary(streams, "stream_id", Stream, STREAM),
    _Dictionary(allocations, "allocation_id", Allocation, ALLOCATION),
    _Dictionary(pricings, "pricing_id", Pricing, ("key",), PRICING),
)
_FEEDS = _Dictionary(feeds, "feed_id", Feed, ("name",))


def resolve(connection: Connection, target: Target, usage: bool) -> None:
    """Find the ids of the staged words, and who the subjects are; what is new has none yet."""
    if usage:
        _forget_people(connection, target)
    for dictionary in (_FEEDS, *(_OF_USAGE if usage else ())):
        connection.execute(update(dictionary.words).values({dictionary.id: _id(dictionary, target)}))
    if usage:
        _find_people(connection, target)


def add_missing(connection: Connection, target: Target, usage: bool) -> None:
    """Bring the words that the store lacks in."""
    for dictionary in (_FEEDS, *(_OF_USAGE if usage else ())):
        columns = (*dictionary.same, *dictionary.more)
        owner: dict[str, Any] = {"workspace_id": literal(target.workspace_id)}
        if dictionary is _FEEDS:
            owner["source_id"] = literal(target.source_id)
        missing = dictionary.words.c[dictionary.id].is_(None)
        rows = select(*owner.values(), *(dictionary.words.c[name] for name in columns)).where(missing).distinct()
        if connection.execute(insert(dictionary.stored).from_select([*owner, *columns], rows)).rowcount:
            connection.execute(update(dictionary.words).where(missing).values({dictionary.id: _id(dictionary, target)}))


def _id(dictionary: _Dictionary, target: Target) -> Any:
    same = [getattr(dictionary.stored, name) == dictionary.words.c[name] for name in dictionary.same]
    if dictionary is _FEEDS:
        same.append(Feed.source_id == target.source_id)
    return (
        select(dictionary.stored.id)
        .where(dictionary.stored.workspace_id == target.workspace_id, *same)
        .scalar_subquery()
    )


def _forget_people(connection: Connection, target: Target) -> None:
    """Put the pseudonym in the place of each word for somebody whom the store has forgotten."""
    forgotten = read_forgotten(connection, target.workspace_id)
    if not forgotten.pseudonyms:
        return
    resolver = Resolver(connection, target.workspace_id)
    for no, name in connection.execute(select(subjects.c.no, subjects.c.name)).all():
        pseudonym = forgotten.of([name, *resolver.emails(name, target.source)])
        if pseudonym:
            connection.execute(update(subjects).where(subjects.c.no == no).values(name=pseudonym))


def _find_people(connection: Connection, target: Target) -> None:
    """Cut each subject's time into the spells of whoever it stands for."""
    resolver = Resolver(connection, target.workspace_id)
    staged: Sequence[Any] = connection.execute(select(subjects.c.no, subjects.c.name)).all()
    rows, known = [], []
    for no, name in staged:
        found = resolver.spans(name, target.source)
        if found.known:
            known.append({"known_no": no})
        rows += [{"no": no, "start_day": start, "end_day": end, "spell_id": spell} for start, end, spell in found.spans]
    connection.execute(delete(spans))
    connection.execute(update(subjects).values(known=0))
    if rows:
        connection.execute(insert(spans), rows)
    if known:
        connection.execute(update(subjects).where(subjects.c.no == bindparam("known_no")).values(known=1), known)
