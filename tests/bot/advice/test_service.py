"""The advice over a store: verdicts with reasons, who may see what, experiments, promotions, the day's check."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.errors import UserError
from storage.answer.privacy import OPERATOR
from storage.records import WorkflowRecord
from tests.bot.advice.conftest import AS_OF, OWNER, Company, verdicts


def test_a_dismissal_without_a_known_reason_is_asked_back(company: Company) -> None:
    with pytest.raises(UserError, match="too risky"):
        company.advice.dismiss(company.workspace, "account notes", "because", "sales0@x.example", AS_OF)


def test_a_workflow_entered_in_slack_is_in_the_catalogue(company: Company) -> None:
    record = WorkflowRecord(name="badge requests", team="support", activity="classification", owner_email=OWNER)

    assert company.advice.add(company.workspace, record, {}, OWNER, AS_OF) == "badge requests"

    assert verdicts(company)["badge requests"][0] == "offload"
    assert not company.advice.candidates(company.workspace, AS_OF, OPERATOR)
    with pytest.raises(UserError, match="no team"):
        company.advice.add(company.workspace, replace(record, team="Nowhere"), {}, OWNER, AS_OF)


def test_nobody_takes_a_workflow_over_by_entering_its_name_again(company: Company) -> None:
    record = WorkflowRecord(name="Ticket  answering", team="Sales", owner_email="sales1@x.example")

    with pytest.raises(UserError, match="for its owner"):
        company.advice.add(company.workspace, record, {}, "sales1@x.example", AS_OF)


def test_somebody_has_the_team_that_the_roster_has_them_in(company: Company) -> None:
    assert company.advice.team_of(company.workspace, "sales1@x.example") == "Sales"
    assert company.advice.team_of(company.workspace, "who@x.example") == ""


def test_who_is_not_on_the_roster_gets_no_advice(company: Company) -> None:
    assert company.advice.viewer(company.workspace, "sales1@x.example").email == "sales1@x.example"
    with pytest.raises(UserError, match="not on the roster"):
        company.advice.viewer(company.workspace, "who@x.example")
