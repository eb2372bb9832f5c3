"""Which verified outcomes count as evidence for a stage, and how much each."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from bot.advice.evidence import gather
from tests.bot.advice.runs import START, runs


def test_old_evidence_counts_half_until_the_new_model_has_30_runs_of_its_own() -> None:
    few = gather(runs(40) + runs(10, start=date(2026, 10, 26), model="m2", name="new"))
    enough = gather(runs(40) + runs(30, start=date(2026, 10, 26), model="m2", name="new"))

    assert (few.verified, few.requalifying) == (30, True)
    assert (enough.verified, enough.requalifying) == (70, False)


def test_a_model_that_is_tried_out_now_and_then_is_no_change() -> None:
    outcomes = runs(60)
    outcomes[50] = replace(outcomes[50], model="m2")

    assert gather(outcomes).changed is None


def test_an_agent_is_nobody_and_a_test_suite_neither() -> None:
    outcomes = runs(30, people=1) + runs(30, people=0, checker="tests", name="suite")
    outcomes = [replace(outcome, checked_by=outcome.checked_by or "nightly") for outcome in outcomes]

    assert gather(outcomes).people == 1
    assert gather(outcomes, agents={"p0@x.example"}).people == 0


def test_rubber_stamps_are_no_evidence() -> None:
    evidence = gather(runs(40) + runs(20, seconds=4, name="stamp"))

    assert (evidence.verified, evidence.stamps) == (40, 20)


def test_a_short_task_may_be_approved_in_less_than_15_seconds() -> None:
    assert gather(runs(10, seconds=8), minutes=2).stamps == 0
    assert gather(runs(10, seconds=5), minutes=2).stamps == 10
    assert gather(runs(10, seconds=8)).stamps == 10


def test_an_automatic_check_is_never_a_rubber_stamp() -> None:
    assert gather(runs(10, seconds=1, checker="tests")).stamps == 0


def test_evidence_is_the_last_300_runs_however_old_they_are() -> None:
    outcomes = runs(400, failures=100, start=date(2024, 1, 1))

    evidence = gather(outcomes)

    assert (evidence.verified, evidence.accepted) == (300, 300)


def test_evidence_begins_again_with_the_stage() -> None:
    assert gather(runs(100), began=START + timedelta(weeks=5)).verified < 50
