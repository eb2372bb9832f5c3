"""What the tables promise together: identities of one workspace, and rows that go with what they are of."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import JSON, Column, Connection, DateTime, Engine, Table, UniqueConstraint, func, insert, select
from sqlalchemy.exc import IntegrityError

from storage.tables import Base, Day, UsageBefore, UsageFact, WorkBefore, WorkFact, Workspace
from storage.workspaces import add_workspace

TABLES = [table for table in Base.metadata.sorted_tables if table.name != "workspace"]
KNOWN_BY = {
    table.name: constraint
    for table in TABLES
    for constraint in table.constraints
    if isinstance(constraint, UniqueConstraint)
}
# What an installation is known by is Slack's, a token is nobody else's anywhere,
# and a feed's facts and a subscription's issues belong to one workspace.
KNOWN_EVERYWHERE = {
    "agent_token",
    "slack_installation",
    "usage_before",
    "work_fact",
    "work_before",
    "digest_issue",
}


def a_value(column: Column[Any]) -> Any:
    """Any value that the column takes."""
    if isinstance(column.type, DateTime):
        return datetime(2026, 2, 2, 9, tzinfo=UTC)
    if isinstance(column.type, Day):
        return date(2026, 2, 2)
    if isinstance(column.type, JSON):
        return {}
    return {str: "x", bytes: b"x", bool: True}.get(column.type.python_type, 1)


def add(connection: Connection, table: Table, workspace_id: int) -> Any:
    """A row of the table with all that it must refer to; gives its id, or key."""
    row: dict[str, Any] = {}
    (known_by,) = table.primary_key.columns
    for column in table.columns:
        parents = [key.column.table for key in column.foreign_keys]
        if (column is known_by and column.name == "id") or column.nullable:
            continue
        if column.name == "workspace_id":
            row[column.name] = workspace_id
        elif parents:
            row[column.name] = of_workspace(connection, parents[0], workspace_id)
        else:
            row[column.name] = a_value(column)
    return connection.execute(insert(table).values(row).returning(known_by)).scalar_one()


def of_workspace(connection: Connection, table: Table, workspace_id: int) -> Any:
    """The id or key of a row of the workspace, which is made where there is none."""
    found = connection.scalar(select(*table.primary_key.columns).where(table.c.workspace_id == workspace_id).limit(1))
    return found if found is not None else add(connection, table, workspace_id)


def rows(connection: Connection, table: Table) -> int:
    return connection.scalar(select(func.count()).select_from(table)) or 0


def test_what_a_row_is_known_by_is_there_once_in_a_workspace(engine: Engine, workspace_id: int) -> None:
    for name in KNOWN_BY:
        table = Base.metadata.tables[name]
        with engine.begin() as connection:
            of_workspace(connection, table, workspace_id)
        with pytest.raises(IntegrityError), engine.begin() as connection:
            add(connection, table, workspace_id)


def test_two_organisations_may_call_things_alike(engine: Engine, workspace_id: int) -> None:
    with engine.begin() as connection:
        other = add_workspace(connection, "T2")
        for name in KNOWN_BY.keys() - KNOWN_EVERYWHERE:
            table = Base.metadata.tables[name]
            of_workspace(connection, table, workspace_id)
            of_workspace(connection, table, other)
            assert rows(connection, table) == 2, name


def test_all_of_an_organisation_goes_with_it_and_nothing_of_another(engine: Engine, workspace_id: int) -> None:
    with engine.begin() as connection:
        other = add_workspace(connection, "T2")
        for table in TABLES:
            of_workspace(connection, table, workspace_id)
        of_workspace(connection, Base.metadata.tables["spell"], other)

        connection.execute(Workspace.__table__.delete().where(Workspace.id == workspace_id))

        left = {table.name for table in TABLES if rows(connection, table)}
        assert left == {"spell", "person", "team"}


@pytest.mark.parametrize(("fact", "before"), [(UsageFact, UsageBefore), (WorkFact, WorkBefore)])
def test_what_a_fact_was_before_a_load_is_kept_in_all_its_columns(fact: type[Base], before: type[Base]) -> None:
    columns = {column.name: repr(column.type) for column in fact.__table__.columns if column.name != "id"}
    kept = {column.name: repr(column.type) for column in before.__table__.columns if column.name != "id"}

    assert kept == columns | {"replaced_by": "Integer()"}
