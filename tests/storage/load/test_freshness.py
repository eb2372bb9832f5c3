"""How new the data are, and which days are not whole."""

from __future__ import annotations

from datetime import UTC, date, datetime

from sqlalchemy import Engine

from storage.load.freshness import DayNote, incomplete_days, newest_day, newest_days, save_days
from storage.load.load_log import feed_id
from storage.load.writes import LoadOf, save_usage
from storage.records import DayState, Period, UsageRecord
from storage.workspaces import add_workspace

NOW = datetime(2026, 11, 18, 12, tzinfo=UTC)
MONDAY, TUESDAY, WEDNESDAY = date(2026, 11, 16), date(2026, 11, 17), date(2026, 11, 18)


def _save(engine: Engine, workspace_id: int, source: str, states: dict[date, DayState], *days: date) -> None:
    load = LoadOf(workspace_id=workspace_id, source=source, what="a pass", now=NOW, states=states)
    save_usage(engine, load, [UsageRecord(natural_key=str(day), day=day, tool="t", input_tokens=1) for day in days])


def test_the_newest_day_is_the_last_with_a_fact_and_not_after_as_of(engine: Engine, workspace_id: int) -> None:
    with engine.connect() as connection:
        assert newest_day(connection, workspace_id) is None

    _save(engine, workspace_id, "cursor", {}, MONDAY, WEDNESDAY)

    with engine.connect() as connection:
        assert newest_day(connection, workspace_id) == WEDNESDAY
        assert newest_day(connection, workspace_id, TUESDAY) == MONDAY


def test_each_source_has_a_newest_day_of_its_own(engine: Engine, workspace_id: int) -> None:
    _save(engine, workspace_id, "cursor", {MONDAY: DayState.COMPLETE, TUESDAY: DayState.MISSING}, MONDAY)
    _save(engine, workspace_id, "copilot", {TUESDAY: DayState.PROVISIONAL}, TUESDAY)

    with engine.connect() as connection:
        assert newest_days(connection, workspace_id) == {"copilot": TUESDAY, "cursor": MONDAY}


def test_days_that_are_not_whole_are_named_with_their_source(engine: Engine, workspace_id: int) -> None:
    states = {MONDAY: DayState.COMPLETE, TUESDAY: DayState.MISSING, WEDNESDAY: DayState.PROVISIONAL}
    _save(engine, workspace_id, "cursor", states, MONDAY)

    with engine.begin() as connection:
        other = add_workspace(connection)
        save_days(connection, other, feed_id(connection, other, "cursor"), {MONDAY: DayState.PARTIAL})
        assert incomplete_days(connection, workspace_id, Period(MONDAY, TUESDAY)) == [
            DayNote("cursor", TUESDAY, DayState.MISSING)
        ]
        assert len(incomplete_days(connection, workspace_id, Period(MONDAY, WEDNESDAY))) == 2


def test_a_state_that_is_known_already_is_no_change(engine: Engine, workspace_id: int) -> None:
    with engine.begin() as connection:
        source = feed_id(connection, workspace_id, "cursor")

        assert save_days(connection, workspace_id, source, {MONDAY: DayState.PARTIAL})
        assert not save_days(connection, workspace_id, source, {MONDAY: DayState.PARTIAL})
        assert save_days(connection, workspace_id, source, {MONDAY: DayState.COMPLETE})
