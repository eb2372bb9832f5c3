"""What is stored about one person, as data to read or to take along, and who looked at it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Text, cast, func, select

from storage.catalogue.daily import COUNTS, count_of
from storage.errors import InvalidQuery
from storage.query import query_from_json
from storage.tables import (
    OPEN_END,
    Identity,
    OwnerInput,
    Person,
    Question,
    SavedQuestion,
    Seat,
    Spell,
    StageChange,
    Stream,
    Subject,
    Subscription,
    Suggestion,
    Team,
    UsageFact,
    Watch,
)

PERSON = "person"
NAMES = ("tool", "provider", "model", "mode", "workflow")


def personal_data(connection: Connection, workspace_id: int, email: str) -> dict[str, Any] | None:
    """All rows that say who they are of, by what they are, as JSON takes it; None where nobody has this e-mail."""
    mine = select(Person.id, Person.name).where(Person.workspace_id == workspace_id, Person.email == email)
    person = connection.execute(mine).one_or_none()
    if person is None:
        return None
    return {
        "e-mail": email,
        "name": person.name,
        "roster": _spells(connection, person.id),
        "known as": _known_as(connection, workspace_id, email),
        "seats": _seats(connection, workspace_id, email),
        "use": _use(connection, workspace_id, person.id),
        "questions": _questions(connection, workspace_id, email),
        "digests": _digests(connection, workspace_id, email),
        "saved questions": _saved(connection, workspace_id, email),
        "watches": _watches(connection, workspace_id, email),
        "decisions": _decisions(connection, workspace_id, email),
        "looked at by": lookers(connection, workspace_id, email),
    }


def lookers(connection: Connection, workspace_id: int, email: str) -> list[dict[str, str]]:
    """Who asked for figures of this person, or of people one by one, and got an answer; newest first."""
    rows = (
        select(Question.asked_at, Question.asker, Question.query)
        .where(
            Question.workspace_id == workspace_id,
            Question.asker != email,
            Question.status == "answered",
            cast(Question.query, Text).contains(f'"{PERSON}"'),
        )
        .order_by(Question.id.desc())
    )
    return [
        {"when": f"{at:%Y-%m-%d %H:%M} UTC", "who": asker}
        for at, asker, query in connection.execute(rows)
        if query and _is_about(query, email)
    ]


def _is_about(kept: Mapping[str, Any], email: str) -> bool:
    try:
        query = query_from_json(dict(kept))
    except (InvalidQuery, KeyError, ValueError, TypeError):
        return False  # of a release that asked in another way
    named = query.filter_on(PERSON)
    return email in map(str, named.values) if named else PERSON in query.group_by


def _spells(connection: Connection, person: int) -> list[dict[str, Any]]:
    columns = (Spell.title, Spell.kind, Spell.location, Spell.manager_email)
    rows = select(Team.name.label("team"), *columns, Spell.start_day, Spell.end_day).join(
        Team, Team.id == Spell.team_id
    )
    found = connection.execute(rows.where(Spell.person_id == person).order_by(Spell.start_day)).mappings()
    return [{name: _plain(value) for name, value in row.items()} for row in found]


def _known_as(connection: Connection, workspace_id: int, email: str) -> list[str]:
    rows = select(Identity.subject).where(Identity.workspace_id == workspace_id, Identity.email == email)
    return sorted(set(connection.scalars(rows)))


def _seats(connection: Connection, workspace_id: int, email: str) -> list[dict[str, Any]]:
    names = [email, *_known_as(connection, workspace_id, email)]
    rows = select(Seat.tool, Seat.plan, Seat.start_day, Seat.end_day).where(
        Seat.workspace_id == workspace_id, Seat.subject.in_(names)
    )
    found = connection.execute(rows.order_by(Seat.start_day)).mappings()
    return [{name: _plain(value) for name, value in row.items()} for row in found]


def _use(connection: Connection, workspace_id: int, person: int) -> list[dict[str, Any]]:
    """Their use by day, as its sources gave it."""
    keys = (UsageFact.day, *(getattr(Stream, name) for name in NAMES), Subject.name.label("known as"))
    sums = (func.sum(count_of(UsageFact, name)).label(name) for name in COUNTS)
    spells = select(Spell.id).where(Spell.person_id == person)
    rows = (
        select(*keys, *sums)
        .join(Stream, Stream.id == UsageFact.stream_id)
        .join(Subject, Subject.id == UsageFact.subject_id)
        .where(UsageFact.workspace_id == workspace_id, UsageFact.spell_id.in_(spells))
        .group_by(*keys)
        .order_by(UsageFact.day)
    )
    return [{name: _plain(value) for name, value in row.items()} for row in connection.execute(rows).mappings()]


def _questions(connection: Connection, workspace_id: int, email: str) -> list[dict[str, str]]:
    rows = select(Question.asked_at, Question.place, Question.text, Question.status).where(
        Question.workspace_id == workspace_id, Question.asker == email
    )
    return [
        {"when": f"{at:%Y-%m-%d %H:%M} UTC", "where": place, "words": text, "ended": status}
        for at, place, text, status in connection.execute(rows.order_by(Question.id))
    ]


def _digests(connection: Connection, workspace_id: int, email: str) -> list[dict[str, str]]:
    rows = select(Subscription.channel, Subscription.team, Subscription.state).where(
        Subscription.workspace_id == workspace_id, Subscription.email == email
    )
    return [{"to": channel, "team": team, "state": state} for channel, team, state in connection.execute(rows)]


def _saved(connection: Connection, workspace_id: int, email: str) -> list[dict[str, str]]:
    mine = (SavedQuestion.workspace_id == workspace_id, SavedQuestion.email == email)
    rows = select(SavedQuestion.text, SavedQuestion.channel, SavedQuestion.state).where(*mine)
    return [{"words": text, "to": channel, "state": state} for text, channel, state in connection.execute(rows)]


def _watches(connection: Connection, workspace_id: int, email: str) -> list[dict[str, str]]:
    rows = select(Watch.title, Watch.state).where(Watch.workspace_id == workspace_id, Watch.email == email)
    return [{"what": title, "state": state} for title, state in connection.execute(rows)]


def _decisions(connection: Connection, workspace_id: int, email: str) -> list[dict[str, str]]:
    found = []
    for table, what, day in (
        (StageChange, StageChange.to_stage, StageChange.day),
        (OwnerInput, OwnerInput.name, OwnerInput.at),
        (Suggestion, Suggestion.state, Suggestion.day),
    ):
        mine = (table.workspace_id == workspace_id, table.by == email)
        for workflow, did, when in connection.execute(select(table.workflow, what, day).where(*mine)):
            found.append({"workflow": workflow, "what": did, "when": f"{when:%Y-%m-%d}"})
    return found


def _plain(value: Any) -> Any:
    if value == OPEN_END:
        return None
    return value.isoformat() if hasattr(value, "isoformat") else value if value is None else _number(value)


def _number(value: Any) -> Any:
    return value if isinstance(value, str | int | float) else int(value)
