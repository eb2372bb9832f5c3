"""Whose use a fact is: its subject's person, and the spell of that person that holds its day."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, exists, func, insert, select, update

from storage.load.filling import subject_of
from storage.load.rollups import chunks, rebuild_usage
from storage.tables import Identity, Person, Source, Spell, UsageFact
from storage.workspaces import bump_revision, lock_revision


def reattribute(connection: Connection, workspace_id: int, people: Collection[int]) -> set[date]:
    """Bring the facts of these people to the spells as they are now; gives the days that changed, rolled up again."""
    if not connection.scalar(select(exists().where(UsageFact.workspace_id == workspace_id))):
        return set()
    subjects: set[str] = set()
    for ids in chunks(people):
        for subject in (
            select(Person.email).where(Person.workspace_id == workspace_id, Person.id.in_(ids)),
            select(Identity.subject).where(Identity.workspace_id == workspace_id, Identity.person_id.in_(ids)),
        ):
            subjects |= set(connection.scalars(subject))
    return _reattribute_subjects(connection, workspace_id, subjects)


def save_identities(connection: Connection, workspace_id: int, source: str, emails: Mapping[str, str]) -> int:
    """Keep who a source's subjects are, by e-mail; gives how many are of nobody in the roster. Facts follow."""
    lock_revision(connection, workspace_id)
    people = _people_by_email(connection, workspace_id, {email.strip().lower() for email in emails.values()})
    wanted = {subject_of(subject): people.get(email.strip().lower()) for subject, email in emails.items()}
    known = _known_identities(connection, workspace_id, source, wanted)
    moved = {subject: person for subject, person in wanted.items() if person and known.get(subject) != person}
    for subjects in chunks(moved):
        connection.execute(
            delete(Identity).where(
                Identity.workspace_id == workspace_id, Identity.source == source, Identity.subject.in_(subjects)
            )
        )
        rows = [
            {"workspace_id": workspace_id, "source": source, "subject": subject, "person_id": moved[subject]}
            for subject in subjects
        ]
        connection.execute(insert(Identity), rows)
    if moved:
        _reattribute_subjects(connection, workspace_id, moved)
        bump_revision(connection, workspace_id)
    return sum(person is None for person in wanted.values())


def _reattribute_subjects(connection: Connection, workspace_id: int, subjects: Collection[str]) -> set[date]:
    spell = _right_spell()
    touched: set[date] = set()
    for chosen in chunks(subjects):
        wrong = (
            UsageFact.workspace_id == workspace_id,
            UsageFact.subject.in_(chosen),
            UsageFact.spell_id.is_distinct_from(spell),
        )
        days = set(connection.scalars(select(UsageFact.day).where(*wrong).distinct()))
        if days:
            connection.execute(update(UsageFact).where(*wrong).values(spell_id=spell))
            touched |= days
    rebuild_usage(connection, workspace_id, touched)
    return touched


def _right_spell() -> ColumnElement[Any]:
    identity = (
        select(Identity.person_id)
        .join(Source, (Source.workspace_id == Identity.workspace_id) & (Source.name == Identity.source))
        .where(
            Identity.workspace_id == UsageFact.workspace_id,
            Identity.subject == UsageFact.subject,
            Source.id == UsageFact.source_id,
        )
        .correlate(UsageFact)
        .scalar_subquery()
    )
    by_email = (
        select(Person.id)
        .where(Person.workspace_id == UsageFact.workspace_id, Person.email == UsageFact.subject)
        .correlate(UsageFact)
        .scalar_subquery()
    )
    return (
        select(Spell.id)
        .where(
            Spell.workspace_id == UsageFact.workspace_id,
            Spell.person_id == func.coalesce(identity, by_email),
            UsageFact.day.between(Spell.start_day, Spell.end_day),
        )
        .correlate(UsageFact)
        .scalar_subquery()
    )


def _people_by_email(connection: Connection, workspace_id: int, emails: Collection[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for chosen in chunks(emails):
        rows = select(Person.email, Person.id).where(Person.workspace_id == workspace_id, Person.email.in_(chosen))
        found |= {email: id_ for email, id_ in connection.execute(rows)}
    return found


def _known_identities(
    connection: Connection, workspace_id: int, source: str, subjects: Collection[str]
) -> dict[str, int]:
    found: dict[str, int] = {}
    for chosen in chunks(subjects):
        rows = select(Identity.subject, Identity.person_id).where(
            Identity.workspace_id == workspace_id, Identity.source == source, Identity.subject.in_(chosen)
        )
        found |= {subject: person for subject, person in connection.execute(rows)}
    return found
