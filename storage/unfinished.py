"""What a load writes part by part on SQLite is out of sight until it is whole: views stand in the place of its tables.

Who writes beside it waits for its end: `storage/load/locking.py`.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection

ROLLUPS = ("usage_daily", "usage_by_stream", "usage_by_team", "usage_by_role")
ASKED = "SELECT load_id, published, above, days, workspace_id FROM main.unfinished_load"
SEEN, CHANGES = "unfinished load that is hidden", "changes before the transaction"  # kept beside a connection
LOOK_AGAIN = 0.2  # seconds
GIVE_UP, SOONER = 600.0, 30.0  # seconds that another import waits, and whoever else writes: somebody may wait for it


def begin_published(connection: Connection, statement: str) -> None:
    """Begin a SQLite transaction by this statement, in which names mean what is published."""
    raw: Any = connection.connection.driver_connection
    connection.exec_driver_sql(statement)
    while (found := unfinished(raw)) != connection.info.setdefault(SEEN, None):
        raw.execute("ROLLBACK")  # with the transaction its views would go
        _replace_views(raw, found)
        connection.info[SEEN] = found
        raw.execute(statement)
    note_begin(connection)


def note_begin(connection: Connection) -> None:
    """Remember where a transaction began, so that it can begin again as long as it has written nothing."""
    raw: Any = connection.connection.driver_connection
    connection.info[CHANGES] = raw.total_changes


def unfinished(raw: Any) -> tuple[Any, ...] | None:
    """What the store says of the load that is being written part by part; None where none is."""
    try:
        found: tuple[Any, ...] | None = raw.execute(ASKED).fetchone()
    except sqlite3.DatabaseError as error:
        # A store of an older release, none yet, or no database at all, which the first question says best.
        if "no such table" not in str(error) and "not a database" not in str(error):
            raise
        return None
    return found


def _replace_views(raw: Any, found: tuple[Any, ...] | None) -> None:
    (kept,) = raw.execute("PRAGMA query_only").fetchone()
    raw.execute("PRAGMA query_only=OFF")  # a view is of this connection alone, and yet a write
    try:
        for (name,) in raw.execute("SELECT name FROM temp.sqlite_master WHERE type = 'view'").fetchall():
            raw.execute(f"DROP VIEW temp.{name}")
        for statement in _views(raw, *found) if found else ():
            raw.execute(statement)
    finally:
        raw.execute(f"PRAGMA query_only={kept}")


def _views(raw: Any, load_id: int, published: int, above: str, days: str, workspace_id: int) -> Iterator[str]:
    last: dict[str, int] = json.loads(above)
    for name in ROLLUPS:
        old = f"id <= {last[name]}"
        replaced = ", ".join(map(str, json.loads(days)))
        new = f"id > {last[name]} OR workspace_id <> {workspace_id} OR day NOT IN ({replaced})"
        yield f"CREATE TEMP VIEW {name} AS SELECT * FROM main.{name} WHERE {new if published else old}"
    if not published:
        yield f"CREATE TEMP VIEW usage_fact AS {_facts_without(raw, load_id)}"
        yield f"CREATE TEMP VIEW load AS SELECT * FROM main.load WHERE id <> {load_id}"
        yield f"CREATE TEMP VIEW stream AS SELECT * FROM main.stream WHERE id <= {last['stream']}"
    for (made,) in raw.execute("SELECT sql FROM main.sqlite_master WHERE type = 'view'").fetchall():
        yield made.replace("CREATE VIEW", "CREATE TEMP VIEW", 1)


def _facts_without(raw: Any, load_id: int) -> str:
    """The facts as they were before a load: those of others, and the past of those that it changed or removed."""
    names = ", ".join(str(row[1]) for row in raw.execute("PRAGMA main.table_info(usage_fact)"))
    return (
        f"SELECT {names} FROM main.usage_fact WHERE load_id <> {load_id}"
        f" UNION ALL SELECT {names} FROM main.usage_before WHERE replaced_by = {load_id}"
    )
