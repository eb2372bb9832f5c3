"""What stands out in the rows of an answer, as values."""

from __future__ import annotations

from bot.questions.answers.standing import course, known_rows, lead, moved
from storage.answer.result import ResultRow


def row(team: str, tokens: float | None, **more: bool) -> ResultRow:
    return ResultRow({"team": team}, {"tokens": tokens}, **more)  # type: ignore[arg-type]


def point(month: int, tokens: float | None, *, partial: bool = False) -> ResultRow:
    return ResultRow({"month": f"2026-{month:02d}-01"}, {"tokens": tokens}, partial=partial)


def names(*rows: ResultRow | None) -> list[str]:
    return [next(iter(found.labels.values())) if found else "" for found in rows]


def test_the_first_the_next_and_the_other_end_are_by_value() -> None:
    found = lead([row("B", 5), row("A", 10), row("C", 1)], "tokens")

    assert found is not None
    assert names(*found.top, found.second, found.last) == ["A", "B", "C"]
    assert found.ratio == 2


def test_the_lowest_first_has_no_multiple_and_neither_have_equals_or_nothing() -> None:
    for rows, lowest in (
        ([row("A", 1), row("B", 2)], True),
        ([row("A", 2), row("B", 2), row("C", 1)], False),
        ([row("A", 2), row("B", 0)], False),
        ([row("A", 2)], False),
    ):
        found = lead(rows, "tokens", lowest=lowest)
        assert found is not None
        assert found.ratio is None
        assert names(found.top[0]) == ["A"]


def test_what_is_hidden_unknown_or_nobodys_leads_nothing() -> None:
    rows = [row("(none)", 99), row("A", None), row("B", 50, suppressed=True)]

    assert lead(rows, "tokens") is None
    assert known_rows(rows, "tokens") == rows[:1]


def test_a_series_stands_at_its_newest_whole_point() -> None:
    points = [point(10, 4), point(8, 1, partial=True), point(9, 2), point(11, 9, partial=True)]
    found = course(points, "tokens", "month")

    assert names(found.now, found.first, found.low, found.high) == [
        "2026-10-01", "2026-09-01", "2026-09-01", "2026-10-01",
    ]  # fmt: skip
    assert names(*found.cut) == ["2026-08-01", "2026-11-01"]


def test_of_equal_points_the_newest_is_the_low_and_the_high_one() -> None:
    found = course([point(8, 2), point(9, 2), point(10, 2)], "tokens", "month")

    assert names(found.low, found.high) == ["2026-10-01"] * 2


def test_where_nothing_is_whole_it_stands_nowhere() -> None:
    found = course([point(11, 9, partial=True), point(10, None)], "tokens", "month")

    assert (found.now, found.first, found.whole) == (None, None, ())


def test_only_what_rose_rose_and_only_what_fell_fell() -> None:
    assert names(*moved([row("A", 5), row("B", -3), row("(none)", 99)], "tokens")) == ["A", "B"]
    assert moved([row("A", 0), row("B", None)], "tokens") == (None, None)
    assert names(*moved([row("A", 5), row("B", 3)], "tokens")) == ["A", ""]
