"""The rows of the views for one workspace: what the operator's whole export is made of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, column, select, table
from sqlalchemy import text as sql

from storage.views import VIEWS


def rows_of_view(connection: Connection, workspace_id: int, view: str) -> tuple[list[str], Iterator[tuple[Any, ...]]]:
    """The columns of a view and its rows of one workspace. Raises KeyError for another name."""
    if view not in VIEWS:
        raise KeyError(view)
    mine = select(sql("*")).select_from(table(view)).where(column("workspace_id") == workspace_id)
    rows = connection.execute(mine)
    return [*rows.keys()], (tuple(row) for row in rows)
