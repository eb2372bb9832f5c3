"""What people call the labels of a row."""

from __future__ import annotations

from datetime import date

import pytest

from bot.questions.answers.naming import plain_name, point_name, short_day, whole_name
from storage.answer.result import ResultRow
from storage.query import Grain
from storage.records import Period
from tests.bot.questions.answers.sample import Ask

AUTUMN = Period(date(2026, 8, 24), date(2026, 11, 15))


def test_what_belongs_to_none_is_called_so_while_its_label_stays(ask: Ask) -> None:
    answer = ask("cost by workflow last month")

    (none,) = [row for row in answer.rows if row.labels["workflow"] == "(none)"]
    assert none.name("workflow") == "no workflow"
    assert "(none)" not in answer.text


def test_a_team_with_others_below_it_is_listed_as_its_own_people(ask: Ask) -> None:
    answer = ask("headcount by team last month")

    (own,) = [row for row in answer.rows if row.labels["team"] == "Product Engineering"]
    assert own.name("team") == "Product Engineering (own people)"


@pytest.mark.parametrize(
    ("grain", "name"),
    [(Grain.DAY, "1 Oct"), (Grain.WEEK, "1-7 Oct"), (Grain.MONTH, "Oct 2026"), (Grain.QUARTER, "Q4 2026")],
)
def test_a_whole_unit_has_its_name_and_longer_ones_their_year(grain: Grain, name: str) -> None:
    assert whole_name(date(2026, 10, 1), grain) == name
    assert "2026" in whole_name(date(2026, 10, 1), grain, with_year=True)


def test_a_point_that_is_cut_says_how_many_days_it_has() -> None:
    cut = ResultRow({"month": "2026-08-01"}, {}, partial=True, days=8)
    whole = ResultRow({"month": "2026-09-01"}, {})

    assert point_name("2026-08-01", Grain.MONTH, AUTUMN, cut) == "Aug 2026 (8 days)"
    assert point_name("2026-09-01", Grain.MONTH, AUTUMN, whole) == "Sep 2026"


def test_a_week_that_is_cut_is_named_by_the_days_inside_the_period() -> None:
    row = ResultRow({"week": "2026-11-09"}, {}, partial=True, days=3)
    period = Period(date(2026, 11, 11), date(2026, 11, 13))

    assert point_name("2026-11-09", Grain.WEEK, period, row) == "11-13 Nov (3 days)"


def test_over_the_turn_of_a_year_days_say_theirs() -> None:
    winter = Period(date(2026, 12, 1), date(2027, 1, 31))

    assert point_name("2026-12-28", Grain.WEEK, winter) == "28 Dec 2026 - 3 Jan 2027"
    assert short_day(date(2026, 11, 18)) == "18 Nov"


def test_none_is_told_by_what_is_missing() -> None:
    assert plain_name("tool", "(none)") == "no tool"
    assert plain_name("tool", "cursor") == "cursor"
