"""Rejected rows are counted to the last and listed while there is room."""

from __future__ import annotations

from bot.sources.files.problems import LISTED, Problems, Rejection


def test_the_first_rejected_rows_are_listed_and_all_are_counted() -> None:
    problems = Problems("usage.csv")
    for line in range(2, LISTED + 12):
        problems.reject(line, "email is empty")

    assert problems.rejected == LISTED + 10
    assert len(problems.listed) == LISTED
    assert problems.listed[0] == Rejection("usage.csv", 2, "email is empty")
    assert problems.listed[-1].line == LISTED + 1


def test_words_to_the_reader_of_a_report_are_kept_in_their_order() -> None:
    problems = Problems("usage.csv")
    problems.warn("first")
    problems.warn("second")

    assert (problems.warnings, problems.rejected) == (["first", "second"], 0)
