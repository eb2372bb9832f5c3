"""Outcomes, stages, owners' values, suggestions and experiments in the store."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import Engine

from storage.keep.advice import (
    SaidOfSuggestion,
    StageMove,
    close_trial,
    open_trial,
    read_catalogue,
    read_remembered,
    save_move,
    save_owner_values,
    save_said,
    save_workflow,
)
from storage.load.organisation import save_teams, save_workflows
from storage.load.outcomes import OutcomeRecord, read_outcomes, save_outcomes
from storage.records import WorkflowRecord
from storage.roster_records import TeamRecord
from storage.workspaces import add_workspace, read_revision

DAY = date(2026, 11, 18)
AT = datetime(2026, 11, 18, 9, tzinfo=UTC)
ONE = OutcomeRecord(run_id="r1", day=DAY, workflow="w", checker="human", checked_by="a@x.example", success=True)


def test_an_outcome_is_known_by_its_run_and_the_newest_load_wins(engine: Engine, workspace_id: int) -> None:
    with engine.begin() as connection:
        first = save_outcomes(connection, workspace_id, [ONE, replace(ONE, run_id="r2", approval_seconds=7.5)])
        revision = read_revision(connection, workspace_id)
        same = save_outcomes(connection, workspace_id, [ONE])
        assert read_revision(connection, workspace_id) == revision
        changed = save_outcomes(connection, workspace_id, [replace(ONE, success=False, severity=1)])
        found = read_outcomes(connection, workspace_id, DAY)

    assert (first.new, same.unchanged, changed.changed) == (2, 1, 1)
    assert found == {"w": [replace(ONE, success=False, severity=1), replace(ONE, run_id="r2", approval_seconds=7.5)]}


def test_what_was_said_beside_an_outcome_is_kept_and_none_stays_unknown(engine: Engine, workspace_id: int) -> None:
    said = replace(ONE, run_id="r3", request_type="refunds", edited=0.5, tool_errors=0, escalated=False, retries=2)
    with engine.begin() as connection:
        save_outcomes(connection, workspace_id, [ONE, said])

        assert read_outcomes(connection, workspace_id, DAY)["w"] == [ONE, said]


def test_of_two_rows_of_one_run_the_later_counts(engine: Engine, workspace_id: int) -> None:
    with engine.begin() as connection:
        result = save_outcomes(connection, workspace_id, [ONE, replace(ONE, success=False)])

        assert result.new == 1
        assert not read_outcomes(connection, workspace_id, DAY)["w"][0].success


def test_outcomes_are_read_in_the_order_of_their_days_and_not_beyond_the_day_asked(
    engine: Engine, workspace_id: int
) -> None:
    days = [DAY, DAY - timedelta(days=2), DAY + timedelta(days=1)]
    with engine.begin() as connection:
        save_outcomes(connection, workspace_id, [replace(ONE, run_id=f"r{n}", day=day) for n, day in enumerate(days)])

        assert [outcome.day for outcome in read_outcomes(connection, workspace_id, DAY)["w"]] == [days[1], days[0]]


def test_what_is_remembered_belongs_to_its_workspace(engine: Engine, workspace_id: int) -> None:
    move = StageMove(
        workflow="w", day=DAY, at=AT, from_stage="draft", to_stage="execute", by="o@x.example", cause="granted", why="?"
    )
    said = SaidOfSuggestion(workflow="w", day=DAY, state="dismissed", worth=1.5, reason="not real", by="o@x.example")
    with engine.begin() as connection:
        other = add_workspace(connection, "T2")
        save_move(connection, workspace_id, move)
        save_said(connection, workspace_id, said)
        save_owner_values(connection, workspace_id, "w", {"volume": "3", "review": "2"}, "o@x.example", AT)
        save_owner_values(connection, workspace_id, "w", {"volume": "5"}, "o@x.example", AT)
        open_trial(connection, workspace_id, "w", (DAY, DAY + timedelta(days=27)), {"p10": 1.0}, {"first": "x"})
        mine, theirs = (read_remembered(connection, tenant, DAY) for tenant in (workspace_id, other))

    assert mine.suggestions == {"w": [said]}
    assert [(move.to_stage, move.day) for move in mine.moves["w"]] == [("execute", DAY)]
    assert {name: said.value for name, said in mine.owners["w"].items()} == {"volume": "5", "review": "2"}
    assert [(trial.started, trial.predicted) for trial in mine.trials["w"]] == [(DAY, {"p10": 1.0})]
    assert (theirs.moves, theirs.owners, theirs.suggestions, theirs.trials) == ({}, {}, {}, {})


def test_an_experiment_ends_once(engine: Engine, workspace_id: int) -> None:
    with engine.begin() as connection:
        open_trial(connection, workspace_id, "w", (DAY, DAY), {}, {})
        (trial,) = read_remembered(connection, workspace_id, DAY).trials["w"]

        assert close_trial(connection, workspace_id, trial.id, DAY, {"inside": True})
        assert not close_trial(connection, workspace_id, trial.id, DAY, {"inside": False})
        assert read_remembered(connection, workspace_id, DAY).trials["w"][0].verdict == {"inside": True}


def test_a_workflow_entered_in_slack_outlives_a_newer_file(engine: Engine, workspace_id: int) -> None:
    with engine.begin() as connection:
        save_teams(connection, workspace_id, [TeamRecord(name="Ops")])
        assert save_workflow(connection, workspace_id, WorkflowRecord(name="mine", team="ops", error_class=2))
        assert not save_workflow(connection, workspace_id, WorkflowRecord(name="other", team="Nowhere"))
        save_workflows(connection, workspace_id, [WorkflowRecord(name="filed", team="Ops")])

        assert [
            (workflow.name, workflow.team, workflow.error_class)
            for workflow in read_catalogue(connection, workspace_id)
        ] == [
            ("filed", "Ops", None),
            ("mine", "Ops", 2),
        ]
