"""What the day decides by itself and what people say to suggestions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from bot.advice.for_digest import DigestAdvice
from bot.digest.week import Week
from bot.errors import UserError
from storage.answer.privacy import OPERATOR
from storage.load.roster import save_roster
from storage.records import WorkMode, WorkRecord
from tests.bot.advice.conftest import AS_OF, OWNER, TRIED, Company, earned, people
from tests.bot.advice.runs import runs


@pytest.mark.parametrize(("name", "value"), [("minutes", "many"), ("error_class", "9"), ("volume", "-1"), ("pay", "1")])
def test_a_value_that_cannot_be_is_refused_in_words(company: Company, name: str, value: str) -> None:
    with pytest.raises(UserError, match=name.replace("_", " ")):
        company.advice.put_in(company.workspace, "account notes", {name: value}, "sales0@x.example", AS_OF)


def test_accepting_opens_one_experiment_and_opts_in(company: Company) -> None:
    told = company.advice.accept(company.workspace, "account notes", "sales0@x.example", AS_OF)
    again = company.advice.accept(company.workspace, "account notes", "sales3@x.example", AS_OF)
    page = company.advice.workflow(company.workspace, "account notes", AS_OF, OPERATOR)

    assert "on trial from 2026-11-23 to 2026-12-20" in told
    assert "already" in again
    assert (page.stage, len(page.trials)) == ("assist", 1)
    assert "account notes" not in [
        card.workflow for card in company.advice.suggestions(company.workspace, None, AS_OF, OPERATOR)
    ]


def test_what_the_team_accepts_is_tried_and_its_owner_is_asked_for_the_stage(company: Company) -> None:
    told = company.advice.accept(company.workspace, "account notes", "sales2@x.example", AS_OF)
    (notice,) = [
        notice for notice in company.advice.daily(company.workspace, AS_OF) if notice.workflow == "account notes"
    ]

    assert "stays manual until its owner opts in" in told
    assert (notice.kind, notice.owner, notice.to) == ("promotion", "sales0@x.example", "assist")
    with pytest.raises(UserError, match=r"by its owner \(Sales 0\) alone"):
        company.advice.approve(company.workspace, "account notes", "assist", "sales2@x.example", AS_OF)
    assert "is at assist now" in company.advice.approve(
        company.workspace, "account notes", "assist", "sales0@x.example", AS_OF
    )


def trial(company: Company, with_ai: int) -> str:
    """Twelve of thirteen items a day were done by hand; so many of them are AI's during the trial."""
    company.advice.accept(company.workspace, "account notes", "sales0@x.example", AS_OF)
    days = [date(2026, 11, 19) + timedelta(days=offset) for offset in range(32)]
    rows = []
    for day in (workday for workday in days if workday.weekday() < 5):
        for mode, items, each in ((WorkMode.HUMAN, 13 - with_ai, 45), (WorkMode.ASSISTED, with_ai, 22)):
            key = f"{day} account notes {mode} later"
            rows.append(
                WorkRecord(
                    natural_key=key,
                    day=day,
                    workflow="account notes",
                    mode=mode,
                    items=items,
                    human_minutes=Decimal(items * each),
                    accepted=items,
                )
            )
    company.work(rows)
    notices = company.advice.daily(company.workspace, date(2026, 12, 21))
    return next(notice.text for notice in notices if notice.kind == "verdict")


def test_a_trial_ends_with_what_it_really_brought(company: Company) -> None:
    text = trial(company, with_ai=6)
    calibration = company.advice.calibration(company.workspace, date(2026, 12, 22))

    assert "as predicted" in text
    assert "9." in text  # (6 − 1) items a day × 5 days × about 23 minutes
    assert "quality held" in text
    assert (calibration.verdicts, calibration.inside, calibration.factor) == (1, 1, 1)
    digest = DigestAdvice(company.advice, company.workspace)
    verdict, calibrated = digest.advise(Week(date(2026, 12, 21)), None, OPERATOR).ended
    assert verdict.startswith("The trial of account notes ended as predicted")
    assert "1 trial" in calibrated or calibrated
    assert digest.advise(Week(date(2026, 12, 14)), None, OPERATOR).ended == ()


def test_a_prediction_that_missed_widens_those_to_come(company: Company) -> None:
    before = company.advice.offload(company.workspace, "Sales", AS_OF, OPERATOR)[0]

    assert "less than predicted" in trial(company, with_ai=1)
    calibration = company.advice.calibration(company.workspace, date(2026, 12, 22))

    assert (calibration.inside, calibration.factor) == (0, 1.5)
    later = company.advice.offload(company.workspace, "Support", date(2026, 12, 22), OPERATOR)
    assert "its interval is half as wide again" in next(card.reason for card in later if card.hours)
    assert calibration.bias is not None
    assert calibration.bias < 0
    assert before.hours is not None


def test_a_verdict_is_told_once(company: Company) -> None:
    trial(company, with_ai=6)

    assert not [
        notice for notice in company.advice.daily(company.workspace, date(2026, 12, 22)) if notice.kind == "verdict"
    ]


def test_the_day_proposes_a_promotion_to_the_owner_once(company: Company) -> None:
    earned(company)

    first = company.advice.daily(company.workspace, AS_OF)
    second = company.advice.daily(company.workspace, AS_OF + timedelta(days=1))

    (proposal,) = [notice for notice in first if notice.workflow == "ticket answering"]
    assert (proposal.kind, proposal.to, proposal.owner, proposal.channel) == ("promotion", "execute", OWNER, "#support")
    assert not second


def test_the_day_demotes_by_itself_with_one_message(company: Company) -> None:
    earned(company)
    company.advice.approve(company.workspace, "ticket answering", "execute", OWNER, AS_OF, TRIED)
    late = [
        replace(run, workflow="ticket answering", run_id=f"late{number}", success=number % 2 == 0)
        for number, run in enumerate(runs(20, start=date(2026, 11, 30)))
    ]
    company.outcomes(late)
    day = date(2026, 12, 15)

    first = company.advice.daily(company.workspace, day)
    second = company.advice.daily(company.workspace, day)

    assert [(notice.kind, notice.owner) for notice in first] == [("demoted", OWNER)]
    assert "went from execute to draft" in first[0].text
    assert not second
    page = company.advice.workflow(company.workspace, "ticket answering", day, OPERATOR)
    assert [(move.to_stage, move.by) for move in page.history] == [("execute", OWNER), ("draft", "fulcrum")]


def test_a_recorded_signal_freezes_promotion_and_is_told_to_the_owner(company: Company) -> None:
    done = [replace(run, workflow="ticket answering") for run in runs(60, start=date(2026, 10, 5))]
    company.outcomes([replace(run, tool_errors=int(number % 4 == 0)) for number, run in enumerate(done)])

    (notice,) = company.advice.daily(company.workspace, AS_OF)

    assert (notice.kind, notice.owner) == ("frozen", OWNER)
    assert "errors of tools in more than one run of twenty" in notice.text


def test_a_severe_failure_waits_for_its_review(company: Company) -> None:
    earned(company)
    company.outcomes(
        [replace(runs(1)[0], workflow="ticket answering", run_id="bad", day=AS_OF, success=False, severity=1)]
    )

    (notice,) = company.advice.daily(company.workspace, AS_OF)
    assert "back to assist at once" in notice.text
    with pytest.raises(UserError, match="Write what happened"):
        company.advice.review(company.workspace, "ticket answering", " ", OWNER, AS_OF)
    company.advice.review(company.workspace, "ticket answering", "A macro was wrong; it is gone.", OWNER, AS_OF)

    page = company.advice.workflow(company.workspace, "ticket answering", AS_OF, OPERATOR)
    assert page.decision.decision == "hold"
    assert page.history[-1].why == "A macro was wrong; it is gone."


def test_an_owner_who_left_costs_the_stage_and_is_not_written_to(company: Company) -> None:
    earned(company)
    company.advice.approve(company.workspace, "ticket answering", "execute", OWNER, AS_OF, TRIED)
    gone = [replace(spell, end=AS_OF) if spell.email == OWNER else spell for spell in people()]
    with company.writing.begin() as connection:
        save_roster(connection, company.workspace, gone)

    (notice,) = company.advice.daily(company.workspace, AS_OF + timedelta(days=1))

    assert "its owner has left" in notice.text
    assert (notice.owner, notice.channel) == ("", "#support")
