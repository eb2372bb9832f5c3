"""The gates, one by one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.advice.gates import Case, about_people, closed, is_resting, legal_or_safety, worth_it
from bot.advice.values import Hours, Verdict
from storage.keep.advice import SaidOfSuggestion

AS_OF = date(2026, 11, 18)
CASE = Case(
    name="ticket answering",
    team="Support",
    activity="generation",
    description="Answer customer tickets",
    error_class=3,
    access=1.0,
    volume=40,
    minutes=15,
    as_of=AS_OF,
)


def test_ordinary_work_passes() -> None:
    assert closed(CASE) is None


@pytest.mark.parametrize(
    "name",
    [
        "hiring",
        "recruiting emails",
        "candidate screening",
        "rank applicants",
        "CV review",
        "performance reviews",
        "rating employees",
        "employee monitoring",
        "staff terminations",
        "salary bands",
        "pay reviews",
        "disciplinary letters",
        "layoff planning",
        "promotion decisions",
    ],
)
def test_decisions_about_people_are_excluded(name: str) -> None:
    gate = about_people(replace(CASE, name=name, description=""))

    assert gate is not None
    assert gate.verdict is Verdict.EXCLUDED


@pytest.mark.parametrize(
    "name",
    [
        "payment failure analysis",
        "expense audits",
        "research synthesis of interviews",
        "alert monitoring",
        "credit rating lookups",
        "release candidate notes",
        "performance regression analysis",
        "promotion e-mails for products",
        "fire drill reports",
        "payroll file checks",
    ],
)
def test_work_that_only_sounds_like_it_is_not(name: str) -> None:
    assert about_people(replace(CASE, name=name, description="")) is None


def test_a_team_called_people_does_not_close_its_work() -> None:
    assert closed(replace(CASE, team="People", name="onboarding guides")) is None


@pytest.mark.parametrize(
    "case",
    [
        replace(CASE, error_class=5),
        replace(CASE, team="Legal"),
        replace(CASE, name="contract review"),
        replace(CASE, description="Check medical safety notes"),
    ],
)
def test_legal_and_safety_work_is_drafted_only(case: Case) -> None:
    gate = closed(case)

    assert gate is not None
    assert (gate.number, gate.verdict) == ("G1", Verdict.DRAFT_ONLY)


def test_a_contract_test_is_no_contract() -> None:
    assert legal_or_safety(replace(CASE, name="contract tests", description="")) is None


@pytest.mark.parametrize(("access", "verdict"), [(1.0, None), (0.5, Verdict.UNBLOCK), (0.0, Verdict.DO_NOT)])
def test_data_that_are_not_ready_come_first(access: float, verdict: Verdict | None) -> None:
    gate = closed(replace(CASE, access=access))

    assert (gate.verdict if gate else None) == verdict


@pytest.mark.parametrize(
    ("volume", "minutes", "is_open"),
    [(3, 20, True), (2.9, 60, False), (10, 5.9, False), (10, 6, True), (None, 60, False)],
)
def test_too_little_work_is_not_worth_it(volume: float | None, minutes: float, is_open: bool) -> None:
    assert (closed(replace(CASE, volume=volume, minutes=minutes)) is None) == is_open


def test_work_whose_middle_is_not_above_nothing_is_left_to_people() -> None:
    gate = worth_it(Hours(p10=-2, p50=0, p90=1))

    assert gate is not None
    assert (gate.number, gate.verdict) == ("G6", Verdict.DO_NOT)
    assert worth_it(Hours(p10=-2, p50=0.1, p90=1)) is None


def said(days: int, state: str = "dismissed", worth: float = 2.0) -> SaidOfSuggestion:
    return SaidOfSuggestion(workflow="w", day=AS_OF - timedelta(days=days), state=state, worth=worth)


@pytest.mark.parametrize(
    ("suggestion", "worth", "rests"),
    [
        (said(89), 2.9, True),
        (said(89), 3.0, False),
        (said(90), 2.0, False),
        (said(10, worth=-1.0), 0.4, True),
        (said(10, worth=-1.0), 0.5, False),
        (said(27, state="later"), 9.0, True),
        (said(28, state="later"), 0.1, False),
        (said(1, state="shown"), 0.1, False),
    ],
)
def test_what_was_dismissed_stays_away_for_90_days_unless_it_got_half_as_good_again(
    suggestion: SaidOfSuggestion, worth: float, rests: bool
) -> None:
    assert is_resting([suggestion], AS_OF, worth) == rests
