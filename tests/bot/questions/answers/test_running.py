"""Where a series stands, in a sentence."""

from __future__ import annotations

import re

from tests.bot.questions.answers.sample import Ask


def test_a_series_says_where_it_stands_against_its_beginning_then_low_and_high_by_name(ask: Ask) -> None:
    answer = ask("weekly tokens, last 4 weeks")

    assert re.search(r": [\d.]+M in the week of 9-15 Nov, down from [\d.]+M \(19-25 Oct\)", answer.text)
    assert re.search(r"; lowest [\d.]+M \(2-8 Nov\) and highest [\d.]+M \(26 Oct - 1 Nov\)\.$", answer.text)


def test_a_point_that_is_cut_is_no_low_no_high_and_no_beginning(ask: Ask) -> None:
    answer = ask("cost by month over the last 12 weeks")

    first, *whole, last = answer.rows
    assert [row.partial for row in answer.rows] == [True, *(False for _ in whole), True]
    assert (first.to_json()["days"], last.to_json()["days"]) == (8, 15)
    said, _, cut = answer.text.partition("Not whole: ")
    assert "Aug" not in said.partition(": ")[2]
    assert re.fullmatch(r"Aug 2026 \(8 days\) \$[\d.]+k? and Nov 2026 \(15 days\) \$[\d.]+k?\.", cut)
    assert any(caveat.startswith("Not whole: Aug 2026 (8 days)") for caveat in answer.caveats)


def test_a_point_that_is_cut_takes_no_part_in_a_ranking(ask: Ask) -> None:
    answer = ask("most expensive month over the last 12 weeks")

    assert not any(row.partial for row in answer.rows)


def test_a_day_that_is_not_over_says_so(ask: Ask) -> None:
    answer = ask("tokens by day this week")

    assert [row.partial for row in answer.rows] == [False, False, True]
    assert answer.rows[-1].name("day") == "18 Nov (so far)"


def test_several_lines_are_said_where_they_stand_now_and_who_moved_most(ask: Ask) -> None:
    text = ask("tokens by team and week, last 4 weeks").text

    assert re.search(r"in the week of 9-15 Nov Booking leads with [\d.]+M, [\d.]+ times Reliability \(", text)
    assert re.search(r"\. \w+ (rose|fell) most, from [\d.]+M \(19-25 Oct\)\.$", text)


def test_where_no_point_is_whole_the_one_that_runs_is_said_with_its_days(ask: Ask) -> None:
    assert re.search(r": no whole month yet: Nov 2026 \(\d+ days\) ", ask("cost by month this month").text)


def test_an_end_like_the_beginning_is_called_lowest_or_highest_once(ask: Ask) -> None:
    text = ask("active people by week, last 12 weeks").text

    assert text.count("the highest") + text.count("the lowest") <= 2
    assert not re.search(r"as at the beginning \([^)]*\), the", text)
