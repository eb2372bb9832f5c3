"""The catalogue of work: what a workflow is, and what is known about how well AI could do it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.sources.files.workflows import COLUMNS, FIRST, LATER, LONGEST_DESCRIPTION, read
from storage.records import WorkflowRecord
from tests.bot.sources.files.papers import opened, reasons

HEADER = ",".join((*FIRST, *LATER)) + "\n"


def test_a_row_with_all_columns_is_a_workflow(tmp_path: Path) -> None:
    line = "review,Platform,review,Reads pull requests,Draft,yes,AUTO,partly,BO@acme.example,2,5,8.5,21,e1\n"
    file = opened(tmp_path, COLUMNS, HEADER + line)

    assert read(file) == [
        (
            2,
            WorkflowRecord(
                name="review",
                team="Platform",
                activity="review",
                description="Reads pull requests",
                stage="draft",
                reversible="yes",
                verifiable="auto",
                data_ready="partly",
                owner_email="bo@acme.example",
                error_class=2,
                minutes_low=5,
                minutes_mode=8.5,
                minutes_high=21,
                exposure="E1",
            ),
        )
    ]


def test_what_nobody_gave_is_unknown_and_work_is_done_by_hand(tmp_path: Path) -> None:
    ((_, workflow),) = read(opened(tmp_path, COLUMNS, "workflow,team\nreview,\n"))

    assert workflow == WorkflowRecord(name="review", team="")
    assert (workflow.stage, workflow.error_class, workflow.minutes_mode) == ("manual", None, None)


def test_a_description_of_several_lines_is_one_and_not_endless(tmp_path: Path) -> None:
    text = f'workflow,team,description\na,,"Reads\n  pull\trequests"\nb,,{"x " * 4_000}\n'

    first, second = (workflow.description for _, workflow in read(opened(tmp_path, COLUMNS, text)))
    assert first == "Reads pull requests"
    assert len(second) == LONGEST_DESCRIPTION


@pytest.mark.parametrize(
    ("columns", "fields", "reason"),
    [
        ("stage", "flying", "stage is 'flying', not one of manual, assist, draft, execute, audit, autonomous"),
        ("reversible", "auto", "reversible is 'auto', not one of yes, partly, no"),
        ("error_class", "6", "error_class is 6, not 1 to 5"),
        ("error_class", "0", "error_class is 0, not 1 to 5"),
        ("minutes_mode", "long", "minutes_mode is 'long', which is no number"),
        ("exposure", "E3", "exposure is 'e3', not one of e0, e1, e2"),
    ],
)
def test_what_a_workflow_cannot_be_is_rejected(tmp_path: Path, columns: str, fields: str, reason: str) -> None:
    file = opened(tmp_path, COLUMNS, f"workflow,team,{columns}\nreview,Platform,{fields}\n")

    assert read(file) == []
    assert reasons(file) == [(2, reason)]


def test_minutes_are_read_by_the_decimal_mark_of_their_file(tmp_path: Path) -> None:
    line = "review;;;;;;;;;;1,5;2,500;4,25;\n"
    ((_, workflow),) = read(opened(tmp_path, COLUMNS, HEADER.replace(",", ";") + line))

    assert (workflow.minutes_low, workflow.minutes_mode, workflow.minutes_high) == (1.5, 2.5, 4.25)
