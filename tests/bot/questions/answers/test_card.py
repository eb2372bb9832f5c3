"""A scorecard says first what left its usual range, and asks for itself again by one question."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.questions.answers import card
from bot.questions.answers.answer import Answer, Row
from tests.bot.questions.cards import part, scorecard


@pytest.mark.parametrize(
    ("weeks", "said"),
    [
        ((0.5, 0.5, 0.5), "every figure was inside its usual range"),
        ((0.7, 0.5, 0.5), "a was above the usual range; every other figure was inside its own"),
        ((0.7, 0.8, 0.3), "a and b were above the usual range; c was below the usual range"),
    ],
)
def test_what_is_out_of_the_usual_is_said_first(weeks: tuple[float, float, float], said: str) -> None:
    found = scorecard(*(part(name, week) for name, week in zip("abc", weeks, strict=True)))

    assert card.summary(found) == f"In the week of 9-15 Nov 2026 {said}."


def test_the_sum_that_moved_most_against_the_period_before_is_named() -> None:
    def moved(name: str, change: float) -> Answer:
        found = part(name, 0.5, unit="items")
        values = {name: 2.0, "previous": 1.0, "change": 1.0, "change_pct": change}
        return replace(found, rows=(Row(labels={}, values=values),))

    found = scorecard(moved("a", 0.2), moved("b", -0.78), part("c", 0.5))

    assert card.headline(found).endswith(
        "B of October 2026 moved most: down 78.0% from the same days of the period before."
    )
    assert "moved most" not in card.headline(scorecard(moved("a", 0.05), moved("b", 0.0), part("c", 0.5)))


def test_a_line_has_change_week_and_range_and_marks_a_week_that_is_out_of_it() -> None:
    found = scorecard(part("a", 0.7), part("b", 5, value=3, unit="items"), part("c", 0.5))

    heading, lines = card.table(found)

    assert heading == ("Figure", "October 2026", "9-15 Nov", "Usual week")
    assert lines[0] == ("A", "50.0% (+10.0 points)", "▲ 70.0%", "40.0% to 60.0%")
    assert lines[1][:2] == ("B", "3 (+20.0%)")


def test_a_figure_without_anything_recorded_is_no_line_but_a_sentence() -> None:
    empty = replace(part("c", 0.5), rows=(Row(labels={}, values={"c": None, "previous": None}),))
    found = scorecard(part("a", 0.5), part("b", 0.5), empty)

    assert [line[0] for line in card.table(found)[1]] == ["A", "B"]
    assert card.spoken(found)[-1] == "Nothing is recorded for c."


def test_a_scorecard_is_asked_for_again_with_its_team_and_period() -> None:
    found = scorecard(*(part(name, 0.5) for name in "abc"))

    assert card.question(found) == "scorecard for Core in October 2026"
