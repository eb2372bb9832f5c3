"""Items of work whose key is the item: moved to another day, opened again, logged late, gone, taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import Engine, func, select

from storage.load.undoing import undo
from storage.load.writes import LoadOf, Saved, save_work
from storage.records import Period, Restate, WorkMode, WorkRecord
from storage.tables import WorkDaily, WorkFact
from tests.storage.load.stores import NOW

MAY, FIRST, SECOND, THIRD = date(2026, 5, 4), date(2026, 11, 2), date(2026, 11, 3), date(2026, 11, 4)
NOVEMBER = Period(date(2026, 11, 1), date(2026, 11, 14))


class Tracker:
    """A source that is read again and again, and the store it is read into."""

    def __init__(self, engine: Engine, workspace_id: int) -> None:
        self.engine, self.workspace_id = engine, workspace_id

    def read(self, *items: WorkRecord, days: Period = NOVEMBER) -> Saved:
        load = LoadOf(
            workspace_id=self.workspace_id, source="jira", what="issues", now=NOW, rule=Restate.WHOLE_DAYS, whole=days
        )
        return save_work(self.engine, load, items)

    @property
    def days(self) -> dict[date, tuple[int, int | None]]:
        """Items and timed milliseconds of each day's rollup."""
        with self.engine.connect() as connection:
            columns = select(WorkDaily.day, func.sum(WorkDaily.items), func.sum(WorkDaily.human_ms))
            rows = connection.execute(columns.group_by(WorkDaily.day).order_by(WorkDaily.day))
            return {day: (int(items), None if ms is None else int(ms)) for day, items, ms in rows}


@pytest.fixture
def tracker(engine: Engine, workspace_id: int) -> Tracker:
    return Tracker(engine, workspace_id)


def item(key: str, day: date = FIRST, minutes: int | None = None, workflow: str = "Upkeep") -> WorkRecord:
    return WorkRecord(
        natural_key=key,
        day=day,
        workflow=workflow,
        mode=WorkMode.HUMAN,
        items=1,
        human_minutes=None if minutes is None else Decimal(minutes),
    )


def none(key: str) -> WorkRecord:
    return replace(item(key), workflow="", items=0)


def test_items_of_a_day_add_up_and_minutes_are_of_those_that_have_them(tracker: Tracker) -> None:
    tracker.read(item("a", minutes=30), item("b"), item("c", minutes=60), item("d", SECOND))

    assert tracker.days == {FIRST: (3, 90 * 60_000), SECOND: (1, None)}
    with tracker.engine.connect() as connection:
        assert connection.scalar(select(WorkDaily.timed_items).where(WorkDaily.day == FIRST)) == 2


def test_an_item_closed_again_moves_to_the_later_day(tracker: Tracker) -> None:
    tracker.read(item("a", minutes=30), item("b"))

    saved = tracker.read(item("a", THIRD, minutes=45), item("b"))

    assert (saved.changed, saved.unchanged, saved.removed) == (1, 1, 0)
    assert tracker.days == {FIRST: (1, None), THIRD: (1, 45 * 60_000)}


def test_what_a_day_no_longer_has_is_gone_and_other_days_stay(tracker: Tracker) -> None:
    tracker.read(item("old", MAY), days=Period(MAY, MAY))
    tracker.read(item("a"), item("b"))

    saved = tracker.read(item("b"))

    assert saved.removed == 1
    assert tracker.days == {MAY: (1, None), FIRST: (1, None)}


def test_days_without_any_item_are_emptied(tracker: Tracker) -> None:
    tracker.read(item("a"))

    assert tracker.read().removed == 1
    assert tracker.days == {}


def test_an_item_of_an_earlier_day_restates_its_fact_and_makes_none(tracker: Tracker) -> None:
    tracker.read(item("known", MAY), days=Period(MAY, MAY))

    saved = tracker.read(item("known", MAY, minutes=15), item("never read", MAY), item("a"))

    assert (saved.new, saved.changed, saved.first_day) == (1, 1, MAY)
    assert tracker.days == {MAY: (1, 15 * 60_000), FIRST: (1, None)}


def test_an_item_that_is_open_again_is_none_whatever_its_day_was(tracker: Tracker) -> None:
    tracker.read(item("a", MAY), days=Period(MAY, MAY))
    tracker.read(item("b"))

    saved = tracker.read(none("a"), none("b"), none("never closed"))

    assert (saved.new, saved.removed) == (0, 2)
    assert tracker.days == {}
    with tracker.engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(WorkFact)) == 0


def test_of_an_item_said_twice_in_one_pass_the_later_word_counts(tracker: Tracker) -> None:
    tracker.read(item("a"), none("a"), none("b"), item("b", minutes=9))

    assert tracker.days == {FIRST: (1, 9 * 60_000)}


def test_a_pass_is_taken_back_with_the_items_it_removed(tracker: Tracker) -> None:
    tracker.read(item("a", MAY, minutes=5), days=Period(MAY, MAY))
    tracker.read(item("b", minutes=7))
    before = tracker.days
    saved = tracker.read(none("a"), item("c"))
    assert tracker.days == {FIRST: (1, None)}

    with tracker.engine.begin() as connection:
        undo(connection, tracker.workspace_id, saved.load_id, NOW)

    assert tracker.days == before
