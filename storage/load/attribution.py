"""Whose use the stored facts are: brought to the people, spells and identities as they are now."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import (
    Column,
    Connection,
    Index,
    Integer,
    MetaData,
    Table,
    delete,
    insert,
    select,
    update,
)

from storage.load.filling import subject_of
from storage.load.forgotten import forget_words, read_forgotten
from storage.load.identities import FIRST_DAY, SYNC, Resolver
from storage.load.locking import lock_revision
from storage.load.rollups import chunks, rebuild_usage
from storage.tables import OPEN_END, Day, Feed, Identity, Person, Source, Subject, UsageFact
from storage.workspaces import bump_revision


def reattribute(connection: Connection, workspace_id: int, emails: Collection[str] | None = None) -> set[date]:
    """Bring facts to whoever they are of now; gives the days that changed, rolled up again.

    `emails` are the people that changed; without them all facts are looked at.
    """
    subjects = connection.execute(select(Subject.id, Subject.name).where(Subject.workspace_id == workspace_id)).all()
    if not subjects:
        return set()
    resolver = Resolver(connection, workspace_id)
    names = {id_: name for id_, name in subjects}
    if emails is not None:
        wanted = {*emails}
        names = {id_: name for id_, name in names.items() if name in wanted or wanted & resolver.anybody(name)}
    touched: set[date] = set()
    table = _spans_table(connection)
    for ids in chunks(names):
        touched |= _reattribute(connection, table, resolver, {id_: names[id_] for id_ in ids})
    table.drop(connection)
    rebuild_usage(connection, workspace_id, touched)
    return touched


def save_identities(connection: Connection, workspace_id: int, source: str, emails: Mapping[str, str]) -> int:
    """Keep who a source's subjects are, by e-mail; gives how many are of nobody in the roster. Facts follow."""
    lock_revision(connection, workspace_id)
    forgotten = read_forgotten(connection, workspace_id)
    wanted = {subject_of(subject): email.strip().lower() for subject, email in emails.items()}
    for subject, email in [*wanted.items()] if forgotten.pseudonyms else []:
        pseudonym = forgotten.of([subject, email])
        if pseudonym:  # what a source calls them from now on is forgotten too
            del wanted[subject]
            forget_words(connection, workspace_id, [subject], pseudonym, datetime.now(UTC))
    mine = (Identity.workspace_id == workspace_id, Identity.source == source, Identity.origin == SYNC)
    held = connection.execute(select(Identity.subject, Identity.email).where(*mine))
    known = {subject: email for subject, email in held}
    moved = {subject: email for subject, email in wanted.items() if known.get(subject) != email}
    for subjects in chunks(moved):
        connection.execute(delete(Identity).where(*mine, Identity.subject.in_(subjects)))
        rows = [
            {
                "workspace_id": workspace_id,
                "source": source,
                "subject": subject,
                "email": moved[subject],
                "start_day": FIRST_DAY,
                "end_day": OPEN_END,
                "origin": SYNC,
            }
            for subject in subjects
        ]
        connection.execute(insert(Identity), rows)
    if moved:
        reattribute(connection, workspace_id, moved)
        bump_revision(connection, workspace_id)
    people = set(connection.scalars(select(Person.email).where(Person.workspace_id == workspace_id)))
    return sum(email not in people for email in wanted.values())


def _reattribute(connection: Connection, table: Table, resolver: Resolver, names: Mapping[int, str]) -> set[date]:
    pairs = connection.execute(
        select(UsageFact.subject_id, UsageFact.feed_id, Source.name)
        .join(Feed, Feed.id == UsageFact.feed_id)
        .join(Source, Source.id == Feed.source_id)
        .where(UsageFact.subject_id.in_(names))
        .distinct()
    ).all()
    spans = [
        {"feed_id": feed, "subject_id": subject, "start_day": start, "end_day": end, "spell_id": spell}
        for subject, feed, source in pairs
        for start, end, spell in resolver.spans(names[subject], source).spans
    ]
    connection.execute(delete(table))
    if spans:
        connection.execute(insert(table), spans)
    spell = _spell_of(table)
    wrong = UsageFact.subject_id.in_(names), UsageFact.spell_id.is_distinct_from(spell)
    days = set(connection.scalars(select(UsageFact.day).where(*wrong).distinct()))
    if days:
        connection.execute(update(UsageFact).where(*wrong).values(spell_id=spell))
    return days


def _spell_of(table: Table) -> Any:
    return (
        select(table.c.spell_id)
        .where(
            table.c.subject_id == UsageFact.subject_id,
            table.c.feed_id == UsageFact.feed_id,
            UsageFact.day.between(table.c.start_day, table.c.end_day),
        )
        .correlate(UsageFact)
        .scalar_subquery()
    )


def _spans_table(connection: Connection) -> Table:
    table = Table(
        f"spans_{uuid4().hex}",
        MetaData(),
        Column("feed_id", Integer),
        Column("subject_id", Integer),
        Column("start_day", Day),
        Column("end_day", Day),
        Column("spell_id", Integer),
        prefixes=["TEMPORARY"],
    )
    Index(None, table.c.subject_id, table.c.feed_id)
    table.create(connection)
    return table
