"""Plausible facts, and what a store makes of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime

from sqlalchemy import Connection, Engine, Select, event, func, select

from storage.load.organisation import save_teams
from storage.load.roster import save_roster
from storage.load.writes import LoadOf
from storage.records import UsageRecord
from storage.roster_records import SpellRecord, TeamRecord
from storage.tables import Person, Spell, UsageDaily, UsageFact
from storage.workspaces import read_revision

NOW = datetime(2026, 11, 18, 12, tzinfo=UTC)
MONDAY = date(2026, 11, 16)
TUESDAY = date(2026, 11, 17)


def use(key: str = "k1", day: date = MONDAY, **more: object) -> UsageRecord:
    """A plausible record; a test names what it is about."""
    usual: dict[str, object] = {"tool": "cursor", "model": "m", "subject": "ana@acme.example", "input_tokens": 10}
    return UsageRecord(natural_key=key, day=day, **{**usual, "requests": 1, **more})  # type: ignore[arg-type]  # any field


def rollup(engine: Engine) -> list[tuple[date, int, int]]:
    with engine.connect() as connection:
        columns = (UsageDaily.day, func.sum(UsageDaily.input_tokens), func.sum(UsageDaily.cost_nano))
        rows = connection.execute(select(*columns).group_by(UsageDaily.day).order_by(UsageDaily.day))
        return [(day, int(tokens or 0), int(cost)) for day, tokens, cost in rows]


def revision_of(engine: Engine, load: LoadOf) -> int:
    with engine.connect() as connection:
        return read_revision(connection, load.workspace_id)


def ids_of(engine: Engine) -> list[object]:
    with engine.connect() as connection:
        facts = connection.execute(select(UsageFact.key, UsageFact.load_id).order_by(UsageFact.key)).all()
        return [*facts, *connection.execute(select(UsageDaily.id).order_by(UsageDaily.id)).all()]


def roster(engine: Engine, load: LoadOf, people: list[tuple[str, date]]) -> None:
    with engine.begin() as connection:
        save_teams(connection, load.workspace_id, [TeamRecord(name="Platform")])
        spells = [SpellRecord(email=email, name=email, team="Platform", start=start) for email, start in people]
        save_roster(connection, load.workspace_id, spells)


def by_person(engine: Engine) -> dict[str | None, int]:
    with engine.connect() as connection:
        rows = connection.execute(
            select(Person.email, func.sum(UsageDaily.input_tokens))
            .select_from(UsageDaily)
            .outerjoin(Spell, Spell.id == UsageDaily.spell_id)
            .outerjoin(Person, Person.id == Spell.person_id)
            .group_by(Person.email)
        )
        return {email: int(tokens or 0) for email, tokens in rows}


@contextmanager
def before_the_lock(engine: Engine, action: Callable[[], object]) -> Iterator[list[bool]]:
    """Do something once, between the plan of a load and the lock under which it is carried out."""
    happened: list[bool] = []

    def once() -> None:
        if not happened:
            happened.append(True)
            action()

    def on_commit(_connection: Connection) -> None:  # on SQLite the plan's transaction ends before the lock is taken
        once()

    def on_lock(_connection: Connection, statement: object, *_rest: object) -> None:
        if isinstance(statement, Select) and "FOR UPDATE" in str(statement.compile(dialect=engine.dialect)):
            once()

    name, listener = ("commit", on_commit) if engine.dialect.name == "sqlite" else ("before_execute", on_lock)
    event.listen(Engine, name, listener)
    try:
        yield happened
    finally:
        event.remove(Engine, name, listener)
