"""Whether a week has all that its sources usually bring."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from sqlalchemy import Engine

from storage.answer.completeness import broken_days, completeness
from storage.load.writes import LoadOf, save_usage
from storage.records import DayState, Period

MONDAY = date(2026, 11, 9)
WEEK = Period(MONDAY, MONDAY + timedelta(days=6))
BASELINE = Period(MONDAY - timedelta(weeks=4), MONDAY - timedelta(days=1))


def days(source: str, engine: Engine, workspace_id: int, states: dict[date, DayState]) -> None:
    now = datetime(2026, 11, 17, tzinfo=UTC)
    save_usage(engine, LoadOf(workspace_id=workspace_id, source=source, what="", now=now, states=states), [])


def workdays(first: date, weeks: int) -> dict[date, DayState]:
    every = (first + timedelta(days=n) for n in range(7 * weeks))
    return {day: DayState.COMPLETE for day in every if day.weekday() < 5}


def test_a_source_without_weekends_is_whole_with_its_friday(engine: Engine, workspace_id: int) -> None:
    days("vendor", engine, workspace_id, workdays(BASELINE.start, 5))

    with engine.connect() as connection:
        found = completeness(connection, workspace_id, WEEK, BASELINE)

    assert (found.sources, found.missed, found.provisional) == (("vendor",), {}, False)


def test_a_source_that_stopped_misses_the_days_it_usually_has(engine: Engine, workspace_id: int) -> None:
    states = workdays(BASELINE.start, 5)
    for day in (MONDAY + timedelta(days=3), MONDAY + timedelta(days=4)):
        del states[day]
    days("vendor", engine, workspace_id, states)

    with engine.connect() as connection:
        found = completeness(connection, workspace_id, WEEK, BASELINE)

    assert found.missed == {"vendor": (MONDAY + timedelta(days=3), MONDAY + timedelta(days=4))}


def test_a_day_marked_missing_is_missed_and_one_without_rows_inside_is_a_day_without_use(
    engine: Engine, workspace_id: int
) -> None:
    states = workdays(BASELINE.start, 6)
    del states[MONDAY + timedelta(days=1)]
    states[MONDAY + timedelta(days=2)] = DayState.MISSING
    days("vendor", engine, workspace_id, states)

    with engine.connect() as connection:
        found = completeness(connection, workspace_id, WEEK, BASELINE)
        broken = broken_days(connection, workspace_id, WEEK)

    assert found.missed == {"vendor": (MONDAY + timedelta(days=2),)}
    assert broken == {MONDAY + timedelta(days=2)}


def test_a_source_that_fed_no_baseline_is_not_missed(engine: Engine, workspace_id: int) -> None:
    days("old", engine, workspace_id, workdays(BASELINE.start, 5))
    days("new", engine, workspace_id, {MONDAY: DayState.COMPLETE, MONDAY + timedelta(days=1): DayState.MISSING})

    with engine.connect() as connection:
        found = completeness(connection, workspace_id, WEEK, BASELINE)

    assert (found.sources, found.missed) == (("old",), {})


def test_figures_that_may_still_change_are_provisional(engine: Engine, workspace_id: int) -> None:
    states = workdays(BASELINE.start, 5) | {MONDAY: DayState.PROVISIONAL}
    days("vendor", engine, workspace_id, states)

    with engine.connect() as connection:
        assert completeness(connection, workspace_id, WEEK, BASELINE).provisional


def test_a_week_without_anything_from_anybody_is_silent(engine: Engine, workspace_id: int) -> None:
    days("vendor", engine, workspace_id, workdays(BASELINE.start, 4))
    days("other", engine, workspace_id, workdays(BASELINE.start, 4) | {MONDAY: DayState.MISSING})

    with engine.connect() as connection:
        assert completeness(connection, workspace_id, WEEK, BASELINE).silent
    days("other", engine, workspace_id, {MONDAY: DayState.COMPLETE})
    with engine.connect() as connection:
        assert not completeness(connection, workspace_id, WEEK, BASELINE).silent
