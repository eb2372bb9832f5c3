"""Writers of one workspace go one after the other, and after a load that is being written part by part.

What was left by a load whose process died is taken away first.
"""

from __future__ import annotations

from time import monotonic, sleep
from typing import Any

from sqlalchemy import Connection, Engine, select

from storage.errors import StorageError
from storage.tables import Workspace
from storage.unfinished import CHANGES, GIVE_UP, LOOK_AGAIN, SEEN, SOONER, begin_published, unfinished


def lock_revision(connection: Connection, workspace_id: int) -> int:
    """The revision, held still until the transaction ends: writers of one workspace go one after the other.

    It comes before anything is written: where a load is being written part by part, the transaction begins again.
    """
    wait_for_load(connection)
    revision = connection.scalar(select(Workspace.revision).where(Workspace.id == workspace_id).with_for_update())
    return revision or 0


def wait_for_load(connection: Connection) -> None:
    """Begin the transaction again once no load is being written part by part. Raises StorageError after long."""
    if connection.dialect.name != "sqlite":
        return
    raw: Any = connection.connection.driver_connection
    started, patience = monotonic(), SOONER if SEEN in connection.info else GIVE_UP
    while unfinished(raw):
        if raw.total_changes != connection.info.get(CHANGES) or monotonic() - started > patience:
            raise StorageError("a large import is being written; try again when it has ended")
        raw.rollback()  # which lets other writers have their turn
        from storage.load.leftovers import take_away  # which nobody needs who need not wait

        if not take_away(connection.engine):
            sleep(LOOK_AGAIN)
        if SEEN in connection.info:
            begin_published(connection, "BEGIN IMMEDIATE")
        else:
            raw.execute("BEGIN IMMEDIATE")


def take_away_left(engine: Engine) -> None:
    """Take away what a load of a process that died has left, if anything."""
    if engine.dialect.name != "sqlite":
        return
    with engine.connect() as connection:
        connection.begin()
        left = connection.info.get(SEEN)
    if left:
        from storage.load.leftovers import take_away

        take_away(engine)
