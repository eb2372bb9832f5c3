"""Erases somebody: their use stays in every figure of their teams, under a pseudonym that nobody can take back.

What the store holds of them besides (questions, decisions, seats, what files and directories said) loses who it was.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, func, or_, select, update

from storage.load.attribution import reattribute
from storage.load.erasing_waiting import erase_waiting, holds
from storage.load.forgotten import (
    ensure_key,
    forget_words,
    pseudonym_for,
    read_forgotten,
)
from storage.load.identities import FIRST_DAY, Resolver
from storage.load.locking import lock_revision
from storage.load.truths import forget_in_truths
from storage.tables import (
    OPEN_END,
    AgentToken,
    Identity,
    Load,
    Outcome,
    OwnerInput,
    Person,
    ProposedAlias,
    Question,
    RosterEntry,
    SavedQuestion,
    Seat,
    Setting,
    SettingChange,
    Spell,
    StageChange,
    Subject,
    Subscription,
    Suggestion,
    ThreadState,
    UsageBefore,
    UsageFact,
    Watch,
    Workflow,
)
from storage.workspaces import bump_revision

ADMINS = "FULCRUM_ADMINS"
# Where somebody's address stands for what they did: it becomes the pseudonym, so that different people stay different.
ACTORS: tuple[Any, ...] = (
    Outcome.checked_by,
    StageChange.by,
    OwnerInput.by,
    Suggestion.by,
    SettingChange.by,
    ProposedAlias.by,
)


def erase(connection: Connection, workspace_id: int, email: str, at: datetime) -> str | None:
    """Erase whoever has this e-mail; gives the pseudonym, None where nobody is called so or they were erased before."""
    lock_revision(connection, workspace_id)
    email = email.strip().lower()
    mine = (Person.workspace_id == workspace_id, Person.email == email)
    found = connection.execute(select(Person.id, Person.name).where(*mine)).one_or_none()
    if found is None:
        return None
    pseudonym = pseudonym_for(ensure_key(connection, workspace_id), email)
    words = _words_for(connection, workspace_id, email)
    forget_words(connection, workspace_id, words, pseudonym, at)
    _erase_person(connection, workspace_id, found.id, words, pseudonym)
    _erase_subjects(connection, workspace_id, words, pseudonym)
    _erase_identities(connection, workspace_id, words, pseudonym)
    _erase_from_sources(connection, workspace_id, words, pseudonym)
    said = [*words, found.name] if len(found.name.split()) > 1 else [*words]
    erase_waiting(connection, workspace_id, words, said, pseudonym)
    _erase_acts(connection, workspace_id, words, pseudonym)
    _erase_talk(connection, workspace_id, words, said, pseudonym)
    own = delete(AgentToken).where(AgentToken.workspace_id == workspace_id, AgentToken.email.in_(words))
    connection.execute(own)
    forget_in_truths(connection, workspace_id, read_forgotten(connection, workspace_id))
    reattribute(connection, workspace_id, {pseudonym})
    bump_revision(connection, workspace_id)
    return pseudonym


def _words_for(connection: Connection, workspace_id: int, email: str) -> set[str]:
    """All that stands for one person and for nobody else: addresses, vendors' ids."""
    resolver = Resolver(connection, workspace_id)
    known = set(connection.scalars(select(Subject.name).where(Subject.workspace_id == workspace_id)))
    known |= set(connection.scalars(select(Identity.subject).where(Identity.workspace_id == workspace_id)))
    words = {email} | {word for word in known if word and resolver.anybody(word) == {email}}
    entries = select(RosterEntry.native_id, RosterEntry.email).where(
        RosterEntry.workspace_id == workspace_id, RosterEntry.email.in_(words)
    )
    return words | {word for row in connection.execute(entries) for word in row}


def _erase_person(
    connection: Connection, workspace_id: int, person: int, words: Collection[str], pseudonym: str
) -> None:
    connection.execute(update(Person).where(Person.id == person).values(email=pseudonym, name=pseudonym))
    own = update(Spell).where(Spell.workspace_id == workspace_id, Spell.person_id == person)
    connection.execute(own.values(title="", location="", manager_email=""))
    led = update(Spell).where(Spell.workspace_id == workspace_id, Spell.manager_email.in_(words))
    connection.execute(led.values(manager_email=""))


def _erase_subjects(connection: Connection, workspace_id: int, words: Collection[str], pseudonym: str) -> None:
    """One word for their use in place of all."""
    mine = select(Subject.id).where(Subject.workspace_id == workspace_id, Subject.name.in_(words))
    ids = [*connection.scalars(mine.order_by(Subject.id))]
    if not ids:
        return
    kept, others = ids[0], ids[1:]
    for fact in (UsageFact, UsageBefore):
        connection.execute(update(fact).where(fact.subject_id.in_(others)).values(subject_id=kept))
    connection.execute(delete(Subject).where(Subject.id.in_(others)))
    connection.execute(update(Subject).where(Subject.id == kept).values(name=pseudonym))


def _erase_identities(connection: Connection, workspace_id: int, words: Collection[str], pseudonym: str) -> None:
    """An id that was theirs for a time only goes on standing for nobody in that time."""
    mine = Identity.workspace_id == workspace_id
    whole = (Identity.start_day <= FIRST_DAY) & (Identity.end_day >= OPEN_END)
    connection.execute(
        delete(Identity).where(mine, or_(Identity.subject.in_(words), Identity.email.in_(words) & whole))
    )
    connection.execute(update(Identity).where(mine, Identity.email.in_(words)).values(email=pseudonym))


def _erase_from_sources(connection: Connection, workspace_id: int, words: Collection[str], pseudonym: str) -> None:
    seats = update(Seat).where(Seat.workspace_id == workspace_id, Seat.subject.in_(words))
    connection.execute(seats.values(subject=pseudonym))
    mine = RosterEntry.workspace_id == workspace_id
    nobody = {"native_id": pseudonym, "email": pseudonym, "name": pseudonym, "title": "", "location": ""}
    own = update(RosterEntry).where(mine, RosterEntry.email.in_(words))
    connection.execute(own.values(manager_email="", **nobody))
    connection.execute(update(RosterEntry).where(mine, RosterEntry.manager_email.in_(words)).values(manager_email=""))


def _erase_acts(connection: Connection, workspace_id: int, words: Collection[str], pseudonym: str) -> None:
    for column in ACTORS:
        table = column.table
        mine = update(table).where(table.columns.workspace_id == workspace_id, column.in_(words))
        connection.execute(mine.values({column.key: pseudonym}))
    owned = update(Workflow).where(Workflow.workspace_id == workspace_id, Workflow.owner_email.in_(words))
    connection.execute(owned.values(owner_email=""))
    for word in words:
        noted = update(Load).where(Load.workspace_id == workspace_id, Load.what.contains(word, autoescape=True))
        connection.execute(noted.values(what=func.replace(Load.what, word, pseudonym)))
    subscribed = (Subscription.workspace_id == workspace_id, Subscription.email.in_(words))
    connection.execute(delete(Subscription).where(*subscribed, func.substr(Subscription.channel, 1, 1).in_(("U", "W"))))
    connection.execute(update(Subscription).where(*subscribed).values(email=""))
    for wished in (SavedQuestion, Watch):
        connection.execute(delete(wished).where(wished.workspace_id == workspace_id, wished.email.in_(words)))
    _end_admin(connection, workspace_id, words)


def _end_admin(connection: Connection, workspace_id: int, words: Collection[str]) -> None:
    mine = (Setting.workspace_id == workspace_id, Setting.name == ADMINS)
    held = connection.scalar(select(Setting.value).where(*mine))
    if held is not None:
        left = [email for email in (part.strip() for part in held.split(",")) if email.lower() not in words]
        kept = update(Setting).where(*mine).values(value=", ".join(left))
        connection.execute(kept if left else delete(Setting).where(*mine))


def _erase_talk(
    connection: Connection, workspace_id: int, words: Collection[str], said: Collection[str], pseudonym: str
) -> None:
    """Their questions stay without words, for what a channel was shown; so do those that name them."""
    mine = Question.workspace_id == workspace_id
    blank = {"text": "", "query": None, "thread": ""}
    connection.execute(update(Question).where(mine, Question.asker.in_(words)).values(asker=pseudonym, **blank))
    naming = or_(*(holds(column, word) for word in said for column in (Question.text, Question.query)))
    connection.execute(update(Question).where(mine, naming).values(**blank, shown=None))
    about = or_(*(holds(ThreadState.context, word) for word in said))
    connection.execute(delete(ThreadState).where(ThreadState.workspace_id == workspace_id, about))
