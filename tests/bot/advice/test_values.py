"""The values of the advice."""

from __future__ import annotations

import pytest

from bot.advice.values import STAGES, Hours, lower_stage, stage_after, stage_before


def test_the_ladder_goes_up_and_down_by_one_stage_and_ends() -> None:
    assert [stage_after(stage) for stage in STAGES] == [*STAGES[1:], "autonomous"]
    assert [stage_before(stage) for stage in STAGES] == ["manual", *STAGES[:-1]]


def test_of_two_stages_the_one_with_less_trust_is_lower() -> None:
    assert lower_stage("audit", "draft") == lower_stage("draft", "audit") == "draft"


def test_wider_hours_keep_their_middle_and_cut_ones_their_order() -> None:
    hours = Hours(p10=2, p50=5, p90=10)

    assert hours.wider(1.5) == Hours(p10=0.5, p50=5, p90=12.5)
    assert hours.at_most(6) == Hours(p10=2, p50=5, p90=6)
    assert hours.at_most(1) == Hours(p10=1, p50=1, p90=1)


def test_hours_are_data_to_a_hundredth() -> None:
    assert Hours(p10=1 / 3, p50=2 / 3, p90=1.0).to_json() == pytest.approx({"p10": 0.33, "p50": 0.67, "p90": 1.0})
