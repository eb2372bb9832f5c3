"""Items of work on a day in one mode, with the human time of those that were timed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.sources.files.work import COLUMNS, rows
from storage.load.staging import WORK_SUMS, Row
from storage.tables import EPOCH, MS_PER_MINUTE
from tests.bot.sources.files.papers import opened, reasons

TODAY = date(2026, 11, 18)
HEADER = "date,workflow,mode,items,human_minutes,accepted,reworked,failed,timed_items\n"
BEFORE_SUMS = ("key", "once", "feed_no", "day", "workflow", "mode")


def read(folder: Path, *lines: str) -> tuple[list[Row], list[tuple[int, str]]]:
    file = opened(folder, COLUMNS, HEADER + "".join(f"{line}\n" for line in lines))
    return list(rows(file, TODAY)), reasons(file)


def sums(row: Row) -> dict[str, int | None]:
    return dict(zip(WORK_SUMS, row[len(BEFORE_SUMS) :], strict=False))


def test_a_row_is_what_was_done_on_a_day_in_a_mode(tmp_path: Path) -> None:
    ((row,), _) = read(tmp_path, "2026-05-04, review ,Human,10,704.5,8,1,1,")

    assert row[3:6] == (date(2026, 5, 4).toordinal() - EPOCH, "review", "human")
    assert sums(row) == {
        "items": 10,
        "human_ms": 704.5 * MS_PER_MINUTE,
        "timed_items": 10,
        "accepted": 8,
        "reworked": 1,
        "failed": 1,
    }


@pytest.mark.parametrize(
    ("minutes", "timed", "human_ms", "timed_items"),
    [
        ("12", "", 12 * MS_PER_MINUTE, 10),
        ("12", "4", 12 * MS_PER_MINUTE, 4),
        ("", "", None, 0),
        ("12", "0", None, 0),
        ("0", "", 0, 10),
    ],
)
def test_minutes_are_of_the_timed_items_and_never_nothing_where_they_are_unknown(
    tmp_path: Path, minutes: str, timed: str, human_ms: int | None, timed_items: int
) -> None:
    ((row,), _) = read(tmp_path, f"2026-05-04,review,human,10,{minutes},,,,{timed}")

    assert (sums(row)["human_ms"], sums(row)["timed_items"]) == (human_ms, timed_items)


def test_rows_of_one_day_workflow_and_mode_have_one_key_and_add_up(tmp_path: Path) -> None:
    found, _ = read(
        tmp_path,
        "2026-05-04,review,human,1,1,,,,",
        "2026-05-04,review,human,2,1,,,,",
        "2026-05-04,review,agent,1,1,,,,",
        "2026-05-05,review,human,1,1,,,,",
        "2026-05-04,Review 2,human,1,1,,,,",
    )

    keys = [row[0] for row in found]
    assert keys[0] == keys[1]
    assert len({*keys}) == 4
    assert {row[1] for row in found} == {0}, "they add up"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("2026-05-04,,human,1,1,,,,", "workflow is empty"),
        ("2026-05-04,review,,1,1,,,,", "mode is empty"),
        ("2026-05-04,review,robot,1,1,,,,", "mode is 'robot', not one of human, assisted, agent"),
        ("2026-11-19,review,human,1,1,,,,", "2026-11-19 is after today, 2026-11-18"),
        (
            "2026-05-04,review,human,3,1,,,,4",
            "timed_items (4) is more than items (3), of which it is a part",
        ),
    ],
)
def test_what_cannot_be_work_is_rejected(tmp_path: Path, line: str, reason: str) -> None:
    assert read(tmp_path, line) == ([], [(2, reason)])
