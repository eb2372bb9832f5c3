"""outcomes.csv through the real import."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.sources.files.load import import_folder
from storage.engine import writing_engine
from storage.load.outcomes import OutcomeRecord, read_outcomes
from storage.workspaces import default_workspace
from tests.databases import fresh_store

HEADER = "date,workflow,run_id,checker,checked_by,approval_seconds,success,severity,model\n"
GOOD = "2026-11-02,code review,r1,human,Ana@X.example,95.5,1,none,opus\n"
BAD = {
    "2026-11-02,code review,r2,guess,,,1,none,\n": "checker is 'guess', not one of human, tests, survival",
    "2026-11-02,code review,,human,,,1,none,\n": "run_id is empty",
    "2026-11-02,code review,r2,human,,,maybe,none,\n": "success is 'maybe', not one of 0, 1",
    "2026-11-02,code review,r2,human,,,,none,\n": "success is empty",
    "2026-11-02,code review,r2,human,,,1,9,\n": "severity is '9', not one of none, 1, 2, 3",
    "2026-11-02,code review,r2,human,,-1,1,none,\n": "approval_seconds is '-1', which is negative",
    "2026-13-02,code review,r2,human,,,1,none,\n": "date is '2026-13-02', which is no date as YYYY-MM-DD",
    "2026-11-02,,r2,human,,,1,none,\n": "workflow is empty",
}


def load(folder: Path, text: str, strict: bool = False) -> tuple[dict[str, list[OutcomeRecord]], list[str]]:
    """What is in the store after loading this file, and what was rejected."""
    (folder / "outcomes.csv").write_text(text, "utf-8")
    with fresh_store("sqlite", folder) as url:
        engine = writing_engine(url)
        with engine.begin() as connection:
            workspace = default_workspace(connection)
        report = import_folder(
            folder, engine, workspace, clock=lambda: datetime(2026, 11, 3, tzinfo=UTC), strict=strict
        )
        with engine.connect() as connection:
            found = read_outcomes(connection, workspace, date(2026, 12, 31))
        engine.dispose()
    (file,) = report.files
    return found, [rejection.reason for rejection in file.rejections]


def test_a_good_row_is_loaded_as_it_is(tmp_path: Path) -> None:
    found, rejected = load(tmp_path, HEADER + GOOD)

    assert rejected == []
    assert found["code review"] == [
        OutcomeRecord(
            run_id="r1",
            day=date(2026, 11, 2),
            workflow="code review",
            checker="human",
            checked_by="ana@x.example",
            approval_seconds=95.5,
            success=True,
            severity=0,
            model="opus",
        )
    ]


@pytest.mark.parametrize(("row", "reason"), BAD.items())
def test_a_bad_row_is_rejected_with_its_reason_while_the_good_one_loads(tmp_path: Path, row: str, reason: str) -> None:
    found, rejected = load(tmp_path, HEADER + GOOD + row)

    assert rejected == [reason]
    assert [run.run_id for run in found["code review"]] == ["r1"]


def test_a_strict_import_takes_none_of_a_file_with_a_bad_row(tmp_path: Path) -> None:
    assert load(tmp_path, HEADER + GOOD + next(iter(BAD)), strict=True)[0] == {}


def test_of_two_rows_of_one_run_the_later_counts(tmp_path: Path) -> None:
    found, _ = load(tmp_path, HEADER + GOOD + GOOD.replace(",1,none", ",0,2"))

    (run,) = found["code review"]
    assert (run.success, run.severity) == (False, 2)


MORE = HEADER.replace("model", "model,request_type,edited,tool_errors,escalated,retries")


def test_what_a_source_says_beside_is_kept_and_what_it_leaves_empty_is_unknown(tmp_path: Path) -> None:
    found, rejected = load(tmp_path, f"{MORE}{GOOD[:-1]},refunds,0.25,2,1,3\n{GOOD[:-1].replace('r1', 'r2')},,,,,\n")

    said, silent = found["code review"]
    assert rejected == []
    assert (said.request_type, said.edited, said.tool_errors, said.escalated, said.retries) == (
        "refunds", 0.25, 2, True, 3,
    )  # fmt: skip
    assert (silent.request_type, silent.edited, silent.tool_errors, silent.escalated, silent.retries) == (
        "", None, None, None, None,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ("x,1.5,,,", "edited is '1.5', not between 0 and 1"),
        ("x,,some,,", "tool_errors is 'some', which is no number"),
        ("x,,,yes,", "escalated is 'yes', not one of 0, 1"),
        ("x,,,,1.5", "retries is '1.5', which is no whole number"),
        ("x,,,,9999999", "retries is '9999999', which is more than can be"),
    ],
)
def test_what_cannot_be_said_beside_is_rejected_with_its_reason(tmp_path: Path, more: str, reason: str) -> None:
    assert load(tmp_path, f"{MORE}{GOOD[:-1]},{more}\n")[1] == [reason]


def test_a_file_without_the_five_columns_is_as_good_as_ever(tmp_path: Path) -> None:
    (run,) = load(tmp_path, HEADER + GOOD)[0]["code review"]

    assert (run.request_type, run.escalated) == ("", None)


def test_seconds_are_read_by_the_decimal_mark_of_their_file(tmp_path: Path) -> None:
    found, rejected = load(tmp_path, (HEADER + GOOD).replace(",", ";").replace("95.5", "95,5"))

    assert rejected == []
    assert found["code review"][0].approval_seconds == 95.5
