"""Lists of workflows by what is decided about them, on a company whose evidence is put in by hand."""

from __future__ import annotations

from dataclasses import replace

from bot.questions.answers.answer import Status
from tests.bot.advice.conftest import Company, ask
from tests.bot.advice.runs import runs


def test_without_proof_none_is_ready_and_the_nearest_is_named_with_what_it_lacks(company: Company) -> None:
    company.outcomes([replace(run, workflow="ticket answering") for run in runs(20, people=2)])

    answer = ask(company, "which workflows are ready for more autonomy?")

    assert answer is not None
    assert answer.text.startswith("None yet")
    assert "Nearest is ticket answering, at" in answer.text
    assert answer.rows[0].labels["workflow"] == "ticket answering"
    assert "20 of 30 verified runs" in answer.rows[0].labels["why"]


def test_what_earned_the_next_stage_is_said_with_where_it_leads(company: Company) -> None:
    company.outcomes([replace(run, workflow="ticket answering") for run in runs(60, people=4)])

    answer = ask(company, "which workflows could run with more autonomy?")

    assert answer is not None
    assert answer.status is Status.ANSWERED
    assert answer.text.startswith("1 workflow earned the next stage: ticket answering from")
    assert [row.labels["workflow"] for row in answer.rows] == ["ticket answering"]


def test_where_nothing_is_wrong_it_says_so_and_that_unchecked_work_shows_nothing(company: Company) -> None:
    answer = ask(company, "where should we pull back?")

    assert answer is not None
    assert "calls for a step back" in answer.text
    assert "not checked" in answer.text


def test_what_stays_with_people_has_its_reason_and_drafts_stand_apart(company: Company) -> None:
    answer = ask(company, "which workflows should stay with people?")

    assert answer is not None
    assert "quick lookups (" in answer.text
    assert "As drafts only, with a person over each: contract review." in answer.text
    assert all(row.labels["why"] for row in answer.rows)
