"""Facts are saved once, replaced by newer observations, and rolled up in the same transaction."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from storage.engine import writing_engine
from storage.errors import StorageError
from storage.load.filling import key_of
from storage.load.writes import STREAM, LoadOf, save_usage, save_work
from storage.records import CostKind, DayState, WorkMode, WorkRecord
from storage.tables import Load, SyncDay, UsageBefore, WorkDaily
from tests.storage.load.facts import (
    MONDAY,
    NOW,
    TUESDAY,
    before_the_lock,
    ids_of,
    revision_of,
    rollup,
    use,
)


def test_saving_the_same_again_changes_nothing_at_all(engine: Engine, load: LoadOf) -> None:
    records = [
        use("k1", at=datetime(2026, 11, 16, 9, tzinfo=UTC), cost=Decimal("0.1"), cost_kind=CostKind.LIST),
        use("k2"),
    ]
    save_usage(engine, load, records)
    before, rows = revision_of(engine, load), ids_of(engine)

    saved = save_usage(engine, replace(load, now=NOW + timedelta(hours=1)), records)

    assert (saved.new, saved.changed, saved.unchanged) == (0, 0, 2)
    assert (revision_of(engine, load), ids_of(engine)) == (before, rows)


def test_each_day_of_a_load_is_noted_with_its_state(engine: Engine, load: LoadOf) -> None:
    states = {MONDAY: DayState.COMPLETE, TUESDAY: DayState.PROVISIONAL}
    save_usage(engine, replace(load, states=states), [use()])
    before = revision_of(engine, load)

    save_usage(engine, replace(load, states=states | {TUESDAY: DayState.COMPLETE}), [use()])

    with engine.connect() as connection:
        assert connection.scalars(select(SyncDay.state)).all() == ["complete", "complete"]
    assert revision_of(engine, load) == before + 1  # the caveat about Tuesday is gone from answers


def test_work_is_saved_likewise(engine: Engine, load: LoadOf) -> None:
    work = WorkRecord(
        natural_key="w", day=MONDAY, workflow="review", mode=WorkMode.HUMAN, items=3, human_minutes=Decimal("31.4")
    )
    save_work(engine, load, [work])

    saved = save_work(engine, load, [replace(work, items=4), replace(work, natural_key="v", mode=WorkMode.AGENT)])

    assert (saved.new, saved.changed) == (1, 1)
    with engine.connect() as connection:
        rows = connection.execute(select(WorkDaily.mode, WorkDaily.items, WorkDaily.human_ms).order_by(WorkDaily.mode))
        assert [tuple(row) for row in rows] == [("agent", 3, 1_884_000), ("human", 4, 1_884_000)]


def test_two_loads_at_once_save_each_fact_once(engine: Engine, load: LoadOf) -> None:
    other = [use("a", input_tokens=1), use("b")]

    with before_the_lock(engine, lambda: save_usage(engine, load, other)) as happened:
        saved = save_usage(engine, load, [use("a")])

    assert happened == [True]
    assert (saved.new, saved.changed) == (0, 1)
    assert rollup(engine) == [(MONDAY, 20, 0)]


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///{folder}/never-migrated.db"])
def test_a_store_that_cannot_take_a_load_says_so_in_the_stores_words(url: str, tmp_path: Path) -> None:
    engine = writing_engine(url.format(folder=tmp_path))

    with pytest.raises(StorageError, match=r"memory|could not be written"):
        save_usage(engine, LoadOf(workspace_id=1, source="cursor", what="a pass", now=NOW), [use()])

    engine.dispose()
    assert not [*tmp_path.glob("*staging*")]


def test_parts_of_a_stream_are_one_load_that_keeps_nothing_of_what_it_replaces(engine: Engine, load: LoadOf) -> None:
    stream = replace(load, stream=True)
    first = save_usage(engine, stream, [use("k1"), use("k2")])

    second = save_usage(engine, replace(stream, now=NOW + timedelta(hours=1)), [use("k1", input_tokens=50)])

    with engine.connect() as connection:
        (row,) = connection.execute(select(Load.id, Load.rule, Load.report)).all()
        assert connection.execute(select(UsageBefore.id)).all() == []
    assert first.load_id == second.load_id == row.id
    assert (row.rule, row.report["new"], row.report["changed"]) == (STREAM, 2, 1)
    assert rollup(engine) == [(MONDAY, 60, 0)]


def test_facts_that_are_said_to_be_gone_go_with_their_part_of_the_rollup(engine: Engine, load: LoadOf) -> None:
    save_usage(engine, load, [use("k1"), use("k2", day=TUESDAY)])
    before = revision_of(engine, load)

    saved = save_usage(engine, replace(load, stream=True, gone=[key_of("k2"), key_of("never")]), [])

    assert saved.removed == 1
    assert rollup(engine) == [(MONDAY, 10, 0)]
    assert revision_of(engine, load) > before
