"""The page of one workflow."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.advice.evidence import gather
from bot.advice.page import points_of
from storage.answer.privacy import OPERATOR
from tests.bot.advice.conftest import ANYBODY, AS_OF, Company, earned
from tests.bot.advice.runs import runs


def test_nothing_that_is_shown_names_who_checked(company: Company) -> None:
    earned(company)

    page = company.advice.workflow(company.workspace, "ticket answering", AS_OF, OPERATOR)

    assert "p0@x.example" not in f"{page.to_json()} {page.text()} {page.card.to_json()} {page.card.text()}"


def test_a_page_says_of_every_leading_signal_whether_it_is_quiet_or_not_recorded(company: Company) -> None:
    page = company.advice.workflow(company.workspace, "ticket answering", AS_OF, OPERATOR)
    hidden = company.advice.workflow(company.workspace, "contract review", AS_OF, ANYBODY)
    said = page.to_json()

    assert len(said["watched"]) == 10
    assert "new kinds of requests" in said["not_recorded"]
    for signal in said["watched"]:
        assert signal["signal"] in page.text()
    assert "new kinds of requests (the column request_type in outcomes.csv)" in page.text()
    assert hidden.to_json()["watched"] == []


def test_the_points_are_the_ends_of_weeks_with_outcomes() -> None:
    evidence = gather(runs(30, failures=3))

    points = points_of(evidence)

    assert [point.week for point in points] == [date(2026, 9, 7), date(2026, 9, 14), date(2026, 9, 21)]
    assert [point.share for point in points] == pytest.approx([7 / 10, 17 / 20, 27 / 30])
    assert all(point.lower < point.share for point in points)
    assert len(points_of(gather(runs(300)))) == 20


def test_a_workflow_that_may_not_be_seen_has_its_history_and_nothing_else(company: Company) -> None:
    page = company.advice.workflow(company.workspace, "contract review", AS_OF, ANYBODY)

    assert (page.evidence, page.points, page.watched, page.leverage, page.signals) == (None, (), (), None, ())
    assert page.text().startswith("contract review (Legal) is at manual, it stays there: ")


def test_too_fast_approvals_stand_among_the_signals(company: Company) -> None:
    company.outcomes([replace(run, workflow="ticket answering") for run in runs(9, seconds=2)])

    page = company.advice.workflow(company.workspace, "ticket answering", AS_OF, OPERATOR)

    assert "9 approvals were too fast to count" in page.signals
    assert page.to_json()["rubber_stamps"] == 9
