"""The operator's whole export: the rows of the views for one workspace, and use and roster by person."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Select, case, column, select, table
from sqlalchemy import text as sql

from storage.tables import NANO, OPEN_END, Person, Spell, Stream, Team, UsageDaily
from storage.views import VIEWS

AT_ONCE = 5_000  # rows in memory
Rows = tuple[list[str], Iterator[tuple[Any, ...]]]
# What the rows by person are; they name people, so that no view has them.
BY_PERSON = {
    "usage_by_person": (
        "Usage a day, person (empty: nobody known), tool, provider, model, mode, workflow, ledger, currency and kind "
        "of cost, with the team of that day. Empty counts are not reported. Cost is 0 where a seat covers the use."
    ),
    "roster_by_person": "Each person's times in a team, with title, kind and location; an empty last day runs on.",
}
_COUNTS = (
    *("requests", "input_tokens", "cached_input_tokens", "cache_write_tokens", "output_tokens", "reasoning_tokens"),
    *("suggested", "accepted"),
)


def rows_of_view(connection: Connection, workspace_id: int, view: str) -> Rows:
    """The columns of a view and its rows of one workspace. Raises KeyError for another name."""
    if view not in VIEWS:
        raise KeyError(view)
    mine = select(sql("*")).select_from(table(view)).where(column("workspace_id") == workspace_id)
    rows = connection.execute(mine)
    return [*rows.keys()], (tuple(row) for row in rows)


def rows_by_person(connection: Connection, workspace_id: int, name: str) -> Rows:
    """The columns and rows of one of `BY_PERSON`, of one workspace; who was erased is a pseudonym. Raises KeyError."""
    statement = {"usage_by_person": _usage, "roster_by_person": _roster}[name](workspace_id)
    rows = connection.execute(statement.execution_options(yield_per=AT_ONCE))  # a large store has millions
    return [*rows.keys()], (tuple(row) for row in rows)


def _usage(workspace_id: int) -> Select[*tuple[Any, ...]]:
    u = UsageDaily
    return (
        select(
            u.day,
            *(Person.email, Person.name, Team.name.label("team"), Spell.kind, Spell.title, Spell.location),
            *(Stream.tool, Stream.provider, Stream.model, Stream.mode, Stream.workflow, Stream.ledger),
            *(u.currency, u.cost_kind, *(getattr(u, name) for name in _COUNTS)),
            (u.cost_nano / float(NANO)).label("cost"),
            (u.list_nano / float(NANO)).label("list_value"),
            u.unpriced_tokens,
        )
        .join_from(u, Stream, Stream.id == u.stream_id)
        .outerjoin(Spell, Spell.id == u.spell_id)
        .outerjoin(Person, Person.id == Spell.person_id)
        .outerjoin(Team, Team.id == Spell.team_id)
        .where(u.workspace_id == workspace_id)
        .order_by(u.day, Person.email, u.id)
    )


def _roster(workspace_id: int) -> Select[*tuple[Any, ...]]:
    last = case((Spell.end_day < OPEN_END, Spell.end_day)).label("last_day")
    return (
        select(
            *(Person.email, Person.name, Team.name.label("team"), Spell.title, Spell.kind, Spell.location),
            *(Spell.manager_email.label("manager"), Spell.start_day.label("first_day"), last),
        )
        .join_from(Spell, Person, Person.id == Spell.person_id)
        .join(Team, Team.id == Spell.team_id)
        .where(Spell.workspace_id == workspace_id)
        .order_by(Person.email, Spell.start_day)
    )
