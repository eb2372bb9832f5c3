"""What is assumed where nobody said."""

from __future__ import annotations

import pytest

from bot.advice.defaults import BARS, REVIEW, activity_of, prior_of
from bot.advice.inputs import WORDS


def test_an_activity_is_found_by_its_other_words_and_else_it_is_another() -> None:
    assert activity_of(" Debugging ").name == "analysis"
    assert activity_of("juggling").name == "other"


def test_the_prior_is_worth_six_runs_and_falls_with_length() -> None:
    usual = activity_of("generation")

    assert prior_of(usual, 30) == pytest.approx((4, 2))
    assert prior_of(usual, 120)[0] < 4
    assert prior_of(usual, 400) == pytest.approx((3, 3))


def test_every_way_to_check_and_error_class_has_its_row() -> None:
    assert set(REVIEW) == set(WORDS["verifiable"])
    assert {str(error_class) for error_class in BARS} | {"5"} == set(WORDS["error_class"])
