"""What a load says at its end: to a person in lines, to a program in plain values."""

from __future__ import annotations

import json
from datetime import date

import pytest

from bot.sources.files.problems import Rejection
from bot.sources.files.report import SHOWN, FileReport, FolderReport

GOOD = FileReport(
    file="usage.csv",
    read=1_200,
    new=1_000,
    changed=150,
    unchanged=50,
    first_day=date(2026, 5, 4),
    last_day=date(2026, 5, 5),
    days=2,
    load_id=3,
    seconds=0.123_45,
)
REFUSED = FileReport(file="work.csv", error="the header has a column twice: date")


def test_a_good_file_is_said_in_its_counts_and_days() -> None:
    assert list(GOOD.lines()) == [
        "usage.csv: 1,200 rows read, 1,000 new, 150 changed, 50 unchanged, 0 rejected",
        "  2 days covered, 2026-05-04 to 2026-05-05",
    ]


def test_of_a_refused_file_only_the_reason_is_said() -> None:
    assert list(REFUSED.lines()) == ["work.csv: not loaded, the header has a column twice: date"]
    assert not REFUSED.loaded


def test_all_that_is_odd_about_a_file_is_said() -> None:
    names = tuple(f"user{number}" for number in range(SHOWN))
    report = FileReport(
        file="usage.csv",
        read=100,
        removed=4,
        rejected=30,
        rejections=[Rejection("usage.csv", line, "email is empty") for line in range(2, 32)],
        warnings=["the last line has no line end"],
        unmatched_people=12,
        unmatched_rows=40,
        unmatched=names,
        outside_people=2,
        outside_rows=7,
        unpriced_models={"gpt-x": 3, "": 1},
    )
    said = list(report.lines())

    assert said[0].endswith("0 unchanged, 4 removed, 30 rejected")
    assert said[1 : SHOWN + 1] == [f"  line {line}: email is empty" for line in range(2, 12)]
    assert said[SHOWN + 1 :] == [
        "  and 20 more rejected rows",
        f"  12 people not matched in 40 rows: {', '.join(names)} and 2 more",
        "  7 rows of 2 people are outside their time in the roster",
        "  models without a price, with their rows: gpt-x (3), (none) (1)",
        "  note: the last line has no line end",
    ]


@pytest.mark.parametrize(
    ("files", "ok", "loaded"),
    [
        ([GOOD], True, True),
        ([GOOD, FileReport(file="work.csv", rejected=1)], False, True),
        ([GOOD, REFUSED], False, False),
        ([], True, True),
    ],
)
def test_a_load_is_well_where_every_row_of_every_file_is_in(files: list[FileReport], ok: bool, loaded: bool) -> None:
    report = FolderReport(files=files)

    assert (report.ok, report.loaded) == (ok, loaded)


def test_the_text_is_of_all_files_and_says_where_nothing_was_written() -> None:
    report = FolderReport(files=[GOOD, REFUSED], warnings=["prices.csv was left out"], dry_run=True, seconds=1.26)

    assert report.text().splitlines() == [
        "Nothing was written; this is what would be:",
        *GOOD.lines(),
        *REFUSED.lines(),
        "note: prices.csv was left out",
        "1.3 seconds",
    ]
    assert "Nothing was written" not in FolderReport(files=[GOOD]).text()


def test_the_json_holds_the_same_and_adds_up() -> None:
    other = FileReport(file="work.csv", read=10, new=9, rejected=1, rejections=[Rejection("work.csv", 4, "no date")])
    told = json.loads(json.dumps(FolderReport(files=[GOOD, other]).to_json()))

    assert told["ok"] is False
    assert told["rows"] == {
        "read": 1_210,
        "new": 1_009,
        "changed": 150,
        "unchanged": 50,
        "removed": 0,
        "rejected": 1,
    }
    first, second = told["files"]
    assert (first["file"], first["loaded"], first["load"], first["seconds"]) == ("usage.csv", True, 3, 0.123)
    assert first["days"] == {"first": "2026-05-04", "last": "2026-05-05", "count": 2}
    assert (second["load"], second["rejections"]) == (None, [{"line": 4, "reason": "no date"}])
    assert REFUSED.to_json()["error"] == "the header has a column twice: date"
