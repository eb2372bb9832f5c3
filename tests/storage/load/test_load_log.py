"""Sources and feeds are made once, and a load keeps what it did."""

from __future__ import annotations

from sqlalchemy import Engine, select

from storage.load.load_log import LONGEST, feed_id, note_load, source_id
from storage.tables import Load
from tests.storage.load.facts import NOW


def test_a_source_and_its_feeds_are_made_once(engine: Engine, workspace_id: int) -> None:
    with engine.begin() as connection:
        feeds = [feed_id(connection, workspace_id, "cursor", name) for name in ("", "laptop", "")]
        sources = [source_id(connection, workspace_id, name) for name in ("cursor", "files", "cursor")]

    assert feeds[0] == feeds[2] != feeds[1]
    assert sources[0] == sources[2] != sources[1]


def test_a_load_keeps_its_counts_and_a_long_name_is_cut(engine: Engine, workspace_id: int) -> None:
    with engine.begin() as connection:
        load_id = note_load(connection, workspace_id, "files", "x" * 999, NOW, {"new": 3}, "roster")
        load = connection.execute(select(*Load.__table__.columns).where(Load.id == load_id)).one()

    assert (load.what, load.kind, load.report) == ("x" * LONGEST, "roster", {"new": 3})
