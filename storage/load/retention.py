"""Use that is older than an organisation keeps it as somebody's: folded to people without a name, team by team.

It is cut at the first day of a month, so that figures of whole months stay what they were. Of a span that reaches over
the cut, somebody who was there on both sides counts as two people.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import Connection, delete, insert, select, update

from storage.load.attribution import reattribute
from storage.load.forgotten import DOMAIN, ensure_key
from storage.load.locking import lock_revision
from storage.load.past import Past
from storage.load.truths import forget_in_truths
from storage.roster_records import Kind
from storage.tables import (
    Anonymity,
    Identity,
    Outcome,
    Person,
    Question,
    RosterEntry,
    Seat,
    Spell,
    Subject,
    UsageBefore,
    UsageFact,
)
from storage.workspaces import bump_revision

NOBODY = f"%@{DOMAIN}"


def cut_of(today: date, days: int) -> date:
    """The first day that stays somebody's: that of the month in which the day so many days ago lies."""
    return (today - timedelta(days=days)).replace(day=1)


def fold_past(connection: Connection, workspace_id: int, before: date) -> int:
    """Make what happened before this day nobody's; gives of how many people use was folded."""
    lock_revision(connection, workspace_id)
    key = ensure_key(connection, workspace_id)
    mine = Anonymity.workspace_id == workspace_id
    moved = connection.scalar(select(Anonymity.personal_from).where(mine)) != before
    people = _with_use(connection, workspace_id, before)
    if not moved and not people:
        return 0
    connection.execute(update(Anonymity).where(mine).values(personal_from=before))
    past = Past(key, before)
    for person, email in people:
        _fold_use(connection, workspace_id, person, past.pseudonym(email), before)
    _fold_rest(connection, workspace_id, past)
    forget_in_truths(connection, workspace_id, past)
    reattribute(connection, workspace_id, {past.pseudonym(email) for _, email in people})
    bump_revision(connection, workspace_id)
    return len(people)


def _with_use(connection: Connection, workspace_id: int, before: date) -> list[tuple[int, str]]:
    """People (no agents), or who stands for them in the past, with use before the day that still says whose it is."""
    rows = (
        select(Person.id, Person.email)
        .join(Spell, Spell.person_id == Person.id)
        .join(UsageFact, UsageFact.spell_id == Spell.id)
        .join(Subject, Subject.id == UsageFact.subject_id)
        .where(UsageFact.workspace_id == workspace_id, UsageFact.day < before)
        .where(Spell.kind != Kind.AGENT.value, Subject.name.not_like(NOBODY))
    )
    return [(id_, email) for id_, email in connection.execute(rows.distinct())]


def _fold_use(connection: Connection, workspace_id: int, person: int, pseudonym: str, before: date) -> None:
    subject = _subject(connection, workspace_id, pseudonym)
    spells = select(Spell.id).where(Spell.person_id == person)
    for fact in (UsageFact, UsageBefore):
        old = update(fact).where(fact.day < before, fact.spell_id.in_(spells))
        connection.execute(old.values(subject_id=subject))


def _subject(connection: Connection, workspace_id: int, name: str) -> int:
    mine = select(Subject.id).where(Subject.workspace_id == workspace_id, Subject.name == name)
    found = connection.scalar(mine)
    if found is None:
        made = insert(Subject).values(workspace_id=workspace_id, name=name).returning(Subject.id)
        found = connection.scalar(made)
    return int(found or 0)


def _fold_rest(connection: Connection, workspace_id: int, past: Past) -> None:
    """Checks, seats, directories, identities and questions of that time."""
    before = past.before
    checked = (Outcome.workspace_id == workspace_id, Outcome.day < before, Outcome.checked_by.not_like(NOBODY))
    for email in _each(connection.scalars(select(Outcome.checked_by).where(*checked).distinct())):
        own = update(Outcome).where(*checked, Outcome.checked_by == email)
        connection.execute(own.values(checked_by=past.pseudonym(email)))
    for table in (Seat, RosterEntry, Identity):
        connection.execute(delete(table).where(table.workspace_id == workspace_id, table.end_day < before))
    asked = (Question.workspace_id == workspace_id, Question.asked_at < datetime.combine(before, time(), UTC))
    connection.execute(delete(Question).where(*asked))


def _each(emails: Iterable[str]) -> Iterator[str]:
    yield from (email for email in [*emails] if email)
