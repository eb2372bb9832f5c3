"""The ladder: what earns a stage, what freezes it, what takes it away."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from bot.advice.evidence import gather
from bot.advice.ladder import (
    DEMOTE,
    FROZEN,
    HOLD,
    PROPOSE,
    Standing,
    bar_of,
    decide,
    highest_stage,
    renewal,
    stage_began,
)
from storage.keep.advice import StageMove
from storage.load.outcomes import OutcomeRecord
from tests.bot.advice.runs import runs

AS_OF = date(2026, 11, 18)


def standing(outcomes: list[OutcomeRecord], **more: Any) -> Standing:
    """A workflow at draft whose errors cost an hour or a customer's look."""
    fields: dict[str, Any] = {"stage": "draft", "error_class": 3, "highest": "audit", "is_written": True} | more
    moves = fields.get("moves", ())
    return Standing(
        evidence=gather(outcomes, stage_began(moves)),
        as_of=AS_OF,
        last_checked=outcomes[-1].day if outcomes else None,
        severe=[outcome.day for outcome in outcomes if outcome.severity == 1],
        **fields,
    )


def move(day: date, to: str, start: str = "draft", cause: str = "granted", **more: Any) -> StageMove:
    at = datetime(day.year, day.month, day.day, tzinfo=UTC)
    return StageMove(
        workflow="w", day=day, at=at, from_stage=start, to_stage=to, by="o@x.example", cause=cause, why="", **more
    )


def test_30_of_30_do_not_earn_execution_at_a_bar_of_90_percent() -> None:
    found = decide(standing(runs(30)))

    assert (found.decision, found.bar) == (HOLD, 0.90)
    assert found.lower == pytest.approx(0.8472, abs=5e-5)


def test_49_of_49_do() -> None:
    found = decide(standing(runs(49)))

    assert (found.decision, found.to) == (PROPOSE, "execute")
    assert found.lower == pytest.approx(0.9006, abs=5e-5)


def test_a_new_model_has_to_qualify_again() -> None:
    outcomes = runs(49) + runs(10, start=date(2026, 10, 26), model="m2", name="new")

    found = decide(standing(outcomes))

    assert (found.decision, found.to) == (FROZEN, "draft")
    assert "10 of 30 fresh runs" in found.why


def test_above_draft_a_new_model_costs_grave_work_a_stage_and_light_work_none() -> None:
    outcomes = runs(49) + runs(10, start=date(2026, 10, 26), model="m2", name="new")

    grave = decide(standing(outcomes, stage="execute"))
    light = decide(standing(outcomes, stage="execute", error_class=2))

    assert (grave.decision, grave.to) == (DEMOTE, "draft")
    assert (light.decision, light.to) == (FROZEN, "execute")


def test_two_people_are_too_few() -> None:
    found = decide(standing(runs(60, people=2)))

    assert found.decision == HOLD
    assert "checked by fewer than 3 people" in found.missing


def test_one_person_who_checked_more_than_half_is_too_much_of_one() -> None:
    outcomes = [
        replace(run, checked_by="p0@x.example") if number % 5 < 2 else run for number, run in enumerate(runs(60))
    ]

    found = decide(standing(outcomes))

    assert found.missing == ("one person checked more than half of it",)


def test_two_weeks_are_too_few() -> None:
    assert "evidence of fewer than 3 weeks" in decide(standing(runs(60, per_week=30))).missing


def test_a_severe_failure_leads_back_to_assist_and_freezes_until_its_review() -> None:
    bad = [*runs(49), replace(runs(1)[0], run_id="bad", day=AS_OF - timedelta(days=2), success=False, severity=1)]

    demoted = decide(standing(bad, stage="audit", error_class=2, highest="autonomous"))
    frozen = decide(standing(bad, stage="assist", moves=(move(AS_OF, "assist", "audit", "severe"),)))
    reviewed = decide(standing(bad, stage="assist", moves=(move(AS_OF, "assist", "assist", "reviewed"),)))

    assert (demoted.decision, demoted.to, demoted.cause) == (DEMOTE, "assist", "severe")
    assert (frozen.decision, frozen.to) == (FROZEN, "assist")
    assert reviewed.decision == PROPOSE


def test_failures_that_cluster_at_the_end_cost_a_stage() -> None:
    outcomes = runs(40)
    outcomes += [replace(run, success=number % 3 != 0) for number, run in enumerate(runs(12, start=AS_OF, name="late"))]

    found = decide(standing(outcomes, stage="execute"))

    assert (found.decision, found.to, found.cause) == (DEMOTE, "draft", "drop")


def test_a_steady_process_keeps_its_stage() -> None:
    assert decide(standing(runs(100, failures=1, start=date(2026, 9, 10)), stage="execute")).decision == HOLD


def test_an_expired_grant_leads_back_to_draft() -> None:
    grant = move(date(2026, 8, 1), "execute", expires=AS_OF - timedelta(days=1))

    found = decide(standing(runs(40, start=date(2026, 10, 20)), stage="execute", moves=(grant,)))

    assert (found.decision, found.to, found.cause) == (DEMOTE, "draft", "expired")


def test_a_stage_whose_owner_left_or_that_nobody_checks_leads_back_to_draft() -> None:
    left = decide(standing(runs(40, start=date(2026, 10, 20)), stage="execute", owner_left=True))
    unchecked = decide(standing(runs(40, start=date(2026, 8, 3)), stage="execute"))

    assert (left.decision, left.to) == (DEMOTE, "draft")
    assert (unchecked.decision, unchecked.to) == (DEMOTE, "draft")


def test_a_stage_that_came_with_the_catalogue_and_was_never_checked_is_left_alone() -> None:
    assert decide(standing([], stage="execute")).decision == HOLD


def test_a_leading_signal_freezes_promotion_and_demotes_nobody() -> None:
    found = decide(standing(runs(60), signals=("escalations to people have doubled",)))

    assert (found.decision, found.to) == (FROZEN, "draft")


def test_a_second_demotion_within_90_days_is_followed_by_a_rest() -> None:
    moves = (
        move(AS_OF - timedelta(days=60), "draft", "execute", "drop"),
        move(AS_OF - timedelta(days=40), "execute"),
        move(AS_OF - timedelta(days=10), "draft", "execute", "drop"),
    )

    found = decide(standing(runs(60), moves=moves))

    assert found.decision == FROZEN
    assert "cooling until 8 December 2026" in found.why


def test_what_was_declined_is_not_proposed_again_for_a_month() -> None:
    lately = decide(standing(runs(60), moves=(move(AS_OF - timedelta(days=10), "draft", cause="declined"),)))
    long_ago = decide(standing(runs(60), moves=(move(AS_OF - timedelta(days=31), "draft", cause="declined"),)))

    assert (lately.decision, long_ago.decision) == (HOLD, PROPOSE)


def test_a_draft_stage_needs_its_intent_written_and_ten_verified_runs() -> None:
    unwritten = decide(standing(runs(10), stage="assist", is_written=False))
    few = decide(standing(runs(9), stage="assist"))
    ready = decide(standing(runs(10), stage="assist"))

    assert (unwritten.decision, few.decision, ready.decision) == (HOLD, HOLD, PROPOSE)
    assert ready.bar is None


def test_autonomy_needs_90_days_at_audit() -> None:
    outcomes = runs(200, start=date(2026, 10, 5), per_week=40)
    more: dict[str, Any] = {"stage": "audit", "error_class": 1, "highest": "autonomous"}

    early = decide(standing(outcomes, moves=(move(AS_OF - timedelta(days=60), "audit", "execute"),), **more))
    late = decide(standing(outcomes, moves=(move(AS_OF - timedelta(days=91), "audit", "execute"),), **more))

    assert (early.decision, late.decision, late.to) == (HOLD, PROPOSE, "autonomous")


def test_autonomy_needs_90_days_without_a_severe_failure() -> None:
    outcomes = runs(200, start=date(2026, 10, 5), per_week=40)
    lately, long_ago = (replace(runs(1)[0], run_id="bad", day=day, success=False, severity=1) for day in
                        (AS_OF - timedelta(days=20), date(2026, 7, 1)))  # fmt: skip
    moves = (move(date(2026, 8, 1), "audit", "execute"), move(AS_OF, "audit", "audit", "reviewed"))
    more: dict[str, Any] = {"stage": "audit", "error_class": 1, "highest": "autonomous", "moves": moves}

    assert "a severe failure within 90 days" in decide(standing([*outcomes, lately], **more)).missing
    assert decide(standing([long_ago, *outcomes], **more)).decision == PROPOSE


def test_a_workflow_that_was_demoted_needs_its_thirty_runs_anew() -> None:
    down = move(date(2026, 10, 20), "draft", "execute", "drop")
    before, after = runs(60), runs(29, start=date(2026, 10, 26), name="after")

    found = decide(standing([*before, *after], moves=(down,), error_class=1))
    ready = decide(standing([*before, *after, *runs(1, start=AS_OF, name="last")], moves=(down,), error_class=1))

    assert (found.decision, found.missing) == (HOLD, ("29 of 30 verified runs",))
    assert ready.decision == PROPOSE


def test_one_demotion_asks_for_no_rest() -> None:
    moves = (move(AS_OF - timedelta(days=10), "draft", "execute", "drop"),)

    assert decide(standing([], moves=moves)).decision == HOLD


def test_a_manual_workflow_is_proposed_for_assist_once_its_team_wants_to_try_it() -> None:
    more: dict[str, Any] = {"stage": "manual", "highest": "audit"}

    assert decide(standing([], **more)).decision == HOLD
    assert decide(standing([], wished=True, **more)).to == "assist"
    assert decide(standing([], wished=True, stage="manual", highest="manual")).decision == HOLD


def test_a_grant_can_be_renewed_in_its_last_two_weeks_where_its_bar_was_kept() -> None:
    def until(runs_since: list[OutcomeRecord], ends: date, **more: Any) -> date | None:
        grant = move(date(2026, 9, 1), "execute", expires=ends)
        case = standing(runs_since, stage="execute", moves=(grant,), **more)
        return renewal(case, decide(case))

    start, end = date(2026, 10, 12), AS_OF + timedelta(days=14)
    kept = runs(40, start=start)

    assert until(kept, end) == end
    assert until(kept, end + timedelta(days=1)) is None
    assert until(kept[:29], end) is None
    assert until(runs(40, failures=5, start=start), end) is None  # under its bar of 90 %
    assert until(kept, end, signals=("escalations to people have doubled",)) is None
    assert until(kept, AS_OF - timedelta(days=1)) is None


def test_the_bars_by_error_class() -> None:
    stages = ("execute", "audit", "autonomous")

    assert [[bar_of(stage, kind) for stage in stages] for kind in (1, 2, 3, 4, 5)] == [
        [0.80, 0.85, 0.90],
        [0.85, 0.90, 0.95],
        [0.90, 0.95, None],
        [0.95, None, None],
        [None, None, None],
    ]


@pytest.mark.parametrize(
    ("error_class", "reversible", "highest"),
    [
        (1, "yes", "autonomous"),
        (2, "partly", "audit"),
        (3, "yes", "audit"),
        (3, "no", "execute"),
        (4, "yes", "execute"),
        (5, "yes", "draft"),
    ],
)
def test_the_highest_stage_follows_the_harm_and_whether_it_can_be_undone(
    error_class: int, reversible: str, highest: str
) -> None:
    assert highest_stage(error_class, reversible) == highest
    assert highest_stage(error_class, reversible, drafts_only=True) == "draft"
