"""Verified outcomes: saved by run, read in the order in which they happened."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from storage.load.outcomes import OutcomeRecord, read_outcomes, save_outcomes
from tests.storage.load.stores import Store

FIRST = OutcomeRecord(run_id="r1", day=date(2026, 11, 2), workflow="review", checker="human", success=True)
SECOND = replace(FIRST, run_id="r2", day=date(2026, 11, 3), success=False)


def test_a_run_is_kept_once_and_what_is_said_later_counts(store: Store) -> None:
    with store.engine.begin() as connection:
        new = save_outcomes(connection, store.workspace_id, [FIRST, SECOND])
        again = save_outcomes(connection, store.workspace_id, [FIRST, replace(SECOND, success=True)])
        found = read_outcomes(connection, store.workspace_id, date(2026, 11, 30))

    assert (new.new, again.unchanged, again.changed) == (2, 1, 1)
    assert found == {"review": [FIRST, replace(SECOND, success=True)]}


def test_of_two_of_one_run_in_a_file_the_last_one_counts(store: Store) -> None:
    with store.engine.begin() as connection:
        save_outcomes(connection, store.workspace_id, [FIRST, replace(FIRST, success=False)])

        assert [run.success for run in read_outcomes(connection, store.workspace_id, FIRST.day)["review"]] == [False]


def test_they_are_read_by_day_and_only_up_to_the_day_asked(store: Store) -> None:
    with store.engine.begin() as connection:
        save_outcomes(connection, store.workspace_id, [SECOND, FIRST, replace(FIRST, run_id="r3", workflow="notes")])

        found = read_outcomes(connection, store.workspace_id, date(2026, 11, 30))
        early = read_outcomes(connection, store.workspace_id, FIRST.day)

    assert [run.run_id for run in found["review"]] == ["r1", "r2"]
    assert set(found) == {"review", "notes"}
    assert [run.run_id for run in early["review"]] == ["r1"]
