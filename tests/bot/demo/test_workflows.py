"""The catalogued workflows of the company, each of a team and with words that the import takes."""

from __future__ import annotations

from collections import Counter

from bot.demo.company import TEAMS
from bot.demo.workflows import WORKFLOWS
from bot.sources.files.workflows import DEGREES, ERROR_CLASSES, EXPOSURES, STAGES


def test_each_workflow_has_a_name_of_its_own_and_a_team_that_there_is() -> None:
    assert max(Counter(workflow.name for workflow in WORKFLOWS).values()) == 1
    assert {workflow.team for workflow in WORKFLOWS} <= {team.name for team in TEAMS}


def test_what_is_said_of_a_workflow_is_said_in_the_words_of_the_import() -> None:
    for workflow in WORKFLOWS:
        assert workflow.stage in STAGES, workflow.name
        assert workflow.reversible in DEGREES, workflow.name
        assert workflow.verifiable in ("auto", *DEGREES), workflow.name
        assert workflow.data_ready in DEGREES, workflow.name
        assert workflow.error_class in ERROR_CLASSES, workflow.name
        assert workflow.exposure.lower() in EXPOSURES, workflow.name


def test_on_every_day_the_shares_of_ai_leave_the_rest_to_people() -> None:
    for workflow in WORKFLOWS:
        for assisted, agent in zip(workflow.assisted, workflow.agent, strict=True):
            assert assisted >= 0
            assert agent >= 0
            assert assisted + agent <= 1, workflow.name


def test_there_is_work_that_moves_to_ai_and_work_that_stays_with_people() -> None:
    grown = {workflow.name: sum(workflow.assisted[1:] + workflow.agent[1:]) for workflow in WORKFLOWS}

    assert max(grown.values()) > 0.8
    assert min(grown.values()) < 0.25
