"""A load that is written part by part is hidden from a connection only as long as it is unfinished."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Engine, delete, insert, select, text

from storage.engine import reading_engine
from storage.load.writes import LoadOf, save_usage
from storage.tables import UnfinishedLoad, UsageDaily
from storage.unfinished import ROLLUPS
from tests.storage.load.facts import NOW, use

DAILY = select(UsageDaily.input_tokens).order_by(UsageDaily.id)


@pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
def test_a_kept_connection_sees_what_counts_at_the_time(engine: Engine, reading: Engine, workspace_id: int) -> None:
    load = LoadOf(workspace_id=workspace_id, source="cursor", what="a pass", now=NOW)
    save_usage(engine, load, [use("k1", input_tokens=1), use("k2", tool="chat", input_tokens=2)])
    values = {"workspace_id": workspace_id, "load_id": 99, "days": []}
    above = dict.fromkeys((*ROLLUPS, "usage_fact", "stream"), 1)
    seen = []

    for change in (insert(UnfinishedLoad).values(values | {"above": above}), delete(UnfinishedLoad)):
        with engine.begin() as connection:
            connection.execute(change)
        with reading.connect() as connection:
            seen.append((connection.scalars(DAILY).all(), connection.scalar(text("SELECT count(*) FROM bi_usage"))))
            assert connection.scalar(text("PRAGMA query_only")) == 1

    assert seen == [([1], 1), ([1, 2], 2)]


def test_a_store_without_a_schema_hides_nothing(tmp_path: Path) -> None:
    reading = reading_engine(f"sqlite:///{tmp_path / 'empty.db'}")
    with reading.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM sqlite_master")) == 0
    reading.dispose()
