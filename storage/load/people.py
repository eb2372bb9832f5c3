"""Identities that people keep: the file of them, links made and undone by hand, and whose use nobody is known for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import BigInteger, ColumnElement, Connection, cast, delete, func, insert, or_, select

from storage.catalogue.daily import tokens_of
from storage.load.identities import APART, FILE, FIRST_DAY, LINK, RULE
from storage.load.locking import lock_revision
from storage.load.organisation import Replaced
from storage.records import IdentityRecord
from storage.tables import OPEN_END, Feed, Identity, Person, Source, Subject, UsageFact
from storage.workspaces import bump_revision


@dataclass(frozen=True, slots=True)
class Unmatched:
    """Somebody whom sources name and the roster does not know, with the use that hangs on it.

    `named_by` is the source, or the first and the last of several by name.
    """

    subject: str
    tokens: int
    requests: int
    first_day: date
    last_day: date
    named_by: tuple[str, ...] = ()


def save_identity_file(connection: Connection, workspace_id: int, records: Sequence[IdentityRecord]) -> Replaced:
    """Make these the identities that the file brought; links made by hand stay."""
    lock_revision(connection, workspace_id)
    of_file = (Identity.workspace_id == workspace_id, Identity.origin == FILE)
    columns = (Identity.subject, Identity.email, Identity.start_day, Identity.end_day)
    held = {tuple(row) for row in connection.execute(select(*columns).where(*of_file))}
    wanted = {
        (record.outside_id, record.email, record.start or FIRST_DAY, record.end or OPEN_END) for record in records
    }
    result = Replaced(new=len(wanted - held), unchanged=len(wanted & held), removed=len(held - wanted))
    if result.differs:
        connection.execute(delete(Identity).where(*of_file))
        _add(connection, workspace_id, sorted(wanted), FILE)
        bump_revision(connection, workspace_id)
    return result


def add_link(
    connection: Connection, workspace_id: int, outside_id: str, email: str, start: date | None, end: date | None
) -> None:
    """Somebody says that an outside id is a person's; what they said of it before is gone."""
    lock_revision(connection, workspace_id)
    connection.execute(delete(Identity).where(*_by_hand(workspace_id, outside_id)))
    connection.execute(delete(Identity).where(_pair(workspace_id, outside_id, email), Identity.origin == APART))
    _add(connection, workspace_id, [(outside_id, email, start or FIRST_DAY, end or OPEN_END)], LINK)
    bump_revision(connection, workspace_id)


def remove_link(connection: Connection, workspace_id: int, outside_id: str) -> list[str]:
    """Undo a link; where a rule joined the two, it does not again. Gives the e-mails it was linked to."""
    lock_revision(connection, workspace_id)
    rows = select(Identity.email, Identity.origin).where(
        Identity.workspace_id == workspace_id, Identity.subject == outside_id, Identity.origin.in_((LINK, RULE))
    )
    found = [(email, origin) for email, origin in connection.execute(rows)]
    connection.execute(delete(Identity).where(*_by_hand(workspace_id, outside_id)))
    ruled = [email for email, origin in found if origin == RULE]
    _add(connection, workspace_id, [(outside_id, email, FIRST_DAY, OPEN_END) for email in ruled], APART)
    if found:
        bump_revision(connection, workspace_id)
    return [email for email, _ in found]


def known_people(connection: Connection, workspace_id: int) -> dict[str, str]:
    """Everybody of the roster: e-mail and name."""
    rows = select(Person.email, Person.name).where(Person.workspace_id == workspace_id).order_by(Person.email)
    return {email: name for email, name in connection.execute(rows)}


def unmatched(connection: Connection, workspace_id: int) -> list[Unmatched]:
    """Whom nobody in the roster stands for, by the tokens that hang on each, most first."""
    tokens = cast(func.sum(tokens_of(UsageFact)), BigInteger).label("tokens")
    rows = (
        select(
            Subject.name,
            tokens,
            cast(func.coalesce(func.sum(UsageFact.requests), 0), BigInteger),
            func.min(UsageFact.day, type_=UsageFact.day.type),
            func.max(UsageFact.day, type_=UsageFact.day.type),
            func.min(Source.name),
            func.max(Source.name),
        )
        .join_from(UsageFact, Subject, Subject.id == UsageFact.subject_id)
        .join(Feed, Feed.id == UsageFact.feed_id)
        .join(Source, Source.id == Feed.source_id)
        .where(UsageFact.workspace_id == workspace_id, UsageFact.spell_id.is_(None), Subject.name != "")
        .group_by(Subject.name)
        .order_by(tokens.desc(), Subject.name)
    )
    people = known_people(connection, workspace_id)
    found = (row for row in connection.execute(rows) if row[0] not in people)
    return [Unmatched(*row[:5], named_by=tuple(dict.fromkeys(row[5:]))) for row in found]


def _add(
    connection: Connection, workspace_id: int, identities: Sequence[tuple[str, str, date, date]], origin: str
) -> None:
    names = ("subject", "email", "start_day", "end_day")
    rows = [
        {"workspace_id": workspace_id, "source": "", "origin": origin, **dict(zip(names, identity, strict=True))}
        for identity in identities
    ]
    if rows:
        connection.execute(insert(Identity), rows)


def _by_hand(workspace_id: int, outside_id: str) -> tuple[ColumnElement[bool], ...]:
    return Identity.workspace_id == workspace_id, Identity.subject == outside_id, Identity.origin == LINK


def _pair(workspace_id: int, one: str, other: str) -> ColumnElement[bool]:
    mine = Identity.workspace_id == workspace_id
    pairs = ((Identity.subject == a) & (Identity.email == b) for a, b in ((one, other), (other, one)))
    return mine & or_(*pairs)
